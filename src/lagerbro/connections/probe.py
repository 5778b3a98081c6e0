"""Trying both connections, and letting the agreement's state say what was found (domain-rules D21)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from lagerbro.agreements.credentials import CredentialsUnreadableError
from lagerbro.agreements.models import Agreement, AgreementState, Credentials
from lagerbro.agreements.scope import agreement_scope
from lagerbro.connections.each import act_on_each
from lagerbro.connections.reconnecting import state_after_reconnect
from lagerbro.flows.registry import ROUTINES
from lagerbro.sync.clients import ClientFactory, unobserved
from lagerbro.sync.schedules.hastening import hasten
from lagerbro.sync.waking import wake_on_commit
from lagerbro.wire.errors import RemoteError, UnauthenticatedError

CONNECTED: Final = ""
NO_KEYS: Final = "no_keys"
REVOKED: Final = UnauthenticatedError.code
RACKBEAT_REVOKED: Final = "rackbeat_revoked"
ECONOMIC_REVOKED: Final = "economic_revoked"
BOTH_REVOKED: Final = "both_revoked"
UNREADABLE: Final = CredentialsUnreadableError.code
_PROBED_STATE_CODES: Final = (REVOKED, UNREADABLE)
"""What may be found to be otherwise: which of the two it was, or that the key is back that opens what is stored."""
_REPAIRABLE_STATE_CODES: Final = (REVOKED, UNREADABLE, RACKBEAT_REVOKED, ECONOMIC_REVOKED, BOTH_REVOKED)


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What each system answered: empty when it was fine, else the error's code."""

    rackbeat: str
    economic: str

    @property
    def is_fine(self) -> bool:
        return not (self.rackbeat or self.economic)


def probe(agreement: Agreement, factory: ClientFactory) -> ProbeResult:
    """Ask both systems who we are; a revoked key breaks the connection, two good ones mend it. In the agreement's
    scope."""
    try:
        clients = factory.connect(agreement, unobserved)
    except CredentialsUnreadableError as error:
        return ProbeResult(error.code, error.code)
    except Credentials.DoesNotExist:
        return ProbeResult(NO_KEYS, NO_KEYS)
    result = ProbeResult(_failure_code_of(clients.rackbeat.myself), _failure_code_of(clients.economic.registers.myself))
    _store_result(agreement, result, factory.clock.now())
    return result


def find_revoked_systems(factory: ClientFactory) -> int:
    """For those that broke while transferring: which of the two it was. Answers how many were asked about."""
    broken = Agreement.objects.filter(state=AgreementState.GONE, state_code__in=_PROBED_STATE_CODES)
    return act_on_each("revoked_systems", broken, lambda agreement: _probe_and_store(agreement, factory))


def _probe_and_store(agreement: Agreement, factory: ClientFactory) -> None:
    with agreement_scope(agreement.pk):
        probe(agreement, factory)


def _failure_code_of(ask: Callable[[], object]) -> str:
    try:
        ask()
    except RemoteError as error:
        return error.code
    return CONNECTED


def _store_result(agreement: Agreement, result: ProbeResult, now: datetime) -> None:
    code = _code(result)
    with transaction.atomic():
        if code and agreement.state in (AgreementState.STARTING, AgreementState.ACTIVE, AgreementState.GONE):
            _set_state(agreement, AgreementState.GONE, code)
        elif (
            result.is_fine
            and agreement.state == AgreementState.GONE
            and agreement.state_code in _REPAIRABLE_STATE_CODES
        ):
            _set_state(agreement, state_after_reconnect(agreement), "")
            hasten(agreement.pk, ROUTINES, now)
            wake_on_commit(agreement.pk)


def _code(result: ProbeResult) -> str:
    if result.rackbeat == result.economic == REVOKED:
        return BOTH_REVOKED
    if result.rackbeat == REVOKED:
        return RACKBEAT_REVOKED
    return ECONOMIC_REVOKED if result.economic == REVOKED else ""


def _set_state(agreement: Agreement, state: AgreementState, code: str) -> None:
    Agreement.objects.filter(pk=agreement.pk).update(state=state, state_code=code)
    agreement.refresh_from_db(fields=["state", "state_code"])
