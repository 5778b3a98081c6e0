"""Lists: paging, filters, order, fields, and that they scale. The letter is the evidence (rackbeat-api 0)."""

from __future__ import annotations

from typing import Any

import pytest

from lagerbro_sandbox.kernel.json import from_json
from lagerbro_sandbox.rackbeat.wire.querying import Listing, conditions, order
from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import Sandboxes


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems.rackbeat)


def numbers(call: Caller, path: str) -> list[Any]:
    rows: list[dict[str, Any]] = call.get(path)
    return [row["number"] for row in rows]


@pytest.mark.parametrize(
    ("query", "page", "limit", "count"),
    [("", 1, 20, 20), ("?limit=7&page=9", 9, 7, 4), ("?page=-3&limit=0", 1, 1, 1), ("?page=99", 99, 20, 0)],
)
def test_d_pages(call: Caller, query: str, page: int, limit: int, count: int) -> None:
    status, body = call("GET", f"/api/customers{query}")
    assert (status, body["page"], body["limit"], len(body["customers"])) == (206, page, limit, count)
    assert (body["total"], body["pages"]) == (60, -(-60 // limit))


def test_d_every_page_together_is_the_whole_once(call: Caller) -> None:
    seen = [number for page in range(1, 10) for number in numbers(call, f"customers?limit=7&page={page}")]
    assert seen == list(range(10001, 10061))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("search=vélo bleu", [10051]),  # D
        ("search=VÉLO", [10051]),  # D
        ("search=10051", [10051]),  # D
        ("simple_filter[number]=10051", [10051]),  # L
        ("simple_filter[name]=Göta Hjul AB", [10049]),  # L
        ("simple_filter[currency]=USD", [10058]),  # L
        ("simple_filter[nothing]=x", []),  # P
        ("customer_from=10058&customer_to=10059", [10058, 10059]),  # D
        ("customer_group_from=3&customer_group_to=3&limit=1", [10034]),  # D
        ("company_name=Göta Hjul AB", [10049]),  # S
        ("is_barred=1", []),  # C
        ("unknown=1&limit=1", [10001]),  # P: Laravel ignores what it does not know
        ("number=10007", [10007]),  # S
    ],
)
def test_filters(call: Caller, query: str, expected: list[int]) -> None:
    assert numbers(call, f"customers?{query}") == expected


def test_d_updated_at_from_and_to_are_danish_time_and_inclusive(call: Caller, systems: Sandboxes) -> None:
    systems.clock.sleep_s(60)
    stamp = call.send("PUT", "customers/10002", {"name": "Først"})["updated_at"]
    systems.clock.sleep_s(60)
    call.send("PUT", "customers/10001", {"name": "Sidst"})
    assert stamp == "2026-11-24T10:01:00+01:00"
    query = "customers?order_by=updated_at&order_direction=ASC&updated_at_from="
    for since in ("2026-11-24 10:01:00", "2026-11-24T10:01:00", "2026-11-24T09:01:00Z", "2026-11-24T10:01:00%2B01:00"):
        assert numbers(call, f"{query}{since}") == [10002, 10001]
    assert numbers(call, f"{query}2026-11-24 10:01:01") == [10001]
    assert numbers(call, f"{query}2026-11-24&updated_at_to=2026-11-24 10:01:00") == [10002]
    assert numbers(call, f"{query}2026-11-24&updated_at_to=2026-11-24") == [10002, 10001]
    assert numbers(call, f"{query}2026-11-24&updated_at_to=2026-11-23") == []


def test_c_order_by_is_descending_unless_said_otherwise(call: Caller) -> None:
    assert numbers(call, "customers?limit=2") == [10001, 10002]
    assert numbers(call, "customers?limit=2&order_by=number") == [10060, 10059]
    assert numbers(call, "customers?limit=2&order_by=number&order_direction=asc") == [10001, 10002]
    names = [row["name"] for row in call.get("customers?limit=60&order_by=name&order_direction=ASC")]
    assert names == sorted(names)


@pytest.mark.parametrize(
    "query",
    [
        "page=x",
        "limit=1e3",
        "is_barred=perhaps",
        "updated_at_from=yesterday",
        "customer_from=a",
        "order_by=a'b",
        "order_by=name&order_direction=SIDEWAYS",
        "simple_filter[a'b]=1",
        "field[a'b]=1",
        "is_a'b=1",
        f"search={'a' * 501}",
        "fields=a)b",
        "fields=(",
        "fields=a(b",
        "fields=a(b))",
        f"fields={'a,' * 3000}",
    ],
)
def test_p_what_cannot_be_read_is_400(call: Caller, query: str) -> None:
    assert call("GET", f"/api/customers?{query}")[0] == 400
    assert call("GET", "/api/customers?limit=1")[0] == 206


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("number", {"number": "RD/100"}),
        ("number,group(number),unit(*)", {"number": "RD/100", "group": {"number": 3}, "unit": {"number": 1}}),
        (" number , nothing ", {"number": "RD/100"}),
    ],
)
def test_l_fields_prune_lists_and_single_records_alike(call: Caller, fields: str, expected: dict[str, Any]) -> None:
    expected = {**expected, **({"unit": {"number": 1, "name": "stk."}} if "unit" in expected else {})}
    assert call.get(f"products/RD%2F100?fields={fields.replace(' ', '%20')}") == expected
    assert call.get(f"products?search=RD/100&fields={fields.replace(' ', '%20')}") == [expected]
    assert len(call.get("products/RD%2F100?fields=*")) == len(call.get("products/RD%2F100"))


def test_l_an_invoice_is_found_by_each_of_its_orders(call: Caller, systems: Sandboxes) -> None:
    number = systems.invoice(book=False)
    stored = systems.rackbeat.store.get(4711, "customer-invoices", number)
    assert stored is not None
    for orders, found in (([1001, 1002], [number]), ([1002], [])):
        systems.rackbeat.store.put(4711, "customer-invoices", number, {**stored, "orders": orders})
        assert numbers(call, "customer-invoices?order_number=1001") == found
        assert numbers(call, "customer-invoices?order_number=1002") == [number]


def test_d_documents_are_filtered_by_their_own_date(call: Caller, systems: Sandboxes) -> None:
    first, second = systems.invoice(invoice_date="2026-10-31"), systems.invoice(invoice_date="2026-11-01")
    assert numbers(call, "customer-invoices?date_to=2026-10-31") == [first]
    assert numbers(call, "customer-invoices?invoice_date_from=2026-11-01 00:00:00") == [second]
    assert numbers(call, "customer-invoices?customer_number=10001&is_booked=true") == [first, second]
    assert numbers(call, "customer-invoices?customer_number=10002") == []


def test_head_is_get_without_a_body(call: Caller) -> None:
    answer = call.raw("HEAD", "/api/customers/10001")
    assert (answer.status, answer.body) == (200, b"")
    assert call.raw("HEAD", "/api/customers/404").status == 404


def test_p_the_limit_stands_in_the_headers(call: Caller, systems: Sandboxes) -> None:
    systems.rackbeat.limits.per_minute = 2
    left = [call.raw("GET", path).headers["X-RateLimit-Remaining"] for path in ("/api/self", "/api/nothing")]
    assert left == ["1", "0"]
    systems.clock.sleep_s(20)
    refused = call.raw("POST", "/api/customers", {"name": "Ny"})
    assert (refused.status, from_json(refused.body)) == (429, {"message": "Too Many Attempts."})
    assert refused.headers["Retry-After"] == "40"
    assert refused.headers["X-RateLimit-Reset"] == str(int(systems.clock.now().timestamp()) + 40)
    systems.clock.sleep_s(40)
    assert call.get("customers?search=Ny&limit=1000&fields=name") == []
    assert call.send("POST", "customers", {"name": "Ny"})["name"] == "Ny"


PLANNED: tuple[tuple[str, dict[str, str]], ...] = (
    ("customers", {}),
    ("customers", {"order_by": "updated_at", "updated_at_from": "2026-01-01"}),
    ("customers", {"order_by": "created_at"}),
    ("products", {"simple_filter[group_id]": "3"}),
    ("products", {"simple_filter[barcode]": "5799990000011"}),
    ("products", {"number": "RD/100"}),
    ("products", {"is_barred": "0"}),
    ("customer-invoices", {"customer_number": "10001"}),
    ("customer-invoices", {"is_booked": "true"}),
    ("orders", {"is_shipped": "0"}),
)


@pytest.mark.parametrize(("kind", "given"), PLANNED)
def test_common_filters_and_orders_go_through_indexes(systems: Sandboxes, kind: str, given: dict[str, str]) -> None:
    tests = list(conditions(Listing(kind, kind), given))
    where = " AND ".join(("tenant=?", f"kind='{kind}'", *(sql for sql, _ in tests)))
    values = [4711, *(value for _, found in tests for value in found)]
    sql = f"EXPLAIN QUERY PLAN SELECT body FROM record WHERE {where} ORDER BY {order(given)} LIMIT 20"
    plan = " ".join(row["detail"] for row in systems.rackbeat.store.connection.execute(sql, values))
    assert plan.startswith("SEARCH record USING INDEX")
    assert "TEMP B-TREE" not in plan
    if tests and not set(given) & {"updated_at_from"}:
        assert "record_place" not in plan


def test_totals_follow_what_is_made_changed_and_deleted(call: Caller, systems: Sandboxes) -> None:
    store = systems.rackbeat.store
    for act, total in (
        (lambda: store.put(4711, "units", 99, {"number": 99, "name": "ny"}), 6),
        (lambda: store.put(4711, "units", 99, {"number": 99, "name": "nyere"}), 6),
        (lambda: store.delete(4711, "units", 99), 5),
    ):
        act()
        assert call("GET", "/api/units")[1]["total"] == total == len(store.all(4711, "units"))
