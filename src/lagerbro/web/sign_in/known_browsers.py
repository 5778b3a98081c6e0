"""Browsers that somebody has signed in with before. Wrong tries from elsewhere do not lock their owner out of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lagerbro.agreements.capabilities import LENGTH_MAX, digest, random_secret
from lagerbro.people.models import KnownBrowser, Person

KNOWN_FOR: Final = timedelta(days=180)
PER_PERSON_MAX: Final = 50


def known_browser(request: HttpRequest, email: str) -> KnownBrowser | None:
    """The browser, if somebody has signed in with it by this address before."""
    text = request.COOKIES.get(_cookie(), "")
    if not text or len(text) > LENGTH_MAX:
        return None
    lately = KnownBrowser.objects.filter(seen_at__gt=timezone.now() - KNOWN_FOR)
    return lately.filter(digest=digest(text), person__email__iexact=email).first()


def remember_browser(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """The person has just signed in with it, all stages passed. The browser holds the only copy of a text."""
    text = request.COOKIES.get(_cookie(), "")
    if not 0 < len(text) <= LENGTH_MAX or not KnownBrowser.objects.filter(digest=digest(text)).exists():
        text = random_secret()  # none yet, or not one of ours
    KnownBrowser.objects.update_or_create(person=person, digest=digest(text), defaults={"seen_at": timezone.now()})
    latest = KnownBrowser.objects.filter(person=person).order_by("-seen_at").values("pk")[:PER_PERSON_MAX]
    KnownBrowser.objects.filter(person=person).exclude(pk__in=list(latest.values_list("pk", flat=True))).delete()
    response.set_cookie(
        _cookie(), text, max_age=KNOWN_FOR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def _cookie() -> str:
    return str(settings.LAGERBRO_HOSTING.cookie("lagerbro-known"))
