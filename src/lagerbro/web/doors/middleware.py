"""Programs that knock are answered before anything is done that only pages need: sessions, people, languages, forms.

That was half of a door's time, and a burst of webhooks is answered by the processor that transfers documents too.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import resolve

from lagerbro.web.doors import urls


class WebhookDoorMiddleware:
    """Stands behind what every answer needs and before everything of pages. What is no door goes on to the pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(urls.BEGINNINGS):
            return self._get_response(request)
        request.get_host()  # raises where it is no name of ours
        try:
            view, positional, parts = resolve(request.path_info, urls.__name__)
        except Http404:
            return self._get_response(request)
        answer: HttpResponseBase = view(request, *positional, **parts)
        return answer
