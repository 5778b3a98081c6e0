"""Behind proxies: who asks, over which scheme, by which name; and nothing that somebody else only claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.app.hosting import hosting
from lagerbro.web.forwarded import HEADERS, ForwardedMiddleware, sender_of

PROXY, INNER, ANY = "10.0.0.5", "10.0.1.9", "198.51.100.77"
CLIENT = "203.0.113.7"


@pytest.fixture(autouse=True)
def behind_two_proxies(settings: Any) -> None:
    settings.LAGERBRO_HOSTING = hosting(
        {
            "LAGERBRO_PUBLIC_URL": "https://lager.dk",
            "LAGERBRO_TRUSTED_PROXIES": f"{PROXY},{INNER},2001:db8::/64",
            "LAGERBRO_HOSTS": "intern.lager.dk",
        }
    )
    settings.ALLOWED_HOSTS = settings.LAGERBRO_HOSTING.allowed_hosts


def seen(peer: str, host: str = "lager.dk", **headers: str) -> HttpRequest:
    """The request as everything behind the middleware sees it."""
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_HOST=host, headers=headers)
    ForwardedMiddleware(lambda _: HttpResponse())(request)
    return request


@pytest.mark.parametrize(
    ("peer", "chain", "sender", "hops"),
    [
        (ANY, [], ANY, 0),
        (ANY, [CLIENT], ANY, 0),  # somebody who says that they are another
        (PROXY, [CLIENT], CLIENT, 1),
        (PROXY, ["1.2.3.4", CLIENT], CLIENT, 1),  # the client made the list longer
        (PROXY, [PROXY, CLIENT], CLIENT, 1),
        (INNER, [CLIENT, PROXY], CLIENT, 2),
        (INNER, ["1.2.3.4", CLIENT, PROXY], CLIENT, 2),
        (PROXY, [], PROXY, 1),
        (PROXY, ["unknown"], PROXY, 1),
        (PROXY, [CLIENT, "_hidden"], PROXY, 1),
        (INNER, [PROXY], PROXY, 1),
        (PROXY, [f"{CLIENT}:50123"], CLIENT, 1),
        (PROXY, ["[2001:db8:1::7]:50123"], "2001:db8:1::7", 1),
        (PROXY, ["2001:db8:1::7"], "2001:db8:1::7", 1),
        ("2001:db8::5", [CLIENT], CLIENT, 1),
        (f"::ffff:{PROXY}", [f"::ffff:{CLIENT}"], CLIENT, 1),
        ("", [CLIENT], "", 0),
    ],
)
def test_who_asks(peer: str, chain: Sequence[str], sender: str, hops: int) -> None:
    found = sender_of(peer, chain)
    assert (found.address, found.hops) == (sender, hops)


@given(st.lists(st.sampled_from(["1.2.3.4", PROXY, INNER, "unknown", "", "::1", "x" * 300])))
def test_what_the_client_claims_changes_nothing(claimed: list[str]) -> None:
    """Whatever stands in the list when it reaches our outermost proxy."""
    assert sender_of(INNER, [*claimed, CLIENT, PROXY]).address == CLIENT
    assert sender_of(ANY, [*claimed, CLIENT]).address == ANY


@pytest.mark.parametrize(
    ("told", "is_secure"),
    [("https", True), ("HTTPS", True), ("http", False), ("", True), ("gopher", True), ("https, http", False)],
)
def test_the_scheme_is_what_the_proxy_says_and_else_the_public_one(told: str, is_secure: bool) -> None:
    request = seen(PROXY, X_Forwarded_For=CLIENT, X_Forwarded_Proto=told)
    assert request.is_secure() == is_secure
    chain = seen(INNER, X_Forwarded_For=f"{CLIENT}, {PROXY}", X_Forwarded_Proto="https, http")
    assert chain.is_secure()  # the outermost of ours speaks it


@pytest.mark.parametrize(
    ("host", "forwarded", "shown"),
    [
        ("lager.dk", "", "lager.dk"),
        ("127.0.0.1:8000", "", "lager.dk"),
        ("lagerbro-web:8000", "", "lager.dk"),
        ("127.0.0.1:8000", "intern.lager.dk", "intern.lager.dk"),
        ("intern.lager.dk", "", "intern.lager.dk"),
        ("127.0.0.1:8000", "evil.example", "lager.dk"),
        ("evil.example", "evil.example", "lager.dk"),
    ],
)
def test_the_name_is_one_of_ours(host: str, forwarded: str, shown: str) -> None:
    request = seen(PROXY, host, X_Forwarded_For=CLIENT, X_Forwarded_Host=forwarded)
    assert request.get_host() == shown
    assert request.build_absolute_uri("/x") == f"https://{shown}/x"


def test_from_somebody_else_nothing_is_believed_and_nothing_handed_on() -> None:
    told = {f"X-Forwarded-{name.title()}": "https" for name in HEADERS} | {"Forwarded": "for=1.2.3.4", "X-Real-IP": "1"}
    for peer in (ANY, PROXY):
        request = seen(peer, **told)
        assert not any("FORWARDED" in name or "REAL_IP" in name for name in request.META)
    stranger = seen(
        ANY, "127.0.0.1:8000", X_Forwarded_For=CLIENT, X_Forwarded_Proto="https", X_Forwarded_Host="lager.dk"
    )
    assert (stranger.META["REMOTE_ADDR"], stranger.is_secure()) == (ANY, False)
    assert stranger.META["HTTP_HOST"] == "127.0.0.1:8000"


@pytest.mark.django_db
def test_it_stands_before_everything_else(client: Client, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 60
    headers = {"X-Forwarded-For": CLIENT, "X-Forwarded-Proto": "https"}
    assert "Strict-Transport-Security" in client.get("/", headers=headers, REMOTE_ADDR=PROXY)
    assert "Strict-Transport-Security" not in client.get("/", headers=headers, REMOTE_ADDR=ANY, HTTP_HOST="lager.dk")
