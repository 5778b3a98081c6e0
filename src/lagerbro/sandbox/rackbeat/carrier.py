"""Carries webhooks: asks the sandbox what is due, calls, tells how it went."""

from __future__ import annotations

import asyncio
import contextlib
import urllib.error
import urllib.request

from lagerbro.sandbox.rackbeat.core import RackbeatSandbox
from lagerbro.sandbox.rackbeat.webhooks import Delivery

ANSWER_S = 15
LOOK_S = 0.05


async def carry(sandbox: RackbeatSandbox) -> None:
    """Carry what is due until cancelled. Calls are made in a thread, the sandbox is touched in the loop only."""
    while True:
        for delivery in sandbox.due_deliveries():
            status = await asyncio.to_thread(call, delivery)
            sandbox.settle_delivery(delivery.id, status)
        await asyncio.sleep(LOOK_S)


def call(delivery: Delivery) -> int | None:
    """Make the call; the status, or None when nobody answered."""
    request = urllib.request.Request(delivery.url, delivery.body, dict(delivery.headers), method="POST")  # noqa: S310
    try:
        with contextlib.closing(urllib.request.urlopen(request, timeout=ANSWER_S)) as answer:  # noqa: S310
            status: int = answer.status
            return status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None
