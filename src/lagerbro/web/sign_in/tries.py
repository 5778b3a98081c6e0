"""How many wrong tries to sign in are let through, and what they lock: the person in the network that they came from.

Whoever tries passwords from somewhere does not lock their owner out elsewhere, and never out of a browser that they
have signed in with before. A flood from many networks meets a limit per person all the same. The numbers stand in
`ACCOUNT_RATE_LIMITS`; allauth counts, for all processes in one place (`people.shared_cache`).
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from lagerbro.people.models import KnownBrowser

_APP: Final = "allauth.account"
PREFIXES: Final = {4: 24, 6: 56}
"""How many bits of an address name the network: what one customer of a network usually has."""


def network_of(address: str) -> str:
    """The network that an address belongs to."""
    address_read = ip_address(address)
    return str(ip_network(f"{address_read}/{PREFIXES[address_read.version]}", strict=False))


def take_known(request: HttpRequest, browser: KnownBrowser) -> ratelimit.RateLimitUsage | None:
    """One more try from a known browser; None when it has had too many."""
    return ratelimit.consume(request, app=_APP, action="login_failed_known", key=f"browser-{browser.pk}")


def are_too_many(request: HttpRequest, email: str) -> bool:
    """Whether too many have failed for the person, wherever they came from."""
    return ratelimit.consume(request, app=_APP, action="login_failed_anywhere", key=email, dry_run=True) is None


def count_failed(request: HttpRequest, email: str) -> None:
    ratelimit.consume(request, app=_APP, action="login_failed_anywhere", key=email)


def forget_failed(request: HttpRequest, email: str) -> None:
    """The owner has just chosen a new password by a letter's link."""
    ratelimit.clear(request, app=_APP, action="login_failed_anywhere", key=email)
