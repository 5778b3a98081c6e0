"""Whether something new has come since the lists were read: asked by a page that is already shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from lagerbro.agreements import directories
from lagerbro.agreements.choices import answers_of
from lagerbro.agreements.models import Agreement
from lagerbro.people.models import Role
from lagerbro.web.views.agreement import agreement_page
from lagerbro.web.views.settings import reading
from lagerbro.web.views.settings.saving import items_named


@require_POST
@agreement_page(role=Role.ADMINISTRATOR)
def refresh(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Read the lists and say whether the page that is shown is still whole. Nothing that was typed is touched."""
    before = directories.stored_directory(agreement)
    try:
        directory, read_at = reading.fresh(agreement, items_named(answers_of(), {}))
    except reading.NoAnswerError:
        return render(request, "settings/_read.html", {"read_at": before[1] if before else None})
    is_new = before is not None and directory != before[0]
    return render(request, "settings/_read.html", {"read_at": read_at, "new": is_new})
