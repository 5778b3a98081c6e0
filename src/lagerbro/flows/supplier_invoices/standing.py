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
from lagerbro.economic.voucher_types import DraftEntry, MadeVoucher, NewVoucher
from lagerbro.flows.field_changes import FieldChange
from lagerbro.flows.supplier_invoices.mark import carries
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
DEMANDED: Final = frozenset({"contraVatAccount.vatCode"})
"""Compared where we sent nothing too: elsewhere that left it to e-conomic."""
LINES: Final = "lines"
SUPPLIER_INVOICE: Final = "supplierInvoice"


def ours_among(entries: Iterable[DraftEntry], number: int) -> list[DraftEntry]:
    """The draft entries of this very invoice, in the order in which they were made."""
    found = (entry for entry in entries if carries(entry.text, number))
    return sorted(found, key=lambda entry: entry.journalEntryNumber)


def voucher_among(entries: Sequence[DraftEntry]) -> MadeVoucher | None:
    """The voucher that the draft entries are; its number is read from them (economic-api 8.2)."""
    keys = [entry.voucher for entry in entries if entry.voucher is not None]
    if not keys:
        return None
    numbers = [entry.journalEntryNumber for entry in entries]
    return MadeVoucher(year=keys[0].accountingYear.year, number=keys[0].voucherNumber, entries=numbers)


def booked_among(entries: Iterable[Entry], year: str, number: int) -> tuple[MadeVoucher, Decimal] | None:
    """Our booked voucher and what it comes to, seen from the supplier; None where none of the entries is ours."""
    found = [entry for entry in entries if carries(entry.text, number)]
    if not found:
        return None
    owed = total_of(entry.amount for entry in found if entry.supplier is not None)
    return MadeVoucher(year=year, number=found[0].voucherNumber, entries=[], is_booked=True), owed


def changes_in(sent: NewVoucher, standing: Sequence[DraftEntry]) -> list[FieldChange]:
    """What differs; empty when nobody has touched the voucher. Entries may have changed places."""
    ours = [_told(msgspec.to_builtins(entry, builtin_types=(Decimal,))) for entry in sent.entries.supplierInvoices]
    theirs = [_told(msgspec.to_builtins(entry, builtin_types=(Decimal,))) for entry in standing]
    if len(ours) != len(theirs):
        return [FieldChange(LINES, str(len(ours)), str(len(theirs)))]
    left = list(range(len(theirs)))
    changes: list[FieldChange] = []
    unmatched = []
    for position, entry in enumerate(ours, 1):
        same = next((at for at in left if not list(_differing(entry, theirs[at], ""))), None)
        if same is None:
            unmatched.append((position, entry))
        else:
            left.remove(same)
    for (position, entry), at in zip(unmatched, left, strict=True):
        changes += _differing(entry, theirs[at], f"{LINES}.{position}.")
    return changes


def _differing(sent: Mapping[str, str], now: Mapping[str, str], place: str) -> Iterator[FieldChange]:
    for field in FIELDS:
        if sent[field] != now[field] and (sent[field] or field in DEMANDED):
            yield FieldChange(f"{place}{field}", sent[field], now[field])


def _told(entry: Mapping[str, Any]) -> dict[str, str]:
    return {field: _value(entry, field) for field in FIELDS}


def _value(entry: Mapping[str, Any], field: str) -> str:
    value: Any = entry
    for part in field.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else str(value)
