"""*Det er rigtigt*: a person's word that a customer's VAT zone is right, and taking it back (domain-rules H38)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from lagerbro.agreements.approvals import VAT_ZONE, approvals_about, approve, withdraw
from lagerbro.agreements.models import Agreement, Approval
from lagerbro.people.models import Role
from lagerbro.sync.acts import retry_same
from lagerbro.sync.models import Transfer
from lagerbro.sync.telling import Told, every_told
from lagerbro.web.sentences import words
from lagerbro.web.sentences.zones import SENTENCES
from lagerbro.web.views.agreement import agreement_page, visit_of

CODES: Final = frozenset(SENTENCES)


@dataclass(frozen=True, slots=True)
class Said:
    """An approval as it is read: what looked wrong, of which customer."""

    row: Approval
    customer: str
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a person may call right on a transfer's page: `facts` say what they looked at when they press."""

    customer: str
    facts: str


@dataclass(frozen=True, slots=True)
class Approvals:
    """`question`: None where nothing is asked, or it has been answered."""

    question: Question | None
    history: list[Said]


def approvals(transfer: Transfer) -> Approvals:
    """What is asked about the customer's VAT zone on this page, and what has been said."""
    told = _told(transfer)
    history = approvals_about(VAT_ZONE, key=_customer(told) if told else "", document=transfer.key)
    open_question = told is not None and not any(
        row.facts == told.details["facts"] and row.withdrawn_at is None for row in history
    )
    question = Question(told.details["customer"], told.details["facts"]) if told and open_question else None
    return Approvals(question, said(history))


def said(rows: Iterable[Approval]) -> list[Said]:
    """In the reader's language."""
    return [Said(row, str(row.details.get("customer", row.key)), _why(row)) for row in rows]


@require_POST
@agreement_page(role=Role.BOOKKEEPER, person=True)
def call_right(request: HttpRequest, agreement: Agreement, transfer_id: int) -> HttpResponse:
    """Keep the visitor's word, and try again whatever stands still for the same facts.

    Nothing is kept when other facts have come meanwhile: those the visitor has not seen.
    """
    transfer = _transfer(transfer_id)
    told = _told(transfer)
    if told is not None and request.POST.get("facts") == told.details["facts"]:
        now = timezone.now()
        approval = Approval(
            kind=VAT_ZONE,
            key=_customer(told),
            facts=told.details["facts"],
            document=transfer.key,
            code=told.code,
            details=dict(told.details),
            approved_by=visit_of(request).by,
            approved_at=now,
        )
        with transaction.atomic():
            approve(agreement, approval)
            retry_same({"code__in": sorted(CODES), "details__facts": approval.facts}, agreement.pk, now)
    return _back(request, transfer_id)


@require_POST
@agreement_page(role=Role.BOOKKEEPER, person=True)
def take_back(request: HttpRequest, agreement: Agreement, transfer_id: int, approval_id: int) -> HttpResponse:  # noqa: ARG001 - the scope is the agreement's
    """From now on it is asked again; what was sent stays sent."""
    _transfer(transfer_id)
    if not withdraw(approval_id, by=visit_of(request).by, at=timezone.now()):
        raise Http404
    return _back(request, transfer_id)


def _back(request: HttpRequest, transfer_id: int) -> HttpResponse:
    return redirect(visit_of(request).address("transfer", transfer_id=transfer_id))


def _transfer(transfer_id: int) -> Transfer:
    found = Transfer.objects.filter(pk=transfer_id).first()
    if found is None:
        raise Http404
    return found


def _told(transfer: Transfer) -> Told | None:
    return next((told for told in every_told(transfer.code, transfer.details) if told.code in CODES), None)


def _why(row: Approval) -> str:
    return words.tell(SENTENCES.get(row.code), row.code, row.document, row.details).why


def _customer(told: Told) -> str:
    return told.details["customer"].partition(" ")[0]
