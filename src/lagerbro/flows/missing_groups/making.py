"""Making a group that e-conomic lacks with the accounts of the group that a person has named (domain-rules H15)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lagerbro.economic.client import Economic
from lagerbro.flows.economic_refusals import economic_refused
from lagerbro.flows.missing_groups.steps import GroupSteps, NewGroup
from lagerbro.flows.texts import cut
from lagerbro.flows.upserting import Upsert
from lagerbro.sync.decisions.copying_groups import MISSING, note_made, wanted_source
from lagerbro.sync.models import IntentState
from lagerbro.sync.outcome import Outcome, Refusal
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, InvalidError
from lagerbro.wire.numbers import decode

DOMESTIC: Final = 1
NAME_MAX: Final = 50  # of either kind of group (economic-api 6.2, 6.5)


def run_with_group(work: Work, upsert: Upsert, refusal_of: Callable[[InvalidError], Refusal]) -> Outcome:
    """Write the record; where its group is missing and somebody has said how to make it, make it and write again."""
    _finish(work)
    try:
        return upsert.run(work)
    except InvalidError as error:
        refusal = refusal_of(error)
        if not _make_if_wanted(work, refusal):
            raise refusal from error
    try:
        return upsert.run(work)
    except InvalidError as error:
        raise refusal_of(error) from error


def _make_if_wanted(work: Work, refusal: Refusal) -> bool:
    kind, number = MISSING.get(refusal.code), refusal.details.get("group", "")
    source = wanted_source(work.agreement, kind, number) if kind is not None else None
    if kind is None or source is None:
        return False
    group = _planned(work, kind, int(number), source)
    if group is None:
        raise Refusal("group_source_missing", FailureKind.CONFIG, group=number, of_group=str(source))
    _make(work, group, f"{number} as {source}, run {work.transfer.runs}")
    return True


def _finish(work: Work) -> None:
    """A product group that a stop left without some of its accounts: e-conomic takes them one by one."""
    made, filled = work.intents.latest(GroupSteps.GROUP), work.intents.latest(GroupSteps.ACCOUNTS)
    if made is None or made.state not in (IntentState.OPEN, IntentState.CONFIRMED):
        return
    is_filled = filled is not None and filled.version == made.version and filled.state == IntentState.CONFIRMED
    if not is_filled:
        _make(work, decode(made.request.encode(), NewGroup), made.version)


def _make(work: Work, group: NewGroup, version: str) -> None:
    steps = GroupSteps(work.clients.economic, group)
    try:
        work.write(steps.group(), version)
        work.write(steps.accounts(), version)
    except InvalidError as error:
        raise economic_refused(error, FailureKind.CONFIG) from error
    note_made(work.agreement, group.kind, str(group.number), group.source, work.runtime.clock.now())


def _planned(work: Work, kind: str, number: int, source: int) -> NewGroup | None:
    """The group with Rackbeat's name and the source's accounts; None where the source is none or has none."""
    rackbeat, economic = work.clients.rackbeat, work.clients.economic
    if kind == "customer_group":
        customer_group = rackbeat.customer_group(number)
        named, account, accounts = customer_group.name if customer_group else "", _control_account(economic, source), {}
    else:
        accounts = economic.product_groups.accounts(source)
        own = rackbeat.product_group(number)
        named, account = own.name if own else "", accounts.get(DOMESTIC)
    if account is None:
        return None
    name = cut(named, NAME_MAX) or str(number)
    return NewGroup(
        kind, number, source, name, account, {zone: to for zone, to in accounts.items() if zone != DOMESTIC}
    )


def _control_account(economic: Economic, source: int) -> int | None:
    group = economic.registers.customer_group(source)
    return group.account.accountNumber if group is not None and group.account is not None else None
