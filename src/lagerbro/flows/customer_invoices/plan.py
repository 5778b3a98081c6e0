"""What is to be done with a customer invoice, decided from what is known. Pure.

Refuses with a named reason before anything is written; what passes here is a draft whose net amount e-conomic will
compute to the øre that Rackbeat has.
"""

from __future__ import annotations

from decimal import Decimal

from lagerbro.books.choices import Choices
from lagerbro.books.ean_numbers import EanUnusableError, ean_number
from lagerbro.books.lines import LinesToSend
from lagerbro.books.totals import Amounts
from lagerbro.books.zones import UnknownZoneError, Zone, zone_named
from lagerbro.economic.invoice_types import Invoice, NewDraft
from lagerbro.flows.customer_invoices.mapping import Header, draft_of, line_net
from lagerbro.flows.customer_invoices.mark import has_any_mark, has_mark
from lagerbro.flows.customer_invoices.named import NamedOn
from lagerbro.flows.document_heads import amounts_of, check_rate
from lagerbro.flows.refusals import CONFIG, REFUSED, PlanRefusal
from lagerbro.flows.texts import cut
from lagerbro.money import rounded
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.rackbeat.signs import AS_WRITTEN, TURNED


def comes_to(invoice: CustomerInvoice, amounts: Amounts) -> bool:
    """Whether Rackbeat says these amounts, whichever way a credit note was turned when they were sent."""
    factors = (AS_WRITTEN, TURNED) if invoice.is_creditnote else (AS_WRITTEN,)
    return any(amounts_of(invoice, factor) == amounts for factor in factors)


def taxed_lines(invoice: CustomerInvoice) -> int:
    """How many lines have VAT in Rackbeat (H33). One that names no rate has what the document has."""
    has_vat = bool(invoice.total_vat)
    return sum(bool(has_vat if line.vat_percentage is None else line.vat_percentage) for line in invoice.lines)


def items_of(invoice: CustomerInvoice) -> set[str]:
    """The item numbers on the lines. A line without one is a text, if it has no amount (domain-rules H37).

    Raises `PlanRefusal` for a line with an amount and no item, and for an invoice without any item.
    """
    for position, line in enumerate(invoice.lines, 1):
        if line.item_number is None and line_net(line, 1):
            text = cut(line.name, 60) or "–"
            raise PlanRefusal("line_without_item", CONFIG, line=str(position), text=text, amount=str(line_net(line, 1)))
    items = {line.item_number for line in invoice.lines if line.item_number is not None}
    if not items:
        raise PlanRefusal("invoice_without_lines", REFUSED)
    return items


def products_of(invoice: CustomerInvoice, lines: LinesToSend, choices: Choices) -> set[str]:
    """The item numbers that must be products in e-conomic: those on the lines, and the rounding line's if it has one.

    Raises `PlanRefusal` as `items_of` does.
    """
    items = items_of(invoice)
    if choices.rounding_item is not None and lines.rounding:
        items.add(choices.rounding_item)
    return items


def customer_of(invoice: CustomerInvoice) -> int:
    """The customer's number, the same in both systems."""
    if invoice.customer_number is None:
        raise PlanRefusal("invoice_without_customer", REFUSED)
    return invoice.customer_number


def ean_of(invoice: CustomerInvoice) -> str:
    """The number that makes it an EAN invoice: the invoice's own (domain-rules F23, H36); empty where it has none."""
    try:
        return ean_number(invoice.ean)
    except EanUnusableError as error:
        raise PlanRefusal("ean_unusable", CONFIG, ean=str(error)[:40]) from error


def zone_of(invoice: CustomerInvoice) -> Zone:
    """The invoice's own zone, else its customer's. One that we have not heard of is never guessed."""
    try:
        return zone_named(invoice.vat_zone or (invoice.customer.vat_zone if invoice.customer else None))
    except UnknownZoneError as error:
        raise PlanRefusal("zone_unknown", CONFIG, zone=str(error)) from error


def plan_draft(
    invoice: CustomerInvoice,
    factor: int,
    lines: LinesToSend,
    choices: Choices,
    base_currency: str,
    named: NamedOn,
) -> NewDraft:
    """The draft to make, with its `sent_lines`; raises `PlanRefusal` when it cannot be made so that e-conomic comes to
    Rackbeat's net amount."""
    header = Header(
        customer=customer_of(invoice),
        zone=named.zone,
        layout=_layout(invoice, choices, named.customer_layout),
        terms=_terms(named.terms),
        factor=factor,
        ean=ean_of(invoice),
        base_currency=base_currency,
        lines=lines,
        rounding_item=choices.rounding_item,
        named=named,
    )
    if invoice.currency != base_currency:
        check_rate(invoice, base_currency)
    invoiced, sent = amounts_of(invoice, factor).net, header.lines.total()
    if invoiced != sent:
        raise PlanRefusal("net_unattainable", REFUSED, ours=str(invoiced), theirs=str(sent))
    return draft_of(invoice, header)


def is_to_be_booked(invoice: CustomerInvoice, choices: Choices) -> bool:
    """domain-rules C7: booked when asked for, but an EAN invoice stays a draft where that is chosen."""
    return choices.book_on_booking and not (ean_of(invoice) and choices.never_book_ean)


def answered_amounts(answer: Invoice) -> Amounts:
    """What e-conomic says the invoice comes to."""
    return Amounts(rounded(answer.netAmount), rounded(answer.vatAmount), rounded(answer.grossAmount))


def is_ours(answer: Invoice, invoice: CustomerInvoice, net: Decimal) -> bool:
    """Whether an invoice in e-conomic is the one we made: mark, customer, currency and net amount (H12, H29)."""
    return is_marked(answer, invoice) and is_alike(answer, invoice, net)


def is_alike(answer: Invoice, invoice: CustomerInvoice, net: Decimal) -> bool:
    """Whether it is for the same customer, in the same currency, and comes to the same."""
    is_same = is_for_its_customer(answer, invoice) and answer.currency == invoice.currency
    return is_same and rounded(answer.netAmount) == net


def bears_any_mark(answer: Invoice) -> bool:
    """Whether it began as ours, of whatever invoice."""
    return has_any_mark(answer.references.other)


def is_marked(answer: Invoice, invoice: CustomerInvoice) -> bool:
    """Whether an invoice in e-conomic began as ours, whatever was done to it since: even its customer."""
    return has_mark(answer.references.other, invoice.number)


def is_for_its_customer(answer: Invoice, invoice: CustomerInvoice) -> bool:
    return answer.customer.customerNumber == customer_of(invoice)


def _layout(invoice: CustomerInvoice, choices: Choices, of_customer: int | None) -> int:
    """The customer's mapped layout, else the one that e-conomic has on the customer, else the agreement's default
    (domain-rules H14)."""
    layout = choices.layouts.get(str(layout_named(invoice))) or of_customer or choices.default_layout
    if layout is None:
        raise PlanRefusal("layout_not_chosen", CONFIG)
    return layout


def layout_named(invoice: CustomerInvoice) -> int | None:
    """Rackbeat's layout of the invoice, else of its customer."""
    return invoice.layout_id or (invoice.customer.layout_id if invoice.customer else None)


def _terms(terms: int | None) -> int:
    if terms is None:
        raise PlanRefusal("payment_terms_not_chosen", CONFIG)
    return terms
