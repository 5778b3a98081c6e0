"""A customer's price group on both surfaces, and the prices that come of it (economic-api 6.1; productsapi)."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.test_refusals import codes
from tests.sandboxes import Sandboxes

PRODUCTS = "/productsapi/v2.0.0"
CUSTOMERS = "/customersapi/v3.1.0/Customers"
CUSTOMER: dict[str, Any] = {
    "name": "Kunde",
    "currency": "DKK",
    "customerGroup": {"customerGroupNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "vatZone": {"vatZoneNumber": 1},
}


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    caller = Caller(systems)
    product = {"productNumber": "P", "name": "Vare", "productGroup": {"productGroupNumber": 1}, "salesPrice": 100}
    assert caller("POST", "/products", product)[0] == 201
    assert caller("POST", f"{PRODUCTS}/pricegroups", {"number": 3, "name": "Kæder"})[0] == 201
    return caller


def special(call: Caller, **price: object) -> int:
    status, made = call("POST", f"{PRODUCTS}/pricegroups/3/specialprices", {"productNumber": "P", **price})
    assert status == 201, made
    number: int = made["number"]
    return number


def line(call: Caller) -> tuple[D, D]:
    _, body = call("GET", "/customers/7/templates/invoiceline/P?quantity=2")
    return body["unitNetPrice"], body["discountPercentage"]


@pytest.mark.parametrize(
    "group", [{"priceGroupNumber": 3}, {"self": "http://economic.test/price-groups/3"}], ids=["number", "link"]
)
def test_6_1_a_price_group_is_kept_and_told_on_the_other_surface(call: Caller, group: dict[str, Any]) -> None:
    status, body = call("PUT", "/customers/7", {**CUSTOMER, "priceGroup": group})
    assert (status, "priceGroup" in body) == (201, False)  # no published answer has it
    assert call("GET", f"{CUSTOMERS}/7")[1]["priceGroupNumber"] == 3
    wrong = {**CUSTOMER, "priceGroup": {"priceGroupNumber": 4}}
    status, body = call("PUT", "/customers/7", wrong)
    assert (status, set(codes(body))) == (400, {"E04300", "E06000"})
    assert call("DELETE", f"{PRODUCTS}/pricegroups/3")[0] == 400  # in use
    assert call("PUT", "/customers/7", CUSTOMER)[0] == 200
    assert "priceGroupNumber" not in call("GET", f"{CUSTOMERS}/7")[1]
    assert call("DELETE", f"{PRODUCTS}/pricegroups/3")[0] == 204


def test_6_1_a_special_price_or_discount_stands_in_the_line_template(call: Caller) -> None:
    call("PUT", "/customers/7", CUSTOMER)
    number = special(call, salesPriceBaseCurrency=80)
    assert line(call) == (D(100), D(0))  # not of the group
    call("PUT", "/customers/7", {**CUSTOMER, "priceGroup": {"priceGroupNumber": 3}})
    assert line(call) == (D(80), D(0))
    call("PUT", "/customers/7", {**CUSTOMER, "currency": "EUR", "priceGroup": {"priceGroupNumber": 3}})
    assert line(call)[0] == (D(8000) / 746 * 100 / 100).quantize(D("0.01"))
    place = f"{PRODUCTS}/pricegroups/3/specialprices/{number}"
    assert call("DELETE", place)[0] == 204
    call("PUT", "/customers/7", {**CUSTOMER, "priceGroup": {"priceGroupNumber": 3}})
    special(call, discountPercentage=15)
    assert line(call) == (D(100), D(15))
