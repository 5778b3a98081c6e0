"""The door that Rackbeat's webhooks knock on: check, count, wake, answer; nothing else (DESIGN 3.1).

Its address is unguessable and the token must fit besides. What is wrong is answered with a reason and leaves a log
line.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import structlog
from django.db import transaction
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
from lagerbro.sync.storage.enqueueing import ROWS_MAX, AskedRecord, RankedRecord, enqueue, enqueue_all
from lagerbro.sync.storage.shared_writes import SharedWrites
from lagerbro.sync.waking import wake_on_commit
from lagerbro.web.doors.bodies import BodyRefusedError, read_body

log = structlog.get_logger()

ADDRESS: Final = "hooks/rackbeat/<str:address_key>/"
_together: Final = SharedWrites[AskedRecord](lambda take: enqueue_all(take, timezone.now()), at_most=ROWS_MAX)


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
    flow, priority = EVENTS[event.name], event_priority(event.name)
    record = record_of(flow, event.key)
    if event.old_key and flow.kind in KINDS:
        _note_renumbering(agreement_id, record, event.old_key, priority)
    else:
        _together.write(AskedRecord(agreement_id, record, priority))


def _note_renumbering(agreement_id: int, record: RankedRecord, old_key: str, priority: int) -> None:
    now, old = timezone.now(), replace(record, key=old_key)
    agreement = Agreement.objects.get(pk=agreement_id)
    with agreement_scope(agreement_id), transaction.atomic():
        remember_renumbering(agreement, record.kind, old_key, record.key, now)
        enqueue(agreement_id, [record, old], now, priority=priority)
        wake_on_commit(agreement_id)


def _refused(status: int, reason: str) -> JsonResponse:
    log.warning("webhook_refused", status=status, reason=reason)
    return JsonResponse({"error": reason}, status=status)
