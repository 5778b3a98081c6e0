"""A voucher of ours whose answer was lost and that a person has reworded or moved since: its mark is not where it was.

It is known by what it comes to, entry by entry. Nothing stood under the supplier's number when the voucher was sent
(domain-rules H23), so whatever stands there now is ours, or a person's of the same invoice: it is never sent again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final, TypeVar

from lagerbro.economic.booked_entries import BookedEntries, BookedEntry
from lagerbro.economic.client import Economic
from lagerbro.economic.journals import DraftEntryRow
from lagerbro.economic.types import AccountingYear
from lagerbro.economic.voucher_types import MadeVoucher, NewVoucher
from lagerbro.flows.supplier_invoices.duplicates import (
    check_duplicates,
    is_same_number,
    same_number_entries,
    spellings_of,
)
from lagerbro.flows.supplier_invoices.mark import MARK, has_mark
from lagerbro.money import total_of

RowT = TypeVar("RowT", DraftEntryRow, BookedEntry)
_YEAR: Final = re.compile(r"\d{4}")
_EntryFacts = tuple[Decimal, int, str, str]


def find_unmarked(economic: Economic, voucher: NewVoucher, number: int) -> MadeVoucher | None:
    """The voucher of invoice `number`, draft or booked; None where nothing of it stands anywhere. Costs two calls.

    Raises `PlanRefusal` where something else stands under the supplier's number: a person has to look.
    """
    first, year = voucher.entries.supplierInvoices[0], voucher.accountingYear.year
    supplier, own = first.supplier.supplierNumber, first.supplierInvoiceNumber
    drafts = economic.journals.of_supplier(supplier)
    found = _moved(drafts, number) or _reworded(drafts, voucher)
    if found:
        return MadeVoucher(year=year, number=found[0].voucherNumber, entries=[row.entryNumber for row in found])
    booked = _booked(economic.booked_entries, supplier, own, first.date)
    owed = total_of(entry.amount for entry in voucher.entries.supplierInvoices)
    calendar = _calendar_of(year)
    in_year = [row for row in booked if calendar.fromDate <= row.date[:10] <= calendar.toDate and not _is_marked(row)]
    for booked_as, rows in _by_voucher(in_year, lambda row: row.voucherNumber).items():
        if total_of(row.amount for row in rows) == owed:
            return MadeVoucher(year=year, number=booked_as, entries=[], is_booked=True, amount=owed)
    if own:
        check_duplicates(same_number_entries(drafts, booked, supplier, own, number), owed, calendar)
    return None


def _booked(ledger: BookedEntries, supplier: int, own: str, day: str) -> list[BookedEntry]:
    """What is booked under the supplier's number; without a number, what is booked on the day without one."""
    if own:
        found = ledger.of_supplier_invoice(supplier, spellings_of(own), day)
    else:
        found = ledger.of_supplier_on(supplier, day)
    return [row for row in found if is_same_number(row.supplierInvoiceNumber, own)]


def _moved(drafts: Iterable[DraftEntryRow], number: int) -> list[DraftEntryRow]:
    """With its mark, in another journal."""
    return [row for row in drafts if has_mark(row.text, number)]


def _reworded(drafts: Iterable[DraftEntryRow], voucher: NewVoucher) -> list[DraftEntryRow]:
    """Without any mark: every entry as it was sent but for its text."""
    entries = voucher.entries.supplierInvoices
    own = entries[0].supplierInvoiceNumber
    sent = Counter(
        (
            entry.amount,
            entry.contraAccount.accountNumber if entry.contraAccount is not None else 0,
            entry.contraVatAccount.vatCode if entry.contraVatAccount is not None else "",
            entry.date,
        )
        for entry in entries
    )
    alike = [row for row in drafts if not _is_marked(row) and is_same_number(row.supplierInvoiceNumber, own)]
    by_voucher = _by_voucher(alike, lambda row: (row.journalNumber, row.voucherNumber))
    return next((rows for rows in by_voucher.values() if Counter(map(_facts_of, rows)) == sent), [])


def _facts_of(row: DraftEntryRow) -> _EntryFacts:
    return row.amount, row.contraAccountNumber or 0, row.contraVatCode or "", row.date[:10]


def _is_marked(row: DraftEntryRow | BookedEntry) -> bool:
    """Whether it bears the mark of any invoice of ours."""
    return MARK in (row.text or "")


KeyT = TypeVar("KeyT")


def _by_voucher(rows: Sequence[RowT], voucher_of: Callable[[RowT], KeyT]) -> Mapping[KeyT, list[RowT]]:
    by_voucher: dict[KeyT, list[RowT]] = {}
    for row in rows:
        by_voucher.setdefault(voucher_of(row), []).append(row)
    return by_voucher


def _calendar_of(year: str) -> AccountingYear:
    """The accounting year by its name, `2026` or `2026/2027`, as the calendar years that it lies in."""
    years = _YEAR.findall(year)
    return AccountingYear(year=year, fromDate=f"{years[0]}-01-01", toDate=f"{years[-1]}-12-31")
