"""An invoice that was booked in e-conomic without an order of Rackbeat's becomes a booked invoice there: exactly one.

read → whose is it → plan → require customer and items → draft → compare → book, unshipped → mark as shipped, if that is
chosen, by a transfer of its own (domain-rules A19, F5).
"""

from __future__ import annotations

from typing import Final

from lagerbro.economic.sales_documents.types import BookedDocument
from lagerbro.flows.customer_invoices.made import BOOKED_LINK as BOOKED_FROM_RACKBEAT
from lagerbro.flows.customer_invoices.mark import marked_key
from lagerbro.flows.economic_documents.making import Making, begun, planned_sale, version_of
from lagerbro.flows.economic_documents.mapping import Kind
from lagerbro.flows.economic_documents.mark import INVOICE_MARK
from lagerbro.flows.economic_invoices.orders_of import OF_ORDER, order_of
from lagerbro.flows.invoice_shipping.flow import shipping_of
from lagerbro.flows.orders.facts import facts_of
from lagerbro.flows.plan_refusals import as_refusal
from lagerbro.money import ZERO, rounded
from lagerbro.rackbeat.sales_types import Sale
from lagerbro.sync.outcome import LinkFacts, Outcome, Refusal, Skipped, Transferred
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind

INVOICE: Final = Kind(INVOICE_MARK, "invoice_date")
DRAFT_LINK: Final = "invoice_draft_in_rackbeat"
BOOKED_LINK: Final = "invoice_in_rackbeat"
CUSTOMER_INVOICE: Final = "customer_invoice"
UNSHIPPED: Final[dict[str, object]] = {"mark_shipped": False, "mail": {"send": False}}
"""Its goods leave by a call of their own, which can be looked for and is made at most once."""


class EconomicInvoiceFlow:
    """One booked invoice, by its number in e-conomic."""

    kind = "economic_invoice"
    rank = 48

    def run(self, work: Work) -> Outcome:
        if not work.choices.sales_enabled:
            return Skipped("sales_off")
        invoice = work.clients.economic.booked_invoices.whole(work.transfer.key)
        if invoice is None:
            raise Refusal("economic_invoice_unknown", FailureKind.REFUSED)
        link = work.links.of_economic(self.kind, work.transfer.key)
        with as_refusal():
            if link is not None:
                return _outcome_of_linked(work, invoice, link.rackbeat_key)
            if _stands_in_rackbeat(work):
                return _take(work, invoice)
            return _skipped_if_ours(work, invoice) or _skipped_if_of_order(work, invoice) or _take(work, invoice)


def _stands_in_rackbeat(work: Work) -> bool:
    """Whether an earlier run has made it already: then whose it is has been decided."""
    earlier = begun(work)
    if earlier is None:
        return False
    return Making(work, work.clients.rackbeat.invoices, earlier.sale, INVOICE).made_before(earlier) is not None


def _skipped_if_ours(work: Work, invoice: BookedDocument) -> Skipped | None:
    """The echo: what came from Rackbeat is not taken back. Raises `Refusal` for a copy of one."""
    key = marked_key(invoice.references.other)
    if key is None:
        return None
    link = work.links.get(CUSTOMER_INVOICE, key)
    if link is not None and link.economic_kind == BOOKED_FROM_RACKBEAT and link.economic_key != work.transfer.key:
        raise Refusal("economic_invoice_copy", FailureKind.CONFIG, invoice=key, number=link.economic_key)
    return Skipped("own_invoice", {"invoice": key}, is_forgotten=True)


def _skipped_if_of_order(work: Work, invoice: BookedDocument) -> Skipped | None:
    order = order_of(work, invoice)
    return Skipped(OF_ORDER, {"order": order.number, "number": order.rackbeat}) if order is not None else None


def _take(work: Work, invoice: BookedDocument) -> Outcome:
    if any((line.quantity or ZERO) < 0 for line in invoice.lines):
        raise Refusal("economic_credit_by_hand", FailureKind.CONFIG)
    sale, version = planned_sale(work, invoice, invoice.bookedInvoiceNumber, INVOICE), _version(invoice)
    making = Making(work, work.clients.rackbeat.invoices, sale, INVOICE)
    return _booked(work, invoice, making, making.draft(version), version)


def _outcome_of_linked(work: Work, invoice: BookedDocument, number: str) -> Outcome:
    """Linked and asked for again: a draft that was corrected is booked now. What is booked stays as it is."""
    standing, version = work.clients.rackbeat.invoices.get(number), _version(invoice)
    if standing is None or standing.is_booked:
        return Transferred(None if standing is None else _link(invoice, standing, version))
    sale = planned_sale(work, invoice, invoice.bookedInvoiceNumber, INVOICE)
    return _booked(work, invoice, Making(work, work.clients.rackbeat.invoices, sale, INVOICE), standing, version)


def _version(invoice: BookedDocument) -> str:
    return version_of(invoice, invoice.bookedInvoiceNumber, INVOICE)


def _booked(work: Work, invoice: BookedDocument, making: Making, made: Sale, version: str) -> Outcome:
    rackbeat_net, economic_net = rounded(made.total_subtotal), rounded(invoice.netAmount)
    if rackbeat_net != economic_net and not made.is_booked:
        details = {"number": str(made.number), "ours": str(rackbeat_net), "theirs": str(economic_net)}
        return Transferred(_link(invoice, made, version), "economic_invoice_amounts_differ", details, needs_person=True)
    if not made.is_booked:
        made = making.book(made.number, version, UNSHIPPED)
    return Transferred(_link(invoice, made, version), follows=shipping_of(work, made))


def _link(invoice: BookedDocument, made: Sale, version: str) -> LinkFacts:
    kind = BOOKED_LINK if made.is_booked else DRAFT_LINK
    return facts_of(invoice, invoice.bookedInvoiceNumber, made, version, kind)
