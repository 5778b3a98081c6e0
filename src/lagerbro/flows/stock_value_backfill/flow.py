"""One part of a back-fill: read, plan, make its vouchers together, check them, and ask for the next part.

Killed at any moment it is run again: it looks at what stands, and what stands already needs no voucher. All vouchers of
a part are one write, so that there is no half of one (domain-rules H26).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from lagerbro.books.totals import Amounts
from lagerbro.economic.finance_entries import FINANCE_VOUCHER, NewFinanceEntries, NewFinanceEntry
from lagerbro.economic.journals import DraftEntryRow, EntryNumbers
from lagerbro.flows.fingerprint import fingerprint
from lagerbro.flows.plan_refusals import as_refusal
from lagerbro.flows.stock_value.flow import check_nothing_in_flight
from lagerbro.flows.stock_value.known import BACKFILL, BOOKED, DRAFT, AdjustmentsKnown
from lagerbro.flows.stock_value.mark import backfill_text
from lagerbro.flows.stock_value.refusals import refusal_of
from lagerbro.flows.stock_value.steps import booking, post_all, withdrawal
from lagerbro.flows.stock_value.unanswered import recognised
from lagerbro.flows.stock_value.writing import NAMES_APART, check_size
from lagerbro.flows.stock_value_backfill.open_days import check_open
from lagerbro.flows.stock_value_backfill.plan import PlannedVoucher
from lagerbro.flows.stock_value_backfill.reading import Books, Values, of_account, read_books, read_values
from lagerbro.flows.stock_value_backfill.request import Part, part_of
from lagerbro.flows.stock_value_days.days import note_split, note_values
from lagerbro.money import ZERO
from lagerbro.sync.outcome import Drafted, LinkFacts, Outcome, Refusal, Skipped, Transferred
from lagerbro.sync.runtime import run_sequentially
from lagerbro.sync.schedules.timing import COPENHAGEN
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, InvalidError

_PLACE: Final = re.compile(r"entries\[(\d+)\]")


class BackfillFlow:
    """A part, by its key."""

    kind = BACKFILL
    rank = 79
    """Before the nights that build on it, and never beside them."""
    runs_in_order = True

    def run(self, work: Work) -> Outcome:
        if not work.choices.stock_value_enabled:
            return Skipped("stock_value_off")
        check_nothing_in_flight(work)
        with as_refusal():
            part = part_of(work.transfer.key)
            part.request.check(work.runtime.clock.now().astimezone(COPENHAGEN).date())
            return _Run(work, part).outcome()


class _Run:
    def __init__(self, work: Work, part: Part) -> None:
        self.work = work
        self.part = part
        self.now = work.runtime.clock.now()
        self.known = AdjustmentsKnown.of(work.agreement, self.now)

    def outcome(self) -> Outcome:
        work, choices, clients = self.work, self.work.choices, self.work.clients
        days = (self.part.days[0], self.part.days[-1])
        books = read_books(work.agreement, choices, clients, self.known, self.now, days)
        values = read_values(clients.rackbeat, choices, self.part.days, run_sequentially)
        self._note_values(values, books)
        vouchers = [
            voucher
            for position in books.positions
            for voucher in position.planned(of_account(values, position.accounts.account), choices.stock_minimum)
        ]
        rows = [row for row in books.rows if self._is_of_this(row)]
        standing = [row.entryNumber for row in rows]
        unknown = [row for row in rows if row.entryNumber not in self.known.entries]
        renamed = self._recognised(books)
        self._adopt({row.entryNumber: _as_sent(row) for row in unknown} | renamed)
        if vouchers:
            standing += self._post(vouchers)
        note_split(work.agreement, self.part.days, choices.version)
        if not (vouchers or (standing and choices.stock_book)):
            facts = self._facts([]) if unknown or renamed else None
            return Transferred(
                facts, "stock_backfill_unchanged", details=self._details(vouchers), follows=self._follows()
            )
        return self._ending(vouchers, standing)

    def _post(self, vouchers: Sequence[PlannedVoucher]) -> list[int]:
        for voucher in vouchers:
            check_size(voucher.amount)
        check_open({voucher.day for voucher in vouchers}, list(self.work.clients.economic.services.periods()))
        entries = NewFinanceEntries([self._entry(voucher) for voucher in vouchers])
        step = post_all(self.work.clients.economic, entries, self.known.entries)
        version = fingerprint([(str(one.day), str(one.amount), one.accounts.named) for one in vouchers])
        try:
            numbers = self.work.write(step, version[:64]).entryNumbers
        except InvalidError as error:
            raise refusal_of(error, _complained_of(error, entries)) from error
        self._check_vat(numbers)
        return numbers

    def _recognised(self, books: Books) -> dict[int, NewFinanceEntry]:
        """What an earlier try without an answer made, and somebody has given another text."""
        found = recognised(books.rows, self.known.unanswered, self.known.entries)
        return {number: sent for number, sent in found.items() if sent.text == self._text(_day(sent.date))}

    def _adopt(self, entries: Mapping[int, NewFinanceEntry]) -> None:
        """Entries of an earlier try whose answer was lost: from now on they are known by their numbers, whatever
        somebody writes in their texts."""
        if entries:
            step = post_all(self.work.clients.economic, NewFinanceEntries(list(entries.values())), self.known.entries)
            self.work.adopt(step, "adopted", EntryNumbers(list(entries)))

    def _entry(self, voucher: PlannedVoucher) -> NewFinanceEntry:
        journal = self.work.choices.stock_journal
        assert journal is not None
        return NewFinanceEntry(
            entryTypeNumber=FINANCE_VOUCHER,
            journalNumber=journal,
            date=str(voucher.day),
            amount=voucher.amount,
            currency=self.work.agreement.base_currency,
            accountNumber=voucher.accounts.account,
            contraAccountNumber=voucher.accounts.contra,
            text=self._text(voucher.day),
        )

    def _text(self, day: date) -> str:
        return backfill_text(day, self.part.days[0], self.part.days[-1])

    def _is_of_this(self, row: DraftEntryRow) -> bool:
        return row.text == self._text(_day(row.date))

    def _check_vat(self, numbers: Sequence[int]) -> None:
        """Entries that got a VAT code after all are taken back, all of them (domain-rules H27)."""
        economic = self.work.clients.economic
        made = {row.entryNumber: row for row in economic.finance_entries.all() if row.entryNumber in numbers}
        taxed = next((row for row in made.values() if row.vatCode or row.contraVatCode), None)
        if taxed is None:
            return
        for number in made:
            self.work.write(withdrawal(economic, number), self.part.key)
        account = taxed.accountNumber if taxed.vatCode else taxed.contraAccountNumber
        raise Refusal("stock_account_has_vat", FailureKind.CONFIG, account=str(account))

    def _ending(self, vouchers: Sequence[PlannedVoucher], standing: Sequence[int]) -> Outcome:
        details, follows = self._details(vouchers), self._follows()
        facts = self._facts(vouchers) if vouchers else None
        if not self.work.choices.stock_book:
            return Drafted(facts, "stock_backfilled", details=details, needs_person=False, follows=follows)
        by_journal: dict[int, list[int]] = {}
        for row in self.work.clients.economic.finance_entries.all():
            if row.entryNumber in standing:
                by_journal.setdefault(row.journalNumber, []).append(row.entryNumber)
        for journal, entries in sorted(by_journal.items()):
            step = booking(self.work.clients.economic, journal, entries, f".{journal}")
            try:
                self.work.write(step, fingerprint(entries)[:64])
            except InvalidError as error:
                said = {"amount": details["amount"], "said": error.said}
                return Drafted(facts, "stock_not_booked", details=said, follows=follows)
        booked = replace(facts, economic_kind=BOOKED) if facts is not None else None
        return Transferred(booked, "stock_backfilled", details=details, follows=follows)

    def _facts(self, vouchers: Sequence[PlannedVoucher]) -> LinkFacts:
        total = sum((one.amount for one in vouchers if not one.takes_back), start=ZERO)
        amounts = Amounts(total, ZERO, total)
        return LinkFacts(
            economic_kind=DRAFT,
            economic_key="",
            version=str(total),
            name=NAMES_APART.join(dict.fromkeys(one.accounts.named for one in vouchers)),
            currency=self.work.agreement.base_currency,
            rackbeat=amounts,
            economic=amounts,
        )

    def _details(self, vouchers: Sequence[PlannedVoucher]) -> dict[str, str]:
        total = sum((one.amount for one in vouchers if not one.takes_back), start=ZERO)
        first, last = self.part.days[0], self.part.days[-1]
        return {"first": str(first), "last": str(last), "count": str(len(vouchers)), "amount": str(total)}

    def _follows(self) -> tuple[tuple[str, str], ...]:
        following = self.part.following()
        return ((BACKFILL, following.key),) if following is not None else ()

    def _note_values(self, values: Values, books: Books) -> None:
        held = {position.accounts.account for position in books.positions}
        kept = {day: {account: amounts.get(account, ZERO) for account in held} for day, amounts in values.items()}
        note_values(self.work.agreement, kept, self.now)


def _as_sent(row: DraftEntryRow) -> NewFinanceEntry:
    return NewFinanceEntry(
        entryTypeNumber=FINANCE_VOUCHER,
        journalNumber=row.journalNumber,
        date=row.date[:10],
        amount=row.amount,
        currency=row.currency,
        accountNumber=row.accountNumber or 0,
        contraAccountNumber=row.contraAccountNumber or 0,
        text=row.text or "",
    )


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])


def _complained_of(error: InvalidError, entries: NewFinanceEntries) -> NewFinanceEntry:
    """The entry that e-conomic complains of."""
    places = (_PLACE.search(one.path) for one in error.errors)
    at = next((int(place[1]) for place in places if place is not None), 0)
    return entries.entries[min(at, len(entries.entries) - 1)]
