"""Connections that send slowly, half, or nothing: each has a deadline, nobody has all the places, and where places run
out the one that has kept us waiting longest makes room.

waitress closes what is idle, but every byte of a drip begins its time anew, and at its limit it takes nobody in.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final

from django.conf import settings
from waitress.channel import HTTPChannel


@dataclass(frozen=True, slots=True)
class Limits:
    """`headers_s`, `body_s`: from the first byte of a request to the last of its headers, of its body. `idle_s`:
    without a byte. `connections`: of everybody; `of_one_address`: of whoever is no trusted proxy."""

    headers_s: float = 10.0
    body_s: float = 60.0
    idle_s: int = 20
    connections: int = 800
    of_one_address: int = 200


LIMITS: Final = Limits()


class TimedChannel(HTTPChannel):  # type: ignore[misc]  # waitress has no types for it
    """One connection. `limits` is set by whoever makes the server."""

    limits = LIMITS

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, map: Any = None) -> None:  # noqa: A002, ANN401 - waitress's own
        self._began_s = time.monotonic()
        super().__init__(server, sock, addr, adj, map=map)
        others = [one for one in server.active_channels.values() if one is not self]
        if _has_its_share(self, others, self.limits.of_one_address):
            self.will_close = True
        elif len(others) >= self.limits.connections:
            make_room(others)

    def received(self, data: bytes) -> bool:
        before = self.request
        taken = bool(super().received(data))
        if self.request is not before:
            self._began_s = time.monotonic()
        return taken

    def readable(self) -> bool:
        """Asked in every round of the server's loop, at least once a second."""
        if self.is_late():
            self.will_close = True
        return bool(super().readable())

    @property
    def is_waited_for(self) -> bool:
        """Whether nothing of it is being answered: it is idle, or has sent a part of a request."""
        return not (self.requests or self.total_outbufs_len or self.will_close)

    def is_late(self) -> bool:
        request = self.request
        if request is None or not self.is_waited_for:
            return False
        allowed_s = self.limits.body_s if request.headers_finished else self.limits.headers_s
        return self.waited_s() > allowed_s

    def waited_s(self) -> float:
        return time.monotonic() - self._began_s


def make_room(channels: list[TimedChannel]) -> None:
    """Close the one that has been waited for longest."""
    waited_for = [channel for channel in channels if channel.is_waited_for]
    if waited_for:
        max(waited_for, key=TimedChannel.waited_s).will_close = True


def _has_its_share(channel: TimedChannel, others: list[TimedChannel], most: int) -> bool:
    address = str(channel.addr[0])
    return not _is_trusted(address) and sum(str(one.addr[0]) == address for one in others) >= most


def _is_trusted(address: str) -> bool:
    try:
        sender = ip_address(address)
    except ValueError:
        return False
    return any(sender in network for network in settings.LAGERBRO_HOSTING.trusted_proxies)
