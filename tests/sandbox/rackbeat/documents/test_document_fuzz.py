"""Documents and the warehouse, asked for anything in any order: their own words, no 500, nothing half done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagerbro_sandbox.rackbeat.surface import routes
from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import Sandboxes

KINDS = ("orders", "offers", "customer-invoices", "purchase-orders", "supplier-invoices")
MORE = ("order-shipments", "purchase-order-receipts", "inventory", "reports", "revenue-orders", "items", "locations")
ROUTES = sorted((method, path) for method, path in routes().paths() if path.strip("/").startswith((*KINDS, *MORE)))
NUMBERS: st.SearchStrategy[Any] = st.sampled_from(
    (0, 1, 2, -1, 3.5, "2", "1e3", 10**8, 10**9, 10**15, None, True, "x", [], {})
)
ITEMS: st.SearchStrategy[Any] = st.sampled_from(("NL-100", "NL-101", "FRAGT", "NONE", None, 1, {}))
LINES = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.sampled_from((1, 2, 3, 4, "1", None, {})),
            "item_id": ITEMS,
            "quantity": NUMBERS,
            "line_price": NUMBERS,
            "discount_percentage": NUMBERS,
            "vat_percentage": NUMBERS,
            "location_id": st.sampled_from((1, 9, "x", {"number": 1}, [])),
            "name": st.sampled_from(("Tekst", "", None, 5)),
            "delivery_date": st.sampled_from(("2026-11-24", "soon", 5, None)),
        },
    ),
    max_size=3,
)
DAYS = st.sampled_from(("2026-11-01", "2027-01-01", "0001-01-01", "9999-12-31", "", None, 5, "2026-02-30"))
BODIES = st.fixed_dictionaries(
    {},
    optional={
        "customer_id": st.sampled_from((10001, "10001", 1, None, {})),
        "supplier_id": st.sampled_from((50001, "x", None)),
        "lines": st.one_of(LINES, LINES, st.sampled_from((None, "x", 5, [5], [None]))),
        "currency": st.sampled_from(("DKK", "EUR", "XXX", None, 5)),
        "vat_zone": st.sampled_from(("eu", "moon", None, [])),
        "invoice_date": DAYS,
        "order_date": DAYS,
        "shipping_date": DAYS,
        "received_at": DAYS,
        "regulated_at": DAYS,
        "book": st.sampled_from((True, False, "0", None)),
        "mark_received": st.booleans(),
        "use_invoice_date": st.booleans(),
        "reverse_inventory": st.booleans(),
        "item_id": ITEMS,
        "quantity": NUMBERS,
        "cost_price": NUMBERS,
        "amount": NUMBERS,
        "adjustment_type": st.sampled_from(("quantity", "value", 5)),
        "location": st.sampled_from((1, 1001, "x", None, {})),
        "from_location": st.sampled_from((1, 1001)),
        "to_location": st.sampled_from((1, 1001)),
        "number": st.sampled_from((None, 7, "x", {}, 10**14)),
        "filename": st.sampled_from(("a.pdf", "", 5)),
        "content": st.sampled_from(("JVBERi0xLjQ=", "?", None)),
    },
)
KEYS = st.sampled_from(("1001", "1002", "1003", "1", "2", "3", "NL-100", "x"))


@pytest.fixture(scope="module")
def call() -> Iterator[Caller]:
    systems = Sandboxes.made()
    caller = Caller(systems.rackbeat)
    systems.rackbeat.limits.per_minute = 10**9
    caller.send("POST", "locations", {"name": "Fjernlager"})
    line = {"item_id": "NL-100", "quantity": 2, "line_price": 100}
    for path in KINDS:
        for _ in range(2):
            caller.send("POST", path, {"customer_id": 10001, "supplier_id": 50001, "lines": [line]})
    yield caller
    systems.close()


@given(data=st.data())
@settings(max_examples=700)
def test_documents_answer_whatever_is_sent(call: Caller, data: st.DataObject) -> None:
    method, path = data.draw(st.sampled_from(ROUTES))
    while "{}" in path:
        path = path.replace("{}", data.draw(KEYS), 1)
    body = None if method == "GET" else data.draw(BODIES)
    before = worth(call)
    answer = call.raw(method, f"/api{path}", body)
    assert answer.status in (200, 201, 206, 400, 404, 405, 422)
    if method == "GET" or answer.status >= 400:
        assert worth(call) == before
    total, items, movements = worth(call)
    assert total == items == movements


def worth(call: Caller) -> tuple[Any, ...]:
    connection = call.core.store.connection
    sums = ("SUM(value) FROM stock_day", "SUM(value) FROM stock_item", "SUM(delta) FROM movement")
    return tuple(connection.execute(f"SELECT {sql}").fetchone()[0] for sql in sums)
