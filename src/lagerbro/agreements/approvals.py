"""What people have said is right although it looked wrong. Inside the agreement's scope."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from lagerbro.agreements.models import Agreement, Approval

VAT_ZONE: Final = "vat_zone"
"""A customer's VAT zone beside country and VAT number (domain-rules H38). The key is the customer's number."""
DOCUMENT: Final = "document"
"""How a document stands that only a person can settle (`sync.decisions.acknowledged`). Its key: kind and number."""
LISTED_MAX: Final = 50


def is_approved(kind: str, key: str, facts: str) -> bool:
    return Approval.in_scope.filter(kind=kind, key=key, facts=facts, withdrawn_at=None).exists()


def approve(agreement: Agreement, approval: Approval) -> None:
    """Keep the word of `approved_by`; nothing happens when the same is said twice."""
    with transaction.atomic():
        Agreement.objects.select_for_update().get(pk=agreement.pk)
        if not is_approved(approval.kind, approval.key, approval.facts):
            approval.agreement = agreement
            approval.save()


def withdraw(approval_id: int, *, by: str, at: datetime) -> bool:
    """Take a word back; False when there is none that holds. What it let through stays."""
    rows = Approval.in_scope.filter(pk=approval_id, withdrawn_at=None)
    return bool(rows.update(withdrawn_by=by, withdrawn_at=at))


def approvals_about(kind: str, *, key: str, document: str) -> list[Approval]:
    """What was said of the record, and what was said on the document's page, the latest first."""
    about = Q(document=document) | Q(key=key) if key else Q(document=document)
    return list(_latest_first(kind).filter(about)[:LISTED_MAX])


def latest_approvals() -> list[Approval]:
    """What was said of any record of the agreement, the latest first."""
    return list(Approval.in_scope.order_by("-pk")[:LISTED_MAX])


def _latest_first(kind: str) -> QuerySet[Approval]:
    return Approval.in_scope.filter(kind=kind).order_by("-pk")
