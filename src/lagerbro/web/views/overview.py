"""Overblik: whether everything is all right, and what needs somebody."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from lagerbro.agreements.choices import choices_of
from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.flows.registry import ROUTINES
from lagerbro.flows.stock_value.schedule import next_stock_run
from lagerbro.people.models import Role
from lagerbro.sync.acts import retry_same
from lagerbro.sync.models import Schedule, Transfer, TransferState
from lagerbro.web.causes import because, standing
from lagerbro.web.formats import COPENHAGEN
from lagerbro.web.views.activation.afterwards import STOCK_VALUE
from lagerbro.web.views.agreement import agreement_page, visit_of

NAMED: Final = "by."
"""What the fields of a form begin with that say what a cause names."""
TODAY: Final = (TransferState.TRANSFERRED, TransferState.DRAFTED, TransferState.REFUSED)


@require_GET
@agreement_page
def overview(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Today's counts and what stands still, a notice for each cause."""
    today = _since_midnight(timezone.now())
    counts = dict(
        Transfer.objects.filter(changed_at__gte=today, state__in=TODAY)
        .values_list("state")
        .annotate(count=Count("pk"))
        .order_by()
    )
    stands = standing()
    context = {
        "transferred": counts.get(TransferState.TRANSFERRED, 0),
        "drafted": counts.get(TransferState.DRAFTED, 0),
        "refused": counts.get(TransferState.REFUSED, 0),
        "waiting": Transfer.objects.filter(state__in=(TransferState.WAITING, TransferState.RUNNING)).count(),
        "stands": stands,
        "may_retry": visit_of(request).may(Role.BOOKKEEPER),
        "next_stock": _next_stock(agreement),
        "next_look": _next_look(agreement),
        "is_calm": agreement.state == "active" and not stands.records,
    }
    return render(request, "overview.html", context)


@require_POST
@agreement_page(role=Role.BOOKKEEPER)
def retry_cause(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Try again everything that stands still for the cause named in the form."""
    told = {name: str(value).replace("\0", "") for name, value in request.POST.items()}
    if told.get("kind") and told.get("code"):
        named = {name.removeprefix(NAMED): value for name, value in told.items() if name.startswith(NAMED)}
        retry_same(because(told["kind"], told["code"], named), agreement.pk, timezone.now())
    return HttpResponseRedirect(visit_of(request).address("overview"))


def _next_stock(agreement: Agreement) -> datetime | None:
    """When the stock value goes next; None when it does not by itself."""
    choices = choices_of(agreement)
    runs = agreement.state == AgreementState.ACTIVE and choices.stock_value_enabled and STOCK_VALUE in ROUTINES
    return next_stock_run(choices.stock_frequency, timezone.now()) if runs and choices.stock_frequency else None


def _next_look(agreement: Agreement) -> datetime | None:
    """When we next look by ourselves whether something was missed."""
    if agreement.state != AgreementState.ACTIVE:
        return None
    return Schedule.objects.order_by("due_at").values_list("due_at", flat=True).first()


def _since_midnight(now: datetime) -> datetime:
    return now.astimezone(COPENHAGEN).replace(hour=0, minute=0, second=0, microsecond=0)
