"""Listing on REST: what may be filtered and sorted by, the observed faults, and large collections (economic-api 2)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from lagerbro_sandbox.economic.storage import marks
from lagerbro_sandbox.economic.wire.filtering import Filter, must_hold
from lagerbro_sandbox.kernel.records import SCHEMA
from lagerbro_sandbox.kernel.storage import transaction
from tests.sandbox.economic.calling import Caller
from tests.sandboxes import Json, Sandboxes

AGREEMENT = 1180001
CUSTOMER: Json = {
    "name": "Kunde",
    "currency": "DKK",
    "customerGroup": {"customerGroupNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "vatZone": {"vatZoneNumber": 1},
}


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/customers?filter=pNumber$eq:1000000001", True),
        ("/customers?filter=customerGroup.customerGroupNumber$eq:1", True),
        ("/customer-groups?filter=account.accountNumber$eq:5600", False),
        ("/employees?filter=email$eq:a", False),
        ("/employees?filter=phone$eq:1", False),
        ("/products?filter=inventory.netWeight$gt:1", False),
        ("/invoices/unpaid?filter=references.customerContact.customer.customerNumber$eq:1", False),
        ("/invoices/booked?filter=dueDate$lt:2026-01-01", False),
        ("/invoices/booked?filter=remainder$gt:0", False),
        ("/units?filter=name$eq:stk.", False),
    ],
)
def test_2_9_what_is_really_filterable(call: Caller, path: str, allowed: bool) -> None:
    status, body = call("GET", path)
    assert status == (200 if allowed else 400)
    if not allowed:
        assert body["errors"][0].startswith("Filtering is not allowed on property '")
        assert isinstance(body["allowedFilteringFields"], list)


OBSERVED_FAULTS = (
    "/orders/drafts?filter=paymentTerms.paymentTermsNumber$eq:1",
    "/quotes/sent?filter=paymentTerms.paymentTermsNumber$in:[1]",
    "/products?filter=departmentalDistribution.departmentalDistributionNumber$eq:1",
    "/products?filter=barred$ne:true",
    "/products?filter=barred$eq:$null:",
)
"""economic-api 2.9: the only filters that are 500 without a fault switch."""


@pytest.mark.parametrize("path", OBSERVED_FAULTS)
def test_2_9_filters_that_the_server_breaks_on(call: Caller, path: str) -> None:
    status, body = call("GET", path)
    assert (status, body["errorCode"]) == (500, "E00500")


def test_2_9_barred_can_be_asked_for_and_a_chain_hides_a_fault(call: Caller) -> None:
    assert call("GET", "/products?filter=barred$eq:true")[0] == 200
    assert call("GET", "/products?filter=name$eq:nobody$and:barred$ne:true")[0] == 200
    assert call("GET", "/products?sort=barred")[0] == 400
    assert call("GET", "/suppliers?sort=name")[0] == 400  # no property of suppliers is flagged


def test_2_4_at_most_200_values(call: Caller) -> None:
    numbers = ",".join(map(str, range(1, 201)))
    assert call("GET", f"/customers?filter=customerNumber$in:[{numbers}]")[0] == 200
    assert call("GET", f"/customers?filter=customerNumber$in:[{numbers},201]")[0] == 400


def test_2_4_moments_compare_as_moments(call: Caller) -> None:
    assert call("PUT", "/customers/7", CUSTOMER)[0] == 201
    for text, found in (
        ("$gte:2026-11-24T09:00:00Z", 1),
        ("$gt:2026-11-24T09:00:00", 0),
        ("$eq:2026-11-24T10:00:00%2B01:00", 1),
        ("$gte:2026-11-24", 1),
        ("$lt:2026-11-24", 0),
        ("$gte:2026-11-25", 0),
    ):
        assert call("GET", f"/customers?filter=lastUpdated{text}")[1]["pagination"]["results"] == found, text


def test_2_3_beyond_the_end(call: Caller) -> None:
    call("PUT", "/customers/7", CUSTOMER)
    _, body = call("GET", "/customers?skippages=5")
    assert (body["collection"], body["pagination"]["results"]) == ([], 1)
    assert {"firstPage", "lastPage"} <= set(body["pagination"])
    assert body["metaData"]["create"]["httpMethod"] == "post"


def test_2_5_sorting_by_value_by_text_and_backwards(call: Caller) -> None:
    for number in (9, 10, 100):
        call("PUT", f"/customers/{number}", {**CUSTOMER, "name": f"K{number % 10}"})

    def order(sort: str) -> list[int]:
        return [row["customerNumber"] for row in call("GET", f"/customers?sort={sort}")[1]["collection"]]

    assert order("customerNumber") == [9, 10, 100]
    assert order("-customerNumber") == [100, 10, 9]
    assert order("~customerNumber") == [10, 100, 9]
    assert order("name,-customerNumber") == [100, 10, 9]


def test_large_collections_are_paged_and_filtered_without_reading_them(systems: Sandboxes, call: Caller) -> None:
    store = systems.economic.store
    with transaction(store.connection):
        for number in range(1, 3001):
            store.put(AGREEMENT, "customers", number, {"customerNumber": number, **CUSTOMER})
    read = 0
    get = store.get

    def counted(tenant: int, kind: str, key: str | int) -> Json | None:
        nonlocal read
        read += kind == "customers"
        return get(tenant, kind, key)

    store.get = counted  # type: ignore[method-assign]
    store.all = None  # type: ignore[assignment,method-assign]  # reading all of them would fail
    for path, first in (
        ("/customers?skippages=140&pagesize=20", 2801),
        ("/customers?sort=-customerNumber", 3000),
        ("/customers?filter=customerNumber$gte:2990", 2990),
        ("/customers?filter=customerNumber$in:[7,8]$and:name$like:kunde", 7),
    ):
        read = 0
        assert call("GET", path)[1]["collection"][0]["customerNumber"] == first
        assert read <= 20, path


RECORDS: list[Json] = [
    {"customerNumber": 7, "lastUpdated": "2026-11-24T09:00:00Z", "email": "A@b.dk", "ean": "007"},
    {"customerNumber": 70, "lastUpdated": "2026-11-25T09:00:00Z", "email": "7"},
    {"customerNumber": 8},
]


@pytest.fixture
def marked() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA + marks.SCHEMA)
    for record in RECORDS:
        marks.write(connection, 1, "customers", str(record["customerNumber"]), record)
    yield connection
    connection.close()


COMPARED = ("7", "7.0", "07", "8", "a@B.DK", "2026-11-24", "2026-11-24T09:00:00", "x", "-1e9", "", "false", "1e9999")


@pytest.mark.parametrize("value", COMPARED)
@pytest.mark.parametrize("operator", ["eq", "ne", "gt", "gte", "lt", "lte", "like"])
@pytest.mark.parametrize("name", ["customerNumber", "lastUpdated", "email", "ean"])
def test_marks_never_leave_out_what_passes(marked: sqlite3.Connection, name: str, operator: str, value: str) -> None:
    tree = Filter(f"{name}${operator}:{value}", (name,)).tree()
    passing = {str(record["customerNumber"]) for record in RECORDS if tree.test()(record)}
    narrowed = marks.narrowed(marked, 1, "customers", must_hold(tree))
    assert narrowed is None or passing <= narrowed
