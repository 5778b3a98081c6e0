"""What becomes of an order in e-conomic after it was taken into Rackbeat. It is told, and never acted upon by itself:
the goods may be on their way (domain-rules F11)."""

from __future__ import annotations

from typing import Final

from lagerbro.economic.sales_documents.orders import FoundOrder, OrderState
from lagerbro.economic.sales_documents.types import Order
from lagerbro.flows.economic_documents.differences import changes_between
from lagerbro.flows.economic_documents.making import DRAFT, Making
from lagerbro.flows.economic_documents.mapping import ANY_ITEM, sale_of
from lagerbro.flows.field_changes import listed_changes
from lagerbro.flows.orders.facts import DRAFT_LINK, ORDER, WITHOUT_MAIL, link_of, order_version
from lagerbro.money import rounded
from lagerbro.rackbeat.sales_types import NewSale, Sale
from lagerbro.sync.models import Link
from lagerbro.sync.outcome import Outcome, Transferred
from lagerbro.sync.work import Work
from lagerbro.wire.numbers import decode

AMOUNTS_DIFFER: Final = "order_amounts_differ"


class AfterTaking:
    """One order that is linked. `found`: as it stands in e-conomic now."""

    def __init__(self, work: Work, found: FoundOrder | None, link: Link) -> None:
        self.work = work
        self.found = found
        self.link = link

    def outcome(self) -> Outcome:
        taken = self.work.clients.rackbeat.orders.get(self.link.rackbeat_key)
        is_void, details = taken is None or taken.is_cancelled, self._details()
        if self.found is None:
            return Transferred() if is_void else Transferred(None, "order_deleted", details, needs_person=True)
        if self.found.state is OrderState.ARCHIVED:
            return Transferred(None, "order_invoiced_there", details)
        if self.found.state is OrderState.DRAFT and not self._was_taken_as_draft:
            return Transferred() if is_void else Transferred(None, "order_taken_back", details, needs_person=True)
        if taken is None or taken.is_cancelled:
            return Transferred(None, "order_gone_in_rackbeat", details, needs_person=True)
        if order_version(self.found.order) != self.link.version:
            return self._changed(self.found, taken)
        return self._as_it_was(self.found, taken)

    @property
    def _was_taken_as_draft(self) -> bool:
        return self.link.economic_kind == DRAFT_LINK

    def _as_it_was(self, found: FoundOrder, taken: Sale) -> Outcome:
        """Nobody has changed it. One that was taken as a draft and has been sent since is booked now."""
        rackbeat_net, economic_net = rounded(taken.total_subtotal), rounded(found.order.netAmount)
        if rackbeat_net != economic_net:
            details = {**self._details(), "ours": str(rackbeat_net), "theirs": str(economic_net)}
            return Transferred(None, AMOUNTS_DIFFER, details, needs_person=True)
        if taken.is_booked or found.state is OrderState.DRAFT:
            same = taken.is_booked is not self._was_taken_as_draft
            return Transferred(None if same else link_of(found.order, taken, self.link.version))
        sale = self._sent() or self._as_it_would_be_sent(found.order)
        making = Making(self.work, self.work.clients.rackbeat.orders, sale, ORDER)
        booked = making.book(taken.number, self.link.version, WITHOUT_MAIL)
        return Transferred(link_of(found.order, booked, self.link.version))

    def _changed(self, found: FoundOrder, taken: Sale) -> Outcome:
        order, sent, net = found.order, self._sent(), self.link.economic_net
        changes = changes_between(sent, self._as_it_would_be_sent(order)) if sent is not None else []
        details = {
            **self._details(),
            "ours": "" if net is None else str(net),
            "theirs": str(rounded(order.netAmount)),
            "changes": listed_changes(changes),
            "version": order_version(order),
        }
        is_booked = taken.is_booked or found.state is OrderState.DRAFT
        code = "order_changed" if is_booked else "order_changed_while_taken"
        return Transferred(None, code, details, needs_person=True)

    def _details(self) -> dict[str, str]:
        return {"number": self.link.rackbeat_key}

    def _sent(self) -> NewSale | None:
        """What was sent to Rackbeat, as long as it is kept."""
        intent = self.work.intents.latest(DRAFT)
        return decode(intent.request.encode(), NewSale) if intent is not None and intent.request else None

    def _as_it_would_be_sent(self, order: Order) -> NewSale:
        item = self.work.choices.empty_line_item or ANY_ITEM
        return sale_of(order, order.orderNumber, ORDER, item)
