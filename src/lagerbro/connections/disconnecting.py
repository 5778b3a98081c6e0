"""Parting the two: from our side at a person's word, from Rackbeat's when its token no longer opens (H7, F19).

Settings, links and history stay, so that installing again goes on where it ended; keys and addresses are destroyed.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

import structlog

from lagerbro.agreements.capabilities import withdraw_all
from lagerbro.agreements.history import record_event
from lagerbro.agreements.models import Agreement, AgreementState, CapabilityKind, Credentials, RackbeatWebhook
from lagerbro.agreements.scope import agreement_scope
from lagerbro.connections import economic_webhooks
from lagerbro.connections.each import act_on_each
from lagerbro.connections.installations import end_reconnects
from lagerbro.sync.clients import ClientFactory, unobserved
from lagerbro.wire.errors import RemoteError, UnauthenticatedError

log = structlog.get_logger()

DISCONNECTED: Final = "disconnected"
UNINSTALLED: Final = "uninstalled"
UNINSTALL_CONFIRMED_WITHIN: Final = timedelta(days=1)


def disconnect(agreement: Agreement, factory: ClientFactory, *, by: str) -> None:
    """End it from our side. Rackbeat is told as far as it listens. Inside the agreement's scope."""
    _delete_economic_webhooks(agreement, factory)
    with suppress(RemoteError, Credentials.DoesNotExist):
        rackbeat = factory.connect(agreement, unobserved).rackbeat
        for webhook in RackbeatWebhook.in_scope.defer("token"):
            with suppress(RemoteError):
                rackbeat.delete_webhook(webhook.remote_id)
        if agreement.rackbeat_app:
            rackbeat.invalidate_token()
    destroy_keys(agreement, DISCONNECTED, by, factory.clock.now())


def note_uninstall(agreement_id: int, now: datetime) -> None:
    """Rackbeat says that we were uninstalled. A webhook is a hint: whether it is so is asked later."""
    Agreement.objects.filter(pk=agreement_id, uninstall_heard_at=None).update(uninstall_heard_at=now)


def confirm_uninstalls(factory: ClientFactory) -> int:
    """Ask where an uninstall has been heard of; answers how many were so."""
    heard = Agreement.objects.exclude(uninstall_heard_at=None)
    confirmed: list[int] = []

    def ask(agreement: Agreement) -> None:
        if _is_uninstalled(agreement, factory):
            confirmed.append(agreement.pk)

    act_on_each("uninstalls", heard, ask)
    return len(confirmed)


def _is_uninstalled(agreement: Agreement, factory: ClientFactory) -> bool:
    now = factory.clock.now()
    with agreement_scope(agreement.pk):
        try:
            factory.connect(agreement, unobserved).rackbeat.myself()
        except UnauthenticatedError:
            _delete_economic_webhooks(agreement, factory)
            destroy_keys(agreement, UNINSTALLED, "Rackbeat", now)
            return True
        except Credentials.DoesNotExist:
            _discard_note(agreement)
            return False
        except RemoteError as error:
            log.info("uninstall_not_known_yet", agreement=agreement.public_id, code=error.code)
            return False
    if agreement.uninstall_heard_at is not None and now - agreement.uninstall_heard_at > UNINSTALL_CONFIRMED_WITHIN:
        _discard_note(agreement)
    return False


def _discard_note(agreement: Agreement) -> None:
    Agreement.objects.filter(pk=agreement.pk).update(uninstall_heard_at=None)


def _delete_economic_webhooks(agreement: Agreement, factory: ClientFactory) -> None:
    with suppress(Credentials.DoesNotExist):
        economic_webhooks.unsubscribe(agreement, factory.connect(agreement, unobserved).economic, factory.clock.now())


def destroy_keys(agreement: Agreement, code: str, by: str, now: datetime) -> None:
    """None of them is read: they may be such as nobody can open."""
    Credentials.in_scope.all().delete()
    end_reconnects(agreement)
    RackbeatWebhook.in_scope.all().delete()
    withdraw_all(now, CapabilityKind.RACKBEAT, CapabilityKind.ECONOMIC)
    agreement.state, agreement.state_code = AgreementState.GONE, code
    agreement.uninstall_heard_at = None
    agreement.save(update_fields=["state", "state_code", "uninstall_heard_at"])
    record_event(agreement, code, by=by, at=now)
