"""The one place that decides who gets in to an agreement's pages, by whichever door (see `visiting`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django_htmx.http import HttpResponseClientRedirect

from lagerbro.agreements.models import Capability
from lagerbro.agreements.page_tokens import FORM_FIELD, is_form_token
from lagerbro.people.models import Person
from lagerbro.web.visiting import Door, Visit, by_page_token, by_person

SAFE: Final = ("GET", "HEAD", "OPTIONS")


class DoorMiddleware:
    """Sets `request.visit` for an agreement's page, or answers instead of it.

    Stands after authentication and before Django's own check of forms, which needs a cookie and is replaced for page
    tokens by one that does not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.visit = None  # type: ignore[attr-defined]  # ours
        response = self._get_response(request)
        visit: Visit | None = request.visit  # type: ignore[attr-defined]
        if visit is not None:
            _keep_to_its_place(response, visit)
        return response

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _positional: tuple[Any, ...], parts: Mapping[str, Any]
    ) -> HttpResponseBase | None:
        if "page_token" in parts:
            return self._by_page_token(request, str(parts["page_token"]))
        if "public_id" in parts:
            return self._by_person(request, str(parts["public_id"]))
        return None

    @staticmethod
    def _by_person(request: HttpRequest, public_id: str) -> HttpResponseBase | None:
        if not isinstance(request.user, Person):
            return _to_sign_in(request, _wanted(request, f"/a/{public_id}/"))
        request.visit = by_person(request.user, public_id)  # type: ignore[attr-defined]
        # not a 403: who is no member is not told that the company is here
        if request.visit is None:  # type: ignore[attr-defined]
            raise Http404
        return None

    @staticmethod
    def _by_page_token(request: HttpRequest, text: str) -> HttpResponseBase | None:
        visit = by_page_token(text)
        if visit is None or visit.capability is None:
            raise Http404
        request.visit = visit  # type: ignore[attr-defined]
        request.csrf_processing_done = True  # type: ignore[attr-defined]  # checked here instead, without a cookie
        if visit.language:
            translation.activate(visit.language)
            request.LANGUAGE_CODE = visit.language
        if request.method not in SAFE and not _is_ours(request, visit.capability):
            return render(request, "403_form.html", status=403)
        return None


def _wanted(request: HttpRequest, home: str) -> str:
    """Where somebody who signs in goes on: to the page that they asked for, or on which the form stood."""
    if request.method in SAFE:
        return request.get_full_path()
    form_page = urlsplit(request.headers.get("Referer", "")).path
    return form_page if form_page.startswith(home) else home


def _to_sign_in(request: HttpRequest, asked: str) -> HttpResponseBase:
    """A part of a page that is fetched by itself takes the whole page there, and afterwards back to the page. What asks
    by a script of ours sees that it was no answer: it would have put the page for signing in into a list."""
    htmx = getattr(request, "htmx", None)
    if not htmx:
        return redirect_to_login(asked)
    answer = HttpResponseClientRedirect(redirect_to_login(htmx.current_url_abs_path or asked).url)
    answer.status_code = 401
    return answer


def _is_ours(request: HttpRequest, capability: Capability) -> bool:
    """Whether a form was sent from one of our own pages: it says where it comes from, and carries its token."""
    origin, site = request.headers.get("Origin", ""), request.headers.get("Sec-Fetch-Site", "")
    # a browser says one of the two with every form that it sends: who says neither is none
    if not (origin or site):
        return False
    if site and site != "same-origin":
        return False
    if origin and origin not in _own_origins(request):
        return False
    return is_form_token(capability, request.POST.get(FORM_FIELD, ""))


def _own_origins(request: HttpRequest) -> set[str]:
    public = urlsplit(settings.LAGERBRO_PUBLIC_URL)
    return {f"{request.scheme}://{request.get_host()}", f"{public.scheme}://{public.netloc}"}


def _keep_to_its_place(response: HttpResponseBase, visit: Visit) -> None:
    """Kept by nobody; framed by Rackbeat alone, and only where Rackbeat holds the address."""
    response["Cache-Control"] = "no-store"
    if visit.door is Door.RACKBEAT and isinstance(response, HttpResponse):
        response._csp_replace = {"frame-ancestors": [settings.LAGERBRO_FRAME_ORIGIN]}  # type: ignore[attr-defined]  # noqa: SLF001 - django-csp's way
