"""An item's ledger: every movement with what it changed and how the item stood after it (D ht-00224)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.stock.costing import Costing
from lagerbro_sandbox.rackbeat.stock.micro import decimal, priced, unit_cost
from lagerbro_sandbox.rackbeat.wire.listing import whole
from lagerbro_sandbox.rackbeat.wire.parameters import asked_day, item_there
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router


def add_to(router: Router) -> None:
    router.add("GET", "reports/ledger/{}", _ledger)


def _ledger(session: Session, call: Call) -> Response:
    item = str(item_there(session, call.key)["number"])
    rows = warehouse.stock(session).ledger(item, asked_day(call.given.get("date_to"), "date_to"))
    since = asked_day(call.given.get("date_from"), "date_from") or ""
    average = warehouse.costing(session) is Costing.AVERAGE
    items = [line for row in rows if row["day"] >= since for line in _lines(row, average=average)]
    return whole("ledger_items", items)


def _lines(row: sqlite3.Row, *, average: bool) -> Iterator[Record]:
    """One line, or two for what moved from one location to another."""
    if row["to_location"] is None:
        yield _line(row, row["location"], row["quantity"], row["delta"], average=average)
        return
    value = priced(row["moved"], row["run_cost"])
    yield _line(row, row["location"], -row["moved"], -value, average=average)
    yield _line(row, row["to_location"], row["moved"], value, average=average)


def _line(row: sqlite3.Row, location: int, quantity: int, value: int, *, average: bool) -> Record:
    per_unit = unit_cost(abs(value), abs(quantity)) if quantity else row["run_cost"]
    line = {
        "sequence": row["id"],
        "date": row["day"],
        "type": row["kind"],
        "location_id": location,
        "quantity": decimal(quantity),
        "value_per_unit": decimal(per_unit),
        "value": decimal(value),
        "running_quantity": decimal(row["run_quantity"]),
        "running_value": decimal(row["run_value"]),
        "document": row["document"] or None,
        "created_at": row["made_at"],
    }
    if average:
        line["is_corrected"] = row["delta"] != row["first_delta"]
    return line
