"""A generated world is the same every time, adds up, and goes on from where it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagerbro_sandbox.economic.core import EconomicSandbox
from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.json import from_json
from lagerbro_sandbox.kernel.storage import MEMORY
from lagerbro_sandbox.rackbeat.core import RackbeatSandbox
from lagerbro_sandbox.rackbeat.stock.costing import Costing
from lagerbro_sandbox.rackbeat.stock.queries import Reading
from lagerbro_sandbox.rackbeat.storage.store import Store
from lagerbro_sandbox.rackbeat.storage.write_behind import WriteBehind
from lagerbro_sandbox.worlds.__main__ import main
from lagerbro_sandbox.worlds.company import opening_value
from lagerbro_sandbox.worlds.size import Size
from tests.sandbox.rackbeat.calling import Caller
from tests.sandbox.rackbeat.standing import adds_up, replayed, stands
from tests.sandbox.worlds.making import economic, made, rackbeat
from tests.sandboxes import APP_SECRET, GRANT

SMALL = Size(seed=7, products=30, months=2, sales=25)
LARGER = Size(seed=3, products=60, months=4, sales=70)


@pytest.fixture(scope="module", params=Costing)
def core(request: pytest.FixtureRequest) -> Any:
    found = rackbeat(replace(LARGER, costing=request.param))
    yield found
    found.close()


def all_of(core: RackbeatSandbox, kind: str) -> list[Any]:
    return core.store.all(4711, kind)


def test_the_same_seed_and_sizes_make_the_same_rows() -> None:
    first = made(WriteBehind(MEMORY), SMALL)
    assert made(WriteBehind(MEMORY), SMALL) == first
    assert made(WriteBehind(MEMORY), replace(SMALL, seed=8)) != first


@pytest.mark.parametrize("costing", Costing)
def test_writing_behind_leaves_what_writing_at_once_leaves(costing: Costing) -> None:
    size = replace(SMALL, costing=costing)
    behind, at_once = WriteBehind(MEMORY), Store(MEMORY)
    made(behind, size)
    made(at_once, size)
    for table in ("record", "member", "tally", "counter"):
        rows = [_rows(store, table) for store in (behind, at_once)]
        assert rows[0] == rows[1]
        assert rows[0]
    for table in ("movement", "repricing", "stock_item", "stock_level", "stock_day", "outstanding"):
        query = f"SELECT * FROM {table}"
        assert [*map(tuple, behind.connection.execute(query))] == [*map(tuple, at_once.connection.execute(query))]


def _rows(store: Store, table: str) -> list[Any]:
    """Without the rows' own ids, which tell in what order they were first written."""
    if table == "member":
        query = "SELECT tenant, kind, key, name, value FROM member JOIN record ON record.id = member.record"
    elif table == "record":
        query = "SELECT tenant, kind, key, place, created_at, updated_at, search, body FROM record"
    else:
        query = f"SELECT * FROM {table}"
    return sorted(map(tuple, store.connection.execute(query)), key=repr)


@pytest.mark.parametrize("day", ["2026-07-31", "2026-09-15", "2026-10-31"])
def test_the_stock_is_worth_what_its_items_are_and_what_the_replay_says(core: RackbeatSandbox, day: str) -> None:
    call = Caller(core)
    _, total = call("GET", f"/api/reports/valuation/total?date_to={day}")
    _, report = call("GET", f"/api/reports/valuation?date_to={day}")
    micro = 0
    for item in Reading(core.store.connection, 4711).standings():
        micro += replayed(core, item.item, day).value
    assert total["total_value"] == report["total_value"] == Decimal(micro) / 1_000_000
    assert report["total_value"] == sum(row["value"] for row in report["lineables"])
    assert len(report["lineables"]) > 20


@given(seed=st.integers(0, 10**9), costing=st.sampled_from(Costing), sales=st.integers(0, 40))
@settings(max_examples=6)
def test_any_seed_makes_a_world_that_adds_up(seed: int, costing: Costing, sales: int) -> None:
    core = rackbeat(Size(seed=seed, products=12, months=2, sales=sales, costing=costing))
    stands(core)
    core.close()


def test_documents_add_up_by_the_rules_of_totals(core: RackbeatSandbox) -> None:
    for kind in ("orders", "customer-invoices", "purchase-orders", "supplier-invoices"):
        records = all_of(core, kind)
        assert len(records) > 20
        for record in records:
            adds_up(record)


def test_everything_that_a_company_meets_is_there(core: RackbeatSandbox) -> None:
    invoices, bills = all_of(core, "customer-invoices"), all_of(core, "supplier-invoices")
    receipts, movements = all_of(core, "purchase-order-receipts"), all_of(core, "inventory-adjustments")
    prices = [Decimal(line["line_price"]) for each in invoices for line in each["lines"]]
    ordered = {
        (each["number"], line["id"]): line["line_price"]
        for each in all_of(core, "purchase-orders")
        for line in each["lines"]
    }
    billed = [
        (line["line_price"], ordered[line["purchase_order_id"], line["purchase_order_line_id"]])
        for each in bills
        for line in each["lines"]
    ]
    by_order = [each["purchase_order_id"] for each in receipts]
    assert any(each["is_creditnote"] and each["is_booked"] for each in invoices)
    assert any(not each["is_booked"] for each in invoices)
    assert any(price != round(price, 2) for price in prices)
    assert any(line["vat_percentage"] in (19, 21, 23, Decimal("25.5")) for each in invoices for line in each["lines"])
    assert {each["vat_zone"] for each in invoices} >= {"domestic", "eu", "abroad"}
    assert {each["currency"] for each in invoices} >= {"DKK", "EUR"}
    assert any(each["ean"] for each in invoices)
    assert any(now != then for now, then in billed)
    assert len(by_order) > len(set(by_order))
    assert {each["adjustment_type"] for each in movements} == {"quantity", "value"}
    assert any(each["is_partly_shipped"] or not each["is_shipped"] for each in all_of(core, "orders"))


def test_a_few_customers_buy_most(core: RackbeatSandbox) -> None:
    bought: dict[int, int] = {}
    for each in all_of(core, "customer-invoices"):
        bought[each["customer_id"]] = bought.get(each["customer_id"], 0) + 1
    ranked = sorted(bought.values(), reverse=True)
    assert sum(ranked[:4]) > sum(ranked) / 2


def test_a_week_has_its_rhythm(core: RackbeatSandbox) -> None:
    days = [0] * 7
    for each in all_of(core, "orders"):
        days[date.fromisoformat(each["order_date"]).weekday()] += 1
    assert days[0] > days[5] > days[6] >= 0


def test_numbers_follow_time(core: RackbeatSandbox) -> None:
    for kind in ("orders", "customer-invoices", "purchase-orders"):
        assert all(a["created_at"] <= b["created_at"] for a, b in pairwise(all_of(core, kind)))


def test_the_api_goes_on_from_there(core: RackbeatSandbox) -> None:
    call = Caller(core)
    item = all_of(core, "products")[10]["number"]
    body = {"customer_id": 10001, "lines": [{"item_id": item, "quantity": 2}]}
    before = max(each["number"] for each in all_of(core, "customer-invoices"))
    made_ = call.send("POST", "customer-invoices", body)
    assert made_["number"] == before + 1
    assert call.send("POST", f"customer-invoices/{made_['number']}/book")["is_booked"]
    path = f"products/{quote(item, safe='')}"
    stock = call.get(path)["stock_quantity"]
    order = call.send(
        "POST", "purchase-orders", {"supplier_id": 50_000_001, "lines": [{"item_id": item, "quantity": 5}]}
    )
    receipt = call.send("POST", f"purchase-orders/{order['number']}/create-receipt")
    call.send("POST", f"purchase-order-receipts/{receipt['number']}/mark-received")
    assert call.get(path)["stock_quantity"] == stock + 5
    stands(core)


def asked(core: EconomicSandbox, path: str) -> Any:
    headers = {"x-appsecrettoken": APP_SECRET, "x-agreementgranttoken": GRANT}
    bare, _, query = path.partition("?")
    answer = core.handle(Request("GET", bare, query, headers, b"", "economic.test"))
    assert answer.status == 200, answer.body
    return from_json(answer.body)


def test_both_systems_know_the_same_company() -> None:
    ledger_, stock = economic(SMALL), rackbeat(replace(SMALL, months=0))
    for kind, key, count in (
        ("customers", "customerNumber", 20),
        ("suppliers", "supplierNumber", 8),
        ("products", "productNumber", 30),
    ):
        ours = {str(each["number"]): each["name"] for each in all_of(stock, kind)}
        theirs = {str(each[key]): each["name"] for each in asked(ledger_, f"/{kind}?pagesize=1000")["collection"]}
        assert theirs == ours
        assert len(ours) == count
    account = asked(ledger_, "/accounts/5820")
    assert account["balance"] == opening_value(SMALL)
    ledger_.close()
    stock.close()


def test_a_world_without_a_history_is_worth_what_the_ledger_says() -> None:
    size = replace(SMALL, months=0)
    stock = rackbeat(size)
    assert round(Decimal(Reading(stock.store.connection, 4711).total()) / 1_000_000, 2) == opening_value(size)
    assert all_of(stock, "orders") == []
    stock.close()


def test_the_command_says_what_it_made_and_overwrites_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state, books = tmp_path / "rackbeat.sqlite3", tmp_path / "economic.sqlite3"
    arguments = ["--seed", "1", "--products", "12", "--months", "1", "--state", str(state)]
    assert main([*arguments, "--economic-state", str(books)]) == 0
    said = capsys.readouterr().out
    for words in ("customers: 20", "2026-10: ", "products 12", "the stock is worth", "products in e-conomic: 12"):
        assert words in said
    with pytest.raises(SystemExit):
        main(arguments)
    assert "is there already" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--seed", "1", "--products", "1", "--state", str(tmp_path / "other.sqlite3")])
    assert not (tmp_path / "other.sqlite3").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"products": 1},
        {"products": 10**7},
        {"months": -1},
        {"months": 999},
        {"sales": 10**7},
        {"last_month": "2026-13"},
    ],
)
def test_a_size_has_limits(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"month|products|sales"):
        Size(seed=1, **wrong)
