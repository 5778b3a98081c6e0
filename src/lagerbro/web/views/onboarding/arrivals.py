"""Where the two systems send people to us, with a token in the address: it is taken, kept sealed, and redirected away.

Nothing that arrives here binds anything. A token without this browser's own installation is dropped unread.
"""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lagerbro.connections.installations import (
    TOKEN_LENGTH_MAX,
    cancel_installation,
    is_return_token,
    store_grant,
    store_request_token,
)
from lagerbro.sync.clients import client_factory
from lagerbro.web.views.onboarding.browser import away, cookie_of, installation_of, ongoing
from lagerbro.web.views.onboarding.outside import asks_outside
from lagerbro.wire.errors import RefusedError, RemoteError

HOME: Final = "/onboarding/"


@never_cache
@require_GET
@asks_outside("GET")
def begin(request: HttpRequest) -> HttpResponse:
    """From Rackbeat's *Installér* (rackbeat-api 2.2), by both ways in."""
    token = _token(request)
    if not token:
        return away(HOME)
    row, cookie = ongoing(request)
    store_request_token(row, token, client_factory())
    return away(HOME, cookie)


@never_cache
@require_GET
@asks_outside("GET")
def returned(request: HttpRequest, mark: str = "") -> HttpResponse:
    """Back from e-conomic, with access or without (economic-api 1.3)."""
    row = installation_of(request)
    if row is None or row.agreement_id or (mark and not is_return_token(cookie_of(request), mark)):
        return away(f"{HOME}unasked/")
    token = _token(request)
    if token:
        _take(request, token)
    elif not row.grant:
        cancel_installation(row, client_factory())
        return away(f"{HOME}cancelled/", "")
    return away(HOME)


@never_cache
@require_GET
def unasked(request: HttpRequest) -> HttpResponse:
    """Access came that this browser had not asked for: it was dropped, and here is how to begin."""
    return render(request, "onboarding/unasked.html")


@never_cache
@require_GET
def cancelled(request: HttpRequest) -> HttpResponse:
    """`?economic` and `?rackbeat` say what is left for the person to take back (`browser.left_by_hand`)."""
    by_hand = {system: True for system in ("economic", "rackbeat") if system in request.GET}
    return render(request, "onboarding/cancelled.html", {"by_hand": by_hand})


def _take(request: HttpRequest, token: str) -> None:
    row = installation_of(request)
    assert row is not None
    try:
        store_grant(row, token, client_factory())
    except RefusedError:
        messages.error(request, _("e-conomic does not know the access that came back. Give access once more."))
    except RemoteError:
        messages.error(request, _("e-conomic could not be reached just now. Give access once more in a moment."))


def _token(request: HttpRequest) -> str:
    token = request.GET.get("token", "").strip()
    is_one = token.isascii() and token.isprintable() and len(token) <= TOKEN_LENGTH_MAX
    return token if is_one else ""
