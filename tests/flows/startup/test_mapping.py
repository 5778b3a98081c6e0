"""e-conomic's records in Rackbeat's words: what goes over, what stays, and every reason why one cannot go."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.flows.startup.candidate import Candidate, CannotGoError, MappingContext
from lagerbro.flows.startup.kinds import GROUP_OF, ORDER, SOURCES, Kind
from lagerbro.flows.startup.mapping import candidate
from tests.flows.startup.records import ANY_RECORD, CONTEXT, VAT, halves, whole

PARTIES = (Kind.CUSTOMER, Kind.SUPPLIER)


def reason(kind: Kind, record: object, context: MappingContext = CONTEXT) -> tuple[str, str, str]:
    """Why it cannot go: the code, and what it is known by."""
    with pytest.raises(CannotGoError) as raised:
        candidate(kind, record, context)
    return raised.value.code, raised.value.number, raised.value.name


def test_kinds_come_after_what_they_refer_to() -> None:
    for kind, group in GROUP_OF.items():
        assert ORDER.index(group) < ORDER.index(kind)
    for referred in (Kind.PAYMENT_TERMS, Kind.LAYOUT, Kind.EMPLOYEE):
        assert ORDER.index(referred) < min(ORDER.index(party) for party in PARTIES)
    assert ORDER.index(Kind.UNIT) < ORDER.index(Kind.PRODUCT)


def test_a_customer() -> None:
    record = whole(
        Kind.CUSTOMER,
        10001,
        "  Cykelhjørnet  ApS ",
        currency="EUR",
        address="Torvet 1\r\nBaghuset\n2. sal",
        zip="8000",
        city="Aarhus C",
        country="Danmark",
        email="post@example.com",
        telephoneAndFaxNumber="",
        mobilePhone="20 30 40 50",
        corporateIdentificationNumber="DK 12 34 56 74",
        ean="5790000000005",
    )
    assert candidate(Kind.CUSTOMER, record, CONTEXT) == Candidate(
        Kind.CUSTOMER,
        "10001",
        "Cykelhjørnet ApS",
        {
            "name": "Cykelhjørnet ApS",
            "currency": "EUR",
            "vat_zone": "domestic",
            "address_street": "Torvet 1",
            "address_street2": "Baghuset, 2. sal",
            "address_zipcode": "8000",
            "address_city": "Aarhus C",
            "address_country": "Danmark",
            "contact_email": "post@example.com",
            "contact_phone": "20 30 40 50",
            "company_vat": "12345674",
            "ean": "5790000000005",
        },
        needs={"customer_group_id": (Kind.CUSTOMER_GROUP, "1"), "payment_terms_id": (Kind.PAYMENT_TERMS, "1")},
        may_name={"layout_id": (Kind.LAYOUT, "1"), "employee_id": (Kind.EMPLOYEE, "1")},
    )


def test_a_product() -> None:
    record = whole(
        Kind.PRODUCT,
        "NL-100",
        "Bycykel",
        salesPrice=D("3999.9"),
        costPrice=D("1800"),
        recommendedPrice=D(0),
        barCode="57",
    )
    assert candidate(Kind.PRODUCT, record, CONTEXT) == Candidate(
        Kind.PRODUCT,
        "NL-100",
        "Bycykel",
        {"name": "Bycykel", "sales_price": D("3999.9"), "recommended_cost_price": D(1800), "barcode": "57"},
        needs={"group_id": (Kind.PRODUCT_GROUP, "1")},
        may_name={"unit_id": (Kind.UNIT, "1")},
    )


def test_a_product_group_has_the_vat_of_its_sales_accounts_and_is_kept_in_stock_as_was_chosen() -> None:
    record = whole(Kind.PRODUCT_GROUP, 1, "Cykler", inventoryEnabled=False)
    rates = {f"vat_{zone}": rate for zone, rate in VAT.rates.items()}
    assert candidate(Kind.PRODUCT_GROUP, record, CONTEXT).fields == {"name": "Cykler", "has_inventory": True, **rates}
    as_economic = MappingContext("DKK", {1: VAT}, all_groups_stocked=False)
    assert candidate(Kind.PRODUCT_GROUP, record, as_economic).fields["has_inventory"] is False
    kept = {**record, "inventoryEnabled": True}
    assert candidate(Kind.PRODUCT_GROUP, kept, as_economic).fields["has_inventory"] is True
    assert reason(Kind.PRODUCT_GROUP, whole(Kind.PRODUCT_GROUP, 2)) == ("group_vat_unknown", "2", "Cykelhjørnet")


@pytest.mark.parametrize(
    ("zone", "expected"), [(1, "domestic"), (2, "eu"), (3, "abroad"), (4, "domestic_exempt"), (8, "eu"), (31, "eu")]
)
def test_the_zone_of_a_customer(zone: int, expected: str) -> None:
    record = whole(Kind.CUSTOMER, vatZone={"vatZoneNumber": zone})
    assert candidate(Kind.CUSTOMER, record, CONTEXT).fields["vat_zone"] == expected


@pytest.mark.parametrize("zone", [0, 5, 6, 7])
def test_a_zone_is_never_guessed(zone: int) -> None:
    for kind in PARTIES:
        assert reason(kind, whole(kind, vatZone={"vatZoneNumber": zone}))[0] == "zone_unknown"
        assert reason(kind, whole(kind, vatZone=None))[0] == "no_zone"
    assert reason(Kind.SUPPLIER, whole(Kind.SUPPLIER, vatZone={"vatZoneNumber": 8}))[0] == "zone_unknown"


@pytest.mark.parametrize("kind", ORDER)
def test_what_every_record_needs(kind: Kind) -> None:
    assert reason(kind, whole(kind, "", "Uden")) == ("no_number", "", "Uden")
    assert reason(kind, {**whole(kind, name="Uden"), SOURCES[kind].key: None}) == ("no_number", "", "Uden")
    assert reason(kind, whole(kind, 7, " ")) == ("no_name", "7", "")
    assert reason(kind, whole(kind, 7, "x" * 300)) == ("name_too_long", "7", "x" * 255)
    assert reason(kind, whole(kind, 7, barred=True)) == ("barred", "7", "Cykelhjørnet")
    assert reason(kind, "?")[0] == "record_unreadable"
    if kind is not Kind.PRODUCT:
        assert reason(kind, whole(kind, "K-12")) == ("number_not_digits", "K-12", "Cykelhjørnet")
        assert reason(kind, whole(kind, 10**9))[0] == "number_unusable"
        assert reason(kind, whole(kind, 0))[0] == "number_unusable"
    if kind is not Kind.PRODUCT_GROUP:
        assert candidate(kind, whole(kind, 7, "x" * 255), CONTEXT).name == "x" * 255


@pytest.mark.parametrize(("kind", "field"), [(kind, group.value) for kind, group in GROUP_OF.items()])
def test_without_a_group_or_payment_terms(kind: Kind, field: str) -> None:
    name = "".join(part.title() if at else part for at, part in enumerate(field.split("_")))
    nothing: list[Any] = [{}, None]
    for missing in nothing:
        assert reason(kind, whole(kind, **{name: missing}))[0] == "no_group"
        if kind in PARTIES:
            assert reason(kind, whole(kind, paymentTerms=missing))[0] == "no_payment_terms"


def test_what_does_not_fit_is_left_out_whole_and_told() -> None:
    record = whole(Kind.CUSTOMER, ean="579", telephoneAndFaxNumber="1" * 61, country="x" * 256)
    found = candidate(Kind.CUSTOMER, record, CONTEXT)
    assert found.left_out == ("address_country", "contact_phone", "ean")
    assert not {"address_country", "contact_phone", "ean"} & found.fields.keys()
    dear = candidate(Kind.PRODUCT, whole(Kind.PRODUCT, costPrice=D(-1), barCode="5" * 61), CONTEXT)
    assert dear.left_out == ("barcode", "recommended_cost_price")


def test_a_deleted_layout_and_odd_payment_terms() -> None:
    assert reason(Kind.LAYOUT, whole(Kind.LAYOUT, deleted=True))[0] == "layout_deleted"
    assert reason(Kind.PAYMENT_TERMS, whole(Kind.PAYMENT_TERMS, paymentTermsType=""))[0] == "no_type"
    assert reason(Kind.PAYMENT_TERMS, whole(Kind.PAYMENT_TERMS, daysOfCredit=40_000))[0] == "terms_unusable"
    terms = candidate(Kind.PAYMENT_TERMS, whole(Kind.PAYMENT_TERMS, daysOfCredit=None), CONTEXT)
    assert terms.fields == {"name": "Cykelhjørnet", "type": "net", "maturity_days": 0}


def test_a_field_that_cannot_be_read_is_named() -> None:
    with pytest.raises(CannotGoError) as raised:
        candidate(Kind.PRODUCT, whole(Kind.PRODUCT, salesPrice={}), CONTEXT)
    assert (raised.value.code, raised.value.details) == ("field_unreadable", {"field": "salesPrice", "stood": "{}"})


@pytest.mark.parametrize("kind", ORDER)
@given(data=st.data())
def test_any_record_goes_over_or_has_a_reason(kind: Kind, data: st.DataObject) -> None:
    record = data.draw(halves(kind) | ANY_RECORD | st.none() | st.text(max_size=3))
    found = _mapped(kind, record)
    if isinstance(found, CannotGoError):
        assert found.code
        assert len(found.number) <= 64
        assert len(found.name) <= 255
        return
    assert found.number
    assert 0 < len(found.name) <= 255
    assert found.fields["name"] == found.name
    assert "number" not in found.fields
    assert all(value not in (None, "") for value in found.fields.values())
    if kind is not Kind.PRODUCT:
        assert 1 <= int(found.number) <= 999_999_999


def _mapped(kind: Kind, record: object) -> Candidate | CannotGoError:
    try:
        return candidate(kind, record, CONTEXT)
    except CannotGoError as fault:
        return fault
