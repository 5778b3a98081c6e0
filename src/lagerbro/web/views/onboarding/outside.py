"""How often a visitor whom nobody knows yet may have us ask the two systems: counted before anything goes out.

By the network that they come from, in the database, for all processes at once (`ACCOUNT_RATE_LIMITS`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lagerbro.web.sign_in.tries import network_of

View = Callable[..., HttpResponse]


def may_ask_outside(request: HttpRequest) -> bool:
    """Count one more time."""
    key = network_of(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104 - nobody's, where a server names none
    return ratelimit.consume(request, app="allauth.account", action="onboarding", key=key, limit_get=True) is not None


def asks_outside(*methods: str) -> Callable[[View], View]:
    """For a view that asks one of the two systems when it is called by one of these methods."""

    def limited(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *parts: Any, **named: Any) -> HttpResponse:  # noqa: ANN401 - whatever the address has
            if request.method in methods and not may_ask_outside(request):
                return render(request, "onboarding/too_many.html", status=429)
            return view(request, *parts, **named)

        return answered

    return limited
