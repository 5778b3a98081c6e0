"""customersapi, productsapi and accountingyearsapi: the same records that REST has (economic-api 6, 16.8, 16.32)."""

from __future__ import annotations

import pytest

from tests.contract.services.service_requests import CUSTOMER, PRODUCT
from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.journals import sell
from tests.sandbox.economic.services.test_services import code
from tests.sandboxes import Json, Sandboxes

CUSTOMERS = "/customersapi/v3.1.0/Customers"
PRODUCTS = "/productsapi/v2.0.0/products"
GROUPS = "/productsapi/v2.0.0/productgroups"
YEARS = "/accountingyearsapi/v2.0.1/AccountingYears"


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems)


def test_6_1_a_customer_is_the_same_on_both_surfaces(call: Caller) -> None:
    body = {**CUSTOMER, "address2": "2. sal", "eanLocationNumber": "5798000000001", "cvrNo": "12345678", "iban": "DK1"}
    assert call("POST", CUSTOMERS, body) == (201, {"customerNumber": 7001})
    _, rest = call("GET", "/customers/7001")
    assert (rest["name"], rest["ean"], rest["address"]) == ("Kunde", "5798000000001", "Torvet 1\n2. sal")
    assert rest["vatZone"]["vatZoneNumber"] == 1
    assert "services" not in rest
    _, read = call("GET", f"{CUSTOMERS}/7001")
    assert {name: read[name] for name in body} == body
    assert code(call("POST", CUSTOMERS, body)) == (400, "CustomerAlreadyExists")
    assert call("PUT", f"{CUSTOMERS}/7001", {**read, "access": False}) == (204, None)
    assert call("GET", "/customers/7001")[1]["barred"] is True
    assert code(call("PUT", f"{CUSTOMERS}/7001", {**read, "name": "Ny"})) == (409, "UpdateConflict")


def test_2_1_rest_replaces_what_it_knows_and_keeps_the_rest(call: Caller) -> None:
    call("POST", CUSTOMERS, {**CUSTOMER, "iban": "DK1"})
    minimal = {
        "name": "Ny",
        "currency": "DKK",
        "customerGroup": {"customerGroupNumber": 1},
        "paymentTerms": {"paymentTermsNumber": 1},
        "vatZone": {"vatZoneNumber": 1},
    }
    assert call("PUT", "/customers/7001", minimal)[0] == 200
    _, read = call("GET", f"{CUSTOMERS}/7001")
    assert (read["name"], read["iban"], "email" in read) == ("Ny", "DK1", False)


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"name": ""}, "CustomerMissingName"),
        ({"customerGroupNumber": 77}, "CustomerInvalidGroupId"),
        ({"zone": 77}, "CustomerInvalidVatZone"),
        ({"paymentTermId": 77}, "CustomerInvalidPaymentTerm"),
        ({"email": "nobody"}, "CustomerInvalidEmail"),
        ({"defaultInvoiceRecipient": "nobody"}, "CustomerInvalidInvoiceEmail"),
        ({"eanLocationNumber": "579800000000x"}, "CustomerInvalidEAN"),
        ({"eanLocationNumber": "5798"}, "CustomerInvalidEANThirteenDigits"),
        ({"pnr": "12"}, "CustomerInvalidPNumber"),
        ({"currency": "XXX"}, "InvalidInput"),
        ({"defaultAttention": 99}, "CustomerInvalidDefaultAttention"),
        ({"postCode": "x" * 31}, "InvalidInput"),
    ],
)
def test_5_4_customers_are_refused_by_code(call: Caller, change: Json, wanted: str) -> None:
    assert code(call("POST", CUSTOMERS, {**CUSTOMER, **change})) == (400, wanted)
    assert call("GET", f"{CUSTOMERS}/7001")[0] == 404


def test_16_32_the_caller_gives_the_number_here(call: Caller) -> None:
    without = {name: value for name, value in CUSTOMER.items() if name != "customerNumber"}
    assert code(call("POST", CUSTOMERS, without)) == (400, "CustomerInvalidCustomerNumber")
    misspelt = {**{name: value for name, value in CUSTOMER.items() if name != "paymentTermId"}, "paymentTermsNumber": 1}
    assert code(call("POST", CUSTOMERS, misspelt)) == (400, "CustomerInvalidPaymentTerm")  # 16.8: passed over
    call("POST", CUSTOMERS, CUSTOMER)
    _, read = call("GET", f"{CUSTOMERS}/7001")
    assert code(call("PUT", f"{CUSTOMERS}/7001", {**read, "customerNumber": 7002})) == (
        400,
        "CustomerannotChangeNumber",
    )


def test_contacts_and_delivery_locations(call: Caller) -> None:
    call("POST", CUSTOMERS, CUSTOMER)
    contacts, places = "/customersapi/v3.1.0/Contacts", "/customersapi/v3.1.0/DeliveryLocations"
    assert call("POST", contacts, {"customerNumber": 7001, "name": "Bo"}) == (201, {"number": 1})
    assert code(call("POST", contacts, {"customerNumber": 7001, "name": "BO"})) == (
        400,
        "CustomerContactNameAlreadyExists",
    )
    assert call("POST", places, {"customerNumber": 7001, "city": "Aarhus"}) == (201, {"number": 1})
    assert code(call("POST", places, {"customerNumber": 4})) == (400, "CustomerNotFound")
    _, read = call("GET", f"{places}/1")
    assert (read["city"], read["isBarred"], read["userInterfaceNumber"]) == ("Aarhus", False, 1)
    assert code(call("PUT", places, {**read, "customerNumber": 10001})) == (400, "CustomerNumberMismatch")
    _, customer = call("GET", f"{CUSTOMERS}/7001")
    call("PUT", f"{CUSTOMERS}/7001", {**customer, "access": False})
    assert code(call("POST", places, {"customerNumber": 7001})) == (400, "CustomerIsBarred")


def test_6_4_a_product_is_the_same_on_both_surfaces(call: Caller) -> None:
    assert call("POST", PRODUCTS, PRODUCT) == (201, {"productNumber": "P 1/2"})
    _, rest = call("GET", "/products/P_9_1_6_2")
    assert (rest["name"], rest["salesPrice"], rest["unit"]["unitNumber"]) == ("Cykel", 12.5, 1)
    item = f"{PRODUCTS}/P%201%2F2"  # plain percent-encoding here (2.2)
    _, read = call("GET", item)
    assert code(call("POST", PRODUCTS, PRODUCT)) == (400, "ProductNumberAlreadyExists")
    assert code(call("PUT", item, {**read, "productNumber": "Q"})) == (400, "ProductNumberChangeSettingNotEnabled")
    assert code(call("PUT", item, {**read, "productGroupId": 77})) == (400, "ProductGroupDoesNotExist")
    assert call("PUT", item, {**read, "isAccessible": False}) == (204, None)
    assert call("GET", "/products/P_9_1_6_2")[1]["barred"] is True
    assert [row["productNumber"] for row in call("GET", "/productsapi/v2.0.0/productspaged/paged")[1]] == ["P 1/2"]
    assert call("GET", f"{PRODUCTS}?filter=name$like:cyk")[1]["items"][0]["productNumber"] == "P 1/2"
    assert call("DELETE", item) == (204, None)
    for published in ("1.1.0", "1.0.0"):  # older versions that clients call
        assert call("GET", f"/productsapi/v{published}/products")[0] == 200


def test_a_product_on_an_invoice_stays(call: Caller) -> None:
    sell(call, 70)
    assert code(call("DELETE", f"{PRODUCTS}/NL-100")) == (400, "ProductUsedOnInvoiceLines")


def test_6_5_zones_of_a_product_group_are_its_sales_accounts(call: Caller) -> None:
    assert call("POST", GROUPS, {"id": 9, "name": "Ny", "domesticAccountId": 1010}) == (201, {"id": 9})
    assert call("POST", f"{GROUPS}/9/zones", {"id": 2, "accountId": 1020}) == (201, {"id": 2})
    rows = call("GET", "/product-groups/9/sales-accounts")[1]["collection"]
    assert [(row["vatZone"]["vatZoneNumber"], row["salesAccount"]["accountNumber"]) for row in rows] == [
        (1, 1010),
        (2, 1020),
    ]
    assert code(call("DELETE", f"{GROUPS}/9/zones/1")) == (400, "InvalidInput")  # 9.2: domestic must exist
    assert call("GET", f"{GROUPS}/77/zones") == (200, {"items": []})  # 3.2: not 404
    assert code(call("POST", f"{GROUPS}/9/zones", {"id": 3, "accountId": 1000})) == (400, "InvalidInput")
    assert call("DELETE", f"{GROUPS}/9/zones/2") == (204, None)
    assert call("DELETE", f"{GROUPS}/9") == (204, None)
    call("POST", PRODUCTS, PRODUCT)
    assert code(call("DELETE", f"{GROUPS}/1")) == (400, "InvalidInput")


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        ("2028-01-01", "2028-12-31", None),
        ("2028-02-01", "2028-12-31", "ThereAreGapsBetweenAccountingYears"),
        ("2028-01-01", "2028-12-30", "InvalidAccountingYearDates"),
        ("2028-01-01", "2029-12-31", "InvalidAccountingYearDates"),
        ("2026-01-01", "2026-12-31", "AccountingYearExists"),
        ("2024-02-01", "2024-12-31", "PeriodOverlapExistingClosedAccountingYear"),
    ],
)
def test_6_8_years(call: Caller, first: str, last: str, wanted: str | None) -> None:
    answer = call("POST", YEARS, {"dateFrom": first, "dateTo": last, "isClosed": False})
    assert answer == (201, {"year": "2028"}) if wanted is None else code(answer) == (400, wanted)


def test_6_8_only_the_latest_year_is_deleted_and_only_empty(call: Caller) -> None:
    wanted = "AccountingYearNeededToAvoidGapInAccountingYearSeries"
    assert code(call("DELETE", f"{YEARS}/2026")) == (400, wanted)
    entry = {"entryTypeNumber": 5, "journalNumber": 1, "date": "2027-01-01", "amount": 1, "currency": "DKK"}
    call("POST", "/journalsapi/v15.0.0/draft-entries", {**entry, "accountNumber": 5820})
    assert code(call("DELETE", f"{YEARS}/2027")) == (400, "AccountingYearInUse")
    call("DELETE", "/journalsapi/v15.0.0/draft-entries/delete/1")
    assert call("DELETE", f"{YEARS}/2027") == (204, None)
    assert code(call("GET", YEARS)) == (405, "MethodNotAllowed")  # there is no cursor list of years


def test_6_8_periods_tell_closed_and_barred(call: Caller) -> None:
    periods = "/accountingyearsapi/v2.0.1/accountingYears/periods"
    call("POST", "/_sandbox/periods/bar", {"agreement": 1180001, "year": "2026", "date": "2026-03-15"})
    _, page = call("GET", f"{periods}?filter=year$eq:2026$and:dateFrom$gte:2026-03-01$and:dateFrom$lt:2026-05-01")
    assert [(row["dateFrom"][:7], row["isBarred"], row["isClosed"]) for row in page["items"]] == [
        ("2026-03", True, False),
        ("2026-04", False, False),
    ]
    _, closed = call("GET", f"{periods}?filter=year$eq:2024")
    assert {row["isClosed"] for row in closed["items"]} == {True}
