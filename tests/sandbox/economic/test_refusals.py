"""What e-conomic refuses, the local one refuses too: named by section of economic-api."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal as D

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.economic.wire.filtering import Filter
from lagerbro_sandbox.kernel.http import Request
from tests.sandbox.economic.calling import AUTH, Caller
from tests.sandboxes import Json, Sandboxes

CUSTOMER: Json = {
    "name": "Kunde",
    "currency": "DKK",
    "customerGroup": {"customerGroupNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "vatZone": {"vatZoneNumber": 1},
}
DRAFT: Json = {
    "date": "2026-11-24",
    "currency": "DKK",
    "customer": {"customerNumber": 7},
    "recipient": {"name": "Kunde", "vatZone": {"vatZoneNumber": 1}},
    "layout": {"layoutNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "lines": [
        {"product": {"productNumber": "A/1"}, "quantity": 3, "unitNetPrice": D("153.44"), "discountPercentage": 10}
    ],
}


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    caller = Caller(systems)
    assert caller("PUT", "/customers/7", CUSTOMER)[0] == 201
    product = {"productNumber": "A/1", "name": "Vare", "productGroup": {"productGroupNumber": 1}}
    assert caller("POST", "/products", product)[0] == 201
    return caller


def codes(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("errorCode"), str):
            yield node["errorCode"]
        for value in node.values():
            yield from codes(value)
    elif isinstance(node, list):
        for value in node:
            yield from codes(value)


def test_1_1_tokens(call: Caller) -> None:
    assert call("GET", "/self", x_agreementgranttoken="wrong")[0] == 401
    status, body = call("GET", "/self", x_appsecrettoken="wrong")
    assert (status, body["errorCode"]) == (401, "E02250")
    assert call("GET", "/self")[0] == 200


def test_2_1_put_replaces_and_creates(call: Caller) -> None:
    assert call("PUT", "/customers/7", {**CUSTOMER, "email": "a@example.com", "barred": True})[0] == 200
    status, body = call("PUT", "/customers/7", CUSTOMER)
    assert (status, "email" in body, "barred" in body) == (200, False, False)
    status, body = call("PUT", "/customers/99", CUSTOMER)
    assert (status, body["self"]) == (201, "http://economic.test/customers/99")


def test_2_1_delete_then_again(call: Caller) -> None:
    assert call("PUT", "/customers/8", CUSTOMER)[0] == 201
    assert call("DELETE", "/customers/8") == (204, None)
    status, body = call("DELETE", "/customers/8")
    assert (status, body["errorCode"]) == (404, "E06000")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": None}, "Expected String but got Null"),
        ({"name": ""}, "less than minimum length"),
        ({"name": "x" * 256}, "exceeds maximum length"),
        ({"customerNumber": 0}, "Integer 0 is less than minimum value of 1"),
        ({"barred": "yes"}, "Expected Boolean but got String"),
        ({"vatZone": 1}, "Expected Object but got Integer"),
    ],
)
def test_5_1_form_comes_first(call: Caller, change: Json, said: str) -> None:
    body = {**CUSTOMER, "customerGroup": {"customerGroupNumber": 404}, **change}
    status, answer = call("POST", "/customers", body)
    assert status == 400
    assert any(said in line for line in answer["errors"]), answer["errors"]
    assert answer["schemaPath"].endswith("customers.post.schema.json")


def test_5_3_references_in_the_tree_of_the_request(call: Caller) -> None:
    body = {**CUSTOMER, "customerGroup": {"customerGroupNumber": 404}, "vatZone": {}, "currency": "ZUL"}
    status, answer = call("POST", "/customers", body)
    assert (status, answer["errorCode"], answer["errorCount"]) == (400, "E04300", 3)
    assert answer["errors"]["customerGroup"]["customerGroupNumber"]["errors"][0]["errorCode"] == "E06000"
    assert answer["errors"]["vatZone"]["errors"][0]["errorCode"] == "E04500"
    assert answer["errors"]["currency"]["errors"][0]["inputValue"] == "ZUL"
    link = {"self": "http://economic.test/vat-zones/1"}
    assert call("POST", "/customers", {**CUSTOMER, "vatZone": link})[0] == 201


def test_9_1_the_worked_example(call: Caller) -> None:
    other = {"product": {"productNumber": "A/1"}, "quantity": 1, "unitNetPrice": 46}
    status, draft = call("POST", "/invoices/drafts", {**DRAFT, "lines": [*DRAFT["lines"], other]})
    assert status == 201
    assert (draft["netAmount"], draft["vatAmount"], draft["grossAmount"]) == (D("460.29"), D("115.07"), D("575.36"))
    assert draft["dueDate"] == "2026-12-02"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"customer": {"customerNumber": 404}}, "E06000"),
        ({"lines": [{"product": {"productNumber": "none"}, "quantity": 1}]}, "E06000"),
        ({"lines": [{"product": {"productNumber": "A/1"}}]}, "E04730"),
        ({"lines": [{"product": {"productNumber": "A/1"}, "quantity": D("1.125")}]}, "E04740"),
        ({"lines": [{"description": "text", "quantity": 1}]}, "E04720"),
        ({"recipient": {"name": "x", "vatZone": {"vatZoneNumber": 9}}}, "E06000"),
        ({"currency": "ZUL"}, "E06000"),
    ],
)
def test_7_1_drafts_that_are_refused_leave_nothing(call: Caller, change: Json, code: str) -> None:
    status, body = call("POST", "/invoices/drafts", {**DRAFT, **change})
    assert (status, code in set(codes(body))) == (400, True), body
    assert call("GET", "/invoices/drafts")[1]["collection"] == []
    assert call("POST", "/invoices/drafts", DRAFT)[0] == 201


def test_7_2_booking_numbers(call: Caller) -> None:
    numbers = [call("POST", "/invoices/drafts", DRAFT)[1]["draftInvoiceNumber"] for _ in range(3)]
    first, second, third = ({"draftInvoice": {"draftInvoiceNumber": number}} for number in numbers)
    assert call("POST", "/invoices/booked", {**first, "bookWithNumber": 31})[1]["bookedInvoiceNumber"] == 31
    status, body = call("PUT", "/invoices/booked/31", second)
    assert (status, "E06010" in set(codes(body))) == (400, True)
    assert call("POST", "/invoices/booked", second)[1]["bookedInvoiceNumber"] == 32
    assert call("POST", "/invoices/booked", second)[0] == 404
    assert call("PUT", "/invoices/booked/900", third)[1]["orderNumber"] == numbers[2]
    assert call("DELETE", "/customers/7")[0] == 400


def test_2_1_freed_draft_numbers_are_given_again(call: Caller) -> None:
    number = call("POST", "/invoices/drafts", DRAFT)[1]["draftInvoiceNumber"]
    status, body = call("DELETE", f"/invoices/drafts/{number}")
    assert (status, body["deletedCount"]) == (200, 1)
    assert call("POST", "/invoices/drafts", DRAFT)[1]["draftInvoiceNumber"] == number


def test_4_1_idempotency(call: Caller, systems: Sandboxes) -> None:
    first = call.raw("POST", "/invoices/drafts", DRAFT, idempotency_key="k")
    again = call.raw("POST", "/invoices/drafts", {**DRAFT, "date": "2026-01-01"}, idempotency_key="k")
    assert (again.status, again.body, again.headers["X-ResultFromCache"]) == (201, first.body, "true")
    status, body = call("POST", "/customers", CUSTOMER, idempotency_key="k")
    assert (status, "URLChanged" in body["message"]) == (400, True)
    refused = call.raw("POST", "/invoices/drafts", {**DRAFT, "currency": "ZUL"}, idempotency_key="bad")
    assert call.raw("POST", "/invoices/drafts", DRAFT, idempotency_key="bad").body == refused.body
    systems.clock.sleep_s(3601)
    assert call.raw("POST", "/invoices/drafts", DRAFT, idempotency_key="k").body != first.body
    assert len(call("GET", "/invoices/drafts")[1]["collection"]) == 2


def test_4_2_the_bucket(call: Caller, systems: Sandboxes) -> None:
    systems.economic.switches.bucket = 30
    answers = [call.raw("GET", "/self") for _ in range(11)]
    assert answers[-1].status == 429
    assert answers[-1].headers["X-RateLimiting"] == "token-limit-30-per-60-seconds: 30/30"
    systems.clock.sleep_s(60)
    assert call.raw("GET", "/self").status == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/customers?pagesize=1001", 400),
        ("/customers?pageSize=1000", 200),
        ("/customers?pagesize=0", 400),
        ("/customers?skippages=-1", 400),
        ("/customers?pagesize=x", 400),
        ("/customers/", 200),
        ("/customers?filter=dueAmount$eq:1", 400),
        ("/customers?sort=dueAmount", 400),
        ("/customers?filter=balance$eq:0", 200),
        ("/customers?sort=-balance", 200),
        ("/customers?sort=-name,customerNumber", 200),
        ("/nothing", 404),
        ("/products/A_6_1", 200),
        ("/products/A%2F1", 200),
        ("/products/A/1", 404),
    ],
)
def test_2_3_addresses(call: Caller, path: str, status: int) -> None:
    assert call("GET", path)[0] == status


def test_5_2_verbs_and_media(call: Caller) -> None:
    assert call("PATCH", "/customers/7", {})[0] == 405
    assert call("POST", "/layouts", {})[0] == 405
    assert call("POST", "/customers", CUSTOMER, content_type="text/plain")[0] == 415
    assert call.core.handle(Request("POST", "/customers", "", AUTH, b"{")).status == 400


def test_2_3_pages_link_to_each_other(call: Caller) -> None:
    for number in range(100, 145):
        call("PUT", f"/customers/{number}", CUSTOMER)
    _, first = call("GET", "/customers?filter=customerNumber$gte:100")
    assert (len(first["collection"]), first["pagination"]["results"]) == (20, 45)
    assert first["pagination"]["resultsWithoutFilter"] == 46
    assert "previousPage" not in first["pagination"]
    path = first["pagination"]["lastPage"].removeprefix("http://economic.test")
    _, last = call("GET", path)
    assert (len(last["collection"]), "nextPage" in last["pagination"]) == (5, False)
    _, none = call("GET", "/customers?filter=name$eq:nobody")
    assert "developerHint" in none["pagination"]


RECORDS = [
    {"name": "Anna (1)", "number": 1, "city": None},
    {"name": "bo*", "number": 2, "city": "Aarhus"},
    {"name": "Å[x]", "number": 10},
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("name$eq:anna $(1$)", [1]),
        ("name$eq:Å[x]", [10]),
        ("name$eq:Å$[x$]", []),
        ("name$like:n", [1]),
        ("name$like:b*", [2]),
        ("name$like:*[[]x]*", [10]),
        ("number$gt:1$and:number$lt:10", [2]),
        ("number$eq:1$or:(number$gte:2$and:city$eq:$null:)", [1, 10]),
        ("number$in:[1,10]", [1, 10]),
        ("city$in:[$null:]", [1, 10]),
        ("number$nin:[1,10]", [2]),
        ("number$ne:1", [2, 10]),
    ],
)
def test_2_4_the_filter_language(text: str, found: list[int]) -> None:
    test = Filter(text, ("name", "number", "city")).read()
    assert [record["number"] for record in RECORDS if test(record)] == found


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "name",
                "$eq:",
                "$like:",
                "$in:",
                "[",
                "]",
                "(",
                ")",
                "$and:",
                "$or:",
                "$null:",
                ",",
                "$",
                "a",
                "1",
                "*",
                "[[]",
                " ",
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_any_filter_is_read_or_refused(text: str) -> None:
    outcome = "read"
    try:
        test = Filter(text, ("name",)).read()
        test({"name": "a"})
    except ApiError as error:
        outcome = f"refused with {error.status}"
    assert outcome in ("read", "refused with 400")
