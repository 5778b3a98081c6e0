"""The kinds of document, and what differs between them in nothing but names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """`path` is also what its records are kept under; `name` is the key of one and the beginning of its events; `day`
    is the field of its date; `own` are fields that only this kind has, written as they are sent."""

    path: str
    name: str
    party: str
    day: str
    own: tuple[str, ...] = ()

    @property
    def is_purchase(self) -> bool:
        return self.party == "supplier"

    @property
    def parties(self) -> str:
        return f"{self.party}s"

    @property
    def collection(self) -> str:
        return self.path.replace("-", "_")


OFFER: Final = Kind("offers", "offer", "customer", "offer_date", ("deliver_at", "ean"))
ORDER: Final = Kind("orders", "order", "customer", "order_date", ("deliver_at", "ean", "is_ready_for_shipping"))
INVOICE: Final = Kind("customer-invoices", "customer_invoice", "customer", "invoice_date", ("ean",))
PURCHASE: Final = Kind(
    "purchase-orders",
    "purchase_order",
    "supplier",
    "purchase_date",
    ("preferred_delivery_date", "delivery_time_in_days"),
)
BILL: Final = Kind("supplier-invoices", "supplier_invoice", "supplier", "invoice_date", ("invoice_number",))
SHIPMENTS: Final = "order-shipments"
RECEIPTS: Final = "purchase-order-receipts"
