"""What Rackbeat's supplier invoices look like, as far as we read them (rackbeat-api 3.9). Field names are theirs."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import msgspec

from lagerbro.rackbeat.invoice_types import InvoiceHead, LineItem
from lagerbro.rackbeat.supplier_types import InvoicingSupplier
from lagerbro.rackbeat.types import Key, Number, Reference
from lagerbro.wire.constraints import Cut
from lagerbro.wire.reading import DEMANDED


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


class SupplierInvoice(InvoiceHead):
    """`invoice_number` is the supplier's own, `number` Rackbeat's. `purchase_orders` and `receipts` are only told on:
    whatever stands there, the invoice can be read."""

    invoice_number: Annotated[str, Cut(255)] | None = None
    supplier_id: int | None = None
    supplier: InvoicingSupplier | None = None
    purchase_orders: Any = None
    receipts: Any = None
    lines: list[SupplierInvoiceLine] = []

    @property
    def supplier_number(self) -> int | None:
        return self.supplier_id if self.supplier_id is not None else (self.supplier.number if self.supplier else None)
