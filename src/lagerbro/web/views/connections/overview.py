"""The page itself: both systems, people, reading links, and what has happened to all of them."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from lagerbro.agreements.capabilities import open_reading_links
from lagerbro.agreements.models import Agreement, AgreementEvent
from lagerbro.people.models import Role
from lagerbro.web.events import event_text
from lagerbro.web.views.agreement import agreement_page, visit_of
from lagerbro.web.views.connections.people import Place, people

HISTORY_MAX: Final = 50
LINK_DAYS: Final = ((30, _("a month")), (90, _("three months")), (365, _("a year")))
"""How long a reading link may last."""
LINK_DAYS_USUAL: Final = 90


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
        "link_days": LINK_DAYS,
        **more,
    }
    if visit.person is not None:
        context["people"] = people(request, visit.person)
        context["links"] = open_reading_links(timezone.now())
    return render(request, "connections/page.html", {**context, "agreement": agreement}, status=status)


def back(request: HttpRequest) -> HttpResponse:
    """To the page after a form, at the same place in the list of people."""
    return redirect(visit_of(request).address("connections") + Place.of(request).here)
