"""Who changed what in the settings, when, from what and to what."""

from __future__ import annotations

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lagerbro.agreements import directories
from lagerbro.agreements.approvals import latest_approvals
from lagerbro.agreements.directory import Directory
from lagerbro.agreements.models import Agreement, SettingChange
from lagerbro.web.views.agreement import agreement_page
from lagerbro.web.views.approvals import shown_approvals
from lagerbro.web.views.settings.change_lines import change_line

PAGE: Final = 100


@require_GET
@agreement_page
def history(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Every change, the newest first; what was saved together stands together."""
    page = Paginator(SettingChange.in_scope.order_by("-version", "pk"), PAGE).get_page(request.GET.get("page"))
    copy = directories.stored_directory(agreement)
    directory = copy[0] if copy else Directory()
    lines = [(change.version, change_line(change, directory)) for change in page.object_list]
    called_right = shown_approvals(latest_approvals()) if page.number == 1 else []
    context = {"agreement": agreement, "lines": lines, "page": page, "called_right": called_right}
    return render(request, "settings/history.html", context)
