"""Past days brought to Rackbeat's stock value of each: asked for, shown before it is done, done, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from lagerbro.agreements.choices import choices_of
from lagerbro.agreements.models import Agreement
from lagerbro.flows.refusals import REFUSED, PlanRefusal
from lagerbro.flows.stock_value.known import BACKFILL
from lagerbro.flows.stock_value_backfill.preview import BackfillPreview, PartlyRead, preview
from lagerbro.flows.stock_value_backfill.reading import Values
from lagerbro.flows.stock_value_backfill.request import BackfillRequest, Vouchers, part_of
from lagerbro.flows.stock_value_backfill.starting import Progress, progress, start
from lagerbro.people.models import Role
from lagerbro.sync.models import Transfer
from lagerbro.sync.outcome import OutcomePending, Refusal
from lagerbro.sync.schedules.timing import COPENHAGEN
from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.stock_value_page import NOT_WORKED_OUT, PENDING, why_not
from lagerbro.web.sentences.words import Message, message_of
from lagerbro.web.status.live import live
from lagerbro.web.status.messages import message_for
from lagerbro.web.views.agreement import agreement_page, visit_of
from lagerbro.web.views.stock_value.acting import connected
from lagerbro.web.views.stock_value.rows import Names
from lagerbro.wire.errors import RemoteError

READ_MAX: Final = 200_000
"""Letters of the values that were read before."""
LISTED: Final = 5
_READ: Final = 60
"""Parts that are looked through for the latest back-fills."""


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed; the two days may be none."""

    first: str
    last: str
    vouchers: str
    read_values: str = ""
    """The values of days that were read for the same question a moment ago, as JSON. They go into what is shown, and
    into nothing that is posted."""

    @classmethod
    def of(cls, request: HttpRequest, today: date) -> Form:
        """The month before this one, unless something else was asked for."""
        given = request.POST if request.method == "POST" else request.GET
        end = today.replace(day=1) - timedelta(days=1)
        return cls(
            given.get("first", str(end.replace(day=1)))[:10],
            given.get("last", str(end))[:10],
            given.get("vouchers", Vouchers.SINGLE.value)[:10],
            given.get("read", "")[:READ_MAX],
        )

    def values(self) -> Values:
        """What was read before; nothing where it cannot be read."""
        try:
            return msgspec.json.decode(self.read_values, type=dict[date, dict[int, Decimal]])
        except msgspec.MsgspecError:
            return {}

    def read(self) -> BackfillRequest:
        """Raises `PlanRefusal` for what is no request."""
        try:
            return BackfillRequest(
                date.fromisoformat(self.first), date.fromisoformat(self.last), Vouchers(self.vouchers)
            )
        except ValueError as error:
            raise PlanRefusal("stock_backfill_not_past", REFUSED, first=self.first, last=self.last) from error

    @property
    def query(self) -> str:
        return urlencode({"first": self.first, "last": self.last, "vouchers": self.vouchers})


@dataclass(frozen=True, slots=True)
class Earlier:
    """A back-fill that was asked for, and how far it is. `message` says why it stands still."""

    request: BackfillRequest
    progress: Progress
    asked_at: datetime
    message: Message | None

    @property
    def is_daily(self) -> bool:
        return self.request.vouchers is Vouchers.DAILY


@require_GET
@agreement_page
def page(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """The form, and how far the latest ones are; for a live update only the part that changes."""
    now = timezone.now()
    part = getattr(request, "htmx", False)
    template = "stock_value/_backfills.html" if part else "stock_value/backfill.html"
    return render(request, template, _context(request, agreement, Form.of(request, _today(now)), now))


@require_POST
@agreement_page(role=Role.BOOKKEEPER)
def show(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Work out what would be posted, by the rules by which it is then done. Nothing is written."""
    now = timezone.now()
    form = Form.of(request, _today(now))
    shown, message = _worked_out(agreement, form, now)
    found = {"reading": _reading(shown)} if isinstance(shown, PartlyRead) else {"preview": shown}
    context = _context(request, agreement, form, now)
    return render(request, "stock_value/backfill.html", {**context, **found, "message": message})


@require_POST
@agreement_page(role=Role.BOOKKEEPER)
def begin(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Do what was shown. What has changed since is read afresh; the rules are the same."""
    now = timezone.now()
    form = Form.of(request, _today(now))
    try:
        start(agreement, form.read(), by=visit_of(request).by, now=now)
    except PlanRefusal as refusal:
        message = why_not(refusal.code, refusal.details)
        return render(
            request, "stock_value/backfill.html", {**_context(request, agreement, form, now), "message": message}
        )
    return HttpResponseRedirect(f"{visit_of(request).address('stock-value-backfill')}?{form.query}#backfills")


def _reading(shown: PartlyRead) -> dict[str, Any]:
    return {"values": msgspec.json.encode(shown.values).decode(), "done": len(shown.values), "days": shown.days}


def _worked_out(
    agreement: Agreement, form: Form, now: datetime
) -> tuple[BackfillPreview | PartlyRead | None, Message | None]:
    """What would be posted, or why that cannot be said or done."""
    try:
        wanted = form.read()
        wanted.check(_today(now))
        connection = connected(agreement)
        if connection is None:
            return None, message_of(SENTENCES["stock_settings_missing"], "", "", {})
        choices, run_all = choices_of(agreement), connection.factory.run_all
        return preview(agreement, choices, connection.clients, wanted, now, run_all, form.values()), None
    except (PlanRefusal, Refusal) as refusal:
        return None, why_not(refusal.code, refusal.details)
    except OutcomePending:
        return None, message_of(PENDING, "", "", {})
    except RemoteError as error:
        return None, message_of(NOT_WORKED_OUT, error.code, "", error.details)


def _context(request: HttpRequest, agreement: Agreement, form: Form, now: datetime) -> dict[str, Any]:
    choices = choices_of(agreement)
    return {
        "agreement": agreement,
        "form": form,
        "today": str(_today(now)),
        "yesterday": str(_today(now) - timedelta(days=1)),
        "is_on": choices.stock_value_enabled,
        "books": choices.stock_book,
        "journal": choices.stock_journal,
        "names": Names.of(agreement).accounts,
        "may_press": visit_of(request).may(Role.BOOKKEEPER),
        "earlier": _earlier(),
        "live": live(request, agreement, now),
    }


def _earlier() -> list[Earlier]:
    """The latest of them first, each once."""
    latest: dict[str, Earlier] = {}
    for row in Transfer.in_scope.filter(kind=BACKFILL).order_by("-changed_at")[:_READ]:
        try:
            wanted = part_of(row.key).request
        except PlanRefusal:
            continue
        come = progress(wanted) if wanted.prefix not in latest else None
        if come is not None:
            stopped = come.stopped_by
            message = message_for(stopped, is_overdue=False) if stopped else None
            latest[wanted.prefix] = Earlier(wanted, come, row.changed_at, message)
        if len(latest) == LISTED:
            break
    return list(latest.values())


def _today(now: datetime) -> date:
    return now.astimezone(COPENHAGEN).date()
