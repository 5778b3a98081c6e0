"""The two connections: try, pause, go on, connect again, part."""

from __future__ import annotations

from contextlib import suppress

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lagerbro.agreements.credentials import credentials
from lagerbro.agreements.history import record_event
from lagerbro.agreements.models import Agreement, Credentials
from lagerbro.connections.disconnecting import disconnect as part
from lagerbro.connections.installations import begin_reconnect
from lagerbro.connections.probe import probe
from lagerbro.flows.registry import ROUTINES
from lagerbro.people.models import Person, Role
from lagerbro.sync import acts
from lagerbro.sync.clients import client_factory
from lagerbro.web.probes import probe_message
from lagerbro.web.views.agreement import agreement_page, visit_of
from lagerbro.web.views.connections.overview import back, shown
from lagerbro.web.views.onboarding.browser import away, ongoing


@require_POST
@agreement_page(role=Role.BOOKKEEPER)
def try_out(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Ask both systems, and say what each answered."""
    result = probe(agreement, client_factory())
    answers = [
        (name, probe_message(name, code))
        for name, code in (("e-conomic", result.economic), ("Rackbeat", result.rackbeat))
    ]
    return shown(request, agreement, tried=answers)


@require_POST
@agreement_page(role=Role.ADMINISTRATOR)
def pause(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    if acts.pause(agreement):
        _record_event(request, agreement, "paused")
    return back(request)


@require_POST
@agreement_page(role=Role.ADMINISTRATOR)
def resume(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    if acts.resume(agreement, ROUTINES, timezone.now()):
        _record_event(request, agreement, "resumed")
    return back(request)


@require_POST
@agreement_page(role=Role.ADMINISTRATOR, person=True)
def reconnect(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Ask e-conomic for access again; the way there and back is that of an installation."""
    row, cookie = ongoing(request)
    with suppress(Credentials.DoesNotExist):  # without keys it begins in Rackbeat
        credentials()
        assert isinstance(request.user, Person)
        begin_reconnect(row, agreement, request.user.pk)
    return away("/onboarding/", cookie)


@require_http_methods(["GET", "POST"])
@agreement_page(role=Role.ADMINISTRATOR, person=True, recently_signed_in=True)
def disconnect(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Ask with the consequences, then part."""
    if request.method == "GET":
        return render(request, "connections/disconnect.html")
    part(agreement, client_factory(), by=visit_of(request).by)
    messages.success(request, _("The connection is ended. Settings and history are kept."))
    return back(request)


@require_POST
@agreement_page(role=Role.ADMINISTRATOR, person=True, recently_signed_in=True)
def ask_for_sign_in(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Whether what changes the bookkeeping asks for sign-in inside Rackbeat's frame too, and whether administrators
    need a second factor; who asks others for one has one."""
    assert isinstance(request.user, Person)
    wanted = request.POST.get("second_factor_required") == "yes"
    if wanted and not is_mfa_enabled(request.user):
        messages.error(request, _("Turn your own second factor on first, under your name. Nothing was changed."))
        return back(request)
    _switch(request, agreement, "sign_in_required", on=request.POST.get("sign_in_required") == "yes")
    _switch(request, agreement, "second_factor_required", on=wanted)
    return back(request)


def _switch(request: HttpRequest, agreement: Agreement, name: str, *, on: bool) -> None:
    if getattr(agreement, name) == on:
        return
    setattr(agreement, name, on)
    agreement.save(update_fields=[name])
    _record_event(request, agreement, name if on else name.replace("_required", "_not_required"))


def _record_event(request: HttpRequest, agreement: Agreement, code: str) -> None:
    record_event(agreement, code, by=visit_of(request).by, at=timezone.now())
