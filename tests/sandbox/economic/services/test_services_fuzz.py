"""Whatever is sent to the OpenAPI services: an answer of the published kind, never a fault (economic-api 3, 5.4)."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagerbro_sandbox.kernel.http import Request
from tests.contract.services.service_requests import REQUESTS, SERVICES, Asked, ask, prepare
from tests.sandbox.economic.calling import AUTH, Caller
from tests.sandboxes import Sandboxes

NUMBERS = st.one_of(
    st.integers(-(2**70), 2**70),
    st.sampled_from([0, -1, 1, 10**14, 10**16]),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(float),
    st.sampled_from([1e300, -1e300, 1e-300, 0.001]),
)
TEXTS = st.one_of(
    st.text(max_size=20), st.sampled_from(["", " ", "x" * 5000, "2026-11-24", "NL-100", "\x00", "æøå", "٣"])
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
VALUES = st.recursive(
    SCALARS, lambda below: st.lists(below, max_size=3) | st.dictionaries(TEXTS, below, max_size=3), max_leaves=5
)
SEGMENTS = st.one_of(TEXTS, st.sampled_from(["0", "-1", "1" * 30, "%2F", "%00", "..", "1 2", "count", "paged", "bulk"]))
QUERIES = st.one_of(
    TEXTS,
    st.sampled_from(
        [
            "cursor=1",
            "cursor=x",
            "pageSize=1e3",
            "filter=number$eq:1",
            "filter=name$like:[",
            "filter=date$gte:x",
            "filter=(",
            "filter=entryNumber$in:[1,$null:]",
            "sort=-number,~name",
        ]
    ),
)


@st.composite
def requests(draw: st.DrawFn) -> tuple[Asked, str, str, Any]:
    """A request of the table with one thing changed: the address, the query or the body."""
    row = draw(st.sampled_from(REQUESTS))
    address, query = row.url, ""
    body: Any = row.body
    match draw(st.integers(0, 3)):
        case 0:
            parts = address.split("/")
            parts[draw(st.integers(2, len(parts) - 1))] = draw(SEGMENTS)
            address = "/".join(parts)
        case 1:
            query = draw(QUERIES)
        case _ if isinstance(body, dict):
            name = draw(st.sampled_from([*body, "objectVersion", "surplus"]))
            body = {**body, name: draw(VALUES)}
            if draw(st.booleans()):
                del body[name]
        case _:
            body = draw(VALUES)
    return row, address, query, body


@settings(
    max_examples=25,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(requests(), min_size=5, max_size=15))
def test_nothing_that_is_sent_is_a_fault(sent: list[tuple[Asked, str, str, Any]]) -> None:
    systems = Sandboxes.made()
    try:
        call = Caller(systems)
        prepare(call)
        for row, address, query, body in sent:
            ask(call, row)
            answer = _raw(call, row.verb, address, query, body)
            assert answer < 500 or "journals" in address, (row.verb, address, query, body)
            assert call("GET", f"{SERVICES['Accounts']}/Accounts/count")[0] == 200
    finally:
        systems.close()


def _raw(call: Caller, verb: str, address: str, query: str, body: Any) -> int:
    content = b"" if body is None else json.dumps(body).encode()
    path = address.encode("ascii", "replace").decode()
    return call.core.handle(Request(verb, path, query, AUTH, content, "economic.test")).status
