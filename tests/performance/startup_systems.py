"""Both local systems in one process, filled for a start-up sync: `python -m tests.performance.startup_systems …`.

Rackbeat is empty; its clock runs `--scale` times as fast, so that its minute of 480 calls is as much shorter.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn

from lagerbro.flows.startup.kinds import ORDER, SOURCES, Kind
from lagerbro_sandbox.economic import load as economic_load
from lagerbro_sandbox.economic.core import EconomicSandbox
from lagerbro_sandbox.kernel.shell import Shell
from lagerbro_sandbox.kernel.storage import transaction
from lagerbro_sandbox.nordlys import company
from lagerbro_sandbox.rackbeat import load as rackbeat_load
from lagerbro_sandbox.rackbeat.core import RackbeatSandbox
from lagerbro_sandbox.rackbeat.platform import tokens
from tests.flows.startup.records import whole

APP_SECRET, GRANT, BEARER = "app-secret-of-the-bench", "grant-of-the-bench", "bearer-of-the-bench"
UNLIMITED = 1_000_000_000


class FastClock:
    """So many times as fast as the machine's."""

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self._began_s, self._first = time.monotonic(), datetime.now(UTC)

    def monotonic_s(self) -> float:
        return (time.monotonic() - self._began_s) * self._scale

    def now(self) -> datetime:
        return self._first + timedelta(seconds=self.monotonic_s())

    def sleep_s(self, seconds: float) -> None:
        time.sleep(seconds / self._scale)


def sizes(products: int) -> dict[Kind, int]:
    """10 000 products go with 2 000 customers and 300 suppliers."""
    return {Kind.PRODUCT: products, Kind.CUSTOMER: products // 5, Kind.SUPPLIER: products * 3 // 100}


def economic(folder: Path, products: int) -> EconomicSandbox:
    core, facts = EconomicSandbox(folder / "economic.sqlite3", FastClock(1)), company()
    store, agreement = core.store, facts.agreement_number
    with transaction(store.connection):
        economic_load.load(store, facts)
        economic_load.permit(store, agreement, app_secret=APP_SECRET, public_token="public", grant=GRANT)
        for kind, count in sizes(products).items():
            source = SOURCES[kind]
            for record in store.all(agreement, source.path[1:]):
                store.delete(agreement, source.path[1:], str(record[source.key]))
            for number in range(1, count + 1):
                record = whole(kind, number, f"{kind.value} {number}")
                store.put(agreement, source.path[1:], record[source.key], record)
    return core


def rackbeat(folder: Path, scale: float, limit: int) -> RackbeatSandbox:
    core, facts = RackbeatSandbox(folder / "rackbeat.sqlite3", FastClock(scale)), company()
    store, account = core.store, facts.rackbeat_account_id
    with transaction(store.connection):
        rackbeat_load.load(store, facts)
        tokens.permit(store, account, BEARER)
        for kind in ORDER:
            for record in store.all(account, SOURCES[kind].kept_in):
                store.delete(account, SOURCES[kind].kept_in, str(record["number"]))
    core.limits.per_minute = limit or UNLIMITED
    return core


async def serve(apps: Sequence[tuple[Shell, int]]) -> None:
    servers = [
        uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", access_log=False))
        for app, port in apps
    ]
    await asyncio.gather(*(server.serve() for server in servers))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--economic", type=int, required=True)
    parser.add_argument("--rackbeat", type=int, required=True)
    parser.add_argument("--products", type=int, required=True)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--limit", type=int, default=0)
    given = parser.parse_args()
    books, stock = economic(given.folder, given.products), rackbeat(given.folder, given.scale, given.limit)
    asyncio.run(serve([(Shell(books, books.faults), given.economic), (Shell(stock, stock.faults), given.rackbeat)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
