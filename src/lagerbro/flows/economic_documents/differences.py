"""What somebody has changed in a document of e-conomic since it was taken, in e-conomic's names. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lagerbro.flows.field_changes import FieldChange
from lagerbro.rackbeat.sales_types import NewSale, NewSaleLine


def changes_between(before: NewSale, now: NewSale) -> list[FieldChange]:
    """The head first, then the lines in their order; a line that came or went counts as a change of their number."""
    changes = [
        FieldChange(field, one, other)
        for (field, one), (_, other) in zip(_head(before), _head(now), strict=True)
        if one != other
    ]
    if len(before.lines) != len(now.lines):
        changes.append(FieldChange("lines", str(len(before.lines)), str(len(now.lines))))
    for at, (old, new) in enumerate(zip(before.lines, now.lines, strict=False), 1):
        changes += [
            FieldChange(f"lines.{at}.{field}", one, other)
            for (field, one), (_, other) in zip(_line(old), _line(new), strict=True)
            if one != other
        ]
    return changes


def _head(sale: NewSale) -> Iterator[tuple[str, str]]:
    yield "customer.customerNumber", str(sale.customer_id)
    yield "currency", sale.currency
    yield "date", sale.order_date or sale.invoice_date
    yield "dueDate", sale.due_date
    yield "recipient.vatZone.vatZoneNumber", sale.vat_zone
    yield "recipient.ean", sale.ean
    yield (
        "recipient",
        _joined(sale.address_name, sale.address_street, sale.address_zipcode, sale.address_city, sale.address_country),
    )
    yield (
        "delivery",
        _joined(
            sale.delivery_address_street,
            sale.delivery_address_zipcode,
            sale.delivery_address_city,
            sale.delivery_address_country,
            sale.deliver_at,
        ),
    )
    yield "notes", _joined(sale.heading, sale.note)
    yield "references.other", sale.other_reference


def _line(line: NewSaleLine) -> Iterator[tuple[str, str]]:
    yield "product.productNumber", line.item_id
    yield "description", line.name
    yield "quantity", _figure(line.quantity)
    yield "unitNetPrice", _figure(line.line_price)
    yield "discountPercentage", _figure(line.discount_percentage)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _figure(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"
