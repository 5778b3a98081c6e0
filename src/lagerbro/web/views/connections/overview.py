"""The page itself: both systems, people, reading links, and what has happened to all of them."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from lagerbro.agreements.models import Agreement, AgreementEvent, Capability, CapabilityKind
from lagerbro.people.models import Role
from lagerbro.web.events import event_text
from lagerbro.web.views.agreement import agreement_page, visit_of
from lagerbro.web.views.connections.people import Place, people

HISTORY_MAX: Final = 50


@require_GET
@agreement_page
def page(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    return shown(request, agreement)


def shown(request: HttpRequest, agreement: Agreement, *, status: int = 200, **more: object) -> HttpResponse:
    """The page, with whatever a form has to say."""
    visit = visit_of(request)
    history = AgreementEvent.in_scope.order_by("-pk")[:HISTORY_MAX]
    context: dict[str, object] = {
        "is_administrator": visit.may(Role.ADMINISTRATOR),
        "may_change_people": visit.person is not None and visit.may(Role.ADMINISTRATOR),
        "history": [(event, event_text(event)) for event in history],
        "roles": Role,
        **more,
    }
    if visit.person is not None:
        context["people"] = people(request, visit.person)
        context["links"] = Capability.in_scope.filter(kind=CapabilityKind.READER, withdrawn_at=None).order_by("pk")
    return render(request, "connections/page.html", {**context, "agreement": agreement}, status=status)


def back(request: HttpRequest) -> HttpResponse:
    """To the page after a form, at the same place in the list of people."""
    return redirect(visit_of(request).address("connections") + Place.of(request).here)
