"""Why e-conomic refused a voucher: known codes first, then a look at what it refers to.

Codes are trusted, texts never (economic-api 5.3).
"""

from __future__ import annotations

from typing import Final

from lagerbro.economic.client import Economic
from lagerbro.flows.economic_refusals import DOES_NOT_EXIST, currency_refusal, refusal_with_cause
from lagerbro.rackbeat.supplier_invoice_types import SupplierInvoice
from lagerbro.sync.outcome import Refusal
from lagerbro.wire.errors import FailureKind, FieldError, NotFoundError, RemoteError

WRONG_TYPE: Final = "E05150"
NUMBERS_USED_UP: Final = "E05180"
DATES: Final = frozenset({"E07840", "E07850", "E07860", "E05120"})
ACCOUNTS: Final = frozenset({"E04640", "E05130", "E05140"})
ACCOUNT_FIELDS: Final = frozenset({"contraAccount", "contraVatAccount"})


def is_about_dates(error: RemoteError) -> bool:
    """Whether the year or the period of the voucher's date takes no entries."""
    return bool(DATES & error.codes())


def is_about_accounts(error: RemoteError) -> bool:
    """Whether an account or a VAT code is not what we know it as, or not what the journal takes."""
    return any(_fields(one) & ACCOUNT_FIELDS for one in error.errors) or bool(ACCOUNTS & error.codes())


def names_missing_supplier(error: RemoteError) -> bool:
    return any(one.code == DOES_NOT_EXIST and "supplier" in _fields(one) for one in error.errors)


def refusal_of(error: RemoteError, invoice: SupplierInvoice, journal: int, economic: Economic) -> Refusal:
    """The refusal with the name of its cause, as far as it can be found, and what e-conomic said."""
    named = (
        _refusal_by_code(error, journal)
        or _missing_currency_refusal(error, invoice)
        or _barred_supplier_refusal(invoice, economic)
    )
    return refusal_with_cause(error, FailureKind.REFUSED, named)


def _refusal_by_code(error: RemoteError, journal: int) -> Refusal | None:
    """What e-conomic's answer alone tells."""
    if isinstance(error, NotFoundError):
        return Refusal("supplier_journal_missing", FailureKind.CONFIG, journal=str(journal))
    if WRONG_TYPE in error.codes():
        return Refusal("supplier_journal_wrong_type", FailureKind.CONFIG, journal=str(journal))
    if NUMBERS_USED_UP in error.codes():
        return Refusal("voucher_numbers_used_up", FailureKind.CONFIG, journal=str(journal))
    return Refusal("purchase_account_refused", FailureKind.CONFIG) if is_about_accounts(error) else None


def _missing_currency_refusal(error: RemoteError, invoice: SupplierInvoice) -> Refusal | None:
    is_missing = any(one.code == DOES_NOT_EXIST and "currency" in _fields(one) for one in error.errors)
    if is_missing:
        return Refusal("currency_missing", FailureKind.CONFIG, currency=invoice.currency)
    return currency_refusal(error, invoice.currency)


def _barred_supplier_refusal(invoice: SupplierInvoice, economic: Economic) -> Refusal | None:
    record = economic.registers.suppliers.raw(invoice.supplier_number or 0) if invoice.supplier_number else None
    if record is not None and record.get("barred") is True:
        named = f"{invoice.supplier_number} {record.get('name') or ''}".strip()
        return Refusal("supplier_barred", FailureKind.CONFIG, supplier=named)
    return None


def _fields(one: FieldError) -> frozenset[str]:
    return frozenset(one.path.split("."))
