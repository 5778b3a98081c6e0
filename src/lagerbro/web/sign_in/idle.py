"""A sign-in that nobody has used for a day has ended: a browser that was left behind does not stay open for two weeks.

A day, and not an hour: whoever keeps books leaves the page open beside their work and comes back the next morning; what
cannot be taken back asks for the password anew all the same (`anew`). A page that fetches its figures by itself is
nobody's use of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

ENDS_AFTER: Final = timedelta(hours=24)
_NOTED_EVERY: Final = timedelta(minutes=10)
"""So that a click costs a read and not a write."""
_FETCHES_ITSELF: Final = "live"
"""The part of a page that does (`_live.html`); htmx says which part asks."""


class IdleMiddleware:
    """Stands behind authentication. When a browser was last used stands in its row of sessions and not in the session
    itself: to store that would put off its end, which comes after two weeks however much it is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.session.session_key and request.user.is_authenticated:
            _end_or_note(request)
        return self._get_response(request)


def _end_or_note(request: HttpRequest) -> None:
    rows, now = UserSession.objects.filter(session_key=request.session.session_key), timezone.now()
    seen = rows.values_list("last_seen_at", flat=True).first()
    if seen is None:
        UserSession.objects.create_from_request(request)
    elif now - seen > ENDS_AFTER:
        logout(request)
    elif now - seen > _NOTED_EVERY and request.headers.get("HX-Trigger") != _FETCHES_ITSELF:
        rows.update(last_seen_at=now)
