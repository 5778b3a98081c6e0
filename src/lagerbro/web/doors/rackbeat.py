"""The door that Rackbeat's webhooks knock on: check, count, wake, answer; nothing else (DESIGN 3.1).

Its address is unguessable and the token must fit besides. What is wrong is answered with a reason and leaves a log
line.
"""

from __future__ import annotations

from typing import Final

import structlog
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lagerbro.agreements.capabilities import digest
from lagerbro.agreements.models import RackbeatWebhook
from lagerbro.agreements.scope import agreement_scope, every_agreement
from lagerbro.connections.disconnecting import note_uninstall
from lagerbro.connections.rackbeat_webhooks import UNINSTALLED
from lagerbro.flows.registry import EVENTS
from lagerbro.rackbeat.knocks import (
    BODY_LIMIT_BYTES,
    EVENT_HEADER,
    TOKEN_HEADER,
    Knock,
    KnockError,
    is_rackbeats,
    knock,
)
from lagerbro.sync.storage.enqueueing import enqueue
from lagerbro.sync.waking import wake_on_commit
from lagerbro.web.doors.bodies import BodyRefusedError, read_body

log = structlog.get_logger()

ADDRESS: Final = "hooks/rackbeat/<str:address_key>/"


@csrf_exempt
@require_POST
def rackbeat(request: HttpRequest, address_key: str) -> JsonResponse:
    """202 when the record has been noted; 400, 401, 411, 413 or 422 with the reason otherwise."""
    webhook = _webhook(address_key)
    if webhook is None or not is_rackbeats(request.headers.get(TOKEN_HEADER, ""), webhook.token.reveal()):
        return _refused(401, "The address or the token is not one of ours.")
    try:
        heard = knock(request.headers.get(EVENT_HEADER, ""), read_body(request, BODY_LIMIT_BYTES))
    except BodyRefusedError as error:
        return _refused(error.status, str(error))
    except KnockError as error:
        return _refused(422, str(error))
    if heard.event == UNINSTALLED:
        note_uninstall(webhook.agreement_id, timezone.now())
        return JsonResponse({"noted": True}, status=202)
    if heard.event not in EVENTS:
        return _refused(422, f"The event {heard.event[:64]!r} is not one we listen to.")
    _note(webhook.agreement_id, heard)
    return JsonResponse({"noted": True}, status=202)


def _webhook(address_key: str) -> RackbeatWebhook | None:
    with every_agreement("a door does not know yet who knocks"):
        return RackbeatWebhook.objects.filter(address_key_hash=digest(address_key)).first()


def _note(agreement_id: int, heard: Knock) -> None:
    flow = EVENTS[heard.event]
    with agreement_scope(agreement_id), transaction.atomic():
        enqueue(agreement_id, [(flow.kind, heard.key, flow.rank)], timezone.now())
        wake_on_commit(agreement_id)


def _refused(status: int, reason: str) -> JsonResponse:
    log.info("webhook_refused", status=status, reason=reason)
    return JsonResponse({"error": reason}, status=status)
