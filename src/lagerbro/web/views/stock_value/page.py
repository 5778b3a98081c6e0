"""Lagerværdi: shown from what is kept; no page of it asks a system while it is made."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lagerbro.agreements.choices import choices_of
from lagerbro.agreements.models import Agreement
from lagerbro.agreements.questions import Section, anchor
from lagerbro.flows.stock_value.known import BACKFILL, KIND
from lagerbro.flows.stock_value_report.earlier import unknown_days
from lagerbro.flows.stock_value_report.report import DAYS, StockReport
from lagerbro.people.models import Role
from lagerbro.sync.acts import STOPPED
from lagerbro.sync.models import Transfer
from lagerbro.web.sentences.stock_value_page import ENDS, why_none
from lagerbro.web.sentences.words import Message
from lagerbro.web.status.live import Live, live
from lagerbro.web.status.messages import message_for
from lagerbro.web.status.overdue import MOVING, is_overdue, overdue
from lagerbro.web.views.agreement import agreement_page, visit_of
from lagerbro.web.views.choice_faults import choice_faults
from lagerbro.web.views.stock_value.accounts import account_row, explained
from lagerbro.web.views.stock_value.history import Journal, runs
from lagerbro.web.views.stock_value.rows import Names, chart_days, voucher_table, voucher_text
from lagerbro.web.views.stock_value.standing import Standing, first_sentence, standing_of

WHOLE: Final = "stock_value/page.html"
PART: Final = "stock_value/_live.html"


@require_GET
@agreement_page
def page(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """The page, or for a live update only the part that changes."""
    part = getattr(request, "htmx", False)
    return render(request, PART if part else WHOLE, context(request, agreement, timezone.now(), keeps_chart=bool(part)))


def context(
    request: HttpRequest,
    agreement: Agreement,
    now: datetime,
    *,
    message: Message | None = None,
    keeps_chart: bool = False,
) -> dict[str, Any]:
    """What the templates need. `message` is what an act came to; `keeps_chart`: the chart that is shown stays."""
    standing = standing_of(agreement, choices_of(agreement), now)
    visit, report = visit_of(request), standing.report
    shown, pages = runs(agreement, request.GET.get("page", "1"), now, _journal(standing))
    asks = live(request, agreement, now)
    return {
        "agreement": agreement,
        "standing": standing,
        "summary": first_sentence(standing),
        "message": message,
        "failed": [(one, message_for(one, is_overdue=is_overdue(one, agreement, now))) for one in standing.failed],
        "unfit": choice_faults(agreement, Section.STOCK_VALUE),
        "may_press": visit.may(Role.BOOKKEEPER),
        "may_decide": visit.may(Role.ADMINISTRATOR),
        "setting": anchor("stock_value_enabled"),
        "runs": shown,
        "page": pages,
        "live": asks,
        "fetches": standing.is_stale and visit.may(Role.BOOKKEEPER) and _is_at_rest(request, asks),
        "keeps_chart": keeps_chart,
        **(_of_report(request, agreement, standing, report) if report is not None else {}),
        **_beside(agreement, now),
    }


def _is_at_rest(request: HttpRequest, asks: Live | None) -> bool:
    """Whether the page may fetch by itself: when it is opened, and when what moved has come to its end. What an act
    answers does not, so that a system that is away is not asked again and again."""
    return request.method == "GET" and (asks is None or not getattr(request, "htmx", False))


def _journal(standing: Standing) -> Journal | None:
    if standing.report is None or standing.read_at is None:
        return None
    return Journal(frozenset(draft.voucher for draft in standing.report.drafts), standing.read_at)


def _of_report(request: HttpRequest, agreement: Agreement, standing: Standing, report: StockReport) -> dict[str, Any]:
    names = Names.of(agreement)
    shown = next((one for one in report.accounts if str(one.account) == request.GET.get("account")), None)
    is_one = not report.accounts
    return {
        "report": report,
        "posting": voucher_table(report, names, agreement.base_currency) if is_one and standing.is_of_today else None,
        "accounts": [account_row(one, names, agreement.base_currency, standing) for one in report.accounts],
        "voucher_text": voucher_text(report),
        "journal_name": names.journals.get(report.journal, ""),
        "account_name": names.accounts.get(report.account, ""),
        "none": why_none(report.next) if report.next and not report.vouchers else None,
        "none_tone": "attention" if report.next and report.next.code in ENDS else "good",
        "explained": [explained(report)] if is_one else [explained(one, names) for one in report.accounts],
        "chart_account": shown.account if shown is not None else None,
        "days": chart_days(agreement, report, shown),
        "days_max": DAYS,
        "unknown_days": len(unknown_days(agreement, report.day)),
        "nothing": Decimal(0),
    }


def _beside(agreement: Agreement, now: datetime) -> dict[str, Any]:
    """Documents that failed or wait: they move no stock account, and the cost of goods without them is not whole."""
    others = Transfer.in_scope.exclude(kind__in=(KIND, BACKFILL))
    moving = others.filter(state__in=MOVING)
    late = moving.filter(overdue(agreement, now)).count()
    return {
        "documents_stopped": others.filter(state__in=STOPPED).count() + late,
        "documents_waiting": moving.filter(due_at__isnull=False).count() - late,
    }
