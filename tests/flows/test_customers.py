"""What of a Rackbeat customer reaches e-conomic (domain-rules B2)."""

from __future__ import annotations

from typing import Any

import pytest

from lagerbro.sync.models import TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.sandboxes import Json, nordlys
from tests.world import Company

AGREEMENT = nordlys().agreement_number


def transferred(company: Company, **changes: Any) -> dict[str, Any]:
    """Change customer 10001 in Rackbeat, and answer what e-conomic then has."""
    company.systems.in_rackbeat("PUT", "customers/10001", changes)
    company.ask("customer", 10001)
    company.drain()
    assert company.transfer("customer", 10001).state == TransferState.TRANSFERRED
    found = company.systems.economic.store.get(AGREEMENT, "customers", "10001")
    assert found is not None
    return found


@pytest.mark.parametrize("text", ["12345674", "DK 12 34 56 74", "CVR-nr. 12345674"])
def test_the_company_number_is_the_eight_digits(company: Company, text: str) -> None:
    assert transferred(company, company_vat=text)["corporateIdentificationNumber"] == "12345674"


def test_what_is_no_danish_number_is_sent_as_it_is_written(company: Company) -> None:
    assert transferred(company, company_vat="DE 136 695 976")["corporateIdentificationNumber"] == "DE 136 695 976"


OWN = {"telephoneAndFaxNumber": "86 12 34 56", "email": "bogholderi@example.com", "ean": "5790000000005"}
"""What the company keeps in e-conomic alone."""


def kept_in_economic(company: Company, **fields: object) -> None:
    store = company.systems.economic.store
    record = store.get(AGREEMENT, "customers", "10001")
    assert record is not None
    store.put(AGREEMENT, "customers", "10001", {**record, **fields})


def of_own(found: Json) -> Json:
    return {name: found.get(name) for name in OWN}


BY_HAND: Json = {
    "name": "Cykelhjørnet",
    "currency": "DKK",
    "customerGroup": {"customerGroupNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "vatZone": {"vatZoneNumber": 1},
}
EMPTY: Json = {"contact_phone": None, "contact_email": "", "ean": None}


@pytest.mark.parametrize("linked_before", [False, True])
def test_what_rackbeat_never_had_is_not_taken_away(company: Company, linked_before: bool) -> None:
    """F9: fill blanks, never destroy."""
    if linked_before:
        transferred(company, **EMPTY)
        kept_in_economic(company, **OWN)
    else:
        company.systems.in_economic("PUT", "/customers/10001", {**BY_HAND, **OWN})
    for street in ("Nygade 1", "Nygade 2"):
        found = transferred(company, **EMPTY, address_street=street)
        assert (of_own(found), found["address"]) == (OWN, street)


def test_what_was_emptied_in_rackbeat_is_cleared_once_and_left_alone_then(company: Company) -> None:
    filled = {"contact_phone": "70 10 20 30", "contact_email": "salg@example.com", "ean": "5798009811578"}
    transferred(company, **filled)
    assert of_own(transferred(company, **EMPTY)) == dict.fromkeys(OWN)
    kept_in_economic(company, **OWN)
    assert of_own(transferred(company, **EMPTY, address_street="Nygade 3")) == OWN
    assert transferred(company, **filled)["email"] == "salg@example.com"


@pytest.mark.parametrize("status", [400, 500])
def test_a_write_that_was_not_made_forgets_nothing(company: Company, status: int) -> None:
    transferred(company, contact_phone="70 10 20 30", contact_email="", ean=None)
    company.systems.economic.faults.set(Fault("no", method="PUT", path="/customers/*", status=status))
    company.systems.in_rackbeat("PUT", "customers/10001", EMPTY)
    company.ask("customer", 10001)
    company.drain()
    assert company.transfer("customer", 10001).state != TransferState.TRANSFERRED
    company.systems.clock.sleep_s(120)
    assert transferred(company, **EMPTY).get("telephoneAndFaxNumber") is None
