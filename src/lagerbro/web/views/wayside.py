"""Pages outside every agreement: the front, and where there is nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """What this is, for whoever comes without an address of their own."""
    return render(request, "front.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Says nothing of what might have been here."""
    return render(request, "404.html", status=404)
