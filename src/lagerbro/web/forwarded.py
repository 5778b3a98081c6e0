"""Who asks, over which scheme, by which name, when a proxy of the operator's stands in between.

A proxy adds at the end of `X-Forwarded-For` whom it was asked by. So the list is read from its end as far as addresses
that are trusted; what stands before was written by somebody we do not know. From anybody else, and of other headers
of the kind, nothing is believed or handed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

HEADERS: Final = ("FOR", "PROTO", "HOST", "PORT", "BY", "SERVER", "PREFIX")
_NAMES: Final = (*(f"HTTP_X_FORWARDED_{name}" for name in HEADERS), "HTTP_FORWARDED", "HTTP_X_REAL_IP")
_SCHEMES: Final = ("http", "https")

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Sender:
    """`address`: who asks. `hops`: how many trusted proxies it came through, 0 when it came straight."""

    address: str
    hops: int


class ForwardedMiddleware:
    """Stands first: everything behind it sees the request as the browser sent it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        forwarded = {name: request.META.pop(name, "") for name in _NAMES}
        sender = sender_of(request.META.get("REMOTE_ADDR", ""), _parts(forwarded["HTTP_X_FORWARDED_FOR"]))
        if sender.hops:
            _show(request.META, sender, forwarded)
        return self._get_response(request)


def sender_of(peer: str, forwarded_for: Sequence[str]) -> Sender:
    """Whoever stands before the last of our own proxies."""
    sender, hops = peer, 0
    for name in (peer, *reversed(forwarded_for)):
        address = _address(name)
        if address is None:
            break  # "unknown", or no address at all: as far as anybody we trust can say
        sender = str(address)
        if not _is_trusted(address):
            break
        hops += 1
    return Sender(sender, min(hops, len(forwarded_for) or 1) if hops else 0)


def _show(meta: dict[str, Any], sender: Sender, forwarded: dict[str, str]) -> None:
    meta["REMOTE_ADDR"] = sender.address
    meta["wsgi.url_scheme"] = _scheme(_of_hop(_parts(forwarded["HTTP_X_FORWARDED_PROTO"]), sender.hops))
    names = (_of_hop(_parts(forwarded["HTTP_X_FORWARDED_HOST"]), sender.hops), str(meta.get("HTTP_HOST", "")))
    meta["HTTP_HOST"] = _host(names)


def _parts(header: str) -> list[str]:
    return [part.strip().strip('"') for part in header.split(",") if part.strip()]


def _of_hop(parts: Sequence[str], hops: int) -> str:
    """What the outermost of our proxies said, if each added a part; what the only one said, if one set it."""
    return parts[-min(hops, len(parts))] if parts else ""


def _scheme(sent: str) -> str:
    """A proxy that does not say is believed to speak what the public address says."""
    scheme = sent.lower()
    return scheme if scheme in _SCHEMES else str(settings.LAGERBRO_HOSTING.scheme)


def _host(names: Iterable[str]) -> str:
    """The first that is a name of ours. A proxy that asks by the name it has for us means the public one."""
    hosting = settings.LAGERBRO_HOSTING
    for name in names:
        if name.lower() == hosting.netloc or _without_port(name) in hosting.named_hosts:
            return name
    return str(hosting.netloc)


def _without_port(name: str) -> str:
    host, _, port = name.lower().rpartition(":")
    return host if host and port.isdigit() else name.lower()


def _address(name: str) -> Address | None:
    """The address in a part of the list, which may have a port."""
    text = name[1:].partition("]")[0] if name.startswith("[") else name
    if text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def _is_trusted(address: Address) -> bool:
    return any(address in network for network in settings.LAGERBRO_HOSTING.trusted_proxies)
