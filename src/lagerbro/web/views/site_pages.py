"""Pages outside every agreement: the front, and where there is nothing."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lagerbro.people.companies import companies_of
from lagerbro.people.models import Person
from lagerbro.web import storage_faults
from lagerbro.web.doors.urls import WEBHOOKS
from lagerbro.web.storage_messages import STORAGE


@never_cache
@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """A signed-in person's companies, at once the only one; for others what this is and how to begin."""
    if not isinstance(request.user, Person):
        return render(request, "front.html")
    companies = companies_of(request.user)
    if len(companies) == 1 and "all" not in request.GET:
        return redirect("overview", public_id=companies[0].agreement.public_id)
    return render(request, "people/companies.html", {"companies": companies})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Says nothing of what might have been here."""
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault that nobody met: where nothing can be stored, that is what is said, without asking the database."""
    fault = storage_faults.note(sys.exc_info()[1] or Exception())
    if fault is None:
        return defaults.server_error(request)
    if request.path.startswith(WEBHOOKS):
        return JsonResponse({"error": "Nothing can be stored just now."}, status=503)
    return HttpResponse(render_to_string("503_storage.html", {"message": STORAGE[fault]}), status=503)
