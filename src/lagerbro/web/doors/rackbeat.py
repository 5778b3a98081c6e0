"""The door that Rackbeat's webhooks knock on: check, count, wake, answer; nothing else (DESIGN 3.1).

Its address is unguessable and the token must fit besides. What is wrong is answered with a reason and leaves a log
line.
"""

from __future__ import annotations

from typing import Final

import structlog
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.agreements.secrets import SecretUnreadableError
from lagerbro.connections.disconnecting import note_uninstall
from lagerbro.connections.rackbeat_webhooks import UNINSTALLED, find_webhook
from lagerbro.flows.registry import EVENTS, event_priority
from lagerbro.flows.renumbered.memory import KINDS, remember_renumbering
from lagerbro.rackbeat.webhook_events import (
    BODY_LIMIT_BYTES,
    EVENT_HEADER,
    TOKEN_HEADER,
    UnreadableEventError,
    WebhookEvent,
    has_expected_secret,
    read_event,
)
from lagerbro.sync.flow import record_of
from lagerbro.sync.storage.enqueueing import enqueue
from lagerbro.sync.storage.shared_commits import SharedCommits
from lagerbro.sync.waking import wake_on_commit
from lagerbro.web.doors.bodies import BodyRefusedError, read_body

log = structlog.get_logger()

ADDRESS: Final = "hooks/rackbeat/<str:address_key>/"
_commits: Final = SharedCommits()


@csrf_exempt
@require_POST
def rackbeat(request: HttpRequest, address_key: str) -> JsonResponse:
    """202 when the record has been noted; 400, 401, 411, 413, 422 or 503 with the reason otherwise."""
    try:
        webhook = find_webhook(address_key)
    except SecretUnreadableError:  # Rackbeat tries again, and what it has to say is found by the polls meanwhile
        return _refused(503, "The token of this address cannot be read just now.")
    # one answer for both, and the secret before the body is read: a stranger learns nothing and costs nothing
    if webhook is None or not has_expected_secret(request.headers.get(TOKEN_HEADER, ""), webhook.token.reveal()):
        return _refused(401, "The address or the token is not one of ours.")
    try:
        event = read_event(request.headers.get(EVENT_HEADER, ""), read_body(request, BODY_LIMIT_BYTES))
    except BodyRefusedError as error:
        return _refused(error.status, str(error))
    except UnreadableEventError as error:
        return _refused(422, str(error))
    if event.name == UNINSTALLED:  # noted and not believed: anybody who has the secret may say so (`disconnecting`)
        note_uninstall(webhook.agreement_id, timezone.now())
        return JsonResponse({"noted": True}, status=202)
    if event.name not in EVENTS:
        return _refused(422, f"The event {event.name[:64]!r} is not one we listen to.")
    _note(webhook.agreement_id, event)
    return JsonResponse({"noted": True}, status=202)


def _note(agreement_id: int, event: WebhookEvent) -> None:
    flow, now = EVENTS[event.name], timezone.now()
    record = record_of(flow, event.key)
    records, agreement = [record], None
    if event.old_key and flow.kind in KINDS:
        records, agreement = [record, record_of(flow, event.old_key)], Agreement.objects.get(pk=agreement_id)

    def write() -> None:
        if agreement is not None:
            with agreement_scope(agreement_id):
                remember_renumbering(agreement, flow.kind, event.old_key, event.key, now)
        enqueue(agreement_id, records, now, priority=event_priority(event.name))
        wake_on_commit(agreement_id)

    _commits.run((agreement_id, record.kind, record.key), write)


def _refused(status: int, reason: str) -> JsonResponse:
    log.warning("webhook_refused", status=status, reason=reason)
    return JsonResponse({"error": reason}, status=status)
