"""The look at e-conomic's orders, every five minutes: what is new, changed, or not there any more (domain-rules F11).

All that are sent are listed, not what changed: an order that is deleted or taken back would show in no list of changes.
An idle look costs one call, and one more where drafts are taken too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lagerbro.agreements.choices import decided_at
from lagerbro.books.choices import Choices
from lagerbro.economic.sales_documents.orders import OrderState
from lagerbro.flows.polls.position import parsed_moment
from lagerbro.flows.polls.section_poll import SectionPoll
from lagerbro.sync.flow import record_of
from lagerbro.sync.schedules.routine import Remembered, RoutineContext, RoutineResult

ORDERS_POLL: Final = "orders_poll"
Listed = Mapping[str, str]
"""When each order last changed, by its number; the state stands before the moment."""


@dataclass(frozen=True, slots=True)
class OrdersPoll(SectionPoll):
    """Asks once for each order that is new, has changed, or has gone. One that has stood there unchanged since before
    the section was switched on is left alone, until somebody changes its state (domain-rules F2)."""

    def run(self, context: RoutineContext) -> RoutineResult:
        if not self.section.is_on(context.choices):
            return RoutineResult(remembered=context.remembered)
        begins_at = self.section.begins_at(context.agreement)
        drafts_from = decided_at("take_draft_orders")
        begins = {OrderState.SENT: begins_at, OrderState.DRAFT: max(begins_at, drafts_from or begins_at)}
        news, remembered = news_of(context.remembered, _listed(context), begins)
        return RoutineResult(tuple(record_of(self.flow, key) for key in news), remembered=remembered)


def states_of(choices: Choices) -> tuple[OrderState, ...]:
    """Sent orders; drafts by choice."""
    return (OrderState.SENT, OrderState.DRAFT) if choices.take_draft_orders else (OrderState.SENT,)


def _listed(context: RoutineContext) -> dict[str, str]:
    orders = context.clients.economic.orders
    return {
        str(order.number): f"{state} {order.changed_at}"
        for state in states_of(context.choices)
        for order in orders.standing(state)
        if order.number is not None
    }


def news_of(
    remembered: Remembered, listed: Listed, begins: Mapping[OrderState, datetime]
) -> tuple[list[str], dict[str, object]]:
    """The numbers to ask for, in their order, and what to remember. Pure.

    `begins`: from when on orders of each state are looked for.
    """
    seen: Listed = remembered.get("seen", {})
    before: Mapping[str, str] = remembered.get("before", {})
    from_before = {
        key: _state(state_since)
        for key, state_since in listed.items()
        if before.get(key) == _state(state_since) or (key not in seen and _is_older(state_since, begins))
    }
    current = {key: state_since for key, state_since in listed.items() if key not in from_before}
    news = {key for key, state_since in current.items() if seen.get(key) != state_since} | (
        seen.keys() - current.keys()
    )
    return sorted(news, key=int), {"seen": current, "before": from_before}


def _state(state_since: str) -> str:
    return state_since.partition(" ")[0]


def _is_older(state_since: str, begins: Mapping[OrderState, datetime]) -> bool:
    """One that does not say when it changed is taken: passing it over would lose it."""
    state, _, moment = state_since.partition(" ")
    changed_at = parsed_moment(moment)
    return changed_at is not None and changed_at < begins[OrderState(state)]
