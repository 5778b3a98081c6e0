"""Overblik: whether everything is all right, and what needs somebody."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from lagerbro.agreements.choices import choices_of
from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.flows.abilities import STOCK_VALUE
from lagerbro.flows.registry import ROUTINES
from lagerbro.flows.stock_value.schedule import next_stock_run
from lagerbro.people.models import Role
from lagerbro.sync import acts
from lagerbro.sync.models import Schedule, Transfer, TransferState
from lagerbro.web.formats import COPENHAGEN
from lagerbro.web.status.beginning import beginning
from lagerbro.web.status.causes import cause_filter, stopped_filter, stopped_transfers
from lagerbro.web.status.figures import Figures, first_sentence
from lagerbro.web.status.live import live
from lagerbro.web.status.overdue import MOVING, overdue
from lagerbro.web.status.routines import failing, troubles
from lagerbro.web.status.strip import strip
from lagerbro.web.views.agreement import agreement_page, visit_of
from lagerbro.web.views.choice_faults import choice_faults

NAMED: Final = "by."
"""What the fields of a form begin with that say what a cause names."""
DONE: Final = (TransferState.TRANSFERRED, TransferState.DRAFTED)


@require_GET
@agreement_page
def overview(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Today's counts and what stands still, a notice for each cause; for a live update only the part that changes."""
    now = timezone.now()
    stopped, unfit, troubled = stopped_transfers(agreement, now), choice_faults(agreement), troubles(agreement, now)
    faults = len(unfit) + len(troubled)
    is_doubted = agreement.uninstall_heard_at is not None
    counts = _counts(agreement, now)
    figures = Figures(agreement.state, **counts, records=stopped.records, faults=faults, is_doubted=is_doubted)
    context = {
        "agreement": agreement,
        "figures": figures,
        "first_sentence": first_sentence(figures),
        "stands": stopped,
        "unfit": unfit,
        "troubles": troubled,
        "may_retry": visit_of(request).may(Role.BOOKKEEPER),
        "next_stock": _next_stock(agreement),
        "next_look": _next_look(agreement),
        "live": live(request, agreement, now),
    }
    part = getattr(request, "htmx", False)
    if not part:
        context |= {"beginning": beginning(agreement), "strip": strip(now)}
    return render(request, "overview/_live.html" if part else "overview/page.html", context)


@require_POST
@agreement_page(role=Role.BOOKKEEPER)
def retry_cause(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Try again everything that stands still for the cause named in the form."""
    sent = {name: str(value) for name, value in request.POST.items()}
    if sent.get("kind") and "code" in sent:
        named = {name.removeprefix(NAMED): value for name, value in sent.items() if name.startswith(NAMED)}
        now = timezone.now()
        chosen = Transfer.in_scope.filter(
            stopped_filter(agreement, now),
            **cause_filter(sent["kind"], sent.get("document_type", ""), sent["code"], named),
        )
        acts.retry(chosen, agreement.pk, now)
    return HttpResponseRedirect(visit_of(request).address("overview"))


def _counts(agreement: Agreement, now: datetime) -> dict[str, Any]:
    """What was done today, and what goes on by itself and has failed lately. Each record counts once."""
    done = Transfer.in_scope.filter(changed_at__gte=_since_midnight(now), state__in=DONE)
    states = dict(done.values_list("state").annotate(count=Count("pk")).order_by())
    moving = Transfer.in_scope.filter(~overdue(agreement, now), state__in=MOVING)
    return {
        "transferred": states.get(TransferState.TRANSFERRED, 0),
        "drafted": states.get(TransferState.DRAFTED, 0),
        **moving.aggregate(moving=Count("pk"), failing=Count("pk", filter=Q(failures__gt=0))),
        "failing_routines": failing(agreement),
    }


def _next_stock(agreement: Agreement) -> datetime | None:
    """When the stock value goes next; None when it does not by itself."""
    choices = choices_of(agreement)
    runs = agreement.state == AgreementState.ACTIVE and choices.stock_value_enabled and STOCK_VALUE in ROUTINES
    return next_stock_run(choices.stock_frequency, timezone.now()) if runs and choices.stock_frequency else None


def _next_look(agreement: Agreement) -> datetime | None:
    """When we next look by ourselves whether something was missed."""
    if agreement.state != AgreementState.ACTIVE:
        return None
    return Schedule.in_scope.order_by("due_at").values_list("due_at", flat=True).first()


def _since_midnight(now: datetime) -> datetime:
    return now.astimezone(COPENHAGEN).replace(hour=0, minute=0, second=0, microsecond=0)
