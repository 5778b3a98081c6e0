"""What Rackbeat's supplier invoices look like, as far as we read them (rackbeat-api 3.9). Field names are theirs."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import msgspec

from lagerbro.rackbeat.types import Currency, Key, LineItem, Number, Reference
from lagerbro.wire.reading import DEMANDED, Cut, Day


class InvoicingSupplier(msgspec.Struct):
    """A supplier as it stands on an invoice, as far as the invoice needs it."""

    number: int
    name: str | None = None
    company_name: str | None = None
    vat_zone: str | None = None
    supplier_group_id: int | None = None
    supplier_group: Reference | None = None

    @property
    def called(self) -> str:
        return (self.name or self.company_name or "").strip()

    @property
    def group(self) -> int | None:
        if self.supplier_group_id is not None:
            return self.supplier_group_id
        return self.supplier_group.number if self.supplier_group is not None else None


class PurchasedItem(LineItem):
    group: Reference | None = None


class SupplierInvoiceLine(msgspec.Struct):
    """A line. Its announced total is the truth (domain-rules H42): quantity and price are not even read."""

    line_total: Annotated[Number, DEMANDED] = Decimal(0)
    id: Key | None = None
    credited_line_id: Key | None = None
    name: Annotated[str, Cut(255)] | None = None
    vat_percentage: Number | None = None
    child_id: Key | None = None
    item: PurchasedItem | None = None

    @property
    def amount(self) -> Decimal:
        return self.line_total

    @property
    def item_number(self) -> str | None:
        number = self.item.number if self.item is not None else self.child_id
        return number if number and number.strip() else None

    @property
    def item_group(self) -> int | None:
        """The product group of its item, where the line tells it."""
        return self.item.group.number if self.item is not None and self.item.group is not None else None


class SupplierInvoice(msgspec.Struct):
    """`invoice_number` is the supplier's own, `number` Rackbeat's. `purchase_orders` and `receipts` are only told on:
    whatever stands there, the invoice can be read."""

    number: int
    invoice_date: Annotated[str, Day()]
    invoice_number: Annotated[str, Cut(255)] | None = None
    supplier_id: int | None = None
    supplier: InvoicingSupplier | None = None
    due_date: Annotated[str, Day(or_nothing=True)] | None = None
    is_booked: Annotated[bool, DEMANDED] = False
    booked_at: str | None = None
    is_creditnote: bool = False
    credited_invoice_id: int | None = None
    currency: Annotated[Currency, DEMANDED] = "DKK"
    currency_rate: Number | None = None
    total_subtotal: Annotated[Number, DEMANDED] = Decimal(0)
    total_vat: Annotated[Number, DEMANDED] = Decimal(0)
    total_total: Annotated[Number, DEMANDED] = Decimal(0)
    total_base_currency: Number | None = None
    vat_zone: str | None = None
    purchase_orders: Any = None
    receipts: Any = None
    lines: list[SupplierInvoiceLine] = []

    @property
    def supplier_number(self) -> int | None:
        return self.supplier_id if self.supplier_id is not None else (self.supplier.number if self.supplier else None)

    @property
    def credited_number(self) -> int | None:
        """The invoice that a credit note says it credits."""
        return self.credited_invoice_id if self.is_creditnote else None
