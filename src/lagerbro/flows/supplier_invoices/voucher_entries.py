"""Our voucher as it stands in e-conomic, beside what we sent. Pure.

A person may change, move or delete draft entries before they are booked (domain-rules F17, H29). Texts may be polished;
what the books or the payment would feel is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import msgspec

from lagerbro.economic.types import Entry
from lagerbro.economic.voucher_types import DraftEntry, MadeVoucher, NewVoucher, SupplierInvoiceEntry
from lagerbro.flows.field_changes import FieldChange
from lagerbro.flows.supplier_invoices.mark import has_mark
from lagerbro.money import total_of

FIELDS: Final = (
    "amount",
    "date",
    "dueDate",
    "supplierInvoiceNumber",
    "supplier.supplierNumber",
    "contraAccount.accountNumber",
    "contraVatAccount.vatCode",
    "currency.code",
    "exchangeRate",
)
ALWAYS_COMPARED: Final = frozenset({"contraVatAccount.vatCode"})
"""Compared where we sent nothing too: elsewhere that left it to e-conomic."""
LINES: Final = "lines"
SUPPLIER_INVOICE: Final = "supplierInvoice"


def entries_of_invoice(entries: Iterable[DraftEntry], number: int) -> list[DraftEntry]:
    """The draft entries of this very invoice, in the order in which they were made."""
    marked = (entry for entry in entries if has_mark(entry.text, number))
    return sorted(marked, key=lambda entry: entry.journalEntryNumber)


def voucher_of_entries(entries: Sequence[DraftEntry]) -> MadeVoucher | None:
    """The voucher that the draft entries are; its number is read from them (economic-api 8.2)."""
    keys = [entry.voucher for entry in entries if entry.voucher is not None]
    if not keys:
        return None
    numbers = [entry.journalEntryNumber for entry in entries]
    return MadeVoucher(year=keys[0].accountingYear.year, number=keys[0].voucherNumber, entries=numbers)


def numbers_of(entries: Iterable[DraftEntry]) -> list[int]:
    """The voucher numbers that the entries stand under."""
    return [entry.voucher.voucherNumber for entry in entries if entry.voucher is not None]


def booked_voucher(entries: Iterable[Entry], year: str, invoice: int) -> MadeVoucher | None:
    """Our booked voucher; None where none of the entries is ours."""
    marked = [entry for entry in entries if has_mark(entry.text, invoice)]
    if not marked:
        return None
    owed = total_of(entry.amount for entry in marked if entry.supplier is not None)
    supplier = next((entry.supplier.supplierNumber for entry in marked if entry.supplier is not None), None)
    number = marked[0].voucherNumber
    return MadeVoucher(year=year, number=number, entries=[], is_booked=True, amount=owed, supplier=supplier)


def changes_in(sent: NewVoucher, entries: Sequence[DraftEntry]) -> list[FieldChange]:
    """What differs; empty when nobody has touched the voucher. Entries may have changed places."""
    if len(sent.entries.supplierInvoices) != len(entries):
        return [FieldChange(LINES, str(len(sent.entries.supplierInvoices)), str(len(entries)))]
    unmatched, remaining = _unmatched(_fields_of(sent.entries.supplierInvoices), _fields_of(entries))
    changes: list[FieldChange] = []
    for (position, entry), current in zip(unmatched, remaining, strict=True):
        changes += _differing(entry, current, f"{LINES}.{position}.")
    return changes


def stand_as_sent(sent: NewVoucher, entries: Sequence[DraftEntry]) -> bool:
    """Whether nobody has touched the entries that are left of the voucher."""
    return not _unmatched(_fields_of(sent.entries.supplierInvoices), _fields_of(entries))[1]


_Fields = Mapping[str, str]


def _unmatched(sent: Sequence[_Fields], current: Sequence[_Fields]) -> tuple[list[tuple[int, _Fields]], list[_Fields]]:
    """What was sent, with its position from 1, and what stands there, without the pairs that agree."""
    remaining = list(current)
    unmatched = []
    for position, entry in enumerate(sent, 1):
        same = next((at for at, other in enumerate(remaining) if not list(_differing(entry, other, ""))), None)
        if same is None:
            unmatched.append((position, entry))
        else:
            del remaining[same]
    return unmatched, remaining


def _differing(sent: Mapping[str, str], now: Mapping[str, str], place: str) -> Iterator[FieldChange]:
    for field in FIELDS:
        if sent[field] != now[field] and (sent[field] or field in ALWAYS_COMPARED):
            yield FieldChange(f"{place}{field}", sent[field], now[field])


def _fields_of(entries: Iterable[DraftEntry | SupplierInvoiceEntry]) -> list[_Fields]:
    """What is compared of each."""
    plain = (msgspec.to_builtins(entry, builtin_types=(Decimal,)) for entry in entries)
    return [{field: _field_text(entry, field) for field in FIELDS} for entry in plain]


def _field_text(entry: Mapping[str, Any], field: str) -> str:
    value: Any = entry
    for part in field.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else str(value)
