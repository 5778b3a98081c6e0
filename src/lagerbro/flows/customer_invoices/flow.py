"""A booked Rackbeat invoice becomes a draft or a booked invoice in e-conomic: exactly one.

read → plan → require customer and products → draft → compare totals → book → compare again. With everything known that
is one read and two writes. Run again from the start at any moment, it finds what is there and does the rest.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from django.utils.functional import cached_property

from lagerbro.books.choices import NumberTaken
from lagerbro.books.lines import LinesToSend
from lagerbro.books.totals import BLOCKING_COMPARISONS, Amounts
from lagerbro.economic.invoice_types import Invoice, NewDraft
from lagerbro.flows.customer_invoices.booked_verdicts import (
    KNOWN_ONLY_AT_BOOKING,
    booked_edited,
    booked_for_another,
    booked_otherwise,
    booked_turned,
)
from lagerbro.flows.customer_invoices.booking import Booked, Booking
from lagerbro.flows.customer_invoices.born_in_economic import skipped_if_born_in_economic
from lagerbro.flows.customer_invoices.change_after_transfer import ChangeAfterTransfer, is_as_made
from lagerbro.flows.customer_invoices.changes import changes_before_booking, changes_in, is_significant
from lagerbro.flows.customer_invoices.drafting import Drafting, body_sent
from lagerbro.flows.customer_invoices.made import (
    BOOKED_LINK,
    DRAFT_LINK,
    MadeDocument,
    credited_by,
    made_of,
    version_of,
)
from lagerbro.flows.customer_invoices.mapping import sent_lines
from lagerbro.flows.customer_invoices.naming import decided_on, named_on
from lagerbro.flows.customer_invoices.plan import (
    answered_amounts,
    comes_to,
    customer_of,
    is_for_its_customer,
    is_to_be_booked,
    plan_draft,
    products_of,
    taxed_lines,
)
from lagerbro.flows.customer_invoices.steps import DRAFT, Steps
from lagerbro.flows.customer_invoices.totals_verdict import (
    DIRECTION_WRONG,
    INFORMATIVE_CODES,
    TotalsVerdict,
    judge_direction,
    judge_due_date,
    judge_totals,
    refuse_if_blocking,
)
from lagerbro.flows.customer_invoices.verdict_outcomes import earlier_verdicts, outcome_of_verdicts
from lagerbro.flows.customer_invoices.zone_check import judge_zone
from lagerbro.flows.document_heads import amounts_of, base_rate, factor_of
from lagerbro.flows.field_changes import listed_changes
from lagerbro.flows.invoice_shipping.flow import shipping_of
from lagerbro.flows.own_number import skipped_if_other
from lagerbro.flows.plan_refusals import as_refusal
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.sync.decisions.acknowledged import changes_called_right
from lagerbro.sync.models import DocumentType, Link
from lagerbro.sync.outcome import LinkFacts, Outcome, Refusal, Skipped
from lagerbro.sync.requirements import require
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind
from lagerbro.wire.numbers import decode

HOLDING_CODES: Final = frozenset({*map(str, BLOCKING_COMPARISONS), DIRECTION_WRONG, "draft_edited"})
"""Why a draft of ours stands unbooked: what is mended of these is booked when it is asked for again."""


class CustomerInvoiceFlow:
    """One customer invoice, by its Rackbeat number."""

    kind = "customer_invoice"
    rank = 50

    def run(self, work: Work) -> Outcome:
        if not work.choices.sales_enabled:
            return Skipped("sales_off")
        invoice = work.clients.rackbeat.customer_invoice(work.transfer.key)
        if invoice is not None:
            other = skipped_if_other(work, invoice.number)
            other = other or skipped_if_born_in_economic(work, invoice)
            if other is not None:
                return other
            work.remember_document_type(DocumentType.CREDIT_NOTE if invoice.is_creditnote else DocumentType.ORDINARY)
        with as_refusal():
            made = made_of(work)
            if made is None or is_as_made(invoice, made):
                return self._outcome_of_unchanged(work, invoice, made)
            return ChangeAfterTransfer(work, invoice, made).outcome() or self._outcome_of_unchanged(work, invoice, None)

    def _outcome_of_unchanged(self, work: Work, invoice: CustomerInvoice | None, made: MadeDocument | None) -> Outcome:
        """Of an invoice that nobody has changed since something was made of it, if anything was."""
        if invoice is None:
            raise Refusal("invoice_unknown", FailureKind.REFUSED)
        if not invoice.is_booked:
            return Skipped("invoice_not_booked")
        run, link = _InvoiceRun(work, invoice), made.link if made else None
        if made is None or link is None:
            return run.outcome()
        if not comes_to(invoice, link.amounts()[0]):  # booked at the same moment, and another all the same
            return ChangeAfterTransfer(work, invoice, made).outcome() or run.outcome()
        return run.outcome_of_booked(link) if made.is_booked else run.outcome_of_draft(link)


class _InvoiceRun:
    """One run for one invoice that is booked in Rackbeat and not linked yet."""

    def __init__(self, work: Work, invoice: CustomerInvoice) -> None:
        self.work = work
        self.invoice = invoice
        self.version = version_of(invoice)
        self.asked_at = work.runtime.clock.now()
        """Before the draft was asked for: what is known of it is no newer."""
        self.verdicts: list[TotalsVerdict] = []

    @cached_property
    def credited(self) -> CustomerInvoice | None:
        """The invoice that a credit note names: the one more read that its direction costs (domain-rules H32)."""
        return credited_by(self.work, self.invoice)

    @cached_property
    def factor(self) -> int:
        return factor_of(self.invoice, self.credited)

    @cached_property
    def rackbeat(self) -> Amounts:
        return amounts_of(self.invoice, self.factor)

    @cached_property
    def steps(self) -> Steps:
        return Steps(self.work.clients.economic, self.invoice, self.rackbeat.net)

    def outcome(self) -> Outcome:
        zone = judge_zone(self.work, self.invoice)
        self.verdicts = list(zone.verdicts)
        refuse_if_blocking(self.verdicts)
        lines = sent_lines(self.invoice, self.factor, self.work.choices)
        items = products_of(self.invoice, lines, self.work.choices)
        require(self.work, {"customer": {str(customer_of(self.invoice))}, "product": items})
        plan = partial(self._plan, lines, zone.number)
        body = plan()
        self.asked_at = self.work.runtime.clock.now()
        draft = Drafting(self.work, self.invoice, self.steps, self.version, plan).draft(body)
        self.verdicts.append(judge_due_date(self.invoice, draft))
        if draft.bookedInvoiceNumber is not None:  # by a person, or by us before our memory was lost
            forgotten = self.work.must_look_first and self.work.choices.number_taken is NumberTaken.NEXT
            return self._outcome_of_booking(Booked(draft, by_hand=not forgotten))
        if self._verdict(draft).is_blocking or not is_to_be_booked(self.invoice, self.work.choices):
            return self._outcome_of_standing_draft(draft)
        return self._outcome_of_booking(self._booking(body).booked(draft, self.asked_at))

    def _plan(self, lines: LinesToSend, zone: int) -> NewDraft:
        """What the invoice names is asked for, or made, only where nothing else stands in the way of a draft."""
        choices, currency = self.work.choices, self.work.agreement.base_currency
        decided = decided_on(self.work, self.invoice, zone, self._terms())
        body = plan_draft(self.invoice, self.factor, lines, choices, currency, decided)
        named = named_on(self.work, self.invoice, decided)
        return body if named == decided else plan_draft(self.invoice, self.factor, lines, choices, currency, named)

    def outcome_of_draft(self, link: Link) -> Outcome:
        """Our draft as a person left it: as it was, changed, booked by hand and so adopted, or deleted (H18).

        One that was held and would not be held any more is booked, if nobody has touched it.
        """
        self.verdicts = earlier_verdicts(self.work, INFORMATIVE_CODES)
        number = int(link.economic_key)
        standing = self.steps.our_draft(number)
        if standing is None:
            return self._outcome_of_booking(Booked(self.steps.booked_instead(number), by_hand=True))
        draft, sent = standing.invoice, self._sent()
        changes = changes_in(sent, self._answered(link), standing.record) if sent else []
        if any(is_significant(change) for change in changes):
            details = {"draft": link.economic_key, "changes": listed_changes(changes)}
            edited = TotalsVerdict(is_blocking=True, code="draft_edited", details=details)
            verdicts = [self._verdict(draft), edited, *self.verdicts]
            return outcome_of_verdicts(verdicts, is_draft=True, link=self._link_facts(draft, DRAFT_LINK))
        was_held = self.work.transfer.code in HOLDING_CODES and not self._verdict(draft).is_blocking
        if sent is None or changes or not was_held or not is_to_be_booked(self.invoice, self.work.choices):
            return self._outcome_of_standing_draft(draft)
        return self._outcome_of_booking(self._booking(sent).booked(draft, self.asked_at))

    def outcome_of_booked(self, link: Link) -> Outcome:
        """Booked before and asked for again: what was told of it stands."""
        rackbeat, economic = link.amounts()
        before = earlier_verdicts(self.work, INFORMATIVE_CODES | KNOWN_ONLY_AT_BOOKING)
        verdicts = [_judge_totals(self.work, self.invoice, rackbeat, economic), *before]
        if verdicts[0].is_blocking:
            verdicts[0] = booked_otherwise(link.economic_key, rackbeat, economic)
        return outcome_of_verdicts(verdicts, is_draft=False)

    def _booking(self, body: NewDraft) -> Booking:
        return Booking(self.work, self.invoice, self.steps, self.version, self._sent() or body)

    def _sent(self) -> NewDraft | None:
        """The body that the draft was made of: an earlier run's, whose settings may have been others."""
        return body_sent(self.work, self.version)

    def _answered(self, link: Link) -> Amounts:
        """What the draft came to when it was made; the link has what it came to when it was last read."""
        made = self.work.intents.latest(DRAFT)
        return answered_amounts(decode(made.answer.encode(), Invoice)) if made and made.answer else link.amounts()[1]

    def _terms(self) -> int | None:
        """Rackbeat's number of them."""
        customer = self.invoice.customer
        return self.invoice.payment_terms_id or (customer.payment_terms_id if customer else None)

    def _outcome_of_standing_draft(self, draft: Invoice) -> Outcome:
        return outcome_of_verdicts(
            [self._verdict(draft), *self.verdicts], is_draft=True, link=self._link_facts(draft, DRAFT_LINK)
        )

    def _outcome_of_booking(self, booked: Booked) -> Outcome:
        """What the booked invoice says: as Rackbeat has it, or otherwise and then told with both sides."""
        answer, facts = booked.invoice, self._link_facts(booked.invoice, BOOKED_LINK)
        verdicts = [self._verdict(answer), *self.verdicts]
        if verdicts[0].code == DIRECTION_WRONG:
            verdicts[0] = booked_turned(facts.economic_key, verdicts[0])
        elif verdicts[0].is_blocking or answer.currency != self.invoice.currency:
            verdicts[0] = booked_otherwise(facts.economic_key, self.rackbeat, answered_amounts(answer))
        elif booked.by_hand:
            verdicts.append(self._edited(facts.economic_key))
        if not is_for_its_customer(answer, self.invoice):
            verdicts.insert(0, booked_for_another(facts.economic_key, self.invoice, answer))
        if facts.economic_key != str(self.invoice.number):
            code = "booked_by_hand" if booked.by_hand else "number_differs"
            details = {"wanted": str(self.invoice.number), "got": facts.economic_key}
            verdicts.append(TotalsVerdict(code=code, details=details))
        follows = shipping_of(self.work, self.invoice) if booked.by_hand else ()
        return outcome_of_verdicts(verdicts, is_draft=False, link=facts, follows=follows)

    def _edited(self, number: str) -> TotalsVerdict:
        """What a person changed in the draft without changing what it comes to, before they booked it."""
        sent, record = self._sent(), self.work.clients.economic.invoices.booked_record(int(number))
        changes = changes_before_booking(sent, record) if sent and record else []
        return booked_edited(number, changes, changes_called_right(self.work.transfer))

    def _link_facts(self, answer: Invoice, economic_kind: str) -> LinkFacts:
        number = answer.draftInvoiceNumber if economic_kind == DRAFT_LINK else answer.bookedInvoiceNumber
        customer = self.invoice.customer
        return LinkFacts(
            economic_kind=economic_kind,
            economic_key=str(number),
            version=self.version,
            name=customer.called if customer else "",
            currency=self.invoice.currency,
            rackbeat=self.rackbeat,
            economic=answered_amounts(answer),
        )

    def _verdict(self, answer: Invoice) -> TotalsVerdict:
        """Of the totals, and of a credit note by what it does to the accounts: totals agree in both directions."""
        verdict = _judge_totals(self.work, self.invoice, self.rackbeat, answered_amounts(answer))
        if verdict.is_blocking or self.credited is None:
            return verdict
        return judge_direction(verdict, self.invoice, self.credited, self._with_lines(answer))

    def _with_lines(self, answer: Invoice) -> Invoice:
        """What was found in a collection has no lines, so it is read by itself."""
        if answer.lines:
            return answer
        invoices, number = self.work.clients.economic.invoices, answer.bookedInvoiceNumber
        read = invoices.booked(number) if number is not None else invoices.draft(answer.draftInvoiceNumber or 0)
        return read or answer


def _judge_totals(work: Work, invoice: CustomerInvoice, rackbeat: Amounts, economic: Amounts) -> TotalsVerdict:
    rate = base_rate(invoice, work.agreement.base_currency)
    limit = work.choices.vat_rounding_limit
    return judge_totals(rackbeat, economic, taxed_lines=taxed_lines(invoice), limit=limit, rate=rate)
