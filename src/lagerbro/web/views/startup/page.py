"""The page: what it is, the dry run, how far the run is, the report."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.flows.startup.choices import DEFAULT, OnConflict, StartupChoices
from lagerbro.flows.startup.flow import STARTUP
from lagerbro.flows.startup.kinds import OPTIONAL
from lagerbro.flows.startup.models import RunState, StartupRun
from lagerbro.flows.startup.starting import WHILE, present_run
from lagerbro.people.models import Role
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.web.sentences.startup.reasons import KINDS
from lagerbro.web.sentences.words import Message
from lagerbro.web.status.live import Live
from lagerbro.web.status.messages import message_for
from lagerbro.web.views.agreement import agreement_page, visit_of
from lagerbro.web.views.startup.figures import figures, reading_share, remaining_minutes

PART: Final = "startup/_live.html"
WHOLE: Final = "startup/page.html"
ON_CONFLICT: Final[dict[OnConflict, str | Promise]] = {
    OnConflict.FILL: _("Link them, and fill in what is empty in Rackbeat"),
    OnConflict.LINK: _("Link them, and change nothing"),
    OnConflict.OVERWRITE: _("Link them, and let e-conomic's values replace Rackbeat's"),
    OnConflict.LEAVE_OUT: _("Leave out those whose names differ"),
}
_MOVING: Final = (RunState.READING, RunState.RUNNING)


@require_GET
@agreement_page
def page(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """For a live update only the part that changes."""
    template = PART if getattr(request, "htmx", False) else WHOLE
    return render(request, template, context(request, agreement, timezone.now()))


def context(request: HttpRequest, agreement: Agreement, now: datetime, notice: Message | None = None) -> dict[str, Any]:
    run, visit = present_run(agreement), visit_of(request)
    found = figures(run) if run is not None else None
    stopped = _stopped(agreement) if run is not None else None
    chosen: StartupChoices = run.chosen if run is not None else DEFAULT
    return {
        "agreement": agreement,
        "run": run,
        "figures": found,
        "notice": notice,
        "stopped": stopped,
        "told": message_for(stopped, is_overdue=False) if stopped is not None else None,
        "is_open": agreement.state in WHILE,
        "is_starting": agreement.state == AgreementState.STARTING,
        "is_stale": run is not None and run.state == RunState.READY and not run.is_fresh(now),
        "read": reading_share(run) if run is not None else None,
        "reading": KINDS[run.reading] if run is not None and run.reading is not None else "",
        "minutes": remaining_minutes(run, found, now) if run is not None and found is not None else None,
        "optional": [(kind, KINDS[kind], chosen.carries(kind)) for kind in OPTIONAL],
        "all_stocked": chosen.all_groups_stocked,
        "ways": [(way.value, words) for way, words in ON_CONFLICT.items()],
        "may_press": visit.may(Role.ADMINISTRATOR),
        "may_decide": visit.may_decide,
        "live": _live(request, run, stopped),
    }


def _stopped(agreement: Agreement) -> Transfer | None:
    """Its transfer, where it stands still for a reason that somebody has to see to, or waits for its next try."""
    row = Transfer.in_scope.filter(kind=STARTUP, key=str(agreement.ledger_epoch)).first()
    if row is None or row.state not in (TransferState.REFUSED, TransferState.NEEDS_YOU, TransferState.WAITING):
        return None
    return row if row.code else None


def _live(request: HttpRequest, run: StartupRun | None, stopped: Transfer | None) -> Live | None:
    is_moving = run is not None and run.state in _MOVING
    return Live.of(request) if is_moving and (stopped is None or stopped.due_at is not None) else None
