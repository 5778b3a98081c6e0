"""Older versions of the services, as far as published clients call them; addresses in any case of letters."""

from __future__ import annotations

import pytest

from lagerbro_sandbox.economic.services.surface import SERVICES, _router
from lagerbro_sandbox.economic.services.versions import VERSIONS
from lagerbro_sandbox.economic.surface import routes
from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.journals import STOCK, amounts, booked, draft
from tests.sandboxes import Json, Sandboxes

OLD = "/customersapi/v1.1.1"
CONTACT = {"customerNumber": 10001, "name": "Anna"}


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    systems.in_economic(
        "PUT",
        "/customers/10001",
        {
            "name": "Kunde",
            "currency": "DKK",
            "customerGroup": {"customerGroupNumber": 1},
            "paymentTerms": {"paymentTermsNumber": 1},
            "vatZone": {"vatZoneNumber": 1},
        },
    )
    return Caller(systems)


def test_the_first_customers_service_has_contacts_and_delivery_locations_only(call: Caller) -> None:
    assert call("POST", f"{OLD}/Contacts", CONTACT)[0] == 201
    assert call("POST", f"{OLD}/DeliveryLocations", {"customerNumber": 10001, "city": "Odense"})[0] == 201
    (contact,) = call("GET", f"{OLD}/Contacts")[1]["items"]
    assert (contact["name"], contact["customerNumber"]) == ("Anna", 10001)
    assert call("GET", "/customersapi/v3.1.0/Contacts")[1]["items"] == [contact]
    assert call("GET", f"{OLD}/contacts/paged?filter=customerNumber$eq:10001")[1] == [contact]
    assert call("GET", f"{OLD}/Contacts/count")[1] == 1
    assert call("PUT", f"{OLD}/Contacts", {**contact, "name": "Åse"})[0] == 204
    (place,) = call("GET", f"{OLD}/deliverylocations")[1]["items"]
    assert place["city"] == "Odense"
    assert call("DELETE", f"{OLD}/DeliveryLocations/{place['number']}")[0] == 204
    for method, path in (("GET", "/Customers"), ("GET", "/customers/10001"), ("POST", "/Customers"), ("GET", "/")):
        assert call(method, f"{OLD}{path}", CONTACT if method == "POST" else None)[0] == 404
    assert call("GET", "/customersapi/v3.1.0/Customers/10001")[0] == 200
    assert call("GET", "/customersapi/v1.1.0/Contacts")[0] == 404


@pytest.mark.parametrize("version", ["14.0.1", "14.0.0", "13.0.1"])
def test_an_older_journals_service_takes_the_numbers_alone(call: Caller, version: str) -> None:
    numbers = [draft(call, STOCK), draft(call, {**STOCK, "amount": 40}), draft(call, {**STOCK, "amount": 60})]
    place = f"/journalsapi/v{version}/journals/1/bookdraftentries"
    status, answer = call("POST", place, [])
    assert (status, answer["errors"][0]["errorCode"]) == (400, "OneAPIEntriesListCannotBeEmpty")
    status, answer = call("POST", place, [numbers[0], 99999])
    assert (status, answer["errors"][0]["errorCode"]) == (400, "JournalEntryDoesNotExist")
    assert booked(call) == []
    assert call("POST", place, numbers[:1]) == (204, None)
    assert amounts(booked(call)) == [(5820, 125.5), (1350, -125.5)]
    assert call("POST", place, {"entryNumbers": numbers[1:2]}) == (204, None)
    for present in ("15.0.0", "15.0.1"):
        assert call("POST", f"/journalsapi/v{present}/journals/1/bookdraftentries", numbers[2:])[0] == 400
    assert len(booked(call)) == 4
    assert call("POST", "/journalsapi/v15.0.0/journals/1/bookdraftentries", {"entryNumbers": numbers[2:]})[0] == 204


@pytest.mark.parametrize("body", [None, {}, []])
def test_an_act_without_parameters_takes_nothing_an_object_and_an_array(call: Caller, body: object) -> None:
    """Every one that there is: booking all of a journal, under both of its addresses."""
    for address in ("/journalsapi/v15.0.0/journals/1/book", "/journalsapi/v14.0.1/entries/draft/1/book"):
        number = draft(call, STOCK)
        before = len(booked(call))
        assert call("POST", address, body) == (204, None)
        assert len(booked(call)) == before + 2
        assert call("GET", f"/journalsapi/v15.0.0/draft-entries/{number}")[0] == 404


def known() -> list[tuple[str, str]]:
    services = [
        (method, f"/{service}/v{VERSIONS[service][0]}{path}")
        for service in SERVICES
        for method, path in _router(service).paths()
    ]
    return sorted({*services, *routes().paths()})


def test_addresses_are_read_in_any_case_of_letters(call: Caller) -> None:
    """The same answer, and none of them "no such address": only what a caller named itself is read as it stands."""
    for method, path in known():
        if path == "/echo":
            continue
        asked = path.replace("{}", "999")
        body: Json | None = None if method in ("GET", "DELETE") else {}
        answers = []
        for written in (asked, asked.upper(), asked.swapcase(), asked.lower()):
            answer = call.raw(method, written, body)
            answers.append((answer.status, answer.headers.get("Content-Type")))
        assert len(set(answers)) == 1, (method, path, answers)
        assert answers[0][0] != 405
