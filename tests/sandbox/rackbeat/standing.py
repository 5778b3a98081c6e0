"""What must hold in the local Rackbeat whatever was done to it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lagerbro_sandbox.kernel.json import from_json
from lagerbro_sandbox.rackbeat.core import RackbeatSandbox
from lagerbro_sandbox.rackbeat.money import cents, line_total, vat_total
from lagerbro_sandbox.rackbeat.stock.costing import Costing, State, roll
from lagerbro_sandbox.rackbeat.stock.posting import movement_of
from lagerbro_sandbox.rackbeat.stock.queries import Reading

ACCOUNT = 4711
DOCUMENTS = ("orders", "offers", "customer-invoices", "purchase-orders", "supplier-invoices")


def replayed(core: RackbeatSandbox, item: str, day: str = "9999") -> State:
    """The item as its movements up to the day leave it."""
    row = core.store.connection.execute("SELECT body FROM account WHERE id=?", (ACCOUNT,)).fetchone()
    account: Any = from_json(row["body"])
    state = State()
    rows = [*Reading(core.store.connection, ACCOUNT).ledger(item, day)]
    list(roll(state, map(movement_of, rows), Costing(account["costing"]), lambda _: None))
    return state


def stands(core: RackbeatSandbox) -> None:
    """The stock is its replay, lies somewhere, and is worth what is reported; documents add up; lists count right."""
    connection = core.store.connection
    reading = Reading(connection, ACCOUNT)
    standings = [*reading.standings()]
    assert reading.total() == sum(each.value for each in standings)
    for each in standings:
        state = replayed(core, each.item)
        assert (state.quantity, state.value) == (each.quantity, each.value)
        assert sum(reading.levels(each.item).values()) == each.quantity
    for kind in DOCUMENTS:
        for record in core.store.all(ACCOUNT, kind):
            adds_up(record)
    told = dict(connection.execute("SELECT kind, total FROM tally WHERE tenant=? AND total > 0", (ACCOUNT,)).fetchall())
    there = connection.execute("SELECT kind, COUNT(*) FROM record WHERE tenant=? GROUP BY kind", (ACCOUNT,)).fetchall()
    assert told == dict(there)


def adds_up(record: Any) -> None:
    """By the rules of totals (rackbeat-api 6)."""
    lines = record["lines"]
    for line in lines:
        quantity, price, discount = (Decimal(line[name]) for name in ("quantity", "line_price", "discount_percentage"))
        assert line["line_total"] == line_total(quantity, price, discount)
    assert record["total_subtotal"] == sum(line["line_total"] for line in lines)
    assert record["total_vat"] == vat_total(
        (Decimal(line["line_total"]), Decimal(line["vat_percentage"])) for line in lines
    )
    assert record["total_total"] == record["total_subtotal"] + record["total_vat"]
    assert record["total_base_currency"] == cents(Decimal(record["total_total"]) * record["currency_rate"])
