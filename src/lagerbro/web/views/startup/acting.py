"""What people press on the page: look, choose, begin, pause, go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lagerbro.agreements.models import Agreement
from lagerbro.flows.startup import starting
from lagerbro.flows.startup.choices import OnConflict, StartupChoices
from lagerbro.flows.startup.kinds import OPTIONAL, ORDER
from lagerbro.people.models import Role
from lagerbro.web.sentences.words import Sentence, message_of
from lagerbro.web.views.agreement import agreement_page, visit_of
from lagerbro.web.views.startup.page import WHOLE, context

USED: Final = Sentence(
    _("The start-up sync is used."),
    _("It can be run only once, and that has been done or is under way."),
    _("What became of it stands below."),
)
NOT_READY: Final = Sentence(
    _("Nothing was begun."),
    _("What was shown is more than a day old, or has not been read to its end."),
    _("Press “Look again” and look at what would happen now."),
)


@require_POST
@agreement_page(role=Role.ADMINISTRATOR, signed_in=True)
def read(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Look what would happen. Nothing is written."""
    chosen = StartupChoices(
        optional_kinds=tuple(kind for kind in OPTIONAL if kind.value in request.POST),
        all_groups_stocked="all_stocked" in request.POST,
    )
    try:
        starting.ask_dry_run(agreement, chosen, by=visit_of(request).by, now=timezone.now())
    except starting.StartupUsedError:
        return _refused(request, agreement, USED)
    return _back(request)


@require_POST
@agreement_page(role=Role.ADMINISTRATOR, signed_in=True)
def begin(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Keep what was chosen; with the other button, write what was shown."""
    _choose(agreement, request.POST)
    if request.POST.get("act") != "begin":
        return _back(request)
    try:
        starting.begin(agreement, by=visit_of(request).by, now=timezone.now())
    except starting.StartupUsedError:
        return _refused(request, agreement, USED)
    except starting.NotReadyError:
        return _refused(request, agreement, NOT_READY)
    return _back(request)


@require_POST
@agreement_page(role=Role.ADMINISTRATOR, signed_in=True)
def pause(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    starting.pause(agreement, by=visit_of(request).by, now=timezone.now())
    return _back(request)


@require_POST
@agreement_page(role=Role.ADMINISTRATOR, signed_in=True)
def go_on(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    starting.go_on(agreement, by=visit_of(request).by, now=timezone.now())
    return _back(request)


def _choose(agreement: Agreement, given: Mapping[str, str]) -> None:
    for kind in ORDER:
        choice = given.get(f"conflict-{kind.value}", "")
        run = starting.present_run(agreement)
        if run is not None and choice in set(OnConflict) and choice != run.chosen.on_conflict_of(kind):
            starting.choose(run, kind, OnConflict(choice))


def _back(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(visit_of(request).address("startup"))


def _refused(request: HttpRequest, agreement: Agreement, sentence: Sentence) -> HttpResponse:
    agreement.refresh_from_db()
    message = message_of(sentence, "", "", {})
    return render(request, WHOLE, context(request, agreement, timezone.now(), message), status=409)
