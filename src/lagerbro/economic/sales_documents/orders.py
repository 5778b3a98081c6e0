"""Orders in their three states: draft, sent, archived (economic-api 7.5)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lagerbro.economic.filters import equal
from lagerbro.economic.paths import segment
from lagerbro.economic.sales_documents.types import Order, StandingOrder
from lagerbro.economic.surfaces import Rest
from lagerbro.wire.errors import NotFoundError


class OrderState(StrEnum):
    """Where an order stands, as the address names it. Archived: a sent order that was made into an invoice."""

    SENT = "sent"
    DRAFT = "drafts"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class FoundOrder:
    state: OrderState
    order: Order


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders of one agreement. They are read and never written."""

    rest: Rest

    def standing(self, state: OrderState) -> list[StandingOrder]:
        """All orders of a state, without their lines: one call for each thousand, and one where there are none."""
        return list(self.rest.all(f"/orders/{state}", StandingOrder))

    def find(self, number: int | str) -> FoundOrder | None:
        """The order, wherever it stands: a sent one costs one call, any other one more for each state."""
        for state in OrderState:
            try:
                return FoundOrder(state, self.rest.get(f"/orders/{state}/{segment(number)}", Order))
            except NotFoundError:
                continue
        return None

    def archived_of(self, customer: int) -> frozenset[int]:
        """The numbers of the customer's orders that were made into invoices."""
        query = {"filter": equal("customer.customerNumber", customer)}
        found = self.rest.all(f"/orders/{OrderState.ARCHIVED}", StandingOrder, query)
        return frozenset(one.number for one in found if one.number is not None)
