"""The look at a voucher that we have made: as it was, moved from the fallback account, changed, booked or deleted.

Nothing is ever sent again by itself (domain-rules F17, H18).
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.economic.voucher_types import DraftEntry, MadeVoucher
from lagerbro.flows.field_changes import listed_changes
from lagerbro.flows.fingerprint import fingerprint
from lagerbro.flows.supplier_invoices.invoice_run import BOOKED_LINK, InvoiceRun
from lagerbro.flows.supplier_invoices.mark import mark
from lagerbro.flows.supplier_invoices.moving import codings_after, possible_move, reasons_of_unmoved
from lagerbro.flows.supplier_invoices.reasons import (
    FALLBACK_USED,
    VOUCHER_EDITED,
    VOUCHER_REASONS,
    outcome_with,
    reasons_of_booked,
)
from lagerbro.flows.supplier_invoices.steps import MOVE, SentVoucher, last_sent, voucher_name
from lagerbro.flows.supplier_invoices.voucher_entries import booked_voucher, changes_in
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

    def outcome(self) -> Outcome:
        journal = self.sent.journal if self.sent is not None else self.run.work.choices.supplier_journal or 0
        entries = self.run.steps.draft_entries(journal)
        if not entries:
            return self._outcome_of_missing_entries()
        if self.sent is None:
            return outcome_with(self._reasons, is_draft=True)
        begun = self._begun_move()
        if begun is not None:
            return self._outcome_of_move(self.sent, begun, entries)
        changes = changes_in(self.sent.voucher, entries)
        if changes:
            details = {"voucher": self.link.economic_key, "changes": listed_changes(changes)}
            return outcome_with([Reason(VOUCHER_EDITED, details), *self._reasons], is_draft=True)
        if all(one.code != FALLBACK_USED for one in self._reasons):
            return outcome_with(self._reasons, is_draft=True)
        return self._outcome_of_possible_move(self.sent, entries)

    @property
    def _reasons(self) -> list[Reason]:
        """What was told of the voucher when it was made or moved."""
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

    def _outcome_of_move(self, before: SentVoucher, after: SentVoucher, entries: list[DraftEntry]) -> Outcome:
        step = self.run.steps.move(after, codings_after(before, after, entries))
        self.run.work.write(step, fingerprint(msgspec.to_builtins(after.voucher, builtin_types=(Decimal,))))
        return outcome_with(after.reasons(), is_draft=True)

    def _outcome_of_missing_entries(self) -> Outcome:
        """Booked by a person, or deleted. What was made a moment ago may only not show yet."""
        year, _, _ = self.link.economic_key.rpartition("-")
        number = self.run.invoice.number
        entries = self.run.work.clients.economic.vouchers.booked_entries(year, mark(number))
        booked = booked_voucher(entries, year, number)
        if booked is None:
            settles = self.link.changed_at + SETTLES
            if self.run.work.runtime.clock.now() < settles:
                raise OutcomePending(settles, "not_found_yet")
            raise Refusal("voucher_gone", FailureKind.CONFIG, voucher=self.link.economic_key)
        reasons = reasons_of_booked(self._reasons, voucher_name(booked), booked.amount, self.link.amounts()[0].gross)
        return outcome_with(reasons, is_draft=False, link=self._booked_link(booked))

    def _booked_link(self, made: MadeVoucher) -> LinkFacts:
        ours, theirs = self.link.amounts()
        return LinkFacts(
            economic_kind=BOOKED_LINK,
            economic_key=voucher_name(made),
            version=self.link.version,
            name=self.link.name,
            currency=self.link.currency,
            rackbeat=ours,
            economic=theirs,
        )
