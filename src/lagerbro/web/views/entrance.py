"""Where an unguessable address is exchanged for a page token, so that it stands in one request and nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from lagerbro.agreements.capabilities import capability_for
from lagerbro.agreements.models import Agreement, CapabilityKind
from lagerbro.web.views.agreement import agreement_page, visit_of
from lagerbro.web.visiting import page_token_for


@require_GET
def from_rackbeat(_request: HttpRequest, account: int, capability: str) -> HttpResponse:
    """The address that Rackbeat shows in its frame; account and capability must agree (rackbeat-api 2.2)."""
    held = capability_for(capability)
    if held is None or held.kind != CapabilityKind.RACKBEAT or held.agreement.rackbeat_account_id != account:
        raise Http404
    return _away(reverse("settings", kwargs={"page_token": page_token_for(held)}))


@require_GET
def from_link(_request: HttpRequest, capability: str) -> HttpResponse:
    """An accountant's reading link."""
    held = capability_for(capability)
    if held is None or held.kind != CapabilityKind.READER:
        raise Http404
    return _away(reverse("overview", kwargs={"page_token": page_token_for(held)}))


@require_POST
@agreement_page
def language(request: HttpRequest, agreement: Agreement) -> HttpResponse:  # noqa: ARG001 - Django's form
    """Read on in the other language, where no cookie can remember it."""
    visit = visit_of(request)
    chosen = request.POST.get("language", "")
    if visit.capability is None or not check_for_language(chosen):
        raise Http404
    try:
        match = resolve(urlsplit(request.POST.get("next", "")).path)
    except (Resolver404, ValueError):  # no page of ours, or no address at all
        raise Http404 from None
    if "page_token" not in match.kwargs:
        raise Http404
    parts = {**match.kwargs, "page_token": page_token_for(visit.capability, chosen)}
    return _away(reverse(match.url_name or "overview", kwargs=parts))


def _away(address: str) -> HttpResponse:
    answer = HttpResponseRedirect(address)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
