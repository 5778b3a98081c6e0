"""What follows from the public address and the trusted proxies; and what cannot be right ends with a sentence."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from lagerbro.app.configuration import ConfigurationError
from lagerbro.app.hosting import hosting
from tests.app.keys.installation import Installation


@pytest.mark.parametrize(
    ("url", "origin", "hostname", "cookie"),
    [
        ("http://localhost:8000", "http://localhost:8000", "localhost", "sessionid"),
        ("https://lagerbro.example.dk", "https://lagerbro.example.dk", "lagerbro.example.dk", "__Host-sessionid"),
        ("https://Lagerbro.Example.dk:443/", "https://lagerbro.example.dk", "lagerbro.example.dk", "__Host-sessionid"),
        ("http://lager.dk:80", "http://lager.dk", "lager.dk", "sessionid"),
        ("https://lager.dk:8443", "https://lager.dk:8443", "lager.dk", "__Host-sessionid"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", "[2001:db8::1]", "__Host-sessionid"),
    ],
)
def test_from_the_public_address(url: str, origin: str, hostname: str, cookie: str) -> None:
    found = hosting({"LAGERBRO_PUBLIC_URL": url})
    assert (found.origin, found.hostname, found.cookie("sessionid")) == (origin, hostname, cookie)
    assert found.is_secure == url.startswith("https")
    assert found.public_url == url.rstrip("/")
    assert found.allowed_hosts == [*dict.fromkeys(["localhost", "127.0.0.1", "[::1]", hostname])]


def test_other_names_are_allowed_besides_the_public_one() -> None:
    found = hosting({"LAGERBRO_PUBLIC_URL": "https://a.dk", "LAGERBRO_HOSTS": "b.dk, c.dk"})
    assert found.allowed_hosts == ["b.dk", "c.dk", "a.dk"]


@pytest.mark.parametrize(
    "url",
    ["", "lagerbro.example.dk", "ftp://a.dk", "https://", "https://a.dk/lager", "https://a.dk?x=1", "https://a.dk#x",
     "https://me@a.dk", "https://a.dk:port", "https://a.dk:99999"],
)  # fmt: skip
def test_what_is_no_public_address(url: str) -> None:
    with pytest.raises(ConfigurationError, match="LAGERBRO_PUBLIC_URL"):
        hosting({"LAGERBRO_PUBLIC_URL": url})


def test_trusted_proxies_are_addresses_and_networks() -> None:
    found = hosting({"LAGERBRO_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/24,2001:db8::/32"}).trusted_proxies
    assert found == (ip_network("127.0.0.1/32"), ip_network("10.0.0.0/24"), ip_network("2001:db8::/32"))
    assert ip_address("10.0.0.9") in found[1]
    assert hosting({}).trusted_proxies == hosting({"LAGERBRO_TRUSTED_PROXIES": " , "}).trusted_proxies == ()


@pytest.mark.parametrize("text", ["*", "proxy", "10.0.0.1/24", "10.0.0", "127.0.0.1:80"])
def test_what_is_no_proxy(text: str) -> None:
    with pytest.raises(ConfigurationError, match="LAGERBRO_TRUSTED_PROXIES"):
        hosting({"LAGERBRO_TRUSTED_PROXIES": text})


@pytest.mark.parametrize(
    "wrong",
    [
        {"LAGERBRO_PUBLIC_URL": "lagerbro.example.dk"},
        {"LAGERBRO_TRUSTED_PROXIES": "proxy"},
        {"DATABASE_URL": "mysql://localhost/x"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_setting_that_cannot_be_right_ends_with_a_sentence(tmp_path: Path, wrong: dict[str, str]) -> None:
    installation = Installation(tmp_path / "home", wrong)
    installation.assert_refused(installation.run("serve", "--port", "0"), next(iter(wrong)))
    assert not installation.home.exists()
