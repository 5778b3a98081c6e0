"""The door that e-conomic's webhooks knock on: check, note, wake, answer; nothing else (DESIGN 3.1).

Nothing is signed, so its unguessable address and a secret in a header of ours are the keys, and what is told is a hint.
"""

from __future__ import annotations

from typing import Final

import structlog
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lagerbro.agreements import capabilities
from lagerbro.agreements.models import CapabilityKind
from lagerbro.agreements.scope import agreement_scope
from lagerbro.connections.economic_webhooks import SECRET_HEADER, is_secret_of
from lagerbro.economic.webhook_events import BODY_LIMIT_BYTES, UnreadableEventError, WebhookEvent, read_event
from lagerbro.flows.economic_events import ECONOMIC_EVENTS
from lagerbro.sync.acts import retry_because_of
from lagerbro.sync.schedules.hastening import run_soon
from lagerbro.web.doors.bodies import BodyRefusedError, read_body

log = structlog.get_logger()

ADDRESS: Final = "hooks/economic/<str:address_key>/"


@csrf_exempt
@require_http_methods(["GET", "POST"])
def economic(request: HttpRequest, address_key: str) -> JsonResponse:
    """202 when the hint has been taken; 400, 401, 411, 413 or 422 with the reason otherwise."""
    capability = capabilities.capability_for(address_key)
    secret = request.headers.get(SECRET_HEADER, "")
    # one answer for all three: a stranger is not told which of them was wrong
    if (
        capability is None
        or capability.kind != CapabilityKind.ECONOMIC
        or not is_secret_of(capability, address_key, secret)
    ):
        return _refused(401, "The address or the secret is not one of ours.")
    try:
        body = read_body(request, BODY_LIMIT_BYTES)  # before the form is: it cannot be read afterwards
        event = read_event(_fields(request), body, request.content_type or "")
    except BodyRefusedError as error:
        return _refused(error.status, str(error))
    except (BadRequest, MultiPartParserError, SuspiciousOperation):
        return _refused(400, "The form cannot be read.")
    except UnreadableEventError as error:
        return _refused(422, str(error))
    if event.name not in ECONOMIC_EVENTS:
        return _refused(422, f"The event {event.name[:64]!r} is not one we listen to.")
    _take(capability.agreement_id, event)
    return JsonResponse({"noted": True}, status=202)


def _fields(request: HttpRequest) -> dict[str, str]:
    fields = {**request.GET.dict(), **request.POST.dict()}
    return {name: str(value) for name, value in fields.items()}


def _take(agreement_id: int, event: WebhookEvent) -> None:
    reaction = ECONOMIC_EVENTS[event.name]
    # nothing is enqueued by what it says: unsigned, it may only hasten what would be looked at anyway
    with agreement_scope(agreement_id), transaction.atomic():
        if reaction.retries and event.number:
            retry_because_of(reaction.retries, event.number, agreement_id, timezone.now())
        for routine in reaction.hastens:
            run_soon(routine, agreement_id, timezone.now())


def _refused(status: int, reason: str) -> JsonResponse:
    log.warning("webhook_refused", status=status, reason=reason)
    return JsonResponse({"error": reason}, status=status)
