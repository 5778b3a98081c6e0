"""Read, merge, write: what a person filled in stays, what Rackbeat cleared goes, what is equal is not written."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.flows.customers import mapping as customers
from lagerbro.flows.products import mapping as products
from lagerbro.flows.upserting import Upsert
from lagerbro.rackbeat.types import Customer, Product
from lagerbro.sync.models import TransferState
from tests.world import Company

AGREEMENT = 1180001
TEXTS = st.none() | st.sampled_from(["", " ", "Havnegade 1", "x" * 600])
CUSTOMERS = st.builds(
    Customer,
    number=st.just(10001),
    name=st.just("Cykelhjørnet"),
    address_street=TEXTS,
    address_zipcode=TEXTS,
    address_city=TEXTS,
    address_country=TEXTS,
    contact_email=TEXTS,
    contact_phone=TEXTS,
    company_vat=st.sampled_from([None, "", "12345674"]),
    ean=st.sampled_from([None, "", "5790000000005"]),
)
PRODUCTS = st.builds(
    Product, number=st.just("NL-100"), name=TEXTS.map(lambda text: text or ""), description=TEXTS, barcode=TEXTS
)
THEIRS = ("mobilePhone", "website", "creditLimit", "barred", "layout", "salesPerson", "eInvoicingDisabledByDefault")
"""Fields that Rackbeat does not decide: a person's own."""
OF_PRODUCT = ("recommendedPrice", "barred", "departmentalDistribution", "unit", "inventory")
VALUES = st.integers(0, 9) | st.booleans() | st.text(max_size=5) | st.fixed_dictionaries({"number": st.integers(1, 9)})


def stored(theirs: tuple[str, ...], ours: frozenset[str]) -> st.SearchStrategy[dict[str, Any]]:
    """A record as it may stand in e-conomic."""
    return st.dictionaries(st.sampled_from([*theirs, *sorted(ours)]), VALUES)


def merged(fields: dict[str, Any], cleared: frozenset[str], existing: dict[str, Any]) -> dict[str, Any]:
    none: Any = None
    return Upsert(none, "", "", "", fields, cleared).merged(existing)


def holds(fields: dict[str, Any], cleared: frozenset[str], existing: dict[str, Any], ours: frozenset[str]) -> None:
    found = merged(fields, cleared, existing)
    for name, value in existing.items():
        if name not in ours | fields.keys():
            assert found[name] == value
    for name in ours:
        assert found.get(name) == fields.get(name)
    assert found.keys() == fields.keys() | (existing.keys() - ours)
    assert merged(fields, cleared, found) == found


@given(CUSTOMERS, stored(THEIRS, customers.OPTIONAL_FIELDS))
def test_a_customer(customer: Customer, existing: dict[str, Any]) -> None:
    fields = customers.customer_fields(customer, group=1, terms=1, zone=1, base_currency="DKK")
    holds(fields, customers.empty_fields(fields), existing, customers.OPTIONAL_FIELDS)


@given(PRODUCTS, st.none() | st.integers(1, 9), stored(OF_PRODUCT, products.OPTIONAL_FIELDS))
def test_a_product(product: Product, unit: int | None, existing: dict[str, Any]) -> None:
    fields = products.product_fields(product, group=1, unit=unit)
    holds(fields, products.empty_fields(fields), existing, products.OPTIONAL_FIELDS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "key", "path", "theirs", "ours", "cleared"),
    [
        (
            "customer",
            10001,
            "customers",
            {"mobilePhone": "12345678", "website": "https://example.com", "creditLimit": 5000},
            {"address_city": "Viborg", "contact_phone": "87654321"},
            ({"contact_phone": ""}, "telephoneAndFaxNumber"),
        ),
        (
            "product",
            "NL-100",
            "products",
            {"recommendedPrice": 4999},
            {"description": "En cykel", "barcode": "5701234567899"},
            ({"barcode": ""}, "barCode"),
        ),
    ],
)
def test_in_both_systems_and_an_equal_record_is_not_written(
    company: Company,
    kind: str,
    key: str | int,
    path: str,
    theirs: dict[str, Any],
    ours: dict[str, Any],
    cleared: tuple[dict[str, Any], str],
) -> None:
    def transferred(**changes: Any) -> tuple[dict[str, Any], list[str]]:
        company.systems.in_rackbeat("PUT", f"{path}/{key}", changes)
        company.ask(kind, key)
        company.drain()
        transfer = company.transfer(kind, key)
        assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
        record = company.systems.economic.store.get(AGREEMENT, path, key)
        assert record is not None
        return record, [call for call in company.calls(transfer) if not call.startswith("GET")]

    record, writes = transferred(**ours)
    assert len(writes) == 1
    company.systems.economic.store.put(AGREEMENT, path, key, {**record, **theirs})
    record, writes = transferred()
    assert writes == []
    assert record.items() >= theirs.items()
    change, name = cleared
    record, writes = transferred(**change)
    assert len(writes) == 1
    assert name not in record
    assert record.items() >= theirs.items()
    assert transferred()[1] == []
