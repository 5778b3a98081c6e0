"""A booked Rackbeat invoice becomes a draft or a booked invoice in e-conomic: exactly one.

read → plan → require customer and products → draft → compare totals → book → compare again. With everything known that
is one read and two writes. Run again from the start at any moment, it finds what is there and does the rest.
"""

from __future__ import annotations

from lagerbro.books.choices import NumberTaken
from lagerbro.books.totals import Amounts, Comparison
from lagerbro.economic.invoice_types import Invoice, NewDraft
from lagerbro.flows.customer_invoices import diagnosis
from lagerbro.flows.customer_invoices.plan import (
    amounts_of,
    answered_amounts,
    customer_of,
    factor_of,
    is_marked,
    is_ours,
    is_to_be_booked,
    items_of,
    plan_draft,
    taxed_lines,
)
from lagerbro.flows.customer_invoices.steps import Steps
from lagerbro.flows.customer_invoices.totals_verdict import (
    ONLY_TOLD,
    TotalsVerdict,
    hold_if_needed,
    judge_direction,
    judge_due_date,
    judge_totals,
)
from lagerbro.flows.customer_invoices.zone_check import judge_zone
from lagerbro.flows.plan_refusals import as_refusal
from lagerbro.rackbeat.types import CustomerInvoice
from lagerbro.sync.models import DocumentType, Link
from lagerbro.sync.outcome import Drafted, LinkFacts, Outcome, OutcomePending, Refusal, Skipped, Transferred, WaitsFor
from lagerbro.sync.requirements import require
from lagerbro.sync.telling import Told, every_told, together
from lagerbro.sync.waiting import FRESH
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, InvalidError, NotFoundError, RefusedError

DRAFT_LINK = "draft"
BOOKED_LINK = "booked_invoice"


class CustomerInvoiceFlow:
    """One customer invoice, by its Rackbeat number."""

    kind = "customer_invoice"
    rank = 50

    def run(self, work: Work) -> Outcome:
        if not work.choices.sales_enabled:
            return Skipped("sales_off")
        invoice = work.clients.rackbeat.customer_invoice(work.transfer.key)
        if invoice is None:
            raise Refusal("invoice_unknown", FailureKind.REFUSED)
        work.remember_document_type(DocumentType.CREDIT_NOTE if invoice.is_creditnote else DocumentType.ORDINARY)
        with as_refusal():
            return self._known(work, invoice) or _Run(work, invoice).outcome()

    def _known(self, work: Work, invoice: CustomerInvoice) -> Outcome | None:
        """What is to be said of an invoice that needs no writing: transferred before, or not booked."""
        link = work.links.get(self.kind, str(invoice.number))
        if link is None:
            return None if invoice.is_booked else Skipped("invoice_not_booked")
        if not invoice.is_booked or link.version != _version(invoice):
            now = _version(invoice) if invoice.is_booked else "-"
            raise Refusal("changed_after_transfer", FailureKind.CONFIG, before=link.version, now=now)
        if link.economic_kind == DRAFT_LINK:
            return _Run(work, invoice).looked_at_again(link)
        return _ending([_judge_totals(work, invoice, *link.amounts()), *_told_before(work)], is_draft=False)


class _Run:
    """One run for one invoice that is booked in Rackbeat and not linked yet."""

    def __init__(self, work: Work, invoice: CustomerInvoice) -> None:
        self.work = work
        self.invoice = invoice
        self.version = _version(invoice)
        self.credited = _credited(work, invoice)
        self.factor = factor_of(invoice, self.credited)
        self.ours = amounts_of(invoice, self.factor)
        self.steps = Steps(work.clients.economic, invoice, self.ours.net)
        self.resumed = work.resumed
        self.asked_at = work.runtime.clock.now()
        """Before the draft was asked for: what is known of it is no newer."""
        self.told: list[TotalsVerdict] = []

    def outcome(self) -> Outcome:
        self.told = [judge_zone(self.work, self.invoice)]
        hold_if_needed(self.told)
        items = items_of(self.invoice)
        require(self.work, {"customer": {str(customer_of(self.invoice))}, "product": items})
        base_currency = self.work.agreement.base_currency
        body = plan_draft(self.invoice, self.factor, self.work.choices, base_currency, self._terms())
        draft = self._draft(body)
        self.told.append(judge_due_date(self.invoice, draft))
        if draft.bookedInvoiceNumber is not None:  # a person has booked our draft already
            return self._ended(draft, BOOKED_LINK)
        if self._verdict(draft).holds:
            return self._ended(draft, DRAFT_LINK)
        if not is_to_be_booked(self.invoice, self.work.choices):
            return self._ended(draft, DRAFT_LINK)
        return self._ended(self._booked(draft.draftInvoiceNumber), BOOKED_LINK)

    def looked_at_again(self, link: Link) -> Outcome:
        """Our draft as a person left it: still there, booked by hand and so adopted, or deleted (domain-rules H18)."""
        draft = self.work.clients.economic.invoices.draft(int(link.economic_key))
        if draft is not None and is_marked(draft, self.invoice):
            return _ending([self._verdict(draft), *_told_before(self.work)], is_draft=True)
        booked = self.steps.found("booked")
        if booked is None:
            raise Refusal("draft_gone", FailureKind.CONFIG, draft=link.economic_key)
        return self._ended(booked, BOOKED_LINK)

    def _terms(self) -> int | None:
        customer = self.invoice.customer
        terms = self.invoice.payment_terms_id or (customer.payment_terms_id if customer else None)
        link = self.work.links.get("payment_terms", str(terms)) if terms is not None else None
        return int(link.economic_key) if link else terms

    def _draft(self, body: NewDraft) -> Invoice:
        self.asked_at = self.work.runtime.clock.now()
        try:
            return self.work.write(self.steps.draft(body), self.version)
        except InvalidError as error:
            missing = diagnosis.missing_records(error, self.invoice)
            for kind, key in missing:
                self.work.links.forget(kind, key)
            if missing:
                raise WaitsFor(tuple(missing)) from error
            named = diagnosis.setting_missing(error, body, self.invoice.due_date or "–")
            raise named or diagnosis.refusal_of(error, self.invoice, self.work.clients.economic) from error

    def _booked(self, draft: int | None) -> Invoice:
        assert draft is not None, "a draft has a number"
        booked = self._booked_meanwhile(draft) if self.resumed or self._is_long_ago() else None
        if booked is not None:
            return booked
        try:
            return self._book(draft, self.invoice.number)
        except RefusedError as error:
            if diagnosis.NUMBER_TAKEN not in error.codes():
                raise self._refusal(error, draft) from error
            if self.work.choices.number_taken is NumberTaken.STOP:
                raise Refusal("number_taken", FailureKind.CONFIG, number=str(self.invoice.number)) from error
            return self._book(draft, None)

    def _is_long_ago(self) -> bool:
        """This process may have been stopped since it made the draft (decision 0009)."""
        return self.work.runtime.clock.now() > self.asked_at + FRESH

    def _book(self, draft: int, number: int | None) -> Invoice:
        try:
            return self.work.write(self.steps.book(draft, number), self.version)
        except OutcomePending as rest:
            cause = diagnosis.cause(self.invoice, self.work.clients.economic) if rest.answered else None
            if cause is None:
                raise
            raise cause from rest

    def _refusal(self, error: RefusedError, draft: int) -> Refusal:
        if isinstance(error, NotFoundError):
            return Refusal("draft_gone", FailureKind.CONFIG, draft=str(draft))
        return diagnosis.refusal_of(error, self.invoice, self.work.clients.economic)

    def _booked_meanwhile(self, draft: int) -> Invoice | None:
        """Numbers of deleted drafts are given again, so a booking that comes later reads the draft first (H29)."""
        present = self.work.clients.economic.invoices.draft(draft)
        if present is not None and is_ours(present, self.invoice, self.ours.net):
            return None
        booked = self.steps.found("booked")
        if booked is None:
            code = "draft_gone" if present is None else "draft_changed"
            raise Refusal(code, FailureKind.CONFIG, draft=str(draft))
        return booked

    def _ended(self, answer: Invoice, economic_kind: str) -> Outcome:
        theirs = answered_amounts(answer)
        number = answer.draftInvoiceNumber if economic_kind == DRAFT_LINK else answer.bookedInvoiceNumber
        customer = self.invoice.customer
        link = LinkFacts(
            economic_kind=economic_kind,
            economic_key=str(number),
            version=self.version,
            name=customer.called if customer else "",
            currency=self.invoice.currency,
            rackbeat=self.ours,
            economic=theirs,
        )
        told = [self._verdict(answer), *self.told]
        if economic_kind == BOOKED_LINK and number != self.invoice.number:
            details = {"wanted": str(self.invoice.number), "got": str(number)}
            told.append(TotalsVerdict(code="number_differs", details=details))
        return _ending(told, is_draft=economic_kind == DRAFT_LINK, link=link)

    def _verdict(self, answer: Invoice) -> TotalsVerdict:
        """Of the totals, and of a credit note by what it does to the accounts: totals agree in both directions."""
        told = _judge_totals(self.work, self.invoice, self.ours, answered_amounts(answer))
        if told.holds or self.credited is None:
            return told
        return judge_direction(told, self.invoice, self.credited, self._whole(answer))

    def _whole(self, answer: Invoice) -> Invoice:
        """What was found in a collection has no lines, so it is read by itself."""
        if answer.lines:
            return answer
        invoices, number = self.work.clients.economic.invoices, answer.bookedInvoiceNumber
        read = invoices.booked(number) if number is not None else invoices.draft(answer.draftInvoiceNumber or 0)
        return read or answer


def _credited(work: Work, invoice: CustomerInvoice) -> CustomerInvoice | None:
    """The invoice that a credit note names: the one more read that its direction costs (domain-rules H32)."""
    number = invoice.credited_number
    return None if number is None else work.clients.rackbeat.customer_invoice(number)


def _judge_totals(work: Work, invoice: CustomerInvoice, ours: Amounts, theirs: Amounts) -> TotalsVerdict:
    return judge_totals(ours, theirs, taxed_lines=taxed_lines(invoice), limit=work.choices.vat_rounding_limit)


def _told_before(work: Work) -> list[TotalsVerdict]:
    """What an earlier run told and this one, which sends nothing, cannot find out again."""
    before = every_told(work.transfer.code, work.transfer.details)
    return [TotalsVerdict(code=told.code, details=dict(told.details)) for told in before if told.code in ONLY_TOLD]


def _ending(told: list[TotalsVerdict], *, is_draft: bool, link: LinkFacts | None = None) -> Outcome:
    """A draft that is not held needs nobody, even when its VAT is an øre off."""
    holds = any(verdict.holds for verdict in told)
    if is_draft:
        told = [verdict for verdict in told if verdict.code != Comparison.VAT_ROUNDING]
    shown = together([Told(verdict.code, verdict.details) for verdict in told if verdict.code])
    if is_draft:
        return Drafted(link, shown.code, shown.details, needs_person=holds)
    return Transferred(link, shown.code, shown.details)


def _version(invoice: CustomerInvoice) -> str:
    """Rackbeat's version of a booked invoice: when it was booked."""
    return (invoice.booked_at or "booked")[:64]
