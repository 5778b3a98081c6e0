"""*Det er rigtigt*: a person's word that a customer's VAT zone is right (domain-rules H38), or that a document stands
as it shall although the two systems differ; and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from lagerbro.agreements.approvals import DOCUMENT, VAT_ZONE, approvals_about, approve, withdraw
from lagerbro.agreements.models import Agreement, Approval
from lagerbro.people.models import Role
from lagerbro.sync.acts import retry, retry_same
from lagerbro.sync.decisions.acknowledged import STATE_ONCE_ACKNOWLEDGED, facts_of, record_of
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.sync.reasons import Reason, reasons_of
from lagerbro.web.sentences import SENTENCES, words, zones
from lagerbro.web.sentences.records import within
from lagerbro.web.views.agreement import agreement_page, transfer_or_404, visit_of

CODES: Final = frozenset(zones.SENTENCES)


@dataclass(frozen=True, slots=True)
class ShownApproval:
    """An approval as it is read: what looked wrong, and of what."""

    row: Approval
    about: str
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a person may call right on a transfer's page: `facts` say what they looked at when they press.

    `customer`: whose VAT zone it is; empty where it is the document itself.
    """

    facts: str
    customer: str = ""


@dataclass(frozen=True, slots=True)
class Approvals:
    """`question`: None where nothing is asked, or it has been answered."""

    question: Question | None
    history: list[ShownApproval]


def approvals(transfer: Transfer) -> Approvals:
    """What is asked about the customer's VAT zone on this page, and what has been said."""
    reason = _zone_reason(transfer)
    history = approvals_about(VAT_ZONE, key=_customer(reason) if reason else "", document=transfer.key)
    history += approvals_about(DOCUMENT, key=record_of(transfer), document="")
    question = Question(reason.details["facts"], reason.details["customer"]) if reason else _of_document(transfer)
    is_answered = question and any(row.facts == question.facts and row.withdrawn_at is None for row in history)
    return Approvals(None if is_answered else question, shown_approvals(history))


def shown_approvals(rows: Iterable[Approval]) -> list[ShownApproval]:
    """In the reader's language."""
    return [ShownApproval(row, _about(row), _why(row)) for row in rows]


@require_POST
@agreement_page(role=Role.BOOKKEEPER, person=True)
def call_right(request: HttpRequest, agreement: Agreement, transfer_id: int) -> HttpResponse:
    """Keep the visitor's word, and try again whatever stands still for the same facts.

    Nothing is kept when other facts have come meanwhile: those the visitor has not seen.
    """
    transfer, facts, now = transfer_or_404(transfer_id), request.POST.get("facts"), timezone.now()
    reason, document = _zone_reason(transfer), _of_document(transfer)
    word = {"document": transfer.key, "approved_by": visit_of(request).by, "approved_at": now}
    with transaction.atomic():
        if reason is not None and facts == reason.details["facts"]:
            details = dict(reason.details)
            approve(
                agreement,
                Approval(kind=VAT_ZONE, key=_customer(reason), facts=facts, code=reason.code, details=details, **word),
            )
            retry_same({"code__in": sorted(CODES), "details__facts": facts}, agreement.pk, now)
        elif document is not None and facts == document.facts:
            key, details = record_of(transfer), dict(transfer.details)
            approve(
                agreement,
                Approval(kind=DOCUMENT, key=key, facts=facts, code=transfer.code, details=details, **word),
            )
            retry(Transfer.in_scope.filter(pk=transfer.pk), agreement.pk, now)
    return _back(request, transfer_id)


@require_POST
@agreement_page(role=Role.BOOKKEEPER, person=True)
def take_back(request: HttpRequest, agreement: Agreement, transfer_id: int, approval_id: int) -> HttpResponse:  # noqa: ARG001 - the scope is the agreement's
    """From now on it is asked again; what was sent stays sent."""
    transfer_or_404(transfer_id)
    if not withdraw(approval_id, by=visit_of(request).by, at=timezone.now()):
        raise Http404
    return _back(request, transfer_id)


def _back(request: HttpRequest, transfer_id: int) -> HttpResponse:
    return redirect(visit_of(request).address("transfer", transfer_id=transfer_id))


def _zone_reason(transfer: Transfer) -> Reason | None:
    return next((reason for reason in reasons_of(transfer.code, transfer.details) if reason.code in CODES), None)


def _of_document(transfer: Transfer) -> Question | None:
    """A document that stands as only a person can settle."""
    if transfer.state != TransferState.NEEDS_YOU or transfer.code not in STATE_ONCE_ACKNOWLEDGED:
        return None
    return Question(facts_of(transfer.code, transfer.details))


def _about(row: Approval) -> str:
    """The customer, or the document by what people call it."""
    if row.kind == DOCUMENT:
        return within(*row.key.split(" ", 1))
    return str(row.details.get("customer", row.key))


def _why(row: Approval) -> str:
    return words.message_of(SENTENCES.get(row.code), row.code, row.document, row.details).why


def _customer(reason: Reason) -> str:
    return reason.details["customer"].partition(" ")[0]
