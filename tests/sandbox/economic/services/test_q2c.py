"""q2capi and dimensionsapi (economic-api 7.6, 10, 16.18)."""

from __future__ import annotations

import pytest

from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.journals import sell
from tests.sandbox.economic.services.test_services import code
from tests.sandboxes import Json, Sandboxes

DRAFTS = "/q2capi/v5.3.0/invoices/drafts"
DRAFT: Json = {
    "customerNumber": 10001,
    "customerName": "Cykelhjørnet",
    "date": "2026-11-24T00:00:00",
    "currencyCode": "DKK",
    "layoutNumber": 1,
    "termOfPaymentNumber": 1,
    "vatZoneNumber": 1,
    "otherReference": "RB-1",
    "externalId": "ours",
}
LINE: Json = {"productNumber": "NL-100", "description": "Cykel", "quantity": 2, "unitNetPrice": 100}


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    caller = Caller(systems)
    sell(caller, 70)
    return caller


def test_7_6_a_draft_is_the_same_document_on_both_surfaces(call: Caller) -> None:
    _, made = call("POST", DRAFTS, DRAFT)
    _, read = call("GET", f"{DRAFTS}/{made['number']}")
    assert {name: read[name] for name in DRAFT} == DRAFT
    rest = f"/invoices/drafts/{read['draftInvoiceNumber']}"
    assert call("GET", rest)[1]["references"]["other"] == "RB-1"
    assert call("GET", rest)[1]["soap"]["currentInvoiceHandle"]["id"] == made["number"]
    lines = f"{DRAFTS}/{made['number']}/lines"
    assert call("POST", lines, LINE) == (201, {"number": 1})
    assert call("GET", rest)[1]["grossAmount"] == 250
    _, again = call("GET", f"{DRAFTS}/{made['number']}")
    assert (again["amount"], again["vatAmount"], again["externalId"]) == (200, 50, "ours")
    assert code(call("PUT", f"{DRAFTS}/{made['number']}", {**read, "heading": "Tak"})) == (409, "UpdateConflict")
    assert call("PUT", f"{DRAFTS}/{made['number']}", {**again, "heading": "Tak"}) == (204, None)
    assert call("GET", rest)[1]["notes"]["heading"] == "Tak"
    assert len(call("GET", rest)[1]["lines"]) == 1
    assert call("DELETE", f"{DRAFTS}/{made['number']}") == (204, None)
    assert call("GET", rest)[0] == 404


def test_7_6_lines_are_added_changed_and_deleted(call: Caller) -> None:
    number = call("POST", DRAFTS, DRAFT)[1]["number"]
    lines = f"{DRAFTS}/{number}/lines"
    assert call("POST", f"{lines}/bulk", {"lines": [LINE, {"description": "Tekst"}]}) == (201, {"numbers": [1, 2]})
    _, rows = call("GET", lines)
    assert [(row["number"], row["userInterfaceNumber"], row["documentId"]) for row in rows] == [
        (1, 1, number),
        (2, 2, number),
    ]
    assert code(call("PUT", lines, {**rows[0], "objectVersion": "old"})) == (409, "UpdateConflict")
    assert call("PUT", lines, {**rows[0], "quantity": 3})[0] == 204
    assert call("GET", f"{lines}/1")[1]["totalNetAmount"] == 300
    assert call("DELETE", f"{lines}/2") == (204, None)
    assert call("GET", f"{DRAFTS}/lines/count?filter=documentId$eq:{number}") == (200, 1)
    for change in ({"description": ""}, {"quantity": None}, {"productNumber": "NIX"}):
        assert code(call("POST", lines, {**LINE, **change})) == (400, "InvalidInput")
    assert code(call("POST", f"{DRAFTS}/999/lines", LINE)) == (404, "ResourceNotFound")
    assert call("GET", f"{DRAFTS}/999/lines") == (200, [])  # 3.2: a parent that is not there has no lines


@pytest.mark.parametrize(
    "change",
    [{"customerNumber": 4}, {"layoutNumber": 77}, {"vatZoneNumber": 77}, {"currencyCode": "XXX"}, {"date": "i dag"}],
)
def test_7_6_nothing_is_filled_in(call: Caller, change: Json) -> None:
    before = call("GET", f"{DRAFTS}/count")
    assert code(call("POST", DRAFTS, {**DRAFT, **change})) == (400, "InvalidInput")
    name = next(iter(change))
    without = {key: value for key, value in DRAFT.items() if key != name}
    assert code(call("POST", DRAFTS, without)) == (400, "InvalidInput")
    assert call("GET", f"{DRAFTS}/count") == before


def test_7_6_booked_lines_know_their_account_and_vat(call: Caller) -> None:
    _, page = call("GET", "/q2capi/v5.3.0/invoices/booked/lines")
    (line,) = page["items"]
    assert (line["bookedAccount"], line["vatRate"], line["totalNetAmount"]) == (1012, 25, 1000)
    assert call("GET", f"/q2capi/v5.3.0/invoices/booked/{line['documentId']}/lines")[1] == [line]
    assert code(call("POST", "/q2capi/v5.3.0/invoices/booked", {})) == (404, "ResourceNotFound")  # booking is on REST


def test_orders_and_quotes_have_three_states(call: Caller) -> None:
    for kind in ("orders", "quotes"):
        for state in ("drafts", "sent", "archived"):
            assert call("GET", f"/q2capi/v5.3.0/{kind}/{state}/lines/count") == (200, 0)
        assert code(call("GET", f"/q2capi/v5.3.0/{kind}/lost/lines")) == (404, "ResourceNotFound")


def test_sensitive_data_goes_by_the_number_that_people_see(call: Caller) -> None:
    number = call("POST", DRAFTS, DRAFT)[1]["number"]
    seen = call("GET", f"{DRAFTS}/{number}")[1]["draftInvoiceNumber"]
    assert call("PUT", f"{DRAFTS}/{seen}/sensitive-data", {"sensitivityLevel": 1})[0] == 204
    assert code(call("PUT", f"{DRAFTS}/{seen}/sensitive-data", {"sensitivityLevel": 3})) == (400, "InvalidInput")


def test_10_dimensions_are_read(call: Caller) -> None:
    api = "/dimensionsapi/v5.3.1"
    assert call("GET", f"{api}/dimensions/1")[1]["name"] == "Afdeling"
    assert call("GET", f"{api}/values/count")[0] == 200
    assert call("GET", f"{api}/dimension-data/draft-entries") == (200, {"items": []})
    assert code(call("GET", f"{api}/distributions/1/1")) == (404, "ResourceNotFound")
    assert code(call("POST", f"{api}/dimensions", {})) == (405, "MethodNotAllowed")
