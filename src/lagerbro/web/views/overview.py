"""Overblik: whether everything is all right, and what needs somebody."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lagerbro.agreements.models import Agreement
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.web.formats import COPENHAGEN
from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.words import Told, tell
from lagerbro.web.views.agreement import agreement_page

CAUSES_MAX = 10
_STOPPED = (TransferState.NEEDS_YOU, TransferState.REFUSED)


@require_GET
@agreement_page
def overview(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Today's counts and what stands still, a notice for each cause."""
    today = _since_midnight(timezone.now())
    counts = dict(
        Transfer.objects.filter(changed_at__gte=today).values_list("state").annotate(count=Count("pk")).order_by()
    )
    causes = _causes()
    context = {
        "transferred": counts.get(TransferState.TRANSFERRED, 0),
        "drafted": counts.get(TransferState.DRAFTED, 0),
        "refused": counts.get(TransferState.REFUSED, 0),
        "waiting": Transfer.objects.filter(state__in=(TransferState.WAITING, TransferState.RUNNING)).count(),
        "causes": causes,
        "stopped": sum(count for _, _, count in causes),
        "is_calm": agreement.state == "active" and not causes,
    }
    return render(request, "overview.html", context)


def _since_midnight(now: datetime) -> datetime:
    return now.astimezone(COPENHAGEN).replace(hour=0, minute=0, second=0, microsecond=0)


def _causes() -> list[tuple[str, Told, int]]:
    """Each reason that something stands still for, told by its latest case, with how many there are."""
    grouped = (
        Transfer.objects.filter(state__in=_STOPPED)
        .exclude(code="")
        .values("code")
        .annotate(count=Count("pk"), latest=Max("pk"))
        .order_by("-count")[:CAUSES_MAX]
    )
    latest = {row.pk: row for row in Transfer.objects.filter(pk__in=[group["latest"] for group in grouped])}
    return [(group["code"], _told(latest[group["latest"]]), group["count"]) for group in grouped]


def _told(row: Transfer) -> Told:
    return tell(SENTENCES.get(row.code), row.code, row.key, row.details)
