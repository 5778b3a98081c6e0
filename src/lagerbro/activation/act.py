"""The act: nothing blocks → Rackbeat tells us → schedules start → active. Each step can be done again.

With Opstarts-synk ticked there are two steps (domain-rules H1): the first begins it, and only when its rows have been
decided and confirmed do invoices, purchases and the stock value start. What is booked in between waits in the queue.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from lagerbro.activation.hands import Hands
from lagerbro.activation.lease import Lease, leased
from lagerbro.agreements.choices import choices_of
from lagerbro.agreements.history import remember
from lagerbro.agreements.ledgers import LedgerTakenError, take
from lagerbro.agreements.models import Agreement, AgreementState, StartupState
from lagerbro.checks.check import Finding
from lagerbro.checks.facts import Facts
from lagerbro.checks.reading import read_facts
from lagerbro.checks.registry import blocking, run
from lagerbro.joining import economic_listening
from lagerbro.joining.listening import UNINSTALLED, Care, listen
from lagerbro.sync.lines import unseen
from lagerbro.sync.routines import schedule
from lagerbro.sync.waking import wake_on_commit


class Outcome(StrEnum):
    """BLOCKED: something has to be mended first. ALREADY: it was done before, and nothing was done now."""

    BLOCKED = "blocked"
    STARTING = "starting"
    ACTIVE = "active"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Activated:
    outcome: Outcome
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Preflight:
    """What was looked at, and what was found."""

    facts: Facts
    findings: tuple[Finding, ...]

    @property
    def blocks(self) -> list[Finding]:
        return blocking(self.findings)


def preflight(agreement: Agreement, hands: Hands) -> Preflight:
    """Look at both systems and at the settings; nothing is written anywhere. Inside the agreement's scope."""
    facts = read_facts(
        agreement,
        choices_of(agreement),
        hands.connect,
        now=hands.clock.now(),
        public_url=hands.public_url,
        side_by_side=hands.side_by_side,
    )
    return Preflight(facts, run(facts))


def activate(
    agreement: Agreement, hands: Hands, *, by: str, without_startup: bool = False, renew: bool = False
) -> Activated:
    """Activate, or take the second step of an activation with a start-up sync. Inside the agreement's scope.

    `without_startup` goes on without the start-up sync, which does not use it up (H3). `renew`: do it although it is
    active, with fresh addresses, as after connecting again. Raises a `RemoteError` when Rackbeat does not take our
    webhooks, and `BusyError` or `OvertakenError` when somebody else is at it; trying again is safe after each.
    """
    with leased(agreement, hands.clock) as lease:
        agreement.refresh_from_db()
        if agreement.state == AgreementState.ACTIVE and not renew:
            return Activated(Outcome.ALREADY)
        if agreement.state == AgreementState.STARTING and not _may_go_on(agreement, without_startup=without_startup):
            return Activated(Outcome.STARTING)
        looked = preflight(agreement, hands)
        if looked.blocks and agreement.state != AgreementState.ACTIVE:
            return Activated(Outcome.BLOCKED, looked.findings)
        hands.point("activate.checked")
        _listen(agreement, hands, lease, by=by, renew=renew)
        hands.point("activate.listening")
        begins = not without_startup and begins_with_startup(agreement, looked.facts, hands)
        try:
            _store(agreement, hands, lease, by=by, begins=begins)
        except LedgerTakenError:
            return Activated(Outcome.BLOCKED, preflight(agreement, hands).findings)
        hands.point("activate.stored")
        return Activated(Outcome.STARTING if begins else Outcome.ACTIVE, looked.findings)


def begins_with_startup(agreement: Agreement, facts: Facts, hands: Hands) -> bool:
    """Whether activation comes in two steps: asked for, never used, and this release can run it."""
    asked = facts.choices.startup_sync and agreement.startup_used_at is None
    return asked and hands.can_start_up and agreement.state == AgreementState.INSTALLING


def _listen(agreement: Agreement, hands: Hands, lease: Lease, *, by: str, renew: bool) -> None:
    systems, now = hands.connect(agreement, unseen), hands.clock.now()
    events, care = (*hands.events, UNINSTALLED), Care(lease.renew, hands.point)
    listen(agreement, systems.rackbeat, events, now, renew=renew, care=care)
    economic_listening.listen(agreement, systems.economic, now, by=by, renew=renew, care=care)


def _may_go_on(agreement: Agreement, *, without_startup: bool) -> bool:
    """The second step is for when the rows are there to be decided; one that has not begun can be left (H3)."""
    if agreement.startup_state == StartupState.DECIDING:
        return True
    return without_startup and agreement.startup_state in (StartupState.WANTED, StartupState.NONE)


def _store(agreement: Agreement, hands: Hands, lease: Lease, *, by: str, begins: bool) -> None:
    now = hands.clock.now()
    with transaction.atomic():
        if agreement.state != AgreementState.ACTIVE:
            take(agreement)
        lease.renew()
        agreement.state = AgreementState.STARTING if begins else AgreementState.ACTIVE
        agreement.state_code = ""
        agreement.activated_at = agreement.activated_at or now
        agreement.startup_state = _startup_after(agreement, begins=begins)
        agreement.save(update_fields=["state", "state_code", "activated_at", "startup_state"])
        remember(agreement, "startup_begun" if begins else "activated", by=by, at=now)
        if not begins:
            schedule(agreement, hands.routines, now, hands.random)
            wake_on_commit(agreement.pk)


def _startup_after(agreement: Agreement, *, begins: bool) -> str:
    if begins:
        return StartupState.WANTED
    if agreement.startup_state == StartupState.WANTED:
        return StartupState.NONE
    return StartupState.CONFIRMED if agreement.startup_state == StartupState.DECIDING else agreement.startup_state
