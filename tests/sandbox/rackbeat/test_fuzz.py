"""Whatever is sent, the local Rackbeat answers in its own words: never an unasked 500, never half a change."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.rackbeat.core import RackbeatSandbox
from lagerbro_sandbox.rackbeat.surface import routes
from tests.sandboxes import BEARER, Sandboxes

ROUTES = sorted(routes().paths())
KEYS = (
    *("10001", "50001", "NL-100", "RD%2F100", "1", "815", "EUR", "1001", "economic"),
    *("0", "-1", "9" * 30, "%00", "æ%2F", "x.pdf"),
)
NAMES = (
    "name",
    "number",
    "group",
    "group_id",
    "lines",
    "quantity",
    "item_id",
    "customer_id",
    "supplier_id",
    "line_price",
    "discount_percentage",
    "vat_percentage",
    "invoice_date",
    "location",
    "regulated_at",
    "adjustment_type",
    "currency",
    "currency_rate",
    "event",
    "url",
    "custom_fields",
    "ids",
    "note",
    "value",
    "rate",
    "parent_id",
    "is_barred",
    "physical",
    "book",
    "mail",
    "date_to",
    "payment_terms_id",
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18),
    st.text(max_size=12),
    st.sampled_from(("NL-100", 10001, 50001, 1, "2026-02-30", "2026-11-24", "EUR", "domestic", "quantity", "1e400")),
)
BODIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)),
    max_leaves=14,
)
QUERIES = st.dictionaries(
    st.sampled_from(
        (
            "page",
            "limit",
            "search",
            "fields",
            "expand",
            "order_by",
            "order_direction",
            "is_booked",
            "updated_at_from",
            "date_to",
            "customer_from",
            "item_to",
            "simple_filter[ean]",
            "field[1]",
            "location",
            "number",
            "suppress_webhooks",
        )
    ),
    st.one_of(st.text(max_size=10), st.sampled_from(("1", "-1", "2026-11-24", "a(b(c", "*", "name", "ASC", "true"))),
    max_size=3,
)


def asked(core: RackbeatSandbox, method: str, path: str, query: str, body: bytes) -> tuple[int, bytes]:
    core.limits.per_minute = 10**9
    headers = {"authorization": f"Bearer {BEARER}"}
    answer = core.handle(Request(method, f"/api{path}", query, headers, body, "rackbeat.test"))
    return answer.status, answer.body


@pytest.fixture(scope="module")
def core() -> Any:
    systems = Sandboxes.made()
    yield systems.rackbeat
    systems.close()


@given(data=st.data())
@settings(max_examples=800, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_path_answers_whatever_is_sent(core: RackbeatSandbox, data: st.DataObject) -> None:
    method, pattern = data.draw(st.sampled_from(ROUTES))
    if pattern == "/tokens/replace-current":
        return
    path = pattern
    while "{}" in path:
        path = path.replace("{}", data.draw(st.sampled_from(KEYS)), 1)
    body = b"" if method == "GET" else to_json(data.draw(BODIES))
    query = urlencode(data.draw(QUERIES))
    before = core.store.connection.total_changes
    status, content = asked(core, method, path, query, body)
    assert status < 500
    assert status in (200, 201, 206, 400, 401, 403, 404, 405, 422)
    if method == "GET":
        assert core.store.connection.total_changes == before
    if status >= 400:
        refusal = from_json(content)
        assert isinstance(refusal, dict)
        assert isinstance(refusal["message"], str)


@pytest.mark.parametrize("body", [b"{", b"[]", b"1", b'"x"', b"\xff\xfe", b'{"a":1e999999}', b'{"a":NaN}', b"[" * 5000])
def test_p_a_body_that_is_no_object_is_400(core: RackbeatSandbox, body: bytes) -> None:
    before = asked(core, "GET", "/customers", "", b"")
    assert asked(core, "POST", "/customers", "", body)[0] in (400, 422)
    assert asked(core, "GET", "/customers", "", b"") == before
    assert asked(core, "POST", "/customers", "", to_json({"name": "Bagefter"}))[0] == 201


@given(number=st.text(min_size=1, max_size=60).map(str.strip).filter(lambda text: text and text.isprintable()))
@settings(max_examples=60)
def test_c_any_printable_number_is_found_once_and_twice_encoded(core: RackbeatSandbox, number: str) -> None:
    status, _ = asked(core, "POST", "/products", "", to_json({"name": "A", "group": 3, "number": number}))
    assert status in (201, 422)  # 422: drawn before
    once = quote(number, safe="")
    for key in (once, quote(once, safe="")):
        status, content = asked(core, "GET", f"/products/{key}", "", b"")
        found: Any = from_json(content)
        assert (status, found["product"]["number"]) == (200, number)


def test_numbers_keep_every_decimal(core: RackbeatSandbox) -> None:
    body = b'{"name":"A","group":3,"number":"SIX","sales_price":0.100001}'
    _, content = asked(core, "POST", "/products", "", body)
    found: Any = from_json(content)
    assert found["product"]["sales_price"] == Decimal("0.100001")
