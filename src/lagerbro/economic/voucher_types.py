"""Vouchers in journals as e-conomic's REST surface writes and reads them (economic-api 8.2). Field names are theirs."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from lagerbro.economic.types import AccountRef, SupplierRef


class YearRef(msgspec.Struct):
    year: str


class JournalRef(msgspec.Struct):
    journalNumber: int


class VatCodeRef(msgspec.Struct):
    vatCode: str


class CurrencyRef(msgspec.Struct):
    code: str


class FinanceEntry(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Debit positive, credit negative, VAT included, seen from `account`; the contra account gets the opposite."""

    amount: Decimal
    date: str
    text: str
    account: AccountRef
    contraAccount: AccountRef | None = None
    vatAccount: VatCodeRef | None = None
    contraVatAccount: VatCodeRef | None = None
    currency: CurrencyRef | None = None
    exchangeRate: Decimal | None = None


class SupplierInvoiceEntry(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Seen from the supplier: an invoice is negative, a credit note positive."""

    amount: Decimal
    date: str
    text: str
    supplier: SupplierRef
    supplierInvoiceNumber: str = ""
    dueDate: str = ""
    contraAccount: AccountRef | None = None
    contraVatAccount: VatCodeRef | None = None
    currency: CurrencyRef | None = None
    exchangeRate: Decimal | None = None


class NewEntries(msgspec.Struct, omit_defaults=True):
    financeVouchers: list[FinanceEntry] = []
    supplierInvoices: list[SupplierInvoiceEntry] = []


class NewVoucher(msgspec.Struct, omit_defaults=True, kw_only=True):
    """The body of `POST /journals/{n}/vouchers`. One accounting year; without a number the journal gives the next."""

    accountingYear: YearRef
    entries: NewEntries
    journal: JournalRef | None = None
    voucherNumber: int | None = None


class VoucherKey(msgspec.Struct):
    accountingYear: YearRef
    voucherNumber: int = 0


class DraftEntry(msgspec.Struct, kw_only=True):
    """An entry that stands in a journal and is not booked."""

    journalEntryNumber: int
    amount: Decimal
    date: str = ""
    text: str = ""
    entryType: str = ""
    voucher: VoucherKey | None = None
    supplier: SupplierRef | None = None
    supplierInvoiceNumber: str = ""
    dueDate: str = ""
    contraAccount: AccountRef | None = None
    contraVatAccount: VatCodeRef | None = None
    currency: CurrencyRef | None = None
    exchangeRate: Decimal | None = None


class ListedVoucher(msgspec.Struct, kw_only=True):
    """A voucher as it is answered: entries in arrays by their type, and at times no number of its own (8.2)."""

    accountingYear: YearRef | None = None
    voucherNumber: int | None = None
    entries: dict[str, list[DraftEntry]] = {}


class MadeVoucher(msgspec.Struct, kw_only=True):
    """Our voucher as it was found or made. `entries` are the numbers of those still in the journal. `amount`: what a
    booked one comes to, seen from the supplier, where that was read. `numbers`: all that the entries stand under, where
    e-conomic has split them."""

    year: str
    number: int
    entries: list[int]
    is_booked: bool = False
    amount: Decimal | None = None
    supplier: int | None = None
    """Whose a booked one is, where that was read."""
    numbers: list[int] = []
