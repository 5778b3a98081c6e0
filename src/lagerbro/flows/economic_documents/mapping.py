"""From a sales document of e-conomic to the body of an order or an invoice in Rackbeat. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lagerbro.books.zones import Zone
from lagerbro.economic.sales_documents.types import DocumentLine, SalesDocument
from lagerbro.flows.economic_documents.mark import reference
from lagerbro.flows.refusals import CONFIG, PlanRefusal
from lagerbro.flows.texts import cut
from lagerbro.rackbeat.sales_types import NewSale, NewSaleLine

ZERO: Final = Decimal(0)
TEXT_SHOWN_MAX: Final = 60
LINE_TEXT_MAX: Final = 2500
ANY_ITEM: Final = "–"
"""Stands for the item of lines without one where documents are compared: which it is today plays no part."""
NOTE_MAX: Final = 2500
_ZONES: Final = {1: Zone.DOMESTIC, 2: Zone.EU, 3: Zone.ABROAD, 4: Zone.DOMESTIC_EXEMPT}


@dataclass(frozen=True, slots=True)
class Kind:
    """`mark` is what the document is found again by; `day` is Rackbeat's field of its date."""

    mark: str
    day: str


def zone_of(number: int) -> Zone:
    """Rackbeat's zone of e-conomic's. Zones beyond the four are countries' under One Stop VAT: inside the EU."""
    return _ZONES.get(number, Zone.EU)


def items_of(document: SalesDocument) -> frozenset[str]:
    """The items that its lines name."""
    return frozenset(item for line in document.lines if (item := item_of(line)))


def item_of(line: DocumentLine) -> str:
    return line.product.productNumber.strip() if line.product is not None else ""


def is_blank(line: DocumentLine) -> bool:
    """An empty line between others: no item, no text, no amount."""
    return not item_of(line) and not line.description.strip() and not has_amount(line)


def has_amount(line: DocumentLine) -> bool:
    return bool((line.quantity or ZERO) * (line.unitNetPrice or ZERO))


def lines_without_item(document: SalesDocument) -> list[tuple[int, DocumentLine]]:
    """Lines that name no item and say something, by their place from 1 (domain-rules A20)."""
    return [(at, line) for at, line in enumerate(document.lines, 1) if not item_of(line) and not is_blank(line)]


def sale_of(document: SalesDocument, number: int, kind: Kind, empty_line_item: str | None) -> NewSale:
    """The body; raises `PlanRefusal` for a line that gets no item.

    Everything that Rackbeat would fill in by itself is said: zone, currency, price and discount are e-conomic's.
    """
    lines = [_line(at, line, empty_line_item) for at, line in enumerate(document.lines, 1) if not is_blank(line)]
    recipient, delivery, notes = document.recipient, document.delivery, document.notes
    to = delivery if delivery is not None and (delivery.address or delivery.zip or delivery.city) else None
    return NewSale(
        customer_id=document.customer.customerNumber,
        currency=document.currency,
        vat_zone=zone_of(recipient.vatZone.vatZoneNumber).value,
        other_reference=reference(kind.mark, number, document.references.other),
        lines=lines,
        order_date=document.date if kind.day == "order_date" else "",
        invoice_date=document.date if kind.day == "invoice_date" else "",
        due_date=(document.dueDate or "") if kind.day == "invoice_date" else "",
        deliver_at=(delivery.deliveryDate or "") if delivery is not None and kind.day == "order_date" else "",
        heading=cut(notes.heading, NOTE_MAX),
        note=cut("\n".join(text for text in (notes.textLine1, notes.textLine2) if text.strip()), NOTE_MAX),
        ean=recipient.ean.strip(),
        address_name=recipient.name,
        address_street=recipient.address,
        address_zipcode=recipient.zip,
        address_city=recipient.city,
        address_country=recipient.country,
        delivery_address_street=to.address if to is not None else "",
        delivery_address_zipcode=to.zip if to is not None else "",
        delivery_address_city=to.city if to is not None else "",
        delivery_address_country=to.country if to is not None else "",
    )


def _line(at: int, line: DocumentLine, empty_line_item: str | None) -> NewSaleLine:
    item = item_of(line) or empty_line_item
    if not item:
        text = line.description.strip()[:TEXT_SHOWN_MAX]
        raise PlanRefusal("document_line_without_item", CONFIG, line=str(at), text=text)
    return NewSaleLine(
        item_id=item,
        name=cut(line.description, LINE_TEXT_MAX) or item,
        quantity=line.quantity or ZERO,
        line_price=line.unitNetPrice or ZERO,
        discount_percentage=line.discountPercentage or ZERO,
        vat_percentage=line.vatRate,
    )
