"""Whether somebody has posted the same supplier invoice already (domain-rules H23, H41). Pure.

The same supplier and the supplier's own number, in the ledger or in a journal, in the same accounting year and the same
direction. What was cancelled or credited under the same number comes to nothing and does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lagerbro.economic.booked_entries import BookedEntry
from lagerbro.economic.journals import DraftEntryRow
from lagerbro.economic.types import AccountingYear
from lagerbro.flows.refusals import CONFIG, PlanRefusal
from lagerbro.flows.supplier_invoices.mark import has_mark
from lagerbro.money import total_of


@dataclass(frozen=True, slots=True)
class SameNumberEntry:
    """An entry under the same number that is not ours, seen from the supplier. `journal`: 0 where it is booked."""

    voucher: int
    day: str
    amount: Decimal
    journal: int


def same_number_entries(
    drafts: Iterable[DraftEntryRow], booked: Iterable[BookedEntry], supplier: int, own_number: str, number: int
) -> list[SameNumberEntry]:
    """What stands under the supplier's number `own_number` and does not bear the mark of our invoice `number`."""
    in_journals = [
        SameNumberEntry(row.voucherNumber, row.date[:10], row.amount, row.journalNumber)
        for row in drafts
        if is_same_number(row.supplierInvoiceNumber, own_number)
        and row.supplierNumber == supplier
        and not has_mark(row.text, number)
    ]
    in_ledger = [
        SameNumberEntry(row.voucherNumber, row.date[:10], row.amount, 0)
        for row in booked
        if is_same_number(row.supplierInvoiceNumber, own_number)
        and row.supplierNumber == supplier
        and not has_mark(row.text, number)
    ]
    return [*in_ledger, *in_journals]


def check_duplicates(entries: Sequence[SameNumberEntry], owed: Decimal, year: AccountingYear) -> dict[str, str] | None:
    """Raise `PlanRefusal` for a duplicate; answer what is to be told of the same number in another year.

    `owed`: what the invoice comes to seen from the supplier, negative for an invoice.
    """
    in_year = [other for other in entries if year.fromDate <= other.day <= year.toDate]
    duplicates = _in_direction(in_year, owed)
    if duplicates:
        raise PlanRefusal("supplier_invoice_duplicate", CONFIG, **_voucher_details(duplicates))
    elsewhere = _in_direction([other for other in entries if other not in in_year], owed)
    return _voucher_details(elsewhere) if elsewhere else None


def _in_direction(entries: Sequence[SameNumberEntry], owed: Decimal) -> list[SameNumberEntry]:
    """Those that point the same way, unless all of them come to nothing or to the opposite."""
    total = total_of(other.amount for other in entries)
    if not total or total * owed < 0:
        return []
    return [other for other in entries if other.amount * total > 0]


def _voucher_details(duplicates: Sequence[SameNumberEntry]) -> dict[str, str]:
    """The voucher that is named is the latest; its amount is what the supplier is owed by it."""
    latest = max(duplicates, key=lambda other: (other.day, other.voucher))
    amount = total_of(
        -one.amount for one in duplicates if (one.voucher, one.journal) == (latest.voucher, latest.journal)
    )
    place = str(latest.journal) if latest.journal else ""
    return {"voucher": str(latest.voucher), "date": latest.day, "amount": str(amount), "in_journal": place}


def is_same_number(number: str | None, own_number: str) -> bool:
    """Whether two people wrote the same number, each in their way: `F 77` and `f77` are one invoice."""
    return comparable(number) == comparable(own_number)


def comparable(number: str | None) -> str:
    """A number without blanks and in one case, as numbers are compared."""
    return "".join((number or "").split()).casefold()


def spellings_of(own_number: str) -> list[str]:
    """How the ledger is asked for a number: it compares without regard to case (economic-api 2.4), and takes no part of
    a number (its field knows no `like`), so that blanks are asked for as they are and left out. What somebody wrote
    with blanks of their own is found by the invoice's day (`BookedEntries.of_supplier_invoice`)."""
    return list(dict.fromkeys((own_number, "".join(own_number.split()))))
