"""What of a Rackbeat supplier reaches e-conomic, for any supplier: nothing that e-conomic would refuse (B2, H20)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.books.zones import UnknownZoneError, Zone, supplier_zone_number, zone_number
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.flows.supplier_groups.plan import plan_group
from lagerbro.flows.suppliers.mapping import OPTIONAL_FIELDS, empty_fields, first_that_fits
from lagerbro.flows.suppliers.plan import check_same_company, plan_supplier
from lagerbro.rackbeat.supplier_types import Supplier, SupplierGroup
from lagerbro_sandbox.economic.registers.forms import SUPPLIER
from lagerbro_sandbox.economic.wire.fields import check

texts = st.none() | st.text(max_size=600)
suppliers = st.builds(
    Supplier,
    number=st.integers(1, 999_999_999),
    name=st.text(min_size=1, max_size=400).filter(str.strip),
    company_name=st.none(),
    company_vat=texts,
    address_street=texts,
    address_street2=texts,
    address_zipcode=texts,
    address_city=texts,
    address_country=texts,
    contact_email=texts,
    contact_phone=texts,
    currency=st.sampled_from([None, "DKK", "EUR"]),
    vat_zone=st.sampled_from(list(Zone)).map(str),
    payment_terms_id=st.integers(1, 99),
    payment_terms=st.none(),
    supplier_group_id=st.integers(1, 99),
    supplier_group=st.none(),
)
DANISH = Supplier(
    number=50101,
    name="Havnens Grosserer A/S",
    company_vat="CVR-nr. 99 01 94 09",
    address_street="Kajen 3",
    address_street2="Port 4",
    address_zipcode="5000",
    address_city="Odense C",
    address_country="Danmark",
    contact_email="bogholderi@havnens.example",
    contact_phone="+45 12 34 56 78",
    vat_zone="domestic",
    payment_terms_id=2,
    supplier_group_id=1,
)


def planned(**changes: Any) -> dict[str, Any]:
    return plan_supplier(msgspec.structs.replace(DANISH, **changes), "DKK")


def test_a_danish_supplier_exactly() -> None:
    assert planned() == {
        "supplierNumber": 50101,
        "name": "Havnens Grosserer A/S",
        "currency": "DKK",
        "supplierGroup": {"supplierGroupNumber": 1},
        "paymentTerms": {"paymentTermsNumber": 2},
        "vatZone": {"vatZoneNumber": 1},
        "address": "Kajen 3\nPort 4",
        "zip": "5000",
        "city": "Odense C",
        "country": "Danmark",
        "email": "bogholderi@havnens.example",
        "corporateIdentificationNumber": "99019409",
        "phone": "+45 12 34 56 78",
    }


@given(suppliers)
def test_the_form_of_a_supplier_takes_whatever_passes(supplier: Supplier) -> None:
    fields = plan_supplier(supplier, "DKK")
    check(fields, SUPPLIER, "")  # raises where a text is too long, empty or of a wrong type
    assert fields["vatZone"]["vatZoneNumber"] in (1, 2, 3)  # there is no zone without VAT for suppliers
    assert empty_fields(fields) == OPTIONAL_FIELDS - fields.keys()
    assert "ean" not in fields
    assert not fields.keys() & {"barred", "bankAccount", "remittanceAdvice", "costAccount"}  # e-conomic's own


@given(st.text(max_size=60), st.integers(1, 30))
def test_what_is_of_no_use_cut_off_is_whole_or_absent(text: str, longest: int) -> None:
    found = first_that_fits(text, longest)
    assert len(found) <= longest
    assert found in " ".join(text.split()) or found in text
    if len(text.split()) == 1 and len(text.strip()) <= longest:
        assert found == text.strip()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("+45 12 34 56 78", "+45 12 34 56 78"),
        ("+45 12 34 56 78 / +45 87 65 43 21", "+45 12 34 56 78"),
        ("12345678; 87654321", "12345678; 87654321"),
        ("0045 12 34 56 78 lokal 1234", ""),
        (None, ""),
    ],
)
def test_a_phone_number_is_never_half_of_one(text: str | None, found: str) -> None:
    assert planned(contact_phone=text).get("phone", "") == found


@pytest.mark.parametrize("zone", list(Zone))
def test_an_exempt_supplier_is_domestic_and_all_others_as_they_are(zone: Zone) -> None:
    assert supplier_zone_number(zone) == (1 if zone is Zone.DOMESTIC_EXEMPT else zone_number(zone))


@pytest.mark.parametrize("zone", [None, "", "mars"])
def test_a_zone_is_never_guessed(zone: str | None) -> None:
    with pytest.raises(UnknownZoneError):
        supplier_zone_number(zone)
    with pytest.raises(PlanRefusal) as refused:
        planned(vat_zone=zone)
    assert (refused.value.code, refused.value.details) == ("supplier_zone_unknown", {"zone": zone or ""})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": 0}, "supplier_number_unusable"),
        ({"number": -7}, "supplier_number_unusable"),
        ({"number": 1_000_000_000}, "supplier_number_unusable"),
        ({"name": None}, "supplier_without_name"),
        ({"name": " \n "}, "supplier_without_name"),
        ({"supplier_group_id": None}, "supplier_without_group"),
        ({"payment_terms_id": None}, "supplier_without_terms"),
    ],
)
def test_what_economic_demands_is_refused_by_name(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(PlanRefusal) as refused:
        planned(**changes)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("ours", "theirs", "name", "is_same"),
    [
        ("99019409", "99019409", "En anden", True),
        ("99019409", "DK 99 01 94 09", "En anden", True),
        ("99019409", "", "En anden", True),
        ("", "99019409", "En anden", True),
        ("99019409", "DE 136 695 976", "En anden", True),  # a foreign number beside a Danish one: nobody can tell
        ("99019409", "99000000", "En anden", True),  # mistyped there: no right number, so nothing is told
        ("99019409", "12345674", "En anden", False),
        ("99019409", "12345674", "HAVNENS GROSSERER ApS", True),  # the number has been corrected
    ],
)
def test_two_right_cvr_numbers_and_two_names_tell_two_companies(
    ours: str, theirs: str, name: str, is_same: bool
) -> None:
    fields = {"name": "Havnens Grosserer A/S", "corporateIdentificationNumber": ours}
    present = {"name": name, "corporateIdentificationNumber": theirs}
    if is_same:
        check_same_company(fields, present)
        return
    with pytest.raises(PlanRefusal) as refused:
        check_same_company(fields, present)
    assert refused.value.code == "supplier_number_taken"
    assert refused.value.details == {"name": "En anden", "cvr": theirs, "our_cvr": ours}


@given(st.integers(1, 999_999_999), st.text(min_size=1, max_size=200).filter(str.strip))
def test_a_group_is_its_number_and_a_name_of_at_most_fifty(number: int, name: str) -> None:
    fields = plan_group(SupplierGroup(number=number, name=name))
    assert fields.keys() == {"number", "name"}
    assert fields["number"] == number
    assert 1 <= len(fields["name"]) <= 50


@pytest.mark.parametrize(
    ("number", "name", "code"),
    [
        (0, "Danske", "supplier_group_number_unusable"),
        (1_000_000_000, "Danske", "supplier_group_number_unusable"),
        (7, "", "supplier_group_without_name"),
        (7, " \t", "supplier_group_without_name"),
    ],
)
def test_a_group_that_economic_would_refuse(number: int, name: str, code: str) -> None:
    with pytest.raises(PlanRefusal) as refused:
        plan_group(SupplierGroup(number=number, name=name))
    assert refused.value.code == code
