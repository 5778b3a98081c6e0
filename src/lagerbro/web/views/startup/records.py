"""The records of a start-up sync one by one: on a page, and as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.startup.kinds import ORDER, Kind
from lagerbro.flows.startup.models import RecordState, StartupRecord, StartupRun
from lagerbro.flows.startup.plan import Action
from lagerbro.flows.startup.starting import present_run
from lagerbro.web.sentences.startup.reasons import FIELDS, KINDS, REASONS
from lagerbro.web.sentences.words import Message, message_of
from lagerbro.web.views.agreement import agreement_page

PAGE: Final = 100
ROWS_AT_ONCE: Final = 1000
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
_GONE: Final = (RecordState.REFUSED, RecordState.LEFT_OUT)
SHOWN: Final[Mapping[str, tuple[str | Promise, Q]]] = {
    "not": (
        gettext_lazy("Not transferred"),
        Q(action=Action.CANNOT) | Q(state__in=_GONE),
    ),
    "conflict": (gettext_lazy("Names differ"), Q(action=Action.CONFLICT)),
    "make": (gettext_lazy("Made"), Q(action=Action.MAKE) & ~Q(state__in=_GONE)),
    "same": (gettext_lazy("In both already"), Q(action=Action.SAME) & ~Q(state__in=_GONE)),
}
STATES: Final[Mapping[str, str | Promise]] = {
    RecordState.MADE: gettext_lazy("made"),
    RecordState.FILLED: gettext_lazy("linked, and filled in"),
    RecordState.LINKED: gettext_lazy("linked"),
    RecordState.LEFT_OUT: gettext_lazy("left out"),
    RecordState.REFUSED: gettext_lazy("not transferred"),
}
ACTIONS: Final[Mapping[str, str | Promise]] = {
    Action.MAKE: gettext_lazy("will be made"),
    Action.SAME: gettext_lazy("is in both"),
    Action.CONFLICT: gettext_lazy("is in both, and the names differ"),
    Action.CANNOT: gettext_lazy("not transferred"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One record as people read it."""

    kind: str
    number: str
    name: str
    in_rackbeat: str
    outcome: str
    message: Message | None
    left_out: str

    @classmethod
    def of(cls, row: StartupRecord) -> Line:
        reason = REASONS.get(row.code)
        outcome = STATES.get(row.state) or ACTIONS.get(row.action, row.action)
        fields = dict.fromkeys(str(FIELDS.get(name, name)) for name in row.left_out.split(",") if name)
        return cls(
            str(KINDS[Kind(row.kind)]),
            row.number,
            row.name,
            row.existing_name,
            str(outcome),
            message_of(reason, row.code, row.number, row.details) if row.code else None,
            ", ".join(fields),
        )

    @property
    def why(self) -> str:
        """The reason, and what can be done about it."""
        return f"{self.message.what} {self.message.why} {self.message.do}".strip() if self.message else ""


@require_GET
@agreement_page
def listing(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """The records of a kind, or of all, that are shown under one heading."""
    run = _run_or_404(agreement)
    kind, show = request.GET.get("kind", ""), request.GET.get("show", "not")
    kind, show = kind if kind in set(ORDER) else "", show if show in SHOWN else "not"
    found = Paginator(_rows(run, kind, show), PAGE).get_page(request.GET.get("page"))
    context = {
        "agreement": agreement,
        "lines": [Line.of(row) for row in found],
        "page_of": found,
        "kind": KINDS[Kind(kind)] if kind else "",
        "title": SHOWN[show][0],
        "address": f"?{urlencode({'kind': kind, 'show': show})}",
    }
    return render(request, "startup/records.html", context)


@require_GET
@agreement_page
def as_csv(_request: HttpRequest, agreement: Agreement) -> HttpResponseBase:
    """All records with what becomes of them, for a spreadsheet: semicolons, as Danish ones want them."""
    run = _run_or_404(agreement)
    language = get_language() or "da"
    answer = StreamingHttpResponse(_csv(agreement.pk, run, language), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="opstarts-synk.csv"'
    return answer


def _run_or_404(agreement: Agreement) -> StartupRun:
    run = present_run(agreement)
    if run is None:
        raise Http404
    return run


def _rows(run: StartupRun, kind: str, show: str) -> QuerySet[StartupRecord]:
    rows = StartupRecord.in_scope.filter(SHOWN[show][1], run=run).order_by("rank", "pk")
    return rows.filter(kind=kind) if kind else rows


def _csv(agreement_id: int, run: StartupRun, language: str) -> Iterator[bytes]:
    """A piece at a time, so that a hundred thousand rows take no more memory than a thousand."""
    heads = (_("Kind"), _("Number"), _("Name"), _("Name in Rackbeat"), _("What becomes of it"), _("Why"), _("Left out"))
    yield b"\xef\xbb\xbf" + _written([heads])
    after = 0
    while True:
        with agreement_scope(agreement_id), override(language):
            rows = list(StartupRecord.in_scope.filter(run=run, pk__gt=after).order_by("pk")[:ROWS_AT_ONCE])
            lines = [Line.of(row) for row in rows]
            piece = _written([(a.kind, a.number, a.name, a.in_rackbeat, a.outcome, a.why, a.left_out) for a in lines])
        if not rows:
            return
        after = rows[-1].pk
        yield piece


def _written(lines: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([cell(one) for one in line] for line in lines)
    return text.getvalue().encode()


def cell(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
