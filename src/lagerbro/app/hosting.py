"""Where the program stands on the network, and what follows from it: all of it from two settings.

`LAGERBRO_PUBLIC_URL` is the address that browsers, Rackbeat and e-conomic use. `LAGERBRO_TRUSTED_PROXIES` are the
addresses or networks from which a proxy of the operator's may say who asks, and whether over https.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Final
from urllib.parse import SplitResult, urlsplit

from lagerbro.app.configuration import ConfigurationError

PUBLIC_URL: Final = "LAGERBRO_PUBLIC_URL"
TRUSTED_PROXIES: Final = "LAGERBRO_TRUSTED_PROXIES"
HOSTS: Final = "LAGERBRO_HOSTS"
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Hosting:
    """`public_url` as it was set; the rest as browsers write it. `named_hosts`: other names that we are known by."""

    public_url: str
    scheme: str
    netloc: str
    hostname: str
    named_hosts: tuple[str, ...]
    trusted_proxies: tuple[Network, ...]

    @property
    def is_secure(self) -> bool:
        return self.scheme == "https"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.netloc}"

    @property
    def allowed_hosts(self) -> list[str]:
        """The names that may stand in a request: also those by which the program is reached past every proxy."""
        return [*dict.fromkeys((*(self.named_hosts or _LOOPBACK), self.hostname))]

    def cookie(self, name: str) -> str:
        """`__Host-`: no neighbouring host may set it. Browsers take such a name over https alone."""
        return f"__Host-{name}" if self.is_secure else name


def hosting(environment: Mapping[str, str]) -> Hosting:
    """Raises `ConfigurationError` for what cannot be an address of ours, or a proxy's."""
    given = environment.get(PUBLIC_URL, "http://localhost:8000").strip().rstrip("/")
    parts = urlsplit(given)
    netloc, hostname = _host(given, parts)
    hosts = tuple(host.strip() for host in environment.get(HOSTS, "").split(",") if host.strip())
    return Hosting(given, parts.scheme, netloc, hostname, hosts, trusted_proxies(environment.get(TRUSTED_PROXIES, "")))


def _host(given: str, parts: SplitResult) -> tuple[str, str]:
    try:
        port = parts.port
    except ValueError:
        port = -1
    is_origin_only = not (parts.path or parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or port == -1 or not is_origin_only:
        raise ConfigurationError(
            f"{PUBLIC_URL} is {given!r}, which is no address that browsers can be sent to: give it as"
            " https://lagerbro.example.dk, with a port if it is not 443, and without a path."
        )
    hostname = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return (hostname if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{hostname}:{port}"), hostname


def trusted_proxies(text: str) -> tuple[Network, ...]:
    """From addresses and networks by commas. Raises `ConfigurationError`."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    try:
        return tuple(ip_network(name) for name in names)
    except ValueError as error:
        raise ConfigurationError(
            f"{TRUSTED_PROXIES} is {text!r}, and a part of it is no address or network ({error}): give the addresses"
            " from which your proxies reach Lagerbro, such as 127.0.0.1 or 10.0.0.0/24, several by commas."
        ) from error
