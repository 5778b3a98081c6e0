"""Booking draft entries: they become entries of the ledger, in base currency and balanced, or nothing happens
(economic-api 8.1, 8.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from lagerbro_sandbox.economic.journals import accruals as accrued
from lagerbro_sandbox.economic.journals.draft_rules import account_complaints, date_complaints
from lagerbro_sandbox.economic.journals.entry_kinds import booked_name
from lagerbro_sandbox.economic.journals.postings import Posting, postings
from lagerbro_sandbox.economic.ledger import system_entries
from lagerbro_sandbox.economic.ledger.open_items import pay_named_invoices
from lagerbro_sandbox.economic.money import ZERO
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage.entries import Entry
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.economic.wire.extras import EXTRAS
from lagerbro_sandbox.economic.wire.webhook_events import JOURNAL_BOOKED
from lagerbro_sandbox.kernel.records import Record


class BookingRefusedError(Exception):
    """Nothing was booked; the complaints say why."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        super().__init__(complaints[0].message)
        self.complaints = tuple(complaints)


def book(session: Session, journal: Record, rows: list[Record]) -> list[Entry]:
    """Book what may be booked of the rows. The journal says whether unapproved or unbalanced ones stop all or are left
    behind. Answers the new entries; the drafts are gone, unless the journal is a standing one."""
    if not rows:
        raise BookingRefusedError([Complaint("JournalVoucherEntriesEmptyOrNull", "There is nothing to book.")])
    settings = journal.get(EXTRAS, {})
    rows = _approved(settings, rows)
    complaints = [complaint for row in rows for complaint in _complaints(session, row)]
    # all of them before the first entry is made: a booking happens whole or not at all
    if complaints:
        raise BookingRefusedError(complaints)
    postings_by_entry = {row["entryNumber"]: postings(session, row) for row in rows}
    rows = _balanced(settings, rows, postings_by_entry)
    entries = _entries(session, rows, postings_by_entry)
    session.store.entries.add(session.agreement, entries)
    entries += system_entries.post(session, _accruals(session, rows, postings_by_entry, entries))
    entries += pay_named_invoices(session, entries)
    if not settings.get("isStandingJournal"):
        for row in rows:
            session.store.draft_entries.delete(session.agreement, row["entryNumber"])
    _announce(session, journal, entries)
    return entries


def _announce(session: Session, journal: Record, entries: list[Entry]) -> None:
    if entries:
        span = {"FROMSERIALNO": str(entries[0].number), "TOSERIALNO": str(entries[-1].number)}
        session.announce(JOURNAL_BOOKED, {"DAYBOOKNO": str(journal["journalNumber"]), **span})


def _approved(settings: Record, rows: list[Record]) -> list[Record]:
    """`allowPartialBooking`: the approved ones alone, else none at all."""
    ready = [row for row in rows if row.get("approved", True)]
    if len(ready) == len(rows) or (ready and settings.get("allowPartialBooking")):
        return ready
    raise BookingRefusedError([Complaint("InvalidInput", "Not all entries are approved.")])


def _complaints(session: Session, row: Record) -> Iterator[Complaint]:
    """What may have changed since the draft was made."""
    yield from date_complaints(session, row["date"])
    if row["entryType"] == "financeVoucher":
        yield from account_complaints(session, row.get("account"), "account")
    yield from account_complaints(session, row.get("contraAccount"), "contraAccount")
    yield from accrued.complaints(session, row)


def _balanced(settings: Record, rows: list[Record], postings_by_entry: dict[int, list[Posting]]) -> list[Record]:
    """Every voucher balances by date, or by month. `requireBalancePerVoucherId`: those that do not stop all."""
    by_month = bool(settings.get("balancingBehavior"))
    sums: dict[tuple[str, int, str], Decimal] = {}
    for row in rows:
        key = _key(row, by_month=by_month)
        sums[key] = sums.get(key, ZERO) + sum(
            (each.base_amount for each in postings_by_entry[row["entryNumber"]]), ZERO
        )
    ready = [row for row in rows if not sums[_key(row, by_month=by_month)]]
    if len(ready) == len(rows) or (ready and not settings.get("requireBalancePerVoucherId")):
        return ready
    wrong = {key: total for key, total in sums.items() if total}
    raise BookingRefusedError(
        [
            Complaint("JournalVoucherDataIntegrityError", f"Voucher {voucher} does not balance on {date}: {total}.")
            for (_, voucher, date), total in wrong.items()
        ]
    )


def _key(row: Record, *, by_month: bool) -> tuple[str, int, str]:
    return row["year"], row["voucher"], row["date"][:7] if by_month else row["date"]


def _entries(session: Session, rows: list[Record], postings_by_entry: dict[int, list[Posting]]) -> list[Entry]:
    count = sum(len(postings_by_entry[row["entryNumber"]]) for row in rows)
    # counted up once for all of them, so that the entries of one booking have numbers that follow each other
    number = session.store.count_up(session.agreement, "entries", count) - count
    entries: list[Entry] = []
    for row in rows:
        for posting in postings_by_entry[row["entryNumber"]]:
            number += 1
            entries.append(_entry(number, row, posting))
    return entries


def _accruals(
    session: Session, rows: list[Record], postings_by_entry: dict[int, list[Posting]], entries: list[Entry]
) -> list[Entry]:
    """What accruals add; each row's entries stand together, in the order of the rows."""
    waiting, accrued_entries = iter(entries), list[Entry]()
    for row in rows:
        own = list(islice(waiting, len(postings_by_entry[row["entryNumber"]])))
        accrued_entries += accrued.entries(session, row, own)
    return accrued_entries


def _entry(number: int, row: Record, posting: Posting) -> Entry:
    party = posting.is_partys
    invoice = row.get("customerInvoice") if party else None
    return Entry(
        number=number,
        voucher=row["voucher"],
        account=posting.account,
        date=row["date"],
        kind=booked_name(row["entryType"]),
        currency=row["currency"],
        amount=posting.amount,
        base_amount=posting.base_amount,
        vat_code=posting.vat_code,
        text=row.get("text") or "",
        customer=row.get("customer") if party else None,
        invoice=None if invoice is None else int(invoice),
        supplier=row.get("supplier") if party else None,
        supplier_invoice=row.get("supplierInvoiceNumber") if party else None,
        due=row.get("dueDate") if party else None,
        remainder=posting.amount if party else None,
        base_remainder=posting.base_amount if party else None,
        journal=row["journal"],
    )
