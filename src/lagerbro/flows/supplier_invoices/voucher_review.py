"""The look at a voucher that we have made: as it was, moved from the fallback account, changed, booked or deleted.

Nothing is ever sent again by itself (domain-rules F17, H18).
"""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.economic.booked_entries import BookedEntry
from lagerbro.economic.voucher_types import DraftEntry, MadeVoucher
from lagerbro.flows.field_changes import listed_changes
from lagerbro.flows.fingerprint import fingerprint
from lagerbro.flows.supplier_invoices.duplicates import is_same_number, spellings_of
from lagerbro.flows.supplier_invoices.invoice_run import BOOKED_LINK, InvoiceRun
from lagerbro.flows.supplier_invoices.mapping import own_number
from lagerbro.flows.supplier_invoices.mark import has_mark, mark
from lagerbro.flows.supplier_invoices.moving import codings_after, possible_move, reasons_of_unmoved
from lagerbro.flows.supplier_invoices.plan import day_of, supplier_of
from lagerbro.flows.supplier_invoices.reasons import (
    FALLBACK_USED,
    VOUCHER_EDITED,
    VOUCHER_MOVED,
    VOUCHER_PARTLY_BOOKED,
    VOUCHER_REASONS,
    VOUCHER_UNMARKED,
    outcome_with,
    reasons_of_booked,
    reasons_of_numbers,
)
from lagerbro.flows.supplier_invoices.steps import MOVE, SentVoucher, last_sent, voucher_name
from lagerbro.flows.supplier_invoices.voucher_entries import booked_voucher, changes_in, numbers_of, stand_as_sent
from lagerbro.money import total_of
from lagerbro.sync.models import IntentState, Link
from lagerbro.sync.outcome import LinkFacts, Outcome, OutcomePending, Refusal
from lagerbro.sync.reasons import Reason, reasons_of
from lagerbro.wire.errors import FailureKind
from lagerbro.wire.numbers import decode

SETTLES: Final = timedelta(minutes=1)
"""A voucher may be missing in the lists for a moment after it was made (economic-api 4.4)."""


class VoucherReview:
    """The look at the voucher of one invoice. `link` says which it is."""

    def __init__(self, run: InvoiceRun, link: Link) -> None:
        self.run = run
        self.link = link
        self.sent = last_sent(run.work.intents, run.version)
        self.whereabouts = Whereabouts(run, link)
        self.entries: list[DraftEntry] = []

    def outcome(self) -> Outcome:
        journal = self.sent.journal if self.sent is not None else self.run.work.choices.supplier_journal or 0
        entries = self.entries = self.run.steps.draft_entries(journal)
        if not entries:
            return self._outcome_of_missing_entries()
        if self.sent is None:
            return outcome_with(self._reasons, is_draft=True)
        begun = self._begun_move()
        if begun is not None:
            return self._outcome_of_move(self.sent, begun, entries)
        changes = changes_in(self.sent.voucher, entries)
        if changes:
            partly = self.whereabouts.partly_booked(entries, len(self.sent.voucher.entries.supplierInvoices))
            if partly is not None:
                return self._outcome_of_the_rest(self.sent, partly, entries)
            details = {"voucher": self.link.economic_key, "changes": listed_changes(changes)}
            return outcome_with([Reason(VOUCHER_EDITED, details), *self._reasons], is_draft=True)
        if all(one.code != FALLBACK_USED for one in self._reasons):
            return outcome_with(self._reasons, is_draft=True)
        return self._outcome_of_possible_move(self.sent, entries)

    @property
    def _reasons(self) -> list[Reason]:
        """What was told of the voucher when it was made or moved, and whether it is several by now."""
        return [*self._reasons_of_making(), *reasons_of_numbers(self.whereabouts.year, numbers_of(self.entries))]

    def _reasons_of_making(self) -> list[Reason]:
        if self.sent is not None:
            return self.sent.reasons()
        before = self.run.work.transfer
        return [one for one in reasons_of(before.code, before.details) if one.code in VOUCHER_REASONS]

    def _begun_move(self) -> SentVoucher | None:
        """A move whose outcome is not known yet: nothing else is judged before it is."""
        intent = self.run.work.intents.latest(MOVE)
        return decode(intent.request.encode(), SentVoucher) if intent and intent.state == IntentState.OPEN else None

    def _outcome_of_possible_move(self, sent: SentVoucher, entries: list[DraftEntry]) -> Outcome:
        """Put what fell back where it belongs today, if that can be used now."""
        purchase = self.run.plan()
        move = possible_move(sent, entries, purchase)
        if move is None:
            return outcome_with(reasons_of_unmoved(sent, purchase), is_draft=True)
        return self._outcome_of_move(sent, move.sent, entries)

    def _outcome_of_the_rest(self, sent: SentVoucher, partly: Reason, entries: list[DraftEntry]) -> Outcome:
        """What is booked stays; what fell back and still stands as it was sent goes where it belongs today."""
        if any(one.code == FALLBACK_USED for one in self._reasons) and stand_as_sent(sent.voucher, entries):
            move = possible_move(sent, entries, self.run.plan())
            if move is not None:
                self._move(sent, move.sent, entries)
                return outcome_with([partly, *move.sent.reasons()], is_draft=True)
        return outcome_with([partly, *self._reasons], is_draft=True)

    def _outcome_of_move(self, before: SentVoucher, after: SentVoucher, entries: list[DraftEntry]) -> Outcome:
        self._move(before, after, entries)
        return outcome_with(after.reasons(), is_draft=True)

    def _move(self, before: SentVoucher, after: SentVoucher, entries: list[DraftEntry]) -> None:
        step = self.run.steps.move(after, codings_after(before, after, entries))
        self.run.work.write(step, fingerprint(msgspec.to_builtins(after.voucher, builtin_types=(Decimal,))))

    def _outcome_of_missing_entries(self) -> Outcome:
        """Booked by a person, moved, or deleted. What was made a moment ago may only not show yet."""
        booked = self.whereabouts.booked()
        if booked is None:
            settles = self.link.changed_at + SETTLES
            if self.run.work.runtime.clock.now() < settles:
                raise OutcomePending(settles, "not_found_yet")
            elsewhere = self.whereabouts.elsewhere()
            if elsewhere is not None:
                return outcome_with([elsewhere, *self._reasons], is_draft=True)
            booked = self.whereabouts.booked_without_mark()
        if booked is None:
            raise Refusal("voucher_gone", FailureKind.CONFIG, voucher=self.link.economic_key)
        supplier, invoiced = supplier_of(self.run.invoice), self.link.amounts()[0].gross
        reasons = reasons_of_booked(self._reasons, booked, supplier, invoiced)
        return outcome_with(reasons, is_draft=False, link=self._booked_link(booked))

    def _booked_link(self, made: MadeVoucher) -> LinkFacts:
        rackbeat, economic = self.link.amounts()
        return LinkFacts(
            economic_kind=BOOKED_LINK,
            economic_key=voucher_name(made),
            version=self.link.version,
            name=self.link.name,
            currency=self.link.currency,
            rackbeat=rackbeat,
            economic=economic,
        )


class Whereabouts:
    """Where a voucher is that does not stand in its journal as it was made: booked, booked in part, in another journal,
    without its mark, or gone. A person may move, split or reword it; none of that is a deletion."""

    def __init__(self, run: InvoiceRun, link: Link) -> None:
        self.run = run
        self.link = link
        self.year, _, number = link.economic_key.rpartition("-")
        self.voucher = int(number) if number.isdecimal() else 0

    def booked(self) -> MadeVoucher | None:
        """As it was booked, by its mark; with what all of it comes to, where a person has split it."""
        number = self.run.invoice.number
        voucher = self.run.work.clients.economic.vouchers.booked_entries(self.year, mark(number))
        booked = booked_voucher(voucher, self.year, number)
        if booked is None or booked.amount is None or -booked.amount == self.link.amounts()[0].gross:
            return booked
        rows = self._booked_under(booked.number)
        return _with_amount_owed(booked, rows) if rows else booked

    def booked_without_mark(self) -> MadeVoucher | None:
        """Under the number that it was made with, of the same supplier and with the same number of theirs."""
        rows = self._booked_under(self.voucher)
        made = MadeVoucher(year=self.year, number=self.voucher, entries=[], is_booked=True)
        return _with_amount_owed(made, rows) if rows else None

    def elsewhere(self) -> Reason | None:
        """In another journal, or in any without the mark; None where it is in none."""
        invoice = self.run.invoice
        rows = self.run.work.clients.economic.journals.of_supplier(supplier_of(invoice))
        marked = next((row for row in rows if has_mark(row.text, invoice.number)), None)
        if marked is not None:
            details = {"voucher": f"{self.year}-{marked.voucherNumber}", "journal": str(marked.journalNumber)}
            return Reason(VOUCHER_MOVED, details)
        same = (row for row in rows if row.voucherNumber == self.voucher and self._is_own(row.supplierInvoiceNumber))
        unmarked = next(same, None)
        if unmarked is None:
            return None
        details = {"voucher": self.link.economic_key, "journal": str(unmarked.journalNumber)}
        return Reason(VOUCHER_UNMARKED, {**details, "mark": mark(invoice.number)})

    def partly_booked(self, entries: list[DraftEntry], made: int) -> Reason | None:
        """Where some of the `made` entries are booked and these still stand in the journal."""
        if len(entries) >= made or self.booked() is None:
            return None
        counts = {"left": str(len(entries)), "of": str(made)}
        return Reason(VOUCHER_PARTLY_BOOKED, {"voucher": self.link.economic_key, **counts})

    def _booked_under(self, voucher: int) -> list[BookedEntry]:
        own, supplier = own_number(self.run.invoice), supplier_of(self.run.invoice)
        if not own:
            return []
        day = day_of(self.run.invoice).isoformat()
        rows = self.run.work.clients.economic.booked_entries.of_supplier_invoice(supplier, spellings_of(own), day)
        return [
            row
            for row in rows
            if row.voucherNumber == voucher
            and row.date.startswith(self._calendar_years)
            and is_same_number(row.supplierInvoiceNumber, own)
        ]

    @property
    def _calendar_years(self) -> tuple[str, ...]:
        """Voucher numbers begin anew with an accounting year, which may have two calendar years: `2026/2027`."""
        return tuple(re.findall(r"\d{4}", self.year))

    def _is_own(self, number: str | None) -> bool:
        own = own_number(self.run.invoice)
        return not own or is_same_number(number, own)


def _with_amount_owed(made: MadeVoucher, rows: list[BookedEntry]) -> MadeVoucher:
    return msgspec.structs.replace(made, amount=total_of(row.amount for row in rows))
