"""Lists read no more than they show, and answer exactly what they would answer had they read everything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagerbro_sandbox.economic.ledger.entry_rows import StoredEntries
from lagerbro_sandbox.economic.rows import StoredRows
from lagerbro_sandbox.economic.services import lists
from lagerbro_sandbox.economic.storage.entries import Entries, Entry
from lagerbro_sandbox.economic.wire.filtering import Clause
from lagerbro_sandbox.kernel.storage import transaction
from tests.sandbox.economic.calling import Caller
from tests.sandboxes import Json, Sandboxes

AGREEMENT = 1180001
SERVICES = {
    "customersapi/v3.1.0/Customers": ("customerNumber",),
    "customersapi/v3.1.0/Contacts": ("number", "customerNumber", "email", "lastUpdated", "active"),
    "customersapi/v3.1.0/DeliveryLocations": ("number", "customerNumber", "city", "isBarred"),
    "productsapi/v2.0.0/products": ("productNumber", "productGroupId", "name", "isAccessible", "lastUpdated"),
    "accountsapi/v7.0.0/Accounts": ("number", "name"),
    "bookedentriesapi/v4.0.0/booked-entries": (
        *("entryNumber", "accountNumber", "voucherNumber", "customerNumber", "supplierNumber"),
        *("date", "amount", "text", "customerInvoiceNumber"),
    ),
}
REST = {
    "customers": ("customerNumber", "email", "customerGroup.customerGroupNumber"),
    "products": ("productNumber", "barCode", "productGroup.productGroupNumber"),
    **dict.fromkeys(
        ("accounting-years/2026/entries", "accounts/5600/accounting-years/2026/entries"),
        ("entryNumber", "voucherNumber", "date", "amount", "customer.customerNumber", "supplier.supplierNumber"),
    ),
}
VALUES = (
    *("3", "07", "7.0", "7.5", "-1", "0", "1e2", "1e999999999", "5600", "false", "true", "$null:", "", "x", "nl-7"),
    *("NL-7", "a7@b.dk", "2026-03-05", "2026-03-05T00:00:00", "2026-03-05T10:00:00Z", "2026-03-05T01:00:00%2B01:00"),
)
OPERATORS = ("eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "like")


@pytest.fixture(scope="module")
def call() -> Iterator[Caller]:
    systems = Sandboxes.made()
    store = systems.economic.store
    systems.economic.switches.bucket = 10**9
    with transaction(store.connection):
        for number in (*range(1, 30), 700, 12345):
            fill(systems, number)
        store.entries.add(AGREEMENT, [entry(number) for number in range(9001, 9060)])
    yield Caller(systems)
    systems.economic.close()


def fill(systems: Sandboxes, number: int) -> None:
    store, owner = systems.economic.store, {"customer": {"customerNumber": number}}
    email = {"email": f"A{number}@b.dk"} if number % 3 else {}
    moment = f"2026-03-{number % 28 + 1:02}T10:00:00Z"
    customer = {"customerNumber": number, "name": f"K{number}", **email, "customerGroup": {"customerGroupNumber": 1}}
    store.put(AGREEMENT, "customers", number, {**customer, "currency": "DKK", "lastUpdated": moment})
    name = f"{number}" if number % 2 else f"nL-{number}"
    group = {"productGroup": {"productGroupNumber": number % 3 + 1}}
    store.put(AGREEMENT, "products", name, {"productNumber": name, "name": name, **group, "lastUpdated": moment})
    contact = {"customerContactNumber": number, "name": f"P{number}", **owner, **email, "deleted": not number % 5}
    store.put(AGREEMENT, "customer-contacts", number, contact)
    place = {"deliveryLocationNumber": number, **owner, "city": f"By {number}", "barred": not number % 4}
    store.put(AGREEMENT, "delivery-locations", number, place)


def entry(number: int) -> Entry:
    party: dict[str, Any] = {}
    if number % 3 < 2:
        party = {("customer", "supplier")[number % 3]: number % 10, "invoice": number % 7, "remainder": Decimal("1.50")}
    day = f"2026-03-{number % 28 + 1:02}"
    amount = Decimal(number % 11).quantize(Decimal("0.01"))
    account = (5600, 1010, 6800)[number % 3]
    return Entry(
        number, number // 2, account, day, "customerInvoice", "DKK", amount, amount, text=f"T{number}", **party
    )


@contextmanager
def reading_everything() -> Iterator[None]:
    """Rows that know no shorter way: all are read, in order, and every one is tested."""

    def every(rows: StoredRows | StoredEntries) -> list[Json]:
        if isinstance(rows, StoredRows):
            return [rows.completed(row) for row in rows.session.all(rows.kind)]
        found = rows.session.store.entries.between(rows.session.agreement, rows.first, rows.last, rows.account)
        return [rows.shown(found) for found in found]

    def page(rows: StoredRows | StoredEntries, skip: int, size: int, *, descending: bool = False) -> list[Json]:
        return every(rows)[:: -1 if descending else 1][skip : skip + size]

    def before(rows: StoredRows | StoredEntries, key: int | str) -> int:
        name = rows.key() if isinstance(rows, StoredEntries) or rows.key() in every(rows)[0] else "number"
        keys = [row[name] for row in every(rows)]
        passed = (at for at, found in enumerate(keys) if (found >= key if isinstance(key, int) else found == key))
        return next(passed, len(keys))

    with pytest.MonkeyPatch.context() as patch:
        for kind in (StoredRows, StoredEntries):
            patch.setattr(kind, "count", lambda rows: len(every(rows)))
            patch.setattr(kind, "page", page)
            patch.setattr(kind, "that_may_pass", lambda rows, _clauses: every(rows))
            patch.setattr(kind, "before", before)
        yield


def same(call: Caller, path: str) -> Any:
    """The answer, which is the same when everything is read."""
    answer = call("GET", path)
    with reading_everything():
        told = call("GET", path)
    assert said(*answer) == said(*told), path
    return answer[1]


def said(status: int, body: Any) -> tuple[int, object]:
    """Refusals have an identifier of their own; what they say is the same."""
    return (status, body) if status < 400 else (status, body.get("message", body.get("detail")))


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "CURSOR_PAGE", 7)
    monkeypatch.setattr(lists, "REACH", 25)


def paged(path: str) -> str:
    return "productsapi/v2.0.0/productspaged/paged" if path.endswith("/products") else f"{path}/paged"


@pytest.mark.parametrize("path", SERVICES)
def test_a_walk_by_cursor_meets_every_row_once_in_order(call: Caller, path: str) -> None:
    rows: list[Json] = []
    address = f"/{path}"
    while address:
        page = same(call, address)
        assert 0 < len(page["items"]) <= 7
        rows += page["items"]
        address = f"/{path}?cursor={quote(page['cursor'])}" if "cursor" in page else ""
    keys = [row[SERVICES[path][0]] for row in rows]
    assert len(keys) == len(set(keys)) >= 31
    if "products" not in path:
        assert keys == sorted(keys)
        assert call("GET", f"/{path}/count") == (200, len(keys))


@pytest.mark.parametrize(
    "cursor", ["0", "-1", "13", "14", "500", "9003", "99999", "9" * 40, "-" + "9" * 40, "x", "nL-2"]
)
@pytest.mark.parametrize("path", SERVICES)
def test_any_cursor_points_to_the_same_place(call: Caller, path: str, cursor: str) -> None:
    same(call, f"/{path}?cursor={cursor}")


@pytest.mark.parametrize(("skip", "size"), [(0, 20), (1, 20), (1, 7), (3, 7), (4, 7), (100, 100), (0, 0)])
@pytest.mark.parametrize("path", SERVICES)
def test_any_page_has_the_same_rows(call: Caller, path: str, skip: int, size: int) -> None:
    for sort in ("", f"&sort=-{SERVICES[path][0]}", "&sort=nothing"):
        same(call, f"/{paged(path)}?skipPages={skip}&pageSize={size}{sort}")


@pytest.mark.parametrize(("skip", "size"), [(0, 20), (1, 20), (1, 7), (100, 100), (0, 0)])
@pytest.mark.parametrize("path", REST)
def test_any_page_on_rest_has_the_same_rows(call: Caller, path: str, skip: int, size: int) -> None:
    for sort in ("", f"&sort={REST[path][0]}", f"&sort=-{REST[path][0]}", f"&sort=~{REST[path][0]}"):
        same(call, f"/{path}?skippages={skip}&pagesize={size}{sort}")


NAMES = {**SERVICES, **REST}
CLOSE = {
    "customersapi/v3.1.0/Customers": ("customerNumber",),
    "customersapi/v3.1.0/Contacts": ("customerNumber", "email"),
    "productsapi/v2.0.0/products": ("productGroupId", "lastUpdated"),
    "bookedentriesapi/v4.0.0/booked-entries": ("date", "entryNumber", "customerNumber"),
}
"""What lists look up by an index."""


def compared(name: str, how: str, *values: str) -> str:
    return f"{name}${how}:" + (f"[{','.join(values)}]" if how in ("in", "nin") else values[0])


@st.composite
def queries(draw: st.DrawFn) -> tuple[str, str]:
    """A list and a filter of one to three comparisons."""
    path = draw(st.sampled_from(list(NAMES)))
    values = st.lists(st.sampled_from(VALUES), min_size=1, max_size=3)
    parts = st.tuples(st.sampled_from(NAMES[path]), st.sampled_from(OPERATORS), values)
    found = draw(st.lists(parts, min_size=1, max_size=3))
    return path, draw(st.sampled_from(["$and:", "$or:"])).join(compared(name, how, *some) for name, how, some in found)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=queries())
def test_any_filter_finds_the_same_rows(call: Caller, query: tuple[str, str]) -> None:
    path, text = query
    same(call, f"/{path}?filter={text}&pagesize=50")


@pytest.mark.parametrize(("path", "name"), [(path, name) for path, names in CLOSE.items() for name in names])
def test_any_comparison_finds_the_same_rows(call: Caller, path: str, name: str) -> None:
    for how, value in product(OPERATORS, VALUES):
        same(call, f"/{path}?filter={compared(name, how, value, '7')}")


def test_pages_are_read_alone(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call.core.store, "all", None)
    monkeypatch.setattr(Entries, "between", None)
    for path in SERVICES:
        assert call("GET", f"/{path}")[0] == 200
        assert len(call("GET", f"/{paged(path)}?pageSize=3&skipPages=2")[1]) == 3
    (found,) = call("GET", "/customersapi/v3.1.0/Contacts?filter=customerNumber$eq:12345")[1]["items"]
    assert found["number"] == 12345


def test_entries_are_found_by_their_columns(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[int] = []
    told = StoredEntries.that_may_pass

    def counted(rows: StoredEntries, clauses: list[Clause]) -> list[Json]:
        found = told(rows, clauses)
        shown.append(len(found))
        return found

    monkeypatch.setattr(StoredEntries, "that_may_pass", counted)
    for text in (
        "entryNumber$eq:9007",
        "entryNumber$in:[9007]$and:amount$gt:-1",
        "entryNumber$gte:9007$and:entryNumber$lt:9008",
    ):
        (row,) = call("GET", f"/bookedentriesapi/v4.0.0/booked-entries?filter={text}")[1]["items"]
        assert (row["entryNumber"], shown.pop()) == (9007, 1)
    (row,) = call("GET", "/accounting-years/2026/entries?filter=entryNumber$eq:9007")[1]["collection"]
    assert (row["entryNumber"], shown.pop()) == (9007, 1)
