"""The act: nothing blocks → Rackbeat tells us → schedules start → active. Each step can be done again.

With Opstarts-synk ticked there are two steps (domain-rules H1): the first begins it, and only when its rows have been
decided and confirmed do invoices, purchases and the stock value start. What is booked in between waits in the queue.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from lagerbro.agreements.history import record_event
from lagerbro.agreements.ledgers import LedgerTakenError, reserve_ledger
from lagerbro.agreements.models import Agreement, AgreementState, StartupState
from lagerbro.checks.check import Finding
from lagerbro.checks.facts import Facts
from lagerbro.connections import economic_webhooks
from lagerbro.connections.activation_context import ActivationContext
from lagerbro.connections.activation_lease import Lease, activation_lease
from lagerbro.connections.preflight import preflight
from lagerbro.connections.rackbeat_webhooks import UNINSTALLED, EffectGuard, subscribe
from lagerbro.sync.clients import unobserved
from lagerbro.sync.schedules.hastening import hasten
from lagerbro.sync.schedules.running import schedule
from lagerbro.sync.waking import wake_on_commit


class ActivationOutcome(StrEnum):
    """BLOCKED: something has to be mended first. ALREADY: it was done before, and nothing was done now."""

    BLOCKED = "blocked"
    STARTING = "starting"
    ACTIVE = "active"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class ActivationResult:
    outcome: ActivationOutcome
    findings: tuple[Finding, ...] = ()


def activate(
    agreement: Agreement, context: ActivationContext, *, by: str, without_startup: bool = False, renew: bool = False
) -> ActivationResult:
    """Activate, or take the second step of an activation with a start-up sync. Inside the agreement's scope.

    `without_startup` goes on without the start-up sync, which does not use it up (H3). `renew`: do it although it is
    active, with fresh addresses, as after connecting again. Raises a `RemoteError` when Rackbeat does not take our
    webhooks, and `BusyError` or `LeaseLostError` when somebody else is at it; trying again is safe after each.
    """
    with activation_lease(agreement, context.clock) as lease:
        agreement.refresh_from_db()
        if agreement.state == AgreementState.ACTIVE and not renew:
            return ActivationResult(ActivationOutcome.ALREADY)
        if agreement.state == AgreementState.STARTING and not _may_continue(agreement, without_startup=without_startup):
            return ActivationResult(ActivationOutcome.STARTING)
        preflight_result = preflight(agreement, context)
        if preflight_result.blocking and agreement.state != AgreementState.ACTIVE:
            return ActivationResult(ActivationOutcome.BLOCKED, preflight_result.findings)
        context.failpoint("activate.checked")
        _subscribe_to_webhooks(agreement, context, lease, by=by, renew=renew)
        context.failpoint("activate.subscribed")
        begins = not without_startup and begins_with_startup(agreement, preflight_result.facts, context)
        try:
            _store(agreement, context, lease, by=by, begins=begins)
        except LedgerTakenError:
            return ActivationResult(ActivationOutcome.BLOCKED, preflight(agreement, context).findings)
        context.failpoint("activate.stored")
        return ActivationResult(
            ActivationOutcome.STARTING if begins else ActivationOutcome.ACTIVE, preflight_result.findings
        )


def begins_with_startup(agreement: Agreement, facts: Facts, context: ActivationContext) -> bool:
    """Whether activation comes in two steps: asked for, never used, and this release can run it."""
    asked = facts.choices.startup_sync and agreement.startup_used_at is None
    return asked and context.can_start_up and agreement.state == AgreementState.INSTALLING


def _subscribe_to_webhooks(
    agreement: Agreement, context: ActivationContext, lease: Lease, *, by: str, renew: bool
) -> None:
    systems, now = context.connect(agreement, unobserved), context.clock.now()
    events, guard = (*context.events, UNINSTALLED), EffectGuard(lease.renew, context.failpoint)
    subscribe(agreement, systems.rackbeat, events, now, renew=renew, guard=guard)
    economic_webhooks.subscribe(agreement, systems.economic, now, by=by, renew=renew, guard=guard)


def _may_continue(agreement: Agreement, *, without_startup: bool) -> bool:
    """The second step is for when the rows are there to be decided; one that has not begun can be left (H3)."""
    if agreement.startup_state == StartupState.DECIDING:
        return True
    return without_startup and agreement.startup_state in (StartupState.WANTED, StartupState.NONE)


def _store(agreement: Agreement, context: ActivationContext, lease: Lease, *, by: str, begins: bool) -> None:
    now = context.clock.now()
    with transaction.atomic():
        if agreement.state != AgreementState.ACTIVE:
            reserve_ledger(agreement)
        lease.renew()
        agreement.state = AgreementState.STARTING if begins else AgreementState.ACTIVE
        agreement.state_code = ""
        agreement.activated_at = agreement.activated_at or now
        agreement.startup_state = _startup_state_after(agreement, begins=begins)
        agreement.save(update_fields=["state", "state_code", "activated_at", "startup_state"])
        record_event(agreement, "startup_begun" if begins else "activated", by=by, at=now)
        if not begins:
            hasten(agreement.pk, context.routines, now)  # before new ones, which begin anywhere in their first round
            schedule(agreement, context.routines, now, context.random)
            wake_on_commit(agreement.pk)


def _startup_state_after(agreement: Agreement, *, begins: bool) -> str:
    if begins:
        return StartupState.WANTED
    if agreement.startup_state == StartupState.WANTED:
        return StartupState.NONE
    return StartupState.CONFIRMED if agreement.startup_state == StartupState.DECIDING else agreement.startup_state
