"""The browser that installs: its cookie, its installation, and where its tokens are taken from addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from lagerbro.agreements.capabilities import random_secret
from lagerbro.agreements.models import Installation
from lagerbro.connections.installations import (
    INSTALLATION_LIFETIME,
    installation_of_browser,
    open_installation,
    return_token,
)
from lagerbro.web.views.onboarding.permission import may_go_on

_LOCALES: Final[Mapping[str, str]] = {"da": "da-DK", "en": "en-US"}


def _cookie_name() -> str:
    return str(settings.LAGERBRO_HOSTING.cookie("lagerbro-install"))


def cookie_of(request: HttpRequest) -> str:
    return request.COOKIES.get(_cookie_name(), "")


def installation_of(request: HttpRequest) -> Installation | None:
    """The installation that this browser has begun; None without one. One that whoever asks may not go on with ends."""
    row = installation_of_browser(cookie_of(request), timezone.now())
    if row is not None and not may_go_on(request, row):
        row.delete()
        return None
    return row


def ongoing(request: HttpRequest) -> tuple[Installation, str]:
    """This browser's unfinished installation or a new one, and the text of its cookie."""
    installation = installation_of(request)
    if installation is not None and installation.agreement_id is None:
        return installation, cookie_of(request)
    cookie = random_secret()
    return open_installation(cookie, timezone.now()), cookie


def away(address: str, cookie: str | None = None) -> HttpResponse:
    """Go on at once, leaving no address with a token in any history, cache or referrer; an empty cookie ends it."""
    answer = HttpResponseRedirect(address)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    if cookie:
        answer.set_cookie(
            _cookie_name(),
            cookie,
            max_age=INSTALLATION_LIFETIME,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    elif cookie == "":
        answer.delete_cookie(_cookie_name(), samesite="Lax")
    return answer


def grant_address(request: HttpRequest) -> str:
    """e-conomic's page where access is given (economic-api 1.3), with the address that it sends back to."""
    if settings.LAGERBRO_ECONOMIC_RETURN_EXACT:
        back = reverse("onboarding-returned")
    else:
        back = reverse("onboarding-returned", kwargs={"mark": return_token(cookie_of(request))})
    query = {
        "appPublicToken": settings.LAGERBRO_ECONOMIC_APP_PUBLIC_TOKEN,
        "redirectUrl": f"{settings.LAGERBRO_PUBLIC_URL}{back}",
        "locale": _LOCALES.get((get_language() or "da")[:2], "da-DK"),
    }
    return f"{settings.LAGERBRO_ECONOMIC_GRANT_URL}?{urlencode(query)}"


def left_by_hand(row: Installation) -> str:
    """What a person has to take back themselves when they cancel, as the query of the page that tells them."""
    left = {"economic": bool(row.grant), "rackbeat": bool(row.bearer and row.request_token)}
    named = {system: "1" for system, is_left in left.items() if is_left}
    return f"?{urlencode(named)}" if named else ""


def rackbeats(address: str) -> str:
    """The address, if it is one of Rackbeat's; else nothing."""
    try:
        parts = urlsplit(address)
    except ValueError:  # no address at all
        return ""
    hosts = {urlsplit(settings.LAGERBRO_RACKBEAT_URL).netloc, urlsplit(settings.LAGERBRO_FRAME_ORIGIN).netloc}
    return address if parts.scheme in ("http", "https") and parts.netloc in hosts else ""
