"""The pre-flight page, the press of *Aktiver integration*, and the calm page afterwards.

Everything is read from both systems when the page is opened, so what it says is so now. Nothing is written by looking.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from lagerbro.agreements.choices import choices_of
from lagerbro.agreements.models import Agreement, AgreementState, StartupState
from lagerbro.checks.check import Finding
from lagerbro.connections.activation import ActivationOutcome, ActivationResult, activate
from lagerbro.connections.activation_context import ActivationContext
from lagerbro.connections.activation_lease import BusyError
from lagerbro.connections.preflight import preflight
from lagerbro.connections.rackbeat_webhooks import LeaseLostError
from lagerbro.people.models import Role
from lagerbro.sync.clients import client_factory
from lagerbro.sync.models import Schedule
from lagerbro.web.sentences.words import Message, Sentence, message_of
from lagerbro.web.views.activation.afterwards import afterwards_lines
from lagerbro.web.views.activation.findings import finding_groups
from lagerbro.web.views.agreement import agreement_page, visit_of
from lagerbro.wire.errors import RemoteError
from lagerbro.wire.page_time import may_ask

_BUSY: Final = Sentence(
    _("The activation is under way."),
    _("Somebody else has just pressed the button, or you pressed it twice."),
    _("Wait a moment and open the page again."),
)
_SILENT: Final = Sentence(
    _("The integration has not been activated."),
    _("Rackbeat did not take our request to be told what happens. %(said)s"),
    _("Nothing is half done: press the button again in a moment."),
)
_CHANGED: Final = Sentence(
    _("The integration has not been activated."),
    _("Something has to be mended that was not there when you opened the page."),
    _("It stands below."),
)


@dataclass(frozen=True, slots=True)
class Startup:
    """What the page says of Opstarts-synk. `wanted`: it is ticked and has never been run."""

    wanted: bool
    state: str

    @property
    def deciding(self) -> bool:
        return self.state == StartupState.DECIDING

    @property
    def running(self) -> bool:
        return self.state == StartupState.RUNNING

    @property
    def waiting(self) -> bool:
        return self.state == StartupState.WANTED


@require_safe
@agreement_page
def page(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """The pre-flight; once active what happens now, and the same checks on request (`?check`)."""
    if agreement.state in (AgreementState.INSTALLING, AgreementState.STARTING) or "check" in request.GET:
        if not may_ask():
            return render(request, "activation/not_for_links.html", {"agreement": agreement})
        return _shown_checks(request, agreement)
    return render(request, "activation/done.html", _afterwards(agreement))


@require_POST
@agreement_page(role=Role.ADMINISTRATOR, signed_in=True)
def begin(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """The press of the button; pressed twice, the second does nothing."""
    visit = visit_of(request)
    without = request.POST.get("startup") == "without"
    try:
        done = activate(agreement, ActivationContext.of(client_factory()), by=visit.by, without_startup=without)
    except (BusyError, LeaseLostError):
        return _shown_checks(request, agreement, notice=message_of(_BUSY, "", "", {}), status=409)
    except RemoteError as error:
        message = message_of(_SILENT, error.code, "", error.details)
        return _shown_checks(request, agreement, notice=message, status=503)
    return _answered(request, agreement, done)


def _answered(request: HttpRequest, agreement: Agreement, done: ActivationResult) -> HttpResponse:
    if done.outcome == ActivationOutcome.BLOCKED:
        message = message_of(_CHANGED, "", "", {})
        return _shown(request, agreement, done.findings, notice=message, status=422)
    begins = done.outcome == ActivationOutcome.STARTING and agreement.startup_state == StartupState.WANTED
    return HttpResponseRedirect(visit_of(request).address("startup" if begins else "activate"))


def _shown_checks(
    request: HttpRequest, agreement: Agreement, *, notice: Message | None = None, status: int = 200
) -> HttpResponse:
    looked = preflight(agreement, ActivationContext.of(client_factory()))
    return _shown(request, agreement, looked.findings, notice=notice, status=status)


def _shown(
    request: HttpRequest, agreement: Agreement, findings: tuple[Finding, ...], *, notice: Message | None, status: int
) -> HttpResponse:
    agreement.refresh_from_db(fields=["state", "startup_state", "startup_used_at"])
    visit = visit_of(request)
    context = {
        "agreement": agreement,
        "groups": finding_groups(findings),
        "notice": notice,
        "startup": _startup(agreement),
        "may_activate": visit.may(Role.ADMINISTRATOR),
        "may_decide": visit.may_decide,
        "at": timezone.now(),
    }
    return render(request, "activation/preflight.html", context, status=status)


def _startup(agreement: Agreement) -> Startup:
    wanted = choices_of(agreement).startup_sync and agreement.startup_used_at is None
    return Startup(wanted, agreement.startup_state)


def _afterwards(agreement: Agreement) -> dict[str, object]:
    choices, now = choices_of(agreement), timezone.now()
    upcoming = Schedule.in_scope.order_by("due_at").first()
    return {
        "agreement": agreement,
        "lines": afterwards_lines(choices, now),
        "next_look": upcoming.due_at if upcoming else None,
        "startup": _startup(agreement),
    }
