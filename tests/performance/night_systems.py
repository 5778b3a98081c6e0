"""Both local systems in one process with many companies: `python -m tests.performance.night_systems …`.

Each company has its own ledger, journal and keys, a few products, and a stock that the ledger agrees with; on the day
of `--changed` every one of them has counted another quantity of the first product.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from lagerbro_sandbox.company import Company, Opening
from lagerbro_sandbox.economic import load as economic_load
from lagerbro_sandbox.economic.core import EconomicSandbox
from lagerbro_sandbox.kernel.clock import SystemClock
from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.kernel.shell import Shell
from lagerbro_sandbox.kernel.storage import transaction
from lagerbro_sandbox.nordlys import company as nordlys
from lagerbro_sandbox.rackbeat import load as rackbeat_load
from lagerbro_sandbox.rackbeat.core import RackbeatSandbox
from lagerbro_sandbox.rackbeat.platform import tokens
from tests.performance.companies import company, key
from tests.performance.startup_systems import APP_SECRET, BEARER, GRANT, serve

PRODUCTS = 5


def companies(count: int) -> list[Company]:
    """Nordlys as often as that, without its customers and suppliers."""
    goods = tuple(product for product in nordlys().products if product.stock)[:PRODUCTS]
    stock = sum((product.stock * product.cost_price for product in goods), Decimal(0)).quantize(Decimal("0.01"))
    openings = (Opening(5820, stock), Opening(6110, -stock))
    few = {"customers": (), "suppliers": (), "products": goods, "openings": openings}
    return [replace(company(number), **few) for number in range(count)]  # type: ignore[arg-type]


def economic(folder: Path, named: list[Company]) -> EconomicSandbox:
    core = EconomicSandbox(folder / "economic.sqlite3", SystemClock())
    with transaction(core.store.connection):
        for number, each in enumerate(named):
            economic_load.load(core.store, each)
            grant = key(GRANT, number)
            economic_load.permit(
                core.store, each.agreement_number, app_secret=APP_SECRET, public_token="public", grant=grant
            )
    return core


def rackbeat(folder: Path, named: list[Company], changed: date) -> RackbeatSandbox:
    core = RackbeatSandbox(folder / "rackbeat.sqlite3", SystemClock())
    with transaction(core.store.connection):
        for number, each in enumerate(named):
            rackbeat_load.load(core.store, each)
            tokens.permit(core.store, each.rackbeat_account_id, key(BEARER, number))
    for number, each in enumerate(named):
        item = each.products[0]
        counted = {"item_id": item.number, "adjustment_type": "quantity", "quantity": item.stock + 1 + number % 9}
        path = "/api/inventory-adjustments"
        made = _in_rackbeat(core, key(BEARER, number), path, {**counted, "regulated_at": str(changed)})
        _in_rackbeat(core, key(BEARER, number), f"{path}/{made}/book", {})
    return core


def _in_rackbeat(core: RackbeatSandbox, bearer: str, path: str, body: dict[str, object]) -> int:
    headers = {"authorization": f"Bearer {bearer}", "content-type": "application/json"}
    answer = core.handle(Request("POST", path, "", headers, to_json(body), "sandbox.test"))
    decoded = from_json(answer.body or b"{}")
    assert answer.status < 400, (answer.status, decoded)
    assert isinstance(decoded, dict)
    (record,) = decoded.values()
    number: int = record["id"]
    return number


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--economic", type=int, required=True)
    parser.add_argument("--rackbeat", type=int, required=True)
    parser.add_argument("--agreements", type=int, required=True)
    parser.add_argument("--changed", type=date.fromisoformat, required=True)
    given = parser.parse_args()
    named = companies(given.agreements)
    books, stock = economic(given.folder, named), rackbeat(given.folder, named, given.changed)
    asyncio.run(serve([(Shell(books, books.faults), given.economic), (Shell(stock, stock.faults), given.rackbeat)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
