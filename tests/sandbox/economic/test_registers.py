"""Registers and what lies below them on REST (economic-api 2.1, 2.2, 6, 16)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro_sandbox.kernel.http import Request
from tests.sandbox.economic.calling import AUTH, Caller
from tests.sandbox.economic.test_refusals import CUSTOMER, codes
from tests.sandboxes import Json, Sandboxes

PRODUCT: Json = {"productNumber": "A/1", "name": "Vare", "productGroup": {"productGroupNumber": 1}, "salesPrice": 100}


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    caller = Caller(systems)
    assert caller("PUT", "/customers/7", CUSTOMER)[0] == 201
    assert caller("POST", "/products", PRODUCT)[0] == 201
    return caller


def test_6_1_contacts_belong_to_their_customer(call: Caller) -> None:
    assert call("PUT", "/customers/8", CUSTOMER)[0] == 201
    assert call("POST", "/customers/7/contacts", {"email": "a@b.dk"})[0] == 400
    status, made = call("POST", "/customers/7/contacts", {"name": "Ida", "emailNotifications": ["invoices"]})
    number = made["customerContactNumber"]
    assert (status, made["self"]) == (201, f"http://economic.test/customers/7/contacts/{number}")
    assert call("GET", f"/customers/8/contacts/{number}")[0] == 404
    assert call("PUT", f"/customers/8/contacts/{number}", {"customerContactNumber": number, "name": "x"})[0] == 404
    assert call("PUT", f"/customers/7/contacts/{number}", {"name": "x"})[0] == 400  # the number is mandatory
    person = {"customerContactNumber": number}
    status, body = call("PUT", "/customers/8", {**CUSTOMER, "attention": person})
    assert (status, "E06000" in set(codes(body))) == (400, True)
    _, customer = call("PUT", "/customers/7", {**CUSTOMER, "attention": person})
    assert customer["attention"]["self"] == made["self"]
    assert call("DELETE", f"/customers/7/contacts/{number}")[0] == 204
    status, body = call("DELETE", f"/customers/7/contacts/{number}")
    assert (status, body["errorCode"]) == (404, "E06000")


def test_16_8_a_misspelt_name_disappears_silently(call: Caller) -> None:
    """`zip` is the customer's word; a delivery location says `postalCode`."""
    _, made = call("POST", "/customers/7/delivery-locations", {"zip": "8000", "postalCode": "8200"})
    assert ("zip" in made, made["postalCode"]) == (False, "8200")
    assert call("GET", "/customers/7/delivery-locations")[1]["collection"][0]["sortKey"] == 1


def test_6_1_templates_hold_the_defaults_that_a_draft_does_not_take(call: Caller) -> None:
    _, body = call("GET", "/customers/7/templates/invoice")
    assert ("layout" in body, "lines" in body, body["dueDate"]) == (False, False, "2026-12-02")
    line = call("GET", "/customers/7/templates/invoiceline/A_6_1?quantity=3")[1]
    assert (line["quantity"], line["unitNetPrice"], line["description"]) == (3, 100, "Vare")
    assert call("GET", "/customers/7/templates/invoiceline/A_6_1?quantity=x")[0] == 400
    whole = {**body, "layout": {"layoutNumber": 1}, "lines": [line]}
    status, draft = call("POST", "/invoices/drafts", whole)
    assert (status, draft["netAmount"]) == (201, 300)


def test_6_2_a_group_needs_an_account_that_takes_postings(call: Caller, systems: Sandboxes) -> None:
    group = {"customerGroupNumber": 9, "name": "G"}
    status, body = call("POST", "/customer-groups", {**group, "account": {"accountNumber": 1000}})  # a heading
    assert (status, "E06100" in set(codes(body))) == (400, True)
    systems.admin("economic", "bar", agreement=1180001, kind="accounts", key=5600)
    assert call("POST", "/customer-groups", {**group, "account": {"accountNumber": 5600}})[0] == 400
    systems.admin("economic", "bar", agreement=1180001, kind="accounts", key=5600, barred=False)
    status, body = call("POST", "/customer-groups", {**group, "account": {"accountNumber": 5600}})
    assert (status, body["account"]["accountType"]) == (201, "status")
    assert call("DELETE", "/customer-groups/1")[0] == 400  # customer 7 is in it
    assert call("DELETE", "/customer-groups/9")[0] == 204


def test_6_6_terms_never_change_their_type_or_days(call: Caller) -> None:
    terms = {"name": "30 dage", "paymentTermsType": "net", "daysOfCredit": 30}
    status, made = call("POST", "/payment-terms", {**terms, "paymentTermsNumber": 900})
    assert (status, made["paymentTermsNumber"] != 900) == (201, True)  # the number is the server's to give
    path = f"/payment-terms/{made['paymentTermsNumber']}"
    assert call("PUT", path, {**terms, "name": "Tredive"})[0] == 200
    status, body = call("PUT", path, {**terms, "daysOfCredit": 8})
    assert (status, "E06151" in set(codes(body))) == (400, True)
    assert call("GET", path)[1]["daysOfCredit"] == 30
    assert "E06151" not in set(codes(call("PUT", path, {**terms, "paymentTermsType": "Net"})[1]))  # enum casing first


def test_5_3_missing_terms_have_a_code_of_their_own(call: Caller) -> None:
    status, body = call("POST", "/customers", {**CUSTOMER, "paymentTerms": {"paymentTermsNumber": 99}})
    assert (status, "E07080" in set(codes(body))) == (400, True)


def test_6_4_prices_in_other_currencies(call: Caller) -> None:
    path = "/products/A_6_1/pricing/currency-specific-sales-prices"
    assert call("POST", path, {"price": 10})[0] == 400
    status, made = call("POST", path, {"price": D("13.40"), "currency": {"code": "EUR"}})
    assert (status, made["self"]) == (201, f"http://economic.test{path}/EUR")
    assert call("POST", path, {"price": 1, "currency": {"code": "EUR"}})[0] == 400
    assert call("PUT", f"{path}/EUR", {"price": D("1.234"), "currency": {"code": "EUR"}})[0] == 400
    assert call("PUT", f"{path}/EUR", {"price": 14, "currency": {"code": "EUR"}})[1]["price"] == 14
    call("PUT", "/customers/7", {**CUSTOMER, "currency": "EUR"})
    assert call("GET", "/customers/7/templates/invoiceline/A_6_1")[1]["unitNetPrice"] == 14
    assert call("DELETE", f"{path}/EUR")[0] == 204
    assert call("DELETE", f"{path}/EUR")[1]["errorCode"] == "E06000"


def test_2_2_every_character_of_the_table_in_an_address(call: Caller) -> None:
    number = "<>*%:&/\\_ ?.#+"
    status, made = call("POST", "/products", {**PRODUCT, "productNumber": number})
    assert (status, made["productNumber"]) == (201, number)
    path = made["self"].removeprefix("http://economic.test")
    assert call("GET", path)[1]["productNumber"] == number
    assert call("POST", "/products", {**PRODUCT, "productNumber": "Æ_1_"})[0] == 201
    assert call("GET", "/products/%C3%86_1_")[1]["productNumber"] == "Æ_1_"


def test_2_1_a_used_record_stays(call: Caller, systems: Sandboxes) -> None:
    call("PUT", "/products/A_6_1", {**PRODUCT, "unit": {"unitNumber": 1}})
    for path in ("/units/1", "/payment-terms/1"):
        assert call("DELETE", path)[0] == 400
    assert call("DELETE", "/products/A_6_1")[0] == 204
    assert call("DELETE", "/customers/7")[0] == 204
    assert call("GET", "/customers/7/contacts")[0] == 404


def test_6_6_settings_of_an_app(call: Caller) -> None:
    path = "/app-settings/agreement/tenant"
    assert call("GET", path)[0] == 404
    assert call("PUT", path, {"settingKey": "tenant"})[0] == 400
    assert call("PUT", path, {"settingKey": "tenant", "content": "a"})[0] == 201
    assert call("PUT", path, {"settingKey": "tenant", "content": "b"})[0] == 200
    assert call("GET", path)[1]["content"] == "b"
    assert call("GET", "/app-settings/user/tenant")[0] == 404
    assert call("DELETE", path)[0] == 204
    assert call("GET", "/app-settings/agreement")[1]["collection"] == []


def test_1_6_the_agreement_is_changed_through_self(call: Caller) -> None:
    company = {
        "addressLine1": "Kajen 1",
        "attention": "Ida",
        "city": "Aarhus C",
        "email": "a@example.com",
        "name": "Nyt navn",
        "phoneNumber": "00000000",
        "zip": "8000",
    }
    assert call("PUT", "/self/company", {**company, "name": 7})[0] == 400
    assert call("PUT", "/self/company", company)[0] == 200
    assert call("GET", "/self")[1]["company"]["name"] == "Nyt navn"
    assert call("PUT", "/self/company/bankinformation", {"bankName": "B"})[0] == 400
    assert call("PUT", "/self/company/bankinformation", {"pbsCustomerGroupNumber": "1", "bankName": "B"})[0] == 200
    assert call("GET", "/self")[1]["bankInformation"]["bankName"] == "B"


def test_5_2_links_that_lead_nowhere_say_so(call: Caller) -> None:
    assert call("GET", "/invoices/totals/drafts/periods")[0] == 501


def test_2_1_both_agreements_keep_their_own(systems: Sandboxes, call: Caller) -> None:
    """Several agreements in one sandbox: a grant opens its own only."""
    connection = systems.economic.store.connection
    body = connection.execute("SELECT body FROM agreement").fetchone()[0].replace("1180001", "2")
    connection.execute("INSERT INTO agreement VALUES (2, ?)", (body,))
    connection.execute("INSERT INTO permit VALUES ('other', 2, ?, 0)", (AUTH["x-appsecrettoken"],))
    headers = {**AUTH, "x-agreementgranttoken": "other"}
    assert systems.economic.handle(Request("GET", "/customers/7", "", headers)).status == 404
    assert call("GET", "/customers/7")[0] == 200
