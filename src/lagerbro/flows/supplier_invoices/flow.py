"""A booked supplier invoice of Rackbeat becomes one voucher of draft entries in a journal of e-conomic: exactly one.

read → require supplier → plan → look for the same invoice → voucher. It is never booked by us: a person does that in
e-conomic, and is told here what they did. Run again from the start at any moment, it finds what is there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lagerbro.flows.after_transfer import CHANGED, DELETED, UNBOOKED
from lagerbro.flows.own_number import skipped_if_other
from lagerbro.flows.plan_refusals import as_refusal
from lagerbro.flows.supplier_invoices.invoice_run import DRAFT_LINK, InvoiceRun, version_of
from lagerbro.flows.supplier_invoices.plan import supplier_of
from lagerbro.flows.supplier_invoices.reasons import (
    BOOKED_FOR_ANOTHER,
    BOOKED_OTHERWISE,
    FALLBACK_BOOKED,
    NEEDS_PERSON,
    VOUCHER_REASONS,
    outcome_with,
    reasons_of_booked,
    reasons_of_numbers,
)
from lagerbro.flows.supplier_invoices.voucher_making import VoucherMaking
from lagerbro.flows.supplier_invoices.voucher_review import VoucherReview
from lagerbro.money import rounded
from lagerbro.rackbeat.supplier_invoice_types import SupplierInvoice
from lagerbro.sync.models import DocumentType, Link, Transfer
from lagerbro.sync.outcome import Outcome, Refusal, Skipped, Transferred
from lagerbro.sync.reasons import reasons_of
from lagerbro.sync.requirements import require
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind

_BOOKED_REASONS: Final = frozenset({BOOKED_OTHERWISE, BOOKED_FOR_ANOTHER, FALLBACK_BOOKED})

DOCUMENT_KIND: Final = "supplier_invoice_document"
"""The kind of the supplier's PDF, which is attached by a transfer of its own."""


class SupplierInvoiceFlow:
    """One supplier invoice or credit note, by its Rackbeat number."""

    kind = "supplier_invoice"
    rank = 50

    def run(self, work: Work) -> Outcome:
        return _with_document(work, self._outcome(work))

    def _outcome(self, work: Work) -> Outcome:
        if not work.choices.suppliers_enabled:
            return Skipped("purchases_off")
        invoice = work.clients.rackbeat.supplier_invoice(work.transfer.key)
        link = work.links.get(self.kind, work.transfer.key)
        if invoice is None:
            if link is not None:
                return _outcome_of_change(link, DELETED, {})
            raise Refusal("invoice_unknown", FailureKind.REFUSED)
        other = skipped_if_other(work, invoice.number)
        if other is not None:
            return other
        work.remember_document_type(DocumentType.SUPPLIER_CREDIT if invoice.is_creditnote else DocumentType.ORDINARY)
        with as_refusal():
            if link is not None:
                return _outcome_of_posted(work, invoice, link)
            return (
                _outcome_of_posting(InvoiceRun(work, invoice)) if invoice.is_booked else Skipped("invoice_not_booked")
            )


def _outcome_of_posted(work: Work, invoice: SupplierInvoice, link: Link) -> Outcome:
    """What is to be said of an invoice whose voucher we have made: never made again by itself (H18)."""
    version, our_total = version_of(invoice), {"ours": str(rounded(invoice.total_total))}
    if not invoice.is_booked:
        return _outcome_of_change(link, UNBOOKED, our_total)
    if link.version != version:
        return _outcome_of_change(link, CHANGED, {**our_total, "before": link.version, "now": version})
    if link.economic_kind == DRAFT_LINK:
        return VoucherReview(InvoiceRun(work, invoice), link).outcome()
    return _outcome_of_booked(work)


def _with_document(work: Work, outcome: Outcome) -> Outcome:
    """A PDF may have come since: it is looked for again as long as there was none."""
    if isinstance(outcome, Skipped) or outcome.follows:
        return outcome
    has_document = Transfer.in_scope.filter(kind=DOCUMENT_KIND, key=work.transfer.key).exists()
    return outcome if has_document else replace(outcome, follows=((DOCUMENT_KIND, work.transfer.key),))


def _outcome_of_change(link: Link, code: str, details: dict[str, str]) -> Outcome:
    """Unbooked, changed or deleted in Rackbeat after it was transferred: told with both sides, never acted upon."""
    both = {"number": link.economic_key, "theirs": str(link.amounts()[1].gross), **details}
    return Transferred(None, code, both, needs_person=True)


def _outcome_of_posting(run: InvoiceRun) -> Outcome:
    run.show_planned()
    require(run.work, {"supplier": {str(supplier_of(run.invoice))}})
    posted = VoucherMaking(run).make_or_find()
    if posted is None:
        return Skipped("nothing_to_post")
    made = posted.made
    reasons = [*posted.sent.reasons(), *reasons_of_numbers(made.year, made.numbers)]
    if made.is_booked:  # by a person, before we knew of it
        reasons = reasons_of_booked(reasons, made, posted.purchase.supplier, posted.purchase.totals.gross)
    follows = ((DOCUMENT_KIND, run.work.transfer.key),)
    return outcome_with(reasons, is_draft=not made.is_booked, link=run.link(made, posted.purchase), follows=follows)


def _outcome_of_booked(work: Work) -> Outcome:
    """Booked and asked for again: what was told of it stands."""
    before = reasons_of(work.transfer.code, work.transfer.details)
    reasons = [one for one in before if one.code in VOUCHER_REASONS - NEEDS_PERSON or one.code in _BOOKED_REASONS]
    return outcome_with(reasons, is_draft=False)
