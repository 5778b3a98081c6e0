"""A sent order of e-conomic becomes an order in Rackbeat: exactly one.

find → plan → require customer and items → draft → compare → book. What becomes of it in e-conomic afterwards is told
and never acted upon.
"""

from __future__ import annotations

from lagerbro.economic.sales_documents.orders import FoundOrder, OrderState
from lagerbro.flows.economic_documents.differences import changes_between
from lagerbro.flows.economic_documents.making import Begun, Making, begun, planned_sale
from lagerbro.flows.economic_documents.mapping import ANY_ITEM, sale_of
from lagerbro.flows.field_changes import listed_changes
from lagerbro.flows.orders.after_taking import AMOUNTS_DIFFER, AfterTaking
from lagerbro.flows.orders.facts import DRAFT_LINK, ORDER, WITHOUT_MAIL, link_of, order_version
from lagerbro.flows.plan_refusals import as_refusal
from lagerbro.money import rounded
from lagerbro.rackbeat.sales_types import Sale
from lagerbro.sync.outcome import LinkFacts, Outcome, Skipped, Transferred
from lagerbro.sync.work import Work


class OrderFlow:
    """One order, by its number in e-conomic."""

    kind = "order"
    rank = 45

    def run(self, work: Work) -> Outcome:
        if not work.choices.sales_enabled:
            return Skipped("sales_off")
        found = work.clients.economic.orders.find(work.transfer.key)
        link = work.links.of_economic(self.kind, work.transfer.key)
        with as_refusal():
            if link is not None:
                return AfterTaking(work, found, link).outcome()
            if found is not None and _is_to_be_taken(work, found.state):
                return _take(work, found)
            return _withdraw(work, found)


def _is_to_be_taken(work: Work, state: OrderState) -> bool:
    """Sent ones; drafts by choice (domain-rules F11)."""
    return state is OrderState.SENT or (state is OrderState.DRAFT and work.choices.take_draft_orders)


def _take(work: Work, found: FoundOrder) -> Outcome:
    """What was begun under an earlier version of the order is linked as that, and the change is then told."""
    order, version = found.order, order_version(found.order)
    earlier = begun(work)
    if earlier is not None and earlier.version != version:
        making = Making(work, work.clients.rackbeat.orders, earlier.sale, ORDER)
        standing = making.made_before(earlier)
        if standing is not None:
            changes = changes_between(earlier.sale, sale_of(order, order.orderNumber, ORDER, ANY_ITEM))
            details = {"number": str(standing.number), "changes": listed_changes(changes)}
            facts = link_of(order, standing, earlier.version)
            return Transferred(facts, "order_changed_while_taken", details, needs_person=True)
    making = Making(work, work.clients.rackbeat.orders, planned_sale(work, order, order.orderNumber, ORDER), ORDER)
    made = making.draft(version)
    rackbeat_net, economic_net = rounded(made.total_subtotal), rounded(order.netAmount)
    if rackbeat_net != economic_net:
        details = {"number": str(made.number), "ours": str(rackbeat_net), "theirs": str(economic_net)}
        return Transferred(link_of(order, made, version), AMOUNTS_DIFFER, details, needs_person=True)
    if found.state is OrderState.SENT and not made.is_booked:
        made = making.book(made.number, version, WITHOUT_MAIL)
    return Transferred(link_of(order, made, version))


def _withdraw(work: Work, found: FoundOrder | None) -> Outcome:
    """Not to be taken any more. What had been begun stands in Rackbeat: it is linked, and a person is told of it. One
    that has become an invoice is what the goods are sent with, and is booked."""
    earlier = begun(work)
    if earlier is None:
        return Skipped("order_withdrawn", is_forgotten=work.transfer.runs <= 1)
    making = Making(work, work.clients.rackbeat.orders, earlier.sale, ORDER)
    standing = making.made_before(earlier)
    if standing is None:
        return Skipped("order_withdrawn")
    details = {"number": str(standing.number)}
    if found is None:
        return Transferred(_link_of_begun(work, earlier, standing), "order_deleted", details, needs_person=True)
    if found.state is OrderState.DRAFT:
        facts = link_of(found.order, standing, earlier.version)
        return Transferred(facts, "order_taken_back", details, needs_person=True)
    if not standing.is_booked:
        standing = making.book(standing.number, earlier.version, WITHOUT_MAIL)
    return Transferred(link_of(found.order, standing, earlier.version), "order_invoiced_there", details)


def _link_of_begun(work: Work, earlier: Begun, standing: Sale) -> LinkFacts:
    """Of an order that cannot be read any more."""
    return LinkFacts(
        economic_kind=DRAFT_LINK,
        economic_key=work.transfer.key,
        version=earlier.version,
        name=f"{earlier.sale.customer_id} {earlier.sale.address_name}",
        currency=earlier.sale.currency,
        rackbeat_key=str(standing.number),
    )
