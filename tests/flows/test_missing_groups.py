"""*Opret som gruppe n*: a group that e-conomic lacks is held, and made as a person says, like another one (H15)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lagerbro.agreements.models import AgreementEvent
from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.missing_groups.steps import GroupSteps
from lagerbro.sync.decisions.copying_groups import want_as_copy
from lagerbro.sync.models import Transfer, TransferState
from tests.world import Company

pytestmark = pytest.mark.django_db
AGREEMENT = 1180001
CUSTOMER, PRODUCT = 10001, "NL-100"


def without(company: Company, register: str, number: int) -> dict[str, Any]:
    store = company.systems.economic.store
    record = store.get(AGREEMENT, register, number)
    assert record is not None
    store.delete(AGREEMENT, register, number)
    return record


def group_in_economic(company: Company, register: str, number: int) -> dict[str, Any] | None:
    found: dict[str, Any] | None = company.systems.economic.store.get(AGREEMENT, register, number)
    return found


def want(company: Company, transfer: Transfer, source: int) -> bool:
    with agreement_scope(company.agreement.pk):
        return want_as_copy(company.agreement, transfer, source, by="Mette", at=company.systems.clock.now())


def events(company: Company) -> list[tuple[str, str, str]]:
    with agreement_scope(company.agreement.pk):
        rows = AgreementEvent.in_scope.filter(code__startswith="group_").order_by("pk")
        return [(row.code, row.by, f"{row.details['record']} as {row.details['source']}") for row in rows]


def asked(company: Company, kind: str, key: object) -> Transfer:
    company.ask(kind, key)
    company.drain()
    return company.transfer(kind, key)


def test_a_customers_group_gets_the_control_account_that_a_person_named(company: Company) -> None:
    without(company, "customer-groups", 1)
    number = company.systems.invoice(customer=CUSTOMER)
    invoice = company.invoiced(number)
    assert (invoice.code, invoice.details["cause"]) == ("customer_not_transferred", "customer_group_missing")
    customer = company.transfer("customer", CUSTOMER)
    assert group_in_economic(company, "customer-groups", 1) is None
    assert want(company, customer, 2)
    company.drain()
    made = group_in_economic(company, "customer-groups", 1)
    assert made is not None
    assert made["account"]["accountNumber"] == 5605
    assert made["name"] == company.systems.in_rackbeat("GET", "customer-groups/1")["name"]
    assert company.transfer("customer", CUSTOMER).state == TransferState.TRANSFERRED
    assert (
        company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    )  # behind it, by the same press
    assert len(company.systems.booked()) == 1
    assert events(company) == [
        ("group_wanted", "Mette", "customer_group 1 as 2"),
        ("group_made", "", "customer_group 1 as 2"),
    ]
    assert not want(company, company.transfer("customer", CUSTOMER), 2)  # nothing waits for it any more


def test_a_product_group_gets_the_accounts_of_every_zone(company: Company) -> None:
    without(company, "product-groups", 1)
    source = group_in_economic(company, "product-groups", 2)
    assert source is not None
    source["accounts"] = {"1": 1012, "2": 1020, "3": 1020}  # no exempt zone, and one account for all that is abroad
    company.systems.economic.store.put(AGREEMENT, "product-groups", 2, source)
    product = asked(company, "product", PRODUCT)
    assert (product.state, product.code) == (TransferState.NEEDS_YOU, "product_group_missing")
    assert want(company, product, 2)
    company.drain()
    made = group_in_economic(company, "product-groups", 1)
    assert made is not None
    assert (made["productGroupNumber"], made["accounts"]) == (1, source["accounts"])
    product = company.transfer("product", PRODUCT)
    assert product.state == TransferState.TRANSFERRED
    calls = company.calls(product)
    writes = [call for call in calls if not call.startswith("GET")]
    assert len([call for call in writes if call.startswith("POST")]) == len(source["accounts"])
    before = group_in_economic(company, "product-groups", 1)
    again = asked(company, "product", PRODUCT)
    assert [call for call in company.calls(again) if not call.startswith("GET")] == []
    assert group_in_economic(company, "product-groups", 1) == before


def test_the_word_is_carried_out_once(company: Company) -> None:
    without(company, "product-groups", 1)
    assert want(company, asked(company, "product", PRODUCT), 2)
    company.drain()
    without(company, "product-groups", 1)
    company.systems.in_rackbeat("PUT", f"products/{PRODUCT}", {"name": "Nyt navn"})
    product = asked(company, "product", PRODUCT)
    assert (product.state, product.code) == (TransferState.NEEDS_YOU, "product_group_missing")
    assert group_in_economic(company, "product-groups", 1) is None
    assert want(company, product, 3)
    company.drain()
    made, source = (group_in_economic(company, "product-groups", number) for number in (1, 3))
    assert made is not None
    assert source is not None
    assert made["accounts"] == source["accounts"]


@pytest.mark.parametrize(
    ("kind", "key", "register"), [("customer", CUSTOMER, "customer-groups"), ("product", PRODUCT, "product-groups")]
)
def test_a_source_that_is_gone_is_named_and_nothing_is_made(
    company: Company, kind: str, key: object, register: str
) -> None:
    record = without(company, register, 1)
    assert want(company, asked(company, kind, key), 77)
    company.drain()
    transfer = company.transfer(kind, key)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "group_source_missing")
    assert (transfer.details["group"], transfer.details["of_group"]) == ("1", "77")
    assert group_in_economic(company, register, 1) is None
    company.systems.economic.store.put(AGREEMENT, register, 1, record)  # a person makes it by hand
    assert asked(company, kind, key).state == TransferState.TRANSFERRED


def test_a_stop_between_the_group_and_its_accounts_leaves_none_out(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(company, "product-groups", 1)
    assert want(company, asked(company, "product", PRODUCT), 2)
    whole: Callable[..., Any] = GroupSteps._add_accounts

    def stopped(_self: GroupSteps, _key: str) -> Any:
        raise RuntimeError("stopped")

    monkeypatch.setattr(GroupSteps, "_add_accounts", stopped)
    company.drain()
    made = group_in_economic(company, "product-groups", 1)
    assert made is not None
    assert list(made["accounts"]) == ["1"]
    monkeypatch.setattr(GroupSteps, "_add_accounts", whole)
    company.systems.clock.sleep_s(3600)
    transfer = asked(company, "product", PRODUCT)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    made, source = (group_in_economic(company, "product-groups", number) for number in (1, 2))
    assert made is not None
    assert source is not None
    assert made["accounts"] == source["accounts"]
