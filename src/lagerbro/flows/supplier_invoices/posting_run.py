"""Making the voucher of a supplier invoice: plan, look for the same invoice, write; mend what e-conomic refuses.

domain-rules A10, A11, C8, H19–H23, H30, H41.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import msgspec

from lagerbro.economic.voucher_types import JournalRef, MadeVoucher, NewVoucher
from lagerbro.flows.economic_refusals import with_answer
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.flows.supplier_invoices import diagnosis, duplicates, twins
from lagerbro.flows.supplier_invoices.context import Run
from lagerbro.flows.supplier_invoices.days import PostingDay, closed_refusal, open_day, posting_day
from lagerbro.flows.supplier_invoices.mapping import own_number, voucher_of
from lagerbro.flows.supplier_invoices.mark import carries
from lagerbro.flows.supplier_invoices.plan import Purchase, day_of, supplier_of
from lagerbro.flows.supplier_invoices.planned import PLANNED, as_text, planned
from lagerbro.flows.supplier_invoices.steps import VOUCHER, SentVoucher
from lagerbro.flows.supplier_invoices.told import told_of
from lagerbro.sync.models import IntentState
from lagerbro.sync.outcome import Refusal, WaitsFor
from lagerbro.wire.errors import FailureKind, InvalidError, NotFoundError
from lagerbro.wire.numbers import decode

TRIES_MAX: Final = 5
"""Writes of one run: each but the first is made of a plan that a refusal has mended."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A plan with the day that it is posted on and the journal that it goes to."""

    purchase: Purchase
    on: PostingDay
    journal: int


@dataclass(frozen=True, slots=True)
class Posted:
    made: MadeVoucher
    sent: SentVoucher
    purchase: Purchase


class Posting:
    """Making the voucher of one invoice."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.elsewhere: dict[str, str] | None = None

    def posted(self) -> Posted | None:
        """The voucher as it was made or found; None where there is nothing to post."""
        purchase = self.run.plan()
        if not purchase.parts:
            return None
        journal = self.run.work.choices.supplier_journal
        if journal is None:
            raise Refusal("supplier_journal_not_chosen", FailureKind.CONFIG)
        try:
            ready = Ready(purchase, posting_day(self.run.work, day_of(self.run.invoice).isoformat()), journal)
            return self._in_doubt(ready) or self._looked_for(ready) or self._written(ready)
        except (Refusal, PlanRefusal) as held:
            held.details[PLANNED] = as_text(planned(self.run, purchase))
            raise

    def _in_doubt(self, ready: Ready) -> Posted | None:
        """A write with unknown outcome is carried on as it was decided: another body would be another voucher."""
        known = self.run.work.intents.latest(VOUCHER)
        if known is None or known.state not in (IntentState.OPEN, IntentState.CONFIRMED) or not known.request:
            return None
        sent = decode(known.request.encode(), SentVoucher)
        try:
            return self._write(sent, ready)
        except (InvalidError, NotFoundError) as error:
            return self._written(self._mended(error, replace(ready, journal=sent.journal)))

    def _looked_for(self, ready: Ready) -> Posted | None:
        """Ours, where it stands and we have forgotten it; None where nothing stands in the way (H23, H41).

        Raises `Refusal` for somebody else's of the same number.
        """
        run, own = self.run, own_number(self.run.invoice)
        if not own:
            return None
        supplier, number = supplier_of(run.invoice), run.invoice.number
        drafts = run.work.clients.economic.journals.of_supplier(supplier)
        booked = run.work.clients.economic.booked_entries.of_supplier_invoice(supplier, own)
        ours = [row.journalNumber for row in drafts if carries(row.text, number)]
        if ours or any(carries(row.text, number) for row in booked):
            return self._adopted(replace(ready, journal=ours[0] if ours else ready.journal))
        others = duplicates.others(drafts, booked, supplier, own, number)
        self.elsewhere = duplicates.check(others, -ready.purchase.totals.gross, ready.on.year)
        return None

    def _adopted(self, ready: Ready) -> Posted | None:
        sent = self._sent(ready)
        found = self.run.steps.standing(sent)
        if found is None:
            return None
        made = self.run.work.write(self.run.steps.adopted(sent, found), self.run.version)
        return Posted(made, sent, ready.purchase)

    def _written(self, ready: Ready) -> Posted:
        """Write, and write again what a refusal has mended."""
        for _ in range(TRIES_MAX - 1):
            try:
                return self._write(self._sent(ready), ready)
            except (InvalidError, NotFoundError) as error:
                ready = self._mended(error, ready)
        return self._write(self._sent(ready), ready)

    def _write(self, sent: SentVoucher, ready: Ready) -> Posted:
        made = self.run.work.write(
            self.run.steps.voucher(sent, lambda: twins.check(self.run.work, sent)), self.run.version
        )
        return Posted(made, sent, ready.purchase)

    def _mended(self, error: InvalidError | NotFoundError, ready: Ready) -> Ready:
        """What to try after a refusal; raises `Refusal` where nothing can be mended by us."""
        run = self.run
        if isinstance(error, twins.TwinError):
            raise Refusal("supplier_invoice_twin", FailureKind.CONFIG, twin=error.key) from error
        if diagnosis.names_missing_supplier(error):
            key = str(ready.purchase.supplier)
            run.work.links.forget("supplier", key)
            raise WaitsFor((("supplier", key),)) from error
        if diagnosis.is_about_dates(error):
            refusal = closed_refusal(run.work, ready.on.day) or Refusal(
                "period_barred", FailureKind.CONFIG, date=ready.on.day
            )
            return replace(ready, on=open_day(run.work, ready.on.day, with_answer(refusal, error)))
        if diagnosis.is_about_accounts(error):
            purchase = run.plan_anew()
            if purchase.parts and purchase.parts != ready.purchase.parts:
                return replace(ready, purchase=purchase)
        raise diagnosis.refusal_of(error, run.invoice, ready.journal, run.work.clients.economic) from error

    def _sent(self, ready: Ready) -> SentVoucher:
        run, purchase, on = self.run, ready.purchase, ready.on
        base_currency = run.work.agreement.base_currency
        voucher: NewVoucher = msgspec.structs.replace(
            voucher_of(run.invoice, purchase.parts, purchase.supplier, base_currency, year=on.year.year, day=on.day),
            journal=JournalRef(ready.journal),
        )
        told = told_of(run.invoice, purchase, run.known, on.day, self.elsewhere)
        told_details = [(one.code, dict(one.details)) for one in told]
        return SentVoucher(voucher=voucher, version=run.version, told=told_details, creditor=run.creditor)
