"""Supplier groups (A9, H6): made with the chosen account, which an existing group keeps."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lagerbro.sync.models import TransferState
from lagerbro_sandbox.kernel.http import Request
from tests.flows.purchases.buying import (
    ACCOUNT,
    AGREEMENT,
    asked,
    group_of,
    in_ledger,
    new_group,
    new_supplier,
    supplier_of,
)
from tests.world import Company

NEEDS = TransferState.NEEDS_YOU
Act = Callable[[Company], object]


@pytest.mark.parametrize("account", [6800, 6805])
def test_a_new_group_gets_the_chosen_account(buyer: Company, account: int) -> None:
    """Both control accounts are blocked for direct entries, as they usually are (H6)."""
    buyer.decide(supplier_group_account=account)
    transfer = asked(buyer, "supplier_group", new_group(buyer))
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert group_of(buyer, 7) == {
        "supplierGroupNumber": 7,
        "name": "Fragtfirmaer",
        "account": {"accountNumber": account},
    }


def test_what_a_group_costs(buyer: Company) -> None:
    """New: both systems, its account, and the write. The same again: two reads. Renamed: two reads and the write."""
    new_group(buyer)
    assert buyer.calls(asked(buyer, "supplier_group", 7)) == [
        "GET /api/supplier-groups/7",
        "GET /suppliersapi/v2.0.0/Groups/7",
        "GET /accounts/6800",
        "POST /suppliersapi/v2.0.0/Groups",
    ]
    reads = ["GET /api/supplier-groups/7", "GET /suppliersapi/v2.0.0/Groups/7"]
    assert buyer.calls(asked(buyer, "supplier_group", 7)) == reads
    buyer.systems.in_rackbeat("PUT", "supplier-groups/7", {"name": "Speditører"})
    assert buyer.calls(asked(buyer, "supplier_group", 7)) == [*reads, "PUT /suppliersapi/v2.0.0/Groups"]
    assert (group_of(buyer, 7) or {})["name"] == "Speditører"


def test_an_existing_group_keeps_its_account(buyer: Company) -> None:
    """Its name follows Rackbeat; which account it has is e-conomic's own (A9), also when the setting changes."""
    assert (group_of(buyer, 2) or {})["account"] == {"accountNumber": 6805}
    buyer.systems.in_rackbeat("PUT", "supplier-groups/2", {"name": "Udlandet"})
    assert asked(buyer, "supplier_group", 2).state == TransferState.TRANSFERRED
    assert group_of(buyer, 2) == {
        "supplierGroupNumber": 2,
        "name": "Udlandet",
        "account": {"accountNumber": 6805},
    }


def test_a_name_that_is_too_long_is_cut(buyer: Company) -> None:
    asked(buyer, "supplier_group", new_group(buyer, name="L" * 60))
    assert (group_of(buyer, 7) or {})["name"] == "L" * 49 + "…"
    calls = buyer.calls(asked(buyer, "supplier_group", 7))
    assert [call for call in calls if not call.startswith("GET")] == []


def barred(account: int, *, now: bool) -> Act:
    return lambda company: company.systems.admin(
        "economic", "bar", agreement=AGREEMENT, kind="accounts", key=str(account), barred=now
    )


def account_gone(company: Company) -> None:
    company.systems.economic.store.delete(AGREEMENT, "accounts", ACCOUNT)


def account_back(company: Company) -> None:
    facts = {"accountNumber": ACCOUNT, "accountType": "status", "name": "Kreditorer", "blockDirectEntries": True}
    company.systems.economic.store.put(AGREEMENT, "accounts", ACCOUNT, facts)


def chosen(account: int | None) -> Act:
    return lambda company: company.decide(supplier_group_account=account)


@pytest.mark.parametrize(
    ("code", "named", "spoil", "mend"),
    [
        ("supplier_group_account_not_chosen", None, chosen(None), chosen(ACCOUNT)),
        ("supplier_group_account_missing", "6800", account_gone, account_back),
        ("supplier_group_account_unfit", "1310", chosen(1310), chosen(ACCOUNT)),
        ("supplier_group_account_barred", "6800", barred(ACCOUNT, now=True), barred(ACCOUNT, now=False)),
    ],
)
def test_the_chain_is_told_and_settled_at_its_root(
    buyer: Company, code: str, named: str | None, spoil: Act, mend: Act
) -> None:
    spoil(buyer)
    new_group(buyer)
    supplier = asked(buyer, "supplier", new_supplier(buyer, group=7))
    group = buyer.transfer("supplier_group", 7)
    assert (group.state, group.code, group.due_at) == (NEEDS, code, None)
    assert group.details.get("account", "").split(" ")[0] == (named or "")
    assert (supplier.state, supplier.code, supplier.details["cause"]) == (NEEDS, "supplier_group_not_transferred", code)
    assert supplier.details["key"] == "7"
    assert (group_of(buyer, 7), supplier_of(buyer, 50101)) == (None, None)

    mend(buyer)
    assert asked(buyer, "supplier_group", 7).state == TransferState.TRANSFERRED  # one press, at the root
    assert buyer.transfer("supplier", 50101).state == TransferState.TRANSFERRED
    assert in_ledger(buyer, "suppliers", 50101) is not None


def test_a_group_that_was_deleted_in_economic_is_made_again(buyer: Company) -> None:
    asked(buyer, "supplier", new_supplier(buyer, group=new_group(buyer)))
    buyer.systems.economic.store.delete(AGREEMENT, "suppliers", 50101)
    buyer.systems.economic.store.delete(AGREEMENT, "supplier-groups", 7)
    buyer.systems.in_rackbeat("PUT", "suppliers/50101", {"name": "Havnens Grosserer ApS"})
    assert asked(buyer, "supplier", 50101).state == TransferState.TRANSFERRED
    assert (group_of(buyer, 7) or {})["account"] == {"accountNumber": ACCOUNT}
    assert (supplier_of(buyer, 50101) or {})["name"] == "Havnens Grosserer ApS"


def test_somebody_who_changes_the_group_at_the_same_time_is_not_written_over(buyer: Company) -> None:
    """The write says which version it has read; refused, it reads again."""
    new_group(buyer)
    asked(buyer, "supplier_group", 7)
    store, before = buyer.systems.economic.store, group_of(buyer, 7)
    assert before is not None

    def moved(request: Request) -> None:
        if request.method == "PUT":
            buyer.systems.to_economic.before = lambda _request: None
            store.put(AGREEMENT, "supplier-groups", 7, {**before, "account": {"accountNumber": 6805}})

    buyer.systems.to_economic.before = moved
    buyer.systems.in_rackbeat("PUT", "supplier-groups/7", {"name": "Speditører"})
    transfer = asked(buyer, "supplier_group", 7)
    assert (transfer.state, transfer.code) == (TransferState.WAITING, "changed_meanwhile")
    buyer.systems.clock.sleep_s(60)
    buyer.drain()
    assert buyer.transfer("supplier_group", 7).state == TransferState.TRANSFERRED
    assert group_of(buyer, 7) == {
        "supplierGroupNumber": 7,
        "name": "Speditører",
        "account": {"accountNumber": 6805},
    }
