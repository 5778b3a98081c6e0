"""The kinds of entries: by name on REST, by number on the OpenAPI surface (economic-api 6.8, 8.2, 8.4)."""

from __future__ import annotations

from typing import Final

DRAFT_NUMBERS: Final = {
    "customerPayment": 2,
    "supplierInvoice": 3,
    "supplierPayment": 4,
    "financeVoucher": 5,
    "manualCustomerInvoice": 10,
}
DRAFT_NAMES: Final = {number: name for name, number in DRAFT_NUMBERS.items()}
BOOKED_NUMBERS: Final = {
    "customerInvoice": 1,
    "customerPayment": 2,
    "supplierInvoice": 3,
    "supplierPayment": 4,
    "financeVoucher": 5,
    "reminder": 6,
    "openingEntry": 7,
    "transferredOpeningEntry": 8,
    "systemEntry": 9,
    "manualDebtorInvoice": 10,
}


def booked_name(draft: str) -> str:
    """What a draft entry of this kind is called once it is booked: one of them changes its name."""
    return "manualDebtorInvoice" if draft == "manualCustomerInvoice" else draft
