"""A booked Rackbeat invoice as an e-conomic draft (economic-api 7.1; domain-rules A16, C5, C6, C11, H9–H12)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lagerbro.books.choices import Choices
from lagerbro.books.lines import LinesToSend, LineToSend, PricedLine, lines_to_send, single_piece
from lagerbro.economic.invoice_types import (
    ContactRef,
    CustomerRef,
    Delivery,
    DistributionRef,
    DraftLine,
    EmployeeRef,
    LayoutRef,
    NewDraft,
    Notes,
    PaymentTermsRef,
    ProductRef,
    Recipient,
    References,
    UnitRef,
    VatZoneRef,
)
from lagerbro.flows.customer_invoices.mark import reference
from lagerbro.flows.customer_invoices.named import NamedOn
from lagerbro.flows.texts import cut
from lagerbro.money import product_of, rate_per_100, rounded
from lagerbro.rackbeat.invoice_types import CustomerInvoice, InvoiceLine
from lagerbro.rackbeat.types import Address

DESCRIPTION_MAX: Final = 2500  # of a line in e-conomic (economic-api 7.1)
UNIT_MAX: Final = 30
"""Of a unit's name in the text of a line."""
ROUNDING: Final = "Afrunding"


@dataclass(frozen=True, slots=True)
class Header:
    """What the plan decided for the invoice as a whole."""

    customer: int
    zone: int
    layout: int
    terms: int
    factor: int
    ean: str
    base_currency: str
    lines: LinesToSend
    rounding_item: str | None
    named: NamedOn


def draft_of(invoice: CustomerInvoice, header: Header) -> NewDraft:
    """The whole draft. Amounts are in the invoice's currency; credit notes carry their sign on the quantity."""
    return NewDraft(
        date=invoice.invoice_date,
        dueDate=_due_date(invoice),
        currency=invoice.currency,
        exchangeRate=_exchange_rate(invoice, header.base_currency),
        customer=CustomerRef(header.customer),
        recipient=_recipient(invoice, header),
        delivery=_delivery(invoice.delivery_address),
        layout=LayoutRef(header.layout),
        paymentTerms=PaymentTermsRef(header.terms),
        references=_references(invoice, header.named),
        notes=_notes(invoice),
        lines=_lines(invoice, header),
    )


def sent_lines(invoice: CustomerInvoice, factor: int, choices: Choices) -> LinesToSend:
    """How its lines are sent (domain-rules C11). Only lines with the same VAT share a rounding line: an øre that moved
    from one rate to another would change the VAT."""
    lines = [(_priced(line, factor), line_net(line, factor)) for line in invoice.lines]
    rates = {line.vat_percentage for line in invoice.lines if line.item_number is not None}
    may_round = choices.rounding_item is not None and len(rates) == 1
    return lines_to_send(lines, use_actual_quantity=choices.use_actual_quantity, may_round=may_round)


def line_net(line: InvoiceLine, factor: int) -> Decimal:
    """The line's net amount in øre as Rackbeat has it, with the document's sign."""
    total = line.line_total if line.line_total is not None else _priced(line, 1).total()
    return rounded(product_of(total, Decimal(factor)))


def _priced(line: InvoiceLine, factor: int) -> PricedLine:
    return PricedLine(
        product_of(line.quantity, Decimal(factor)), line.line_price, line.discount_percentage or Decimal(0)
    )


def _lines(invoice: CustomerInvoice, header: Header) -> list[DraftLine]:
    sent = header.lines
    pairs = zip(invoice.lines, sent.lines, strict=True)
    lines = [_line(at, line, one, header.named) for at, (line, one) in enumerate(pairs, 1)]
    if sent.rounding:
        assert header.rounding_item is not None, "lines are rounded only where an item has been chosen for it"
        lines.append(_rounding_line(len(lines) + 1, header.rounding_item, sent.rounding))
    return lines


def _rounding_line(position: int, item: str, amount: Decimal) -> DraftLine:
    priced = single_piece(amount).priced
    return DraftLine(
        lineNumber=position,
        description=ROUNDING,
        product=ProductRef(item),
        quantity=priced.quantity,
        unitNetPrice=priced.unit_price,
    )


def _line(position: int, line: InvoiceLine, sent: LineToSend, named: NamedOn) -> DraftLine:
    """A line without an item is a text (domain-rules H37): without a product e-conomic takes no quantity or price. One
    piece of the whole amount is no kilogram."""
    number = line.item_number
    if number is None:
        assert not sent.priced.total(), "the plan lets no amount without an item through"
        return DraftLine(lineNumber=position, description=cut(line.name, DESCRIPTION_MAX))
    discount = sent.priced.discount_percentage
    unit = named.units.get(_unit(line)) if not sent.is_single_piece or line.quantity == 1 else None
    department = named.departments.get(number)
    return DraftLine(
        lineNumber=position,
        description=_description(line, sent),
        product=ProductRef(number),
        quantity=sent.priced.quantity,
        unitNetPrice=sent.priced.unit_price,
        discountPercentage=discount or None,
        unit=UnitRef(unit) if unit is not None else None,
        departmentalDistribution=DistributionRef(department) if department is not None else None,
    )


def _description(line: InvoiceLine, sent: LineToSend) -> str:
    """The line's text; a folded line tells the quantity that its amount no longer shows (domain-rules F4)."""
    name = cut(line.name or (line.item.name if line.item else ""), DESCRIPTION_MAX - 100)
    if not sent.is_single_piece or line.quantity == 1:
        return name
    discount = f" − {_plain(line.discount_percentage)} %" if line.discount_percentage else ""
    quantity = " ".join(filter(None, (_plain(line.quantity), cut(_unit(line), UNIT_MAX))))
    return f"{name}\n{quantity} × {_plain(line.line_price)}{discount}"


def _unit(line: InvoiceLine) -> str:
    return line.unit.name if line.unit is not None else ""


def _plain(number: Decimal | None) -> str:
    """A number for people: the Danish decimal comma, no trailing zeros."""
    text = format((number or Decimal(0)).normalize(), "f")
    return text.replace(".", ",")


def _recipient(invoice: CustomerInvoice, header: Header) -> Recipient:
    customer, attention = invoice.customer, header.named.attention
    to = _billed_at(invoice)
    return Recipient(
        name=cut(to.name or invoice.address_name or (customer.called if customer else ""), 250),
        address=cut("\n".join(filter(None, (to.street, to.street2))), 250),
        zip=cut(to.zipcode, 50),
        city=cut(to.city, 250),
        country=cut(to.country or invoice.address_country, 50),
        ean=header.ean,
        nemHandelType="ean" if header.ean else "",
        vatZone=VatZoneRef(header.zone),
        attention=ContactRef(attention) if attention is not None else None,
    )


def _billed_at(invoice: CustomerInvoice) -> Address:
    """Where the bill goes: an address that is given for it, else the invoice's own."""
    own = invoice.billing_address
    if own is not None and ((own.street or "").strip() or (own.city or "").strip()):
        return own
    return Address(
        name=invoice.address_name,
        street=invoice.address_street,
        street2=invoice.address_street2,
        zipcode=invoice.address_zipcode,
        city=invoice.address_city,
        country=invoice.address_country,
    )


def _references(invoice: CustomerInvoice, named: NamedOn) -> References:
    """The customer's own reference with our mark, and who is named by name on both sides (domain-rules H12, B2)."""
    return References(
        reference(invoice.number, invoice.other_reference or invoice.their_reference),
        ContactRef(named.contact) if named.contact is not None else None,
        EmployeeRef(named.seller) if named.seller is not None else None,
        EmployeeRef(named.second_seller) if named.second_seller is not None else None,
    )


def _delivery(address: Address | None) -> Delivery | None:
    if address is None or not (address.street or address.city):
        return None
    return Delivery(
        address=cut("\n".join(filter(None, (address.name, address.street, address.street2))), 255),
        zip=cut(address.zipcode, 30),
        city=cut(address.city, 50),
        country=cut(address.country, 50),
    )


def _notes(invoice: CustomerInvoice) -> Notes | None:
    notes = Notes(heading=cut(invoice.heading, 250), textLine1=cut(invoice.note, 1000))
    return notes if notes.heading or notes.textLine1 else None


def _due_date(invoice: CustomerInvoice) -> str:
    """Counts only where the terms leave it to the sender (economic-api 7.1); one before the invoice is never sent."""
    due = invoice.due_date or ""
    return due if due >= invoice.invoice_date else ""


def _exchange_rate(invoice: CustomerInvoice, base_currency: str) -> Decimal | None:
    """Rackbeat's frozen rate, per 100 units; always sent, as e-conomic's own may differ (domain-rules C6)."""
    if invoice.currency == base_currency:
        return None
    return rate_per_100(invoice.currency_rate or Decimal(0))
