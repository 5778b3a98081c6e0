"""The way of a record in business words: received, read, made, amounts agree, booked; and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext as _

from lagerbro.sync.models import Attempt, Intent, IntentState, Link, Transfer

_BOOKED = ("booked_invoice", "voucher_booked")
_WITH_DRAFT = ("customer_invoice", "supplier_invoice")


@dataclass(frozen=True, slots=True)
class Milestone:
    """`tone`: good for what is behind it, problem for where it stands still, neutral for what comes."""

    words: str
    tone: str
    at: datetime | None = None


def milestones(transfer: Transfer, link: Link | None, *, is_stopped: bool) -> list[Milestone]:
    """In their order; the first that is not reached is where it stands, if it stands still."""
    shown, is_behind = [], True
    for words, is_reached, at in _each(transfer, link):
        if is_behind and not is_reached:
            shown.append(Milestone(words, "problem" if is_stopped else "neutral"))
            is_behind = False
        else:
            shown.append(Milestone(words, "good" if is_behind else "neutral", at if is_behind else None))
    return shown


def _each(transfer: Transfer, link: Link | None) -> Iterator[tuple[str, bool, datetime | None]]:
    read = Attempt.in_scope.filter(transfer=transfer, method="GET", status=200).aggregate(first=Min("started_at"))
    yield _("Received"), True, transfer.created_at
    yield _("Read"), link is not None or read["first"] is not None, read["first"]
    if transfer.kind not in _WITH_DRAFT:
        yield _("Transferred"), link is not None, link.created_at if link else None
        return
    made = Intent.in_scope.filter(transfer=transfer, state=IntentState.CONFIRMED).exists()
    written = _writes(transfer).filter(Q(url__contains="/invoices/drafts") | Q(url__contains="/vouchers"))
    made_at = written.filter(error_code="").aggregate(first=Min("started_at"))["first"]
    yield _("Draft made"), link is not None or made, made_at
    # What does not agree is never asked to be booked.
    asked_to_book = _writes(transfer).filter(url__contains="/invoices/booked").exists()
    agree = asked_to_book or (link is not None and len(set(map(str, link.amounts()))) == 1)
    yield _("Amounts agree"), agree, link.created_at if link else None
    is_booked = link is not None and link.economic_kind in _BOOKED
    words = _("Booked") if is_booked or transfer.kind == "customer_invoice" else _("Booked by you")
    yield words, is_booked, link.changed_at if link else None


def _writes(transfer: Transfer) -> QuerySet[Attempt]:
    """The writes in e-conomic that were tried."""
    return Attempt.in_scope.filter(transfer=transfer, system="e-conomic").exclude(method="GET")
