"""No page waits for the two systems longer than somebody would wait for the page, and never all of them at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase

from lagerbro.wire.page_time import page_time

PAGE_TIME_S: Final = 10.0
PAGES_WAITING_MAX: Final = 4
"""Half of the threads that make pages (`app.listening`): the others answer who asks for nothing from outside."""

_PLACES: Final = threading.Semaphore(PAGES_WAITING_MAX)


class PageTimeMiddleware:
    """Around every page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with page_time(PAGE_TIME_S, _PLACES):
            return self._get_response(request)
