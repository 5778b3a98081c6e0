"""Delivers webhooks for either sandbox: asks it what is due, calls, tells how it went."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlsplit

CONNECT_S: Final = 3
ANSWER_S: Final = 15
"""rackbeat-api 2.4; e-conomic does not say."""
LOOK_S: Final = 0.05
AT_ONCE_MAX: Final = 16
ANSWER_BYTES_MAX: Final = 65_536


@dataclass(frozen=True, slots=True)
class Delivery:
    """A call that is due: everything that whoever carries it needs."""

    id: int
    url: str
    headers: Mapping[str, str]
    body: bytes


class DeliverySource(Protocol):
    """A sandbox that has webhooks."""

    def due_deliveries(self) -> Sequence[Delivery]:
        """Webhook calls that are due now."""
        ...

    def settle_delivery(self, delivery: int, status: int | None) -> None:
        """Hear how a delivery went; None when nobody answered."""
        ...


async def deliver(sandbox: DeliverySource) -> None:
    """Deliver what is due until cancelled. Calls are made in threads, the sandbox is touched in the loop only."""
    under_way: dict[int, asyncio.Task[None]] = {}
    try:
        while True:
            for delivery in sandbox.due_deliveries():
                if delivery.id not in under_way and len(under_way) < AT_ONCE_MAX:
                    under_way[delivery.id] = asyncio.create_task(_deliver(sandbox, delivery))
            await asyncio.sleep(LOOK_S)
            under_way = {identity: task for identity, task in under_way.items() if not task.done()}
    finally:
        for task in under_way.values():
            task.cancel()


async def _deliver(sandbox: DeliverySource, delivery: Delivery) -> None:
    sandbox.settle_delivery(delivery.id, await asyncio.to_thread(call, delivery))


def call(delivery: Delivery, connect_s: float = CONNECT_S, answer_s: float = ANSWER_S) -> int | None:
    """Make the call; the status, or None when nobody answered in time."""
    parts = urlsplit(delivery.url)
    connection_class = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        with contextlib.closing(connection_class(parts.hostname or "", parts.port, timeout=connect_s)) as connection:
            connection.connect()
            # two limits: who is not there is given up soon, who works on the answer is waited for
            connection.sock.settimeout(answer_s)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", target, delivery.body, dict(delivery.headers))
            answer = connection.getresponse()
            answer.read(ANSWER_BYTES_MAX)
            return answer.status
    except (OSError, http.client.HTTPException, ValueError):
        return None
