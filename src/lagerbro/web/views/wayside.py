"""Pages outside every agreement: the front, and where there is nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lagerbro.people.models import Person
from lagerbro.web.views.people import companies_of


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
