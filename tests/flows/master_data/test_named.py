"""What customers, products and invoices name besides groups: layout, people, contacts, places, units, departments."""

from __future__ import annotations

from typing import Any

import pytest

from lagerbro.sync.models import TransferState
from tests.sandboxes import Json, nordlys
from tests.world import Company

AGREEMENT, ACCOUNT = nordlys().agreement_number, nordlys().rackbeat_account_id
CUSTOMER = 10001
PLACE = {"name": "Lageret", "street": "Havnevej 7", "zipcode": "8000", "city": "Aarhus C", "country": "Danmark"}
pytestmark = pytest.mark.django_db


def transferred(company: Company, told: str = "", /, **changes: Any) -> Json:
    """Change the customer in Rackbeat, and answer what e-conomic then has."""
    company.systems.in_rackbeat("PUT", f"customers/{CUSTOMER}", changes)
    company.ask("customer", CUSTOMER)
    company.drain()
    transfer = company.transfer("customer", CUSTOMER)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, told)
    return in_economic(company, "customers", CUSTOMER)


def in_economic(company: Company, register: str, key: object) -> Json:
    found = company.systems.economic.store.get(AGREEMENT, register, str(key))
    assert found is not None
    return found


def kept(company: Company, register: str, key: str | int, **fields: object) -> None:
    """What a person keeps in e-conomic."""
    company.systems.economic.store.put(AGREEMENT, register, key, {**in_economic(company, register, key), **fields})


def all_of(company: Company, register: str) -> list[Json]:
    return company.systems.economic.store.all(AGREEMENT, register)


def employee(company: Company, number: int, name: str) -> None:
    company.systems.rackbeat.store.put(ACCOUNT, "employees", number, {"number": number, "name": name})


def writes(company: Company, kind: str, key: object) -> list[str]:
    return [call for call in company.calls(company.transfer(kind, key)) if not call.startswith("GET")]


@pytest.mark.parametrize("known_before", [False, True])
def test_every_field_that_rackbeat_has_reaches_the_customer(company: Company, known_before: bool) -> None:
    company.decide(layouts__2=3)
    employee(company, 7, "Mette  holm")
    if known_before:
        transferred(company)
    found = transferred(
        company,
        layout_id=2,
        our_reference_id=7,
        max_credit="25000.50",
        attention="Bogholderiet",
        their_reference="Jens Jensen",
        delivery_address=PLACE,
        company_vat="DE136695976",
        address_country="Tyskland",
        vat_zone="eu",
    )
    contacts = {row["customerContactNumber"]: row["name"] for row in all_of(company, "customer-contacts")}
    (location,) = all_of(company, "delivery-locations")
    assert found["layout"] == {"layoutNumber": 3}
    assert found["salesPerson"] == {"employeeNumber": 2}
    assert found["creditLimit"] == 25000.5
    assert found["vatNumber"] == "DE136695976"
    assert contacts[found["attention"]["customerContactNumber"]] == "Bogholderiet"
    assert contacts[found["customerContact"]["customerContactNumber"]] == "Jens Jensen"
    assert found["defaultDeliveryLocation"]["deliveryLocationNumber"] == location["deliveryLocationNumber"]
    told = {name: location[name] for name in ("address", "postalCode", "city", "country")}
    assert told == {
        "address": "Lageret\nHavnevej 7",
        "postalCode": "8000",
        "city": "Aarhus C",
        "country": "Danmark",
    }


def test_an_unchanged_customer_costs_two_reads_and_no_write(company: Company) -> None:
    employee(company, 2, "Mette Holm")
    facts = {"our_reference_id": 2, "attention": "Bogholderiet", "delivery_address": PLACE, "max_credit": 100}
    transferred(company, **facts)
    transferred(company)
    calls = company.calls(company.transfer("customer", CUSTOMER))
    assert calls == [f"GET /api/customers/{CUSTOMER}", f"GET /customers/{CUSTOMER}"]


def test_what_rackbeat_clears_is_cleared_and_what_it_never_had_stays(company: Company) -> None:
    company.decide(layouts__2=3)
    employee(company, 2, "Mette Holm")
    named = ("layout", "salesPerson", "creditLimit", "attention", "customerContact", "defaultDeliveryLocation")
    facts = {"layout_id": 2, "our_reference_id": 2, "max_credit": 100, "attention": "A", "their_reference": "B"}
    found = transferred(company, **facts, delivery_address=PLACE)
    assert found.keys() >= set(named)
    found = transferred(company, **dict.fromkeys(facts), delivery_address=None)
    assert found.keys() & set(named) == set()
    assert len(all_of(company, "customer-contacts")) == 2  # documents refer to them
    contact = company.systems.in_economic("POST", f"/customers/{CUSTOMER}/contacts", {"name": "Deres egen"})
    own: Json = {
        "attention": {"customerContactNumber": contact["customerContactNumber"]},
        "salesPerson": {"employeeNumber": 1},
        "creditLimit": 5000,
        "layout": {"layoutNumber": 2},
        "website": "https://example.com",
    }
    kept(company, "customers", CUSTOMER, **own)
    found = transferred(company, address_street="Nygade 9")
    assert found.pop("attention")["customerContactNumber"] == contact["customerContactNumber"]
    assert {name: found.get(name) for name in own} == {**own, "attention": None}


def test_a_contact_that_a_person_has_made_is_taken_as_it_is(company: Company) -> None:
    transferred(company)
    facts = {"name": "Jens Jensen", "email": "jens@example.com", "phone": "12345678"}
    own = company.systems.in_economic("POST", f"/customers/{CUSTOMER}/contacts", facts)
    found = transferred(company, their_reference="jens  JENSEN")
    assert found["customerContact"]["customerContactNumber"] == own["customerContactNumber"]
    (row,) = all_of(company, "customer-contacts")
    assert row.items() >= facts.items()


@pytest.mark.parametrize(
    ("number", "name", "sales_person"),
    [
        (2, "Mette Holm", {"employeeNumber": 2}),
        (9, "Mette Holm", {"employeeNumber": 2}),
        (2, "Søren Krogh", None),
        (1, "", None),
    ],
    ids=["same", "by name", "another person has the number", "nameless"],
)
def test_our_reference_is_the_employee_of_that_name(
    company: Company, number: int, name: str, sales_person: Json | None
) -> None:
    employee(company, number, name)
    assert transferred(company, employee_id=number).get("salesPerson") == sales_person


def test_somebody_who_comes_to_e_conomic_later_is_found_the_day_after(company: Company) -> None:
    employee(company, 9, "Søren Krogh")
    assert "salesPerson" not in transferred(company, employee_id=9)
    company.systems.economic.store.put(AGREEMENT, "employees", 5, {"employeeNumber": 5, "name": "Søren Krogh"})
    assert "salesPerson" not in transferred(company)
    company.systems.clock.sleep_s(24 * 3600)
    assert transferred(company)["salesPerson"] == {"employeeNumber": 5}


@pytest.mark.parametrize("register", ["customer-contacts", "delivery-locations", "employees"])
def test_what_was_deleted_in_e_conomic_is_found_or_made_anew(company: Company, register: str) -> None:
    employee(company, 2, "Mette Holm")
    facts = {"attention": "Bogholderiet", "delivery_address": PLACE, "our_reference_id": 2}
    transferred(company, **facts)
    store = company.systems.economic.store
    (gone,) = [row for row in all_of(company, register) if row.get("name", "") != "Administrator"]
    key = next(value for name, value in gone.items() if name in KEYS)
    store.delete(AGREEMENT, register, key)
    if register == "employees":
        store.put(AGREEMENT, register, 4, {"employeeNumber": 4, "name": "Mette Holm"})
    found = transferred(company, address_street="Nygade 2")
    named = {**found.get("attention", {}), **found["defaultDeliveryLocation"], **found["salesPerson"]}
    for name, kind in KEYS.items():
        assert store.get(AGREEMENT, kind, named[name]) is not None


KEYS = {
    "customerContactNumber": "customer-contacts",
    "deliveryLocationNumber": "delivery-locations",
    "employeeNumber": "employees",
}


def test_a_customer_that_was_deleted_in_e_conomic_is_made_with_its_contacts(company: Company) -> None:
    transferred(company, attention="Bogholderiet")
    store = company.systems.economic.store
    for row in all_of(company, "customer-contacts"):
        store.delete(AGREEMENT, "customer-contacts", row["customerContactNumber"])
    store.delete(AGREEMENT, "customers", CUSTOMER)
    found = transferred(company, "record_made_again", address_street="Nygade 2")
    assert (
        in_economic(company, "customer-contacts", found["attention"]["customerContactNumber"])["name"] == "Bogholderiet"
    )


@pytest.mark.parametrize(
    ("vat", "country", "number"),
    [
        ("EL023456780", "Grækenland", "EL023456780"),
        ("GR 023456780", "GR", "EL023456780"),
        ("12345674", "Danmark", None),
        ("BE1012345646", "Belgien", "BE1012345646"),
        ("XI123456782", "Storbritannien", "XI123456782"),
        ("GB123456782", "Storbritannien", None),
        ("DE000000000", "Tyskland", None),
    ],
)
def test_a_vat_number_of_the_eu_is_one(company: Company, vat: str, country: str, number: str | None) -> None:
    found = transferred(company, company_vat=vat, address_country=country, vat_zone="eu")
    assert found.get("vatNumber") == number


def product(company: Company, number: str, **changes: Any) -> Json:
    company.systems.in_rackbeat("PUT", f"products/{number}", changes)
    company.ask("product", number)
    company.drain()
    transfer = company.transfer("product", number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    return in_economic(company, "products", number)


def unit(company: Company, number: int, name: str) -> int:
    company.systems.rackbeat.store.put(ACCOUNT, "units", number, {"number": number, "name": name})
    return number


def test_a_unit_is_found_by_its_name_or_made_once(company: Company) -> None:
    company.systems.economic.store.put(AGREEMENT, "units", 77, {"unitNumber": 77, "name": "KASSE"})
    assert product(company, "NL-100", unit_id=unit(company, 41, "kasse"))["unit"] == {"unitNumber": 77}
    made = product(company, "NL-100", unit_id=unit(company, 42, "Palle à 12"))["unit"]["unitNumber"]
    assert in_economic(company, "units", made)["name"] == "Palle à 12"
    assert product(company, "BK-100", unit_id=42)["unit"] == {"unitNumber": made}
    assert writes(company, "product", "BK-100") == ["PUT /products/BK-100"]
    product(company, "BK-100")
    assert company.calls(company.transfer("product", "BK-100")) == ["GET /api/products/BK-100", "GET /products/BK-100"]
    assert [row["name"] for row in all_of(company, "units")].count("Palle à 12") == 1
    assert "unit" not in product(company, "NL-100", unit_id=None)


def test_a_unit_that_was_deleted_is_made_anew(company: Company) -> None:
    made = product(company, "NL-100", unit_id=unit(company, 42, "Palle"))["unit"]["unitNumber"]
    company.systems.economic.store.delete(AGREEMENT, "units", made)
    again = product(company, "NL-100", name="Et nyt navn")["unit"]["unitNumber"]
    assert in_economic(company, "units", again)["name"] == "Palle"


@pytest.mark.parametrize(
    ("department", "kept_there", "expected"), [("2", None, 2), ("99", 1, 1), ("Butik", None, None), (None, 1, 1)]
)
def test_a_department_is_e_conomics_by_the_number(
    company: Company, department: str | None, kept_there: int | None, expected: int | None
) -> None:
    product(company, "NL-100")
    if kept_there is not None:
        own = {"departmentalDistributionNumber": kept_there, "distributionType": "department"}
        kept(company, "products", "NL-100", departmentalDistribution=own)
    found = product(company, "NL-100", department_id=department).get("departmentalDistribution", {})
    assert found.get("departmentalDistributionNumber") == expected


def invoiced(company: Company, **facts: Any) -> Json:
    transfer = company.invoiced(company.systems.invoice(**facts))
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    return company.systems.booked()[-1]


def test_an_invoice_names_people_on_both_sides(company: Company) -> None:
    employee(company, 2, "Mette Holm")
    employee(company, 3, "Administrator")
    company.systems.in_rackbeat("PUT", f"customers/{CUSTOMER}", {"attention": "Bogholderiet"})
    facts: Json = {"our_reference_id": 2, "employee_id": 3, "their_reference": "Jens Jensen"}
    booked = invoiced(company, **facts)
    references = booked["references"]
    assert references["salesPerson"] == {"employeeNumber": 2}
    assert references["vendorReference"] == {"employeeNumber": 1}
    names = [
        in_economic(company, "customer-contacts", ref["customerContactNumber"])["name"]
        for ref in (references["customerContact"], booked["recipient"]["attention"])
    ]
    assert names == ["Jens Jensen", "Bogholderiet"]
    assert references["other"].startswith("Jens Jensen · RB-")
    number = company.systems.invoice(**facts)
    transfer = company.invoiced(number)
    assert company.calls(transfer) == [  # everything is known
        f"GET /api/customer-invoices/{number}",
        "POST /invoices/drafts",
        f"PUT /invoices/booked/{number}",
    ]


@pytest.mark.parametrize("register", ["customer-contacts", "employees"])
def test_an_invoice_whose_reference_was_deleted_names_another_of_the_name_or_none(
    company: Company, register: str
) -> None:
    employee(company, 2, "Mette Holm")
    facts = {"our_reference_id": 2, "their_reference": "Jens Jensen"}
    invoiced(company, **facts)
    for row in all_of(company, register):
        company.systems.economic.store.delete(AGREEMENT, register, next(row[name] for name in KEYS if name in row))
    references = invoiced(company, **facts)["references"]
    if register == "employees":
        assert "salesPerson" not in references
    else:
        contact = in_economic(company, register, references["customerContact"]["customerContactNumber"])
        assert contact["name"] == "Jens Jensen"
    assert len(company.systems.booked()) == 2


@pytest.mark.parametrize(
    ("mapped", "on_customer", "layout"), [(True, 2, 3), (False, 2, 2), (False, None, 1)], ids=["mapped", "own", "none"]
)
def test_h14_the_layout_of_an_invoice(company: Company, mapped: bool, on_customer: int | None, layout: int) -> None:
    transferred(company)
    company.decide(**({"layouts__2": 3} if mapped else {}))
    if on_customer is not None:
        kept(company, "customers", CUSTOMER, layout={"layoutNumber": on_customer})
        transferred(company, address_street="Nygade 2")
    booked = invoiced(company, layout_id=2)
    assert booked["layout"]["layoutNumber"] == layout


def test_h14_a_layout_of_the_customer_that_was_deleted_gives_way_to_the_default(company: Company) -> None:
    transferred(company)
    kept(company, "customers", CUSTOMER, layout={"layoutNumber": 2})
    transferred(company)
    assert invoiced(company)["layout"]["layoutNumber"] == 2
    company.systems.economic.store.delete(AGREEMENT, "layouts", 2)
    assert invoiced(company)["layout"]["layoutNumber"] == 1
    assert len(company.systems.booked()) == 2


def test_the_bill_goes_to_its_own_address_and_the_goods_to_theirs(company: Company) -> None:
    bill = {"name": "Kæden c/o Regnskab", "street": "Kontorvej 1", "zipcode": "1050", "city": "København K"}
    booked = invoiced(company, billing_address=bill, delivery_address=PLACE)
    told = {name: booked["recipient"][name] for name in ("name", "address", "zip", "city", "country")}
    assert told == {
        "name": "Kæden c/o Regnskab",
        "address": "Kontorvej 1",
        "zip": "1050",
        "city": "København K",
        "country": "Danmark",
    }
    assert booked["delivery"]["address"] == "Lageret\nHavnevej 7"


def test_the_unit_of_a_line_is_the_products_and_one_piece_of_the_whole_names_it_in_its_text(company: Company) -> None:
    product(company, "NL-100", unit_id=unit(company, 42, "Palle"))
    (line,) = invoiced(company)["lines"]
    assert in_economic(company, "units", line["unit"]["unitNumber"])["name"] == "Palle"
    company.decide(use_actual_quantity=False)
    transfer = company.invoiced(company.systems.invoice({"item_id": "NL-100", "quantity": 3}))
    assert transfer.state == TransferState.TRANSFERRED
    (line,) = company.systems.booked()[-1]["lines"]
    assert ("unit" in line, line["description"].splitlines()[1]) == (False, "3 Palle × 3196")


def test_nothing_is_made_for_an_invoice_that_cannot_be_sent(company: Company) -> None:
    transferred(company)
    number = company.systems.invoice(their_reference="Jens Jensen", ean="57980098ABCDE")
    assert company.invoiced(number).code == "ean_unusable"
    assert all_of(company, "customer-contacts") == []


def of_lines(company: Company) -> list[int | None]:
    """The departments on the lines of the invoice that was booked last."""
    lines = company.systems.booked()[-1]["lines"]
    return [row.get("departmentalDistribution", {}).get("departmentalDistributionNumber") for row in lines]


def test_the_lines_of_an_invoice_name_the_department_of_their_product(company: Company) -> None:
    """e-conomic fills nothing in, and entries without a department stand in no department's figures."""
    product(company, "NL-100", department_id="2")
    own = {"departmentalDistributionNumber": 1, "distributionType": "department"}
    product(company, "EL-101")
    kept(company, "products", "EL-101", departmentalDistribution=own)
    product(company, "EL-101", description="Deres egen afdeling")
    sold = [{"item_id": item, "quantity": 1} for item in ("NL-100", "EL-101", "BK-101")]
    company.invoiced(company.systems.invoice(*sold))
    assert of_lines(company) == [2, 1, None]
    transfer = company.invoiced(company.systems.invoice(*sold))
    assert len(company.calls(transfer)) == 3  # nothing is asked for
    company.systems.economic.store.delete(AGREEMENT, "departmental-distributions", 2)
    assert company.invoiced(company.systems.invoice(*sold)).state == TransferState.TRANSFERRED
    assert of_lines(company) == [None, 1, None]
