"""Whatever is sent to REST is answered: never a fault, never broken books (issue 4, "Bad input")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.json import from_json, to_json
from tests.contract.table import CUSTOMER, DRAFT, PRODUCT, filled
from tests.sandbox.economic.calling import AUTH
from tests.sandboxes import Sandboxes

ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.decimals(allow_nan=False, allow_infinity=False, places=7),
    st.sampled_from(
        [10**18, -(10**18), "", "x" * 3000, "2026-W01-1", "2026-02-30", "\0", "$", [], {}, [{}], {"self": ""}]
    ),
    st.text(max_size=20),
)
BODIES = {
    "/customers": CUSTOMER,
    "/customers/10001/contacts": {"name": "Ida"},
    "/customers/10001/delivery-locations": {"sortKey": 1},
    "/products": PRODUCT,
    "/products/NL-100/pricing/currency-specific-sales-prices": {"price": 1, "currency": {"code": "SEK"}},
    "/payment-terms": {"name": "T", "paymentTermsType": "net", "daysOfCredit": 1},
    "/invoices/drafts": DRAFT,
    "/invoices/booked": {"draftInvoice": {"draftInvoiceNumber": 3}, "bookWithNumber": 9, "sendBy": "none"},
    "/orders/sent": {**DRAFT, "orderNumber": 1, "soap": {"orderHandle": {"id": 1}}},
    "/suppliers": {**CUSTOMER, "supplierGroup": {"supplierGroupNumber": 1}, "supplierNumber": 1},
}


@pytest.fixture(scope="module")
def books() -> Iterator[Sandboxes]:
    systems = filled()
    systems.economic.switches.bucket = 10**9
    yield systems
    systems.close()


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, below in items:
        yield (*path, name)
        yield from places(below, (*path, name))


def spoilt(body: Any, path: tuple[str | int, ...], odd: Any) -> Any:
    copy = from_json(to_json(body))
    at: Any = copy
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = odd
    return copy


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_one_odd_value_anywhere(books: Sandboxes, data: st.DataObject) -> None:
    address = data.draw(st.sampled_from(sorted(BODIES)))
    body = BODIES[address]
    where = data.draw(st.sampled_from(list(places(body))))
    sent = spoilt(body, where, data.draw(ODD))
    answer = books.economic.handle(Request("POST", address, "", AUTH, to_json(sent), "e.test"))
    assert answer.status in (201, 400, 404), answer.body
    assert sum(amount for _, amount in books.entries()) == 0


FIGURES = ("quantity", "unitNetPrice", "unitCostPrice", "discountPercentage")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries({name: st.sampled_from([0, 1, -1, 10**9, -(10**18), 10**18]) for name in FIGURES}))
def test_figures_of_any_size_are_exact_or_refused(books: Sandboxes, figures: dict[str, int]) -> None:
    """What is taken can be booked, and leaves the ledger balanced."""
    line = {"product": {"productNumber": "NL-100"}, **figures}
    body = to_json({**DRAFT, "currency": "EUR", "lines": [line, line]})
    made = books.economic.handle(Request("POST", "/invoices/drafts", "", AUTH, body, "e.test"))
    assert made.status in (201, 400), made.body
    if made.status == 201:
        number = from_json(made.body)["draftInvoiceNumber"]  # type: ignore[index]  # an object
        booking = to_json({"draftInvoice": {"draftInvoiceNumber": number}})
        booked = books.economic.handle(Request("POST", "/invoices/booked", "", AUTH, booking, "e.test"))
        assert booked.status == 201, booked.body
    total = books.economic.store.connection.execute("SELECT SUM(base_amount) FROM entry WHERE kind='customerInvoice'")
    assert total.fetchone()[0] == 0


SEGMENT = st.one_of(
    st.sampled_from(["1", "0", "-1", "²", "10" * 20, "_6_", "%00", "%FF", "NL-100", "2026"]), st.text(max_size=6)
)


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        ["customers", "products", "accounts", "invoices", "orders", "accounting-years", "units", "vat-types"]
    ),
    st.lists(SEGMENT, max_size=4),
    st.sampled_from(["GET", "PUT", "DELETE", "POST", "PATCH"]),
    st.text(max_size=20),
)
def test_odd_addresses(books: Sandboxes, root: str, rest: list[str], method: str, query: str) -> None:
    answer = books.economic.handle(Request(method, "/".join(("", root, *rest)), query, AUTH, b"{}", "e.test"))
    assert answer.status < 500, answer.body
