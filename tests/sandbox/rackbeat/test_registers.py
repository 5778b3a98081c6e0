"""Registers: made, read, changed, deleted, refused. The letter is the evidence (rackbeat-api 0)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro_sandbox.rackbeat.registers.field_readers import decimal, number
from lagerbro_sandbox.rackbeat.registers.forms import WrongError
from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import Sandboxes

NO_SESSION: Any = None


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems.rackbeat)


REGISTERS: tuple[tuple[str, str, dict[str, Any], dict[str, Any]], ...] = (
    ("product-groups", "product_group", {"name": "Ny", "has_inventory": "1", "vat_eu": "12.5"}, {"name": "Nyere"}),
    ("units", "unit", {"name": "ark"}, {"name": "bundt"}),
    ("layouts", "layout", {"name": "Norsk"}, {"name": "Svensk"}),
    ("payment-terms", "payment_term", {"name": "30 d", "type": "net", "maturity_days": "30"}, {"maturity_days": 31}),
    ("delivery-terms", "delivery_term", {"name": "DAP"}, {"name": "EXW"}),
    ("customer-groups", "customer_group", {"name": "Klubber"}, {"name": "Foreninger"}),
    ("supplier-groups", "supplier_group", {"name": "Fragt"}, {"name": "Fragtfirmaer"}),
    ("discount-groups", "discount_group", {"name": "Bronze", "discount_percentage": 5}, {"discount_percentage": 6}),
    ("employees", "employee", {"name": "Mette", "default_location": 1}, {"job_title": "Indkøb"}),
    ("projects", "project", {"name": "Ombygning"}, {"description": "Ny butik"}),
    ("bank-accounts", "bank_account", {"name": "Drift", "iban": "DK5000400440116243"}, {"swift": "X"}),
    ("delivery-addresses", "delivery_address", {"name": "Lager syd", "city": "Vejle"}, {"city": "Kolding"}),
    ("locations", "location", {"name": "Reol 1", "parent_id": 1}, {"barcode": "R1"}),
    ("fields", "field", {"name": "Farve", "available_for": "item", "type": "text"}, {"default_value": "rød"}),
    ("customers", "customer", {"company_name": "Ny ApS", "payment_terms": {"number": 2}}, {"vat_zone": "eu"}),
    ("suppliers", "supplier", {"name": "Leverandør", "currency": "eur"}, {"supplier_group": 2}),
    ("products", "product", {"name": "Klap", "group": 3, "sales_price": "12.345678"}, {"min_stock": "1.5"}),
    ("lots", "lot", {"name": "Sæt", "group": 3, "lines": [{"product_id": "RD/100", "quantity": 2}]}, {"name": "Kit"}),
    ("collections", "collection", {"name": "Pakke", "items": [{"item_id": "RD/100", "quantity": 1}]}, {"name": "P"}),
    ("variations", "variation", {"name": "Tøj"}, {"name": "Fodtøj"}),
)


@pytest.mark.parametrize(("path", "one", "body", "change"), REGISTERS)
def test_d_made_read_changed_listed_deleted(
    call: Caller, path: str, one: str, body: dict[str, Any], change: dict[str, Any]
) -> None:
    before = call("GET", f"/api/{path}")[1]["total"]
    status, made = call("POST", f"/api/{path}", body)
    assert (status, list(made)) == (201, [one])
    record = made[one]
    key = record["id"] if path in ("fields", "delivery-addresses") else record["number"]
    assert call.get(f"{path}/{key}") == record
    assert record["self"] == f"http://rackbeat.test/api/{path}/{key}"
    changed = call.send("PUT", f"{path}/{key}", change)
    kept = set(record) - set(change) - {"updated_at", *(name.removesuffix("_id") for name in change)}
    if path == "suppliers":
        kept -= {"supplier_group_id"}
    assert {name for name in kept if changed[name] != record[name]} <= {"company_name"}
    assert changed != record
    listed = call("GET", f"/api/{path}?limit=1000")[1]
    assert (next(iter(listed)), listed["total"]) == (path.replace("-", "_"), before + 1)
    assert changed in listed[path.replace("-", "_")]
    assert call("DELETE", f"/api/{path}/{key}")[0] == 200
    assert call("GET", f"/api/{path}/{key}")[0] == 404
    assert call("GET", f"/api/{path}")[1]["total"] == before


@pytest.mark.parametrize(("path", "one", "body", "_change"), REGISTERS)
def test_d_what_is_needed_is_named_and_nothing_is_kept(
    call: Caller, path: str, one: str, body: dict[str, Any], _change: dict[str, Any]
) -> None:
    if path == "delivery-addresses":
        pytest.skip("nothing is needed")
    before = call("GET", f"/api/{path}")[1]["total"]
    status, refused = call("POST", f"/api/{path}", {})
    assert status == 422
    assert "name" in refused["errors"]
    for name, texts in refused["errors"].items():
        assert texts == [f"The {name.replace('_', ' ')} field is required."]
    assert call("GET", f"/api/{path}")[1]["total"] == before
    assert call("POST", f"/api/{path}", body)[0] == 201


@pytest.mark.parametrize(
    ("path", "body", "wrong"),
    [
        ("product-groups", {"name": "A", "has_inventory": True, "vat_domestic": 101}, "vat_domestic"),
        ("product-groups", {"name": "A", "has_inventory": "maybe"}, "has_inventory"),
        ("product-groups", {"name": "A", "has_inventory": True, "vat_eu": "12,5"}, "vat_eu"),
        ("payment-terms", {"name": "A", "type": "net", "maturity_days": 32768}, "maturity_days"),
        ("payment-terms", {"name": "A", "type": "net", "maturity_days": 1.5}, "maturity_days"),
        ("customers", {"name": "A", "vat_zone": "mars"}, "vat_zone"),
        ("customers", {"name": "A", "ean": "123"}, "ean"),
        ("customers", {"name": "A", "currency": "XXX"}, "currency"),
        ("customers", {"name": "A", "customer_group_id": 99}, "customer_group_id"),
        ("customers", {"name": "A", "customer_group": {"number": 99}}, "customer_group"),
        ("customers", {"name": "A", "billing_address": {"city": []}}, "billing_address.city"),
        ("customers", {"name": ["A"]}, "name"),
        ("customers", {"name": "A" * 256}, "name"),
        ("customers", {"name": "A", "number": 10001}, "number"),
        ("customers", {"name": "A", "number": "x"}, "number"),
        ("customers", {"name": "A", "number": 0}, "number"),
        ("products", {"name": "A", "group": 99}, "group"),
        ("products", {"name": "A", "group": 3, "number": "RD/100"}, "number"),
        ("products", {"name": "A", "group": 3, "number": "a\nb"}, "number"),
        ("products", {"name": "A", "group": 3, "sales_price": "1,5"}, "sales_price"),
        ("products", {"name": "A", "group": 3, "physical": {"weight": 1}}, "physical.weight_unit"),
        ("products", {"name": "A", "group": 3, "physical": {"width": -1}}, "physical.width"),
        ("lots", {"name": "A", "group_id": 3, "lines": [{"product_id": "none", "quantity": 1}]}, "lines.0.product_id"),
        ("lots", {"name": "A", "group_id": 3, "lines": [{"product_id": "RD/100"}]}, "lines.0.quantity"),
        ("lots", {"name": "A", "group_id": 3, "number": "RD/100"}, "number"),
        ("locations", {"name": "A", "parent_id": 99}, "parent_id"),
    ],
)
def test_d_what_is_wrong_is_named_by_its_path(call: Caller, path: str, body: dict[str, Any], wrong: str) -> None:
    before = call("GET", f"/api/{path}")[1]["total"]
    status, refused = call("POST", f"/api/{path}", body)
    assert (status, list(refused["errors"]), refused["message"]) == (422, [wrong], "The given data was invalid.")
    assert call("GET", f"/api/{path}")[1]["total"] == before


def test_p_what_is_used_is_not_deleted(call: Caller, systems: Sandboxes) -> None:
    systems.invoice(book=False)
    groups = ("product-groups/1", "customer-groups/1", "payment-terms/1", "units/1")
    for path in (*groups, "customers/10001", "products/NL-100"):
        status, body = call("DELETE", f"/api/{path}")
        assert (status, list(body)) == (422, ["message"])
        assert call("GET", f"/api/{path}")[0] == 200
    assert call("DELETE", "/api/customers/10060")[0] == 200
    assert call("DELETE", "/api/products/V-LAPNING")[0] == 200


def test_l_bulk_delete_takes_all_or_none(call: Caller) -> None:
    for name in ("A1", "A2"):
        call.send("POST", "products", {"name": name, "group": 3, "number": name})
    status, body = call("POST", "/api/products/bulk/delete", {"ids": ["A1", "nowhere"]})
    assert (status, list(body["errors"])) == (422, ["ids.1"])
    assert call.get("products/A1")["number"] == "A1"
    assert call("POST", "/api/products/bulk/delete", {"ids": []})[0] == 422
    assert call("POST", "/api/products/bulk/delete", {"ids": ["A1", "A2"]})[0] == 200
    assert call("GET", "/api/products/A1")[0] == 404


def test_l_custom_fields_stand_as_values_and_as_metadata_and_filter(call: Caller) -> None:
    options = ["rød", "blå"]
    field = {"name": "Farve", "available_for": "item", "type": "dropdown", "options": options, "default_value": "blå"}
    made = call.send("POST", "fields", field)
    assert call.get("fields/farve")["id"] == made["id"]
    assert [row["slug"] for row in call.get("fields?for=item&type=dropdown&use_in_layouts=0")] == ["farve"]
    values = [{"id": made["id"], "value": "rød"}]
    assert call.send("PUT", "products/NL-100/fields", {"custom_fields": values})[0]["value"] == "rød"
    wrong = [{"id": made["id"], "value": "grøn"}]
    status, body = call("PUT", "/api/products/NL-100/fields", {"custom_fields": wrong})
    assert (status, list(body["errors"])) == (422, ["custom_fields.0.value"])
    assert call("PUT", "/api/products/NL-100/fields", {"custom_fields": [{"id": 99, "value": "x"}]})[0] == 422
    assert call.get("products/NL-100/fields")[0]["value"] == "rød"
    assert call.get("products/NL-101?fields=metadata(slug,value)") == {"metadata": [{"slug": "farve", "value": "blå"}]}
    assert [row["number"] for row in call.get(f"products?field[{made['id']}]=rø")] == ["NL-100"]
    assert call.get(f"products?field_eq[{made['id']}]=rø") == []
    assert not {"custom_fields", "field_values"} & set(call.get("products/NL-100"))
    for path in ("products/NL-100", "products?number=NL-100"):
        found = call.get(f"{path}{'&' if '?' in path else '?'}expand=other,field_values")
        (row,) = found if isinstance(found, list) else [found]
        assert row["field_values"] == call.get("products/NL-100/fields")


def test_s_stats_count(call: Caller) -> None:
    status, counts = call("GET", "/api/stats")
    assert (status, counts["customers"], counts["suppliers"], counts["orders"]) == (200, 60, 15, 0)


def test_l_joining_a_discount_group_twice_is_403(call: Caller) -> None:
    group = call.send("POST", "discount-groups", {"name": "Guld", "discount_percentage": 10})["number"]
    call.send("PUT", "products/NL-100", {"discount_group": group})
    path = f"customers/10001/discount-groups/{group}"
    assert call("PUT", f"/api/{path}", {"override_discount_percentage": 12})[0] == 404
    call.send("POST", path)
    assert call("POST", f"/api/{path}", {}) == (403, {"message": "The customer is already in the discount group."})
    row = call.get("customers/10001/lineables/NL-100")
    assert (row["discount_percentage"], row["price_source"]) == (10, "discount_group")
    call.send("PUT", path, {"override_discount_percentage": 12})
    assert call.get("customers/10001/lineables/NL-100")["discount_percentage"] == 12
    assert [row["number"] for row in call.get("customers/10001/discount-groups")] == [group]
    call.send("PUT", "customers/10001/prices/NL-100", {"sales_price": 3000})
    row = call.get("customers/10001/prices/NL-100")
    assert (row["sales_price"], row["discount_percentage"], row["is_custom_sales_price"]) == (3000, 0, True)
    assert call("DELETE", "/api/customers/10001/prices/NL-100")[0] == 200
    assert call("DELETE", f"/api/{path}")[0] == 200
    assert call.get("customers/10001/lineables/NL-100")["price_source"] == "sales_price"


@pytest.mark.parametrize("owner", ["customers/10001", "suppliers/50001"])
def test_s_contacts_and_addresses_belong_to_their_party(call: Caller, owner: str) -> None:
    contact = call.send("POST", f"{owner}/contacts", {"name": "Mette", "contact_email": "m@example.com"})
    address = call.send("POST", f"{owner}/addresses", {"street": "Kajen 1"})
    assert (contact["id"], address["type"]) == (contact["number"], "delivery")
    assert call.get(f"{owner}/contacts") == [contact]
    assert call.get(f"{owner}/addresses") == [address]
    other = owner[:-1] + "2"
    assert call.get(f"{other}/contacts") == []
    assert call("PUT", f"/api/{other}/contacts/{contact['id']}", {"name": "X"})[0] == 404
    assert call.send("PUT", f"{owner}/contacts/{contact['id']}", {"initials": "MH"})["name"] == "Mette"
    assert call("DELETE", f"/api/{owner}/contacts/{contact['id']}")[0] == 200
    assert call.get(f"{owner}/contacts") == []


@pytest.mark.parametrize("path", ["currency", "currencies"])
def test_c_currencies_under_both_spellings(call: Caller, path: str) -> None:
    rows = call.get(path)
    assert [row["code"] for row in rows] == ["DKK", "EUR", "NOK", "SEK", "USD"]
    assert call.get(f"{path}/EUR")["rate"] == Decimal("7.46")
    fixed = call.send("PUT", f"{path}/eur", {"rate": "7.5"})
    assert (fixed["rate"], fixed["is_custom"]) == (Decimal("7.5"), True)
    assert call("PUT", f"/api/{path}/DKK", {"rate": 2})[0] == 422
    assert call("PUT", f"/api/{path}/EUR", {"rate": 0})[0] == 422
    reset = call.send("POST", f"{path}/EUR/reset")
    assert (reset["rate"], reset["is_custom"]) == (Decimal("7.46"), False)


def test_d_a_rate_is_frozen_when_the_document_is_made(call: Caller, systems: Sandboxes) -> None:
    first = systems.invoice(customer=10046, book=False)
    call.send("PUT", "currencies/EUR", {"rate": 8})
    second = systems.invoice(customer=10046, book=False)
    rates = [call.get(f"customer-invoices/{number}")["currency_rate"] for number in (first, second)]
    assert rates == [Decimal("7.46"), Decimal(8)]


def test_s_locations_nest_three_deep_and_one_is_the_default(call: Caller) -> None:
    room = call.send("POST", "locations", {"name": "Rum", "parent_id": 1})["number"]
    shelf = call.send("POST", "locations", {"name": "Hylde", "parent_id": room})
    assert (shelf["nesting_level"], shelf["toplevel_parent_id"]) == (2, 1)
    assert [place["name"] for place in shelf["nest_list"]] == ["Butik og lager", "Rum", "Hylde"]
    assert call("POST", "/api/locations", {"name": "For dyb", "parent_id": shelf["number"]})[0] == 422
    assert call("PUT", "/api/locations/1", {"parent_id": shelf["number"]})[0] == 422
    assert [row["number"] for row in call.get("locations/1/children")] == [room]
    assert len(call.get("locations/flat")) == 3
    assert call("PUT", "/api/locations/1", {"is_default": False})[0] == 422
    assert call.send("PUT", f"locations/{room}", {"is_default": True})["is_default"] is True
    assert [row["number"] for row in call.get("locations?is_default=1")] == [room]


def test_c_settings_are_bare_objects_and_a_flat_map(call: Caller) -> None:
    assert call("GET", "/api/settings/base_currency") == (
        200,
        {"identifier": "base_currency", "value": "DKK", "type": "string"},
    )
    own_vat = call("GET", "/api/self")[1]["user_account"]["company_vat"]
    assert call("GET", "/api/settings-keyvalue")[1]["company_vat"] == own_vat
    status, every = call("GET", "/api/settings")
    assert (status, list(every)) == (200, ["settings"])
    assert call("PUT", "/api/settings/locale", {"value": "en-US"})[1]["value"] == "en-US"
    assert call("PUT", "/api/settings/base_currency", {"value": "EUR"})[0] == 422
    assert call("PUT", "/api/settings/locale", {})[0] == 422
    assert call("GET", "/api/settings/nothing")[0] == 404


def test_c_users_employees_projects_and_companies(call: Caller) -> None:
    (user,) = call.get("users")
    assert (user["is_you"], user["id"]) == (True, call("GET", "/api/self")[1]["user"]["id"])
    assert call.get(f"users/{user['id']}") == user
    made = call("POST", "/api/projects/upsert", {"number": 7, "name": "Syv"})
    assert (made[0], made[1]["project"]["number"]) == (201, 7)
    assert call("POST", "/api/projects/upsert", {"number": 7, "name": "Sytten"})[0] == 200
    assert call.get("projects/7")["name"] == "Sytten"
    party = call.get("customers/10001")
    assert call.get(f"vat-info/DK/collect/{party['company_vat']}")["name"] == party["name"]
    assert call("GET", "/api/vat-info/DK/collect/00000000")[0] == 404


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=8))
def test_l_numbers_and_numeric_strings_are_the_same_to_six_decimals(value: Decimal) -> None:
    read = number()
    expected = round(value, 6)
    assert read(NO_SESSION, value) == read(NO_SESSION, str(value)) == expected


@given(st.one_of(st.text(max_size=6), st.booleans(), st.none(), st.lists(st.integers(), max_size=2)))
def test_what_is_no_number_is_refused(value: object) -> None:
    if decimal(value) is None:
        with pytest.raises(WrongError):
            number()(NO_SESSION, value)
