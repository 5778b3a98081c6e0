"""Making the voucher of a supplier invoice: plan, look for the same invoice, write; mend what e-conomic refuses.

domain-rules A10, A11, C8, H19–H23, H30, H41.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import msgspec

from lagerbro.economic.voucher_types import JournalRef, MadeVoucher, NewVoucher
from lagerbro.flows.economic_refusals import with_answer
from lagerbro.flows.supplier_invoices import diagnosis
from lagerbro.flows.supplier_invoices.concurrent_duplicates import ConcurrentDuplicateError, check_not_decided_before
from lagerbro.flows.supplier_invoices.days import PostingDay, closed_refusal, open_day, posting_day
from lagerbro.flows.supplier_invoices.duplicates import check_duplicates, same_number_entries, spellings_of
from lagerbro.flows.supplier_invoices.invoice_run import InvoiceRun
from lagerbro.flows.supplier_invoices.mapping import own_number, voucher_of
from lagerbro.flows.supplier_invoices.mark import has_mark
from lagerbro.flows.supplier_invoices.plan import Purchase, day_of, supplier_of
from lagerbro.flows.supplier_invoices.reasons import reasons_of_posting
from lagerbro.flows.supplier_invoices.steps import VOUCHER, SentVoucher
from lagerbro.sync.models import IntentState
from lagerbro.sync.outcome import Refusal, WaitsFor
from lagerbro.wire.errors import FailureKind, InvalidError, NotFoundError
from lagerbro.wire.numbers import decode

TRIES_MAX: Final = 5
"""Writes of one run: each but the first is made of a plan that a refusal has mended."""


@dataclass(frozen=True, slots=True)
class VoucherPlan:
    """A plan with the day that it is posted on and the journal that it goes to."""

    purchase: Purchase
    posted_on: PostingDay
    journal: int


@dataclass(frozen=True, slots=True)
class PostedVoucher:
    made: MadeVoucher
    sent: SentVoucher
    purchase: Purchase


class VoucherMaking:
    """Making the voucher of one invoice."""

    def __init__(self, run: InvoiceRun) -> None:
        self.run = run
        self.same_number_elsewhere: dict[str, str] | None = None

    def make_or_find(self) -> PostedVoucher | None:
        """The voucher as it was made or found; None where there is nothing to post."""
        purchase = self.run.plan()
        if not purchase.parts:
            return None
        journal = self.run.work.choices.supplier_journal
        if journal is None:
            raise Refusal("supplier_journal_not_chosen", FailureKind.CONFIG)
        plan = VoucherPlan(purchase, posting_day(self.run.work, day_of(self.run.invoice).isoformat()), journal)
        # in this order: what is on its way is not looked for yet, and what is looked for is not made again
        return self._resumed(plan) or self._found(plan) or self._make(plan)

    def _resumed(self, plan: VoucherPlan) -> PostedVoucher | None:
        """A write with unknown outcome is carried on as it was decided: another body would be another voucher."""
        intent = self.run.work.intents.latest(VOUCHER)
        if intent is None or intent.state not in (IntentState.OPEN, IntentState.CONFIRMED) or not intent.request:
            return None
        sent = decode(intent.request.encode(), SentVoucher)
        try:
            return self._write(sent, plan)
        except (InvalidError, NotFoundError) as error:
            return self._make(self._plan_after_refusal(error, replace(plan, journal=sent.journal)))

    def _found(self, plan: VoucherPlan) -> PostedVoucher | None:
        """Ours, where it stands and we have forgotten it; None where nothing stands in the way (H23, H41).

        Two looks, and neither can go: draft entries and the ledger are lists of two services, no list has both, and the
        same invoice by hand may stand in either. Raises `Refusal` for somebody else's of the same number.
        """
        run, number_at_supplier = self.run, own_number(self.run.invoice)
        if not number_at_supplier:
            return None
        supplier, number = supplier_of(run.invoice), run.invoice.number
        economic = run.work.clients.economic
        drafts = economic.journals.of_supplier(supplier)
        day = day_of(run.invoice).isoformat()
        booked = economic.booked_entries.of_supplier_invoice(supplier, spellings_of(number_at_supplier), day)
        own_journals = [row.journalNumber for row in drafts if has_mark(row.text, number)]
        if own_journals or any(has_mark(row.text, number) for row in booked):
            return self._adopt(replace(plan, journal=own_journals[0] if own_journals else plan.journal))
        entries = same_number_entries(drafts, booked, supplier, number_at_supplier, number)
        self.same_number_elsewhere = check_duplicates(entries, -plan.purchase.totals.gross, plan.posted_on.year)
        return None

    def _adopt(self, plan: VoucherPlan) -> PostedVoucher | None:
        sent = self._voucher_to_send(plan)
        existing = self.run.steps.find_voucher(sent)
        if existing is None:
            return None
        made = self.run.work.write(self.run.steps.adopt(sent, existing), self.run.version)
        return PostedVoucher(made, sent, plan.purchase)

    def _make(self, plan: VoucherPlan) -> PostedVoucher:
        """Write, and write again what a refusal has mended."""
        for _ in range(TRIES_MAX - 1):
            try:
                return self._write(self._voucher_to_send(plan), plan)
            except (InvalidError, NotFoundError) as error:
                plan = self._plan_after_refusal(error, plan)
        return self._write(self._voucher_to_send(plan), plan)

    def _write(self, sent: SentVoucher, plan: VoucherPlan) -> PostedVoucher:
        step = self.run.steps.voucher(sent, lambda: check_not_decided_before(self.run.work, sent))
        made = self.run.work.write(step, self.run.version)
        return PostedVoucher(made, sent, plan.purchase)

    def _plan_after_refusal(self, error: InvalidError | NotFoundError, plan: VoucherPlan) -> VoucherPlan:
        """What to try after a refusal; raises `Refusal` where nothing can be mended by us."""
        run = self.run
        if isinstance(error, ConcurrentDuplicateError):
            raise Refusal("supplier_invoice_twin", FailureKind.CONFIG, twin=error.key) from error
        if diagnosis.names_missing_supplier(error):
            key = str(plan.purchase.supplier)
            run.work.links.forget("supplier", key)
            raise WaitsFor((("supplier", key),)) from error
        if diagnosis.is_about_dates(error):
            refusal = closed_refusal(run.work, plan.posted_on.day) or Refusal(
                "purchase_period_barred", FailureKind.CONFIG, date=plan.posted_on.day
            )
            return replace(plan, posted_on=open_day(run.work, plan.posted_on.day, with_answer(refusal, error)))
        if diagnosis.is_about_accounts(error):
            purchase = run.plan_from_fresh_registers()
            if purchase.parts and purchase.parts != plan.purchase.parts:
                return replace(plan, purchase=purchase)
        raise diagnosis.refusal_of(error, run.invoice, plan.journal, run.work.clients.economic) from error

    def _voucher_to_send(self, plan: VoucherPlan) -> SentVoucher:
        run, purchase, posted_on = self.run, plan.purchase, plan.posted_on
        base_currency = run.work.agreement.base_currency
        voucher: NewVoucher = msgspec.structs.replace(
            voucher_of(
                run.invoice,
                purchase.parts,
                purchase.supplier,
                base_currency,
                year=posted_on.year.year,
                day=posted_on.day,
                receipts=run.receipts,
            ),
            journal=JournalRef(plan.journal),
        )
        reasons = reasons_of_posting(run.invoice, purchase, run.directory, posted_on.day, self.same_number_elsewhere)
        return SentVoucher(
            voucher=voucher,
            version=run.version,
            stored_reasons=[(one.code, dict(one.details)) for one in reasons],
            control_account=run.control_account,
        )
