"""A booked supplier invoice of Rackbeat becomes one voucher of draft entries in a journal of e-conomic: exactly one.

read → require supplier → plan → look for the same invoice → voucher. It is never booked by us: a person does that in
e-conomic, and is told here what they did. Run again from the start at any moment, it finds what is there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lagerbro.flows.after_transfer import CHANGED, DELETED, UNBOOKED
from lagerbro.flows.plan_refusals import as_refusal
from lagerbro.flows.rackbeat_notes import note_outcome
from lagerbro.flows.supplier_invoices.context import DRAFT_LINK, Run, version_of
from lagerbro.flows.supplier_invoices.plan import supplier_of
from lagerbro.flows.supplier_invoices.posting_run import Posting
from lagerbro.flows.supplier_invoices.standing_run import Standing
from lagerbro.flows.supplier_invoices.told import ABOUT_THE_VOUCHER, NEEDS_PERSON, ending_of
from lagerbro.money import rounded
from lagerbro.rackbeat.supplier_invoice_types import SupplierInvoice
from lagerbro.sync.models import DocumentType, Link, Transfer
from lagerbro.sync.outcome import Outcome, Refusal, Skipped, Transferred
from lagerbro.sync.reasons import reasons_of
from lagerbro.sync.requirements import require
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind

_OF_BOOKED: Final = frozenset({"booked_otherwise", "fallback_booked"})

RACKBEAT_PATH: Final = "supplier-invoices"
DOCUMENT: Final = "supplier_invoice_document"
"""The kind of the supplier's PDF, which is attached by a transfer of its own."""


class SupplierInvoiceFlow:
    """One supplier invoice or credit note, by its Rackbeat number."""

    kind = "supplier_invoice"
    rank = 50

    def run(self, work: Work) -> Outcome:
        try:
            outcome = self._outcome(work)
        except Refusal as held:
            note_outcome(work, RACKBEAT_PATH, held)
            raise
        note_outcome(work, RACKBEAT_PATH, outcome)
        return _with_document(work, outcome)

    def _outcome(self, work: Work) -> Outcome:
        if not work.choices.suppliers_enabled:
            return Skipped("purchases_off")
        invoice = work.clients.rackbeat.supplier_invoice(work.transfer.key)
        link = work.links.get(self.kind, work.transfer.key)
        if invoice is None:
            if link is not None:
                return _alarm(link, DELETED, {})
            raise Refusal("invoice_unknown", FailureKind.REFUSED)
        if str(invoice.number) != work.transfer.key:  # "01001" found 1001: by both numbers it would be posted twice
            return Skipped("asked_by_another_number", {"number": str(invoice.number)})
        work.remember_document_type(DocumentType.SUPPLIER_CREDIT if invoice.is_creditnote else DocumentType.ORDINARY)
        with as_refusal():
            if link is None:
                return _posted(Run(work, invoice)) if invoice.is_booked else Skipped("invoice_not_booked")
            return _posted_before(work, invoice, link)


def _posted_before(work: Work, invoice: SupplierInvoice, link: Link) -> Outcome:
    """What is to be said of an invoice whose voucher we have made: never made again by itself (H18)."""
    version, ours = version_of(invoice), {"ours": str(rounded(invoice.total_total))}
    if not invoice.is_booked:
        return _alarm(link, UNBOOKED, ours)
    if link.version != version:
        return _alarm(link, CHANGED, {**ours, "before": link.version, "now": version})
    if link.economic_kind == DRAFT_LINK:
        return Standing(Run(work, invoice), link).looked_at()
    return _booked_before(work)


def _with_document(work: Work, outcome: Outcome) -> Outcome:
    """A PDF may have come since: it is looked for again as long as there was none."""
    if isinstance(outcome, Skipped) or outcome.follows:
        return outcome
    has_document = Transfer.in_scope.filter(kind=DOCUMENT, key=work.transfer.key).exists()
    return outcome if has_document else replace(outcome, follows=((DOCUMENT, work.transfer.key),))


def _alarm(link: Link, code: str, details: dict[str, str]) -> Outcome:
    """Unbooked, changed or deleted in Rackbeat after it was transferred: told with both sides, never acted upon."""
    told = {"number": link.economic_key, "theirs": str(link.amounts()[1].gross), **details}
    return Transferred(None, code, told, needs_person=True)


def _posted(run: Run) -> Outcome:
    require(run.work, {"supplier": {str(supplier_of(run.invoice))}})
    posted = Posting(run).posted()
    if posted is None:
        return Skipped("nothing_to_post")
    told = posted.sent.everything_told()
    is_draft = not posted.made.is_booked
    if not is_draft:
        told = [one for one in told if one.code not in NEEDS_PERSON]
    follows = ((DOCUMENT, run.work.transfer.key),)
    return ending_of(told, is_draft=is_draft, link=run.link(posted.made, posted.purchase), follows=follows)


def _booked_before(work: Work) -> Outcome:
    """Booked and asked for again: what was told of it stands."""
    before = reasons_of(work.transfer.code, work.transfer.details)
    kept = [one for one in before if one.code in ABOUT_THE_VOUCHER - NEEDS_PERSON or one.code in _OF_BOOKED]
    return ending_of(kept, is_draft=False)
