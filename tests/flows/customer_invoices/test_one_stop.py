"""Aktiver One Stop Moms, A21 with F7, H13 and C4: which zone a customer and an invoice get, in e-conomic's ledger."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from lagerbro.agreements.approvals import VAT_ZONE, approve
from lagerbro.agreements.models import Approval
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Transfer, TransferState
from tests.sandboxes import Json
from tests.world import Company

pytestmark = pytest.mark.django_db
AGREEMENT = 1180001
GERMAN, DANISH = 10046, 10001
PRIVATE_GERMAN: Json = {"company_vat": "", "vat_zone": "eu"}
IN_SWEDEN: Json = {"address_country": "Sverige", "address_zipcode": "21120", "address_city": "Malmö"}
PRIVATE_SWEDE: Json = {**PRIVATE_GERMAN, **IN_SWEDEN}
TO_SWEDEN: Json = {"name": "Lager", "street": "Hamn 1", "zipcode": "21120", "city": "Malmö", "country": "Sverige"}
COUNTRIES = {"DE": (8, "Tyskland", 1041, 6905, 19), "SE": (9, "OSS SE25", 1042, 6906, 25)}


def add_countries(company: Company) -> None:
    """Zones, sales accounts and VAT codes of domain-rules C's chart, as a bookkeeper makes them in e-conomic."""
    store = company.systems.economic.store
    for code, (zone, name, sales, vat, rate) in COUNTRIES.items():
        words: Json = {"vatZoneNumber": zone, "name": name, "enabledForCustomer": True, "enabledForSupplier": False}
        store.put(AGREEMENT, "vat-zones", zone, words)
        template = store.get(AGREEMENT, "accounts", 1012)
        vat_template = store.get(AGREEMENT, "vat-accounts", "U25")
        assert template is not None
        assert vat_template is not None
        vat_code = f"{code}{rate}"
        account = {**template, "accountNumber": sales, "name": f"Salg OSS {code}", "vatAccount": {"vatCode": vat_code}}
        owed = {key: value for key, value in template.items() if key != "vatAccount"}
        store.put(AGREEMENT, "accounts", sales, account)
        store.put(
            AGREEMENT,
            "accounts",
            vat,
            {**owed, "accountNumber": vat, "name": f"OSS-moms {code}", "accountType": "status"},
        )
        taxed = {**vat_template, "vatCode": vat_code, "ratePercentage": D(rate), "account": {"accountNumber": vat}}
        store.put(AGREEMENT, "vat-accounts", vat_code, taxed)
        for group in list(store.all(AGREEMENT, "product-groups")):
            accounts = {**group["accounts"], str(zone): sales}
            store.put(AGREEMENT, "product-groups", group["productGroupNumber"], {**group, "accounts": accounts})


def sell(company: Company, rate: int, customer: int = GERMAN, net: str = "1000.00", **head: Any) -> Transfer:
    line = {"item_id": "NL-100", "quantity": 1, "line_price": net, "vat_percentage": rate}
    head = {"currency": "DKK", **head}
    return company.invoiced(company.systems.invoice(line, customer=customer, **head))


def change(company: Company, customer: int = GERMAN, **of_customer: Any) -> None:
    company.systems.in_rackbeat("PUT", f"customers/{customer}", of_customer)


def zone_in_economic(company: Company, customer: int = GERMAN) -> int:
    company.ask("customer", customer)
    company.drain()
    record = company.systems.economic.store.get(AGREEMENT, "customers", customer)
    assert record is not None
    return int(record["vatZone"]["vatZoneNumber"])


def nothing_was_made(company: Company) -> bool:
    return (company.systems.drafts(), company.systems.booked(), company.systems.entries()) == ([], [], [])


@pytest.mark.parametrize(
    ("of_customer", "rate", "entries", "zone"),
    [
        (PRIVATE_GERMAN, 19, [(5605, D("1190.00")), (1041, D("-1000.00")), (6905, D("-190.00"))], 8),
        (PRIVATE_SWEDE, 25, [(5605, D("1250.00")), (1042, D("-1000.00")), (6906, D("-250.00"))], 9),
        ({}, 0, [(5605, D("1000.00")), (1020, D("-1000.00"))], 2),
    ],
    ids=["German consumer", "Swedish consumer", "German business"],
)
def test_c4_a_consumer_pays_the_vat_of_their_country(
    company: Company, of_customer: Json, rate: int, entries: list[tuple[int, D]], zone: int
) -> None:
    add_countries(company)
    company.decide(oss_enabled=True)
    change(company, **of_customer)
    transfer = sell(company, rate)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert company.systems.entries() == entries
    assert zone_in_economic(company) == zone


def test_off_a_consumer_is_held_and_the_customer_has_rackbeats_zone(company: Company) -> None:
    add_countries(company)
    company.decide(oss_enabled=False)
    change(company, **PRIVATE_GERMAN)
    transfer = sell(company, 19)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "zone_eu_without_number")
    assert nothing_was_made(company)
    assert zone_in_economic(company) == 2
    company.decide(oss_enabled=True)
    assert company.invoiced(transfer.key).state == TransferState.TRANSFERRED
    assert zone_in_economic(company) == 8


def test_the_country_of_the_invoices_delivery_decides(company: Company) -> None:
    add_countries(company)
    company.decide(oss_enabled=True)
    change(company, **PRIVATE_GERMAN)
    assert sell(company, 25, delivery_address=TO_SWEDEN).code == ""
    assert company.systems.entries()[1:] == [(1042, D("-1000.00")), (6906, D("-250.00"))]
    assert zone_in_economic(company) == 8  # the customer's own


def test_c4_a_swedish_consumer_with_danish_vat_is_caught_although_the_amount_agrees(company: Company) -> None:
    add_countries(company)
    company.decide(oss_enabled=True)
    change(company, **{**PRIVATE_SWEDE, "vat_zone": "domestic"})
    transfer = sell(company, 25)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "zone_domestic_outside")
    assert nothing_was_made(company)


@pytest.mark.parametrize("country", ["Sverige", "Finland"])
def test_a_country_without_a_zone_is_named_and_no_other_zone_is_taken(company: Company, country: str) -> None:
    company.decide(oss_enabled=True)
    change(company, **{**PRIVATE_SWEDE, "address_country": country, "address_zipcode": "20100"})
    transfer = sell(company, 25)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "oss_zone_missing")
    assert transfer.details["country"].startswith(f"{country} (")
    assert nothing_was_made(company)
    add_countries(company)
    again = company.invoiced(transfer.key)
    assert (again.state == TransferState.TRANSFERRED) is (country == "Sverige")
    assert len(company.systems.booked()) == int(country == "Sverige")


def test_two_zones_of_one_country_are_named(company: Company) -> None:
    add_countries(company)
    store = company.systems.economic.store
    zone = store.get(AGREEMENT, "vat-zones", 8)
    assert zone is not None
    store.put(AGREEMENT, "vat-zones", 10, {**zone, "vatZoneNumber": 10, "name": "DE 7 %"})
    company.decide(oss_enabled=True)
    change(company, **PRIVATE_GERMAN)
    transfer = sell(company, 19)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "oss_zone_ambiguous")
    assert transfer.details["zone_names"] == "8 Tyskland, 10 DE 7 %"
    assert nothing_was_made(company)
    store.put(AGREEMENT, "vat-zones", 10, {**zone, "vatZoneNumber": 10, "name": "DE 7 %", "enabledForCustomer": False})
    assert company.invoiced(transfer.key).state == TransferState.TRANSFERRED


def test_a_group_without_an_account_in_the_zone_is_named(company: Company) -> None:
    add_countries(company)
    store = company.systems.economic.store
    group = store.get(AGREEMENT, "product-groups", 1)
    assert group is not None
    without = {zone: account for zone, account in group["accounts"].items() if zone != "8"}
    store.put(AGREEMENT, "product-groups", 1, {**group, "accounts": without})
    company.decide(oss_enabled=True)
    change(company, **PRIVATE_GERMAN)
    transfer = sell(company, 19)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "oss_account_missing")
    assert (transfer.details["zone"], transfer.details["group"]) == ("8", "1")
    assert nothing_was_made(company)
    store.put(AGREEMENT, "product-groups", 1, group)
    assert company.invoiced(transfer.key).state == TransferState.TRANSFERRED
    assert len(company.systems.booked()) == 1


def test_a_sale_to_a_consumer_without_vat_is_held_until_somebody_says_that_none_is_owed(company: Company) -> None:
    add_countries(company)
    company.decide(oss_enabled=True)
    change(company, **{**PRIVATE_GERMAN, "company_vat": "DE900000000"})  # its form is wrong
    transfer = sell(company, 0)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "zone_oss_without_vat")
    assert nothing_was_made(company)
    with agreement_scope(company.agreement.pk):
        word = {"document": transfer.key, "code": transfer.code, "approved_by": "Mette"}
        facts, now = transfer.details["facts"], company.systems.clock.now()
        approval = Approval(kind=VAT_ZONE, key=str(GERMAN), facts=facts, approved_at=now, **word)
        approve(company.agreement, approval)
    assert company.invoiced(transfer.key).state == TransferState.TRANSFERRED
    assert company.systems.entries() == [(5605, D("1000.00")), (1020, D("-1000.00"))]


def test_a_consumer_of_no_country_is_asked_about(company: Company) -> None:
    add_countries(company)
    company.decide(oss_enabled=True)
    change(company, **PRIVATE_GERMAN, address_country=None, address_zipcode=None)
    transfer = sell(company, 19)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "zone_oss_country_unknown")
    assert nothing_was_made(company)
    change(company, address_country="Tyskland")
    assert company.invoiced(transfer.key).state == TransferState.TRANSFERRED


def test_a_rate_that_the_country_does_not_have_is_told_and_booked_as_both_systems_have_it(company: Company) -> None:
    add_countries(company)
    vat = company.systems.economic.store.get(AGREEMENT, "vat-accounts", "DE19")
    assert vat is not None
    company.systems.economic.store.put(AGREEMENT, "vat-accounts", "DE19", {**vat, "ratePercentage": D(16)})
    company.decide(oss_enabled=True)
    change(company, **PRIVATE_GERMAN)
    transfer = sell(company, 16)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "oss_rate_unlikely")
    assert (transfer.details["rate"], transfer.details["expected"]) == ("16", "19")
    assert company.systems.entries()[2] == (6905, D("-160.00"))


def test_the_exempt_zone_is_e_conomics_fourth_and_denmark_stays_domestic(company: Company) -> None:
    add_countries(company)
    company.decide(oss_enabled=True)
    assert [zone_in_economic(company, number) for number in (DANISH, 10054, 10059)] == [1, 3, 4]


def test_a_consumer_costs_one_look_at_the_zones_and_nobody_else_does(company: Company) -> None:
    add_countries(company)
    company.decide(oss_enabled=True)
    change(company, **PRIVATE_GERMAN)
    sell(company, 19)
    assert len(company.calls(sell(company, 19))) == 4
    sell(company, 25, DANISH)
    assert len(company.calls(sell(company, 25, DANISH))) == 3
