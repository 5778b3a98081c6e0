"""A company that buys: the purchase section is switched on, and hands to make suppliers and to look at them."""

from __future__ import annotations

from typing import Any

from lagerbro.sync.models import Transfer
from tests.sandboxes import nordlys
from tests.world import Company

AGREEMENT = nordlys().agreement_number
ACCOUNT = 6800
Json = dict[str, Any]


def switched_on(company: Company) -> Company:
    """The purchase section as A8–A10 need it."""
    company.decide(suppliers_enabled=True, supplier_group_account=ACCOUNT, supplier_journal=4)
    return company


def new_group(company: Company, number: int = 7, name: str = "Fragtfirmaer") -> int:
    """A supplier group that only Rackbeat has."""
    company.systems.in_rackbeat("POST", "supplier-groups", {"number": number, "name": name})
    return number


def new_supplier(company: Company, number: int = 50101, group: int = 1, **more: Any) -> int:
    """A supplier that only Rackbeat has."""
    body = {"number": number, "name": "Havnens Grosserer A/S", "supplier_group_id": group, "payment_terms_id": 1}
    company.systems.in_rackbeat("POST", "suppliers", {**body, "vat_zone": "domestic", "currency": "DKK", **more})
    return number


def asked(company: Company, kind: str, key: object) -> Transfer:
    """Ask for it, drain, and answer where it stands."""
    company.ask(kind, key)
    company.drain()
    return company.transfer(kind, key)


def in_ledger(company: Company, kind: str, number: int) -> Json | None:
    """The record as e-conomic keeps it."""
    found: Json | None = company.systems.economic.store.get(AGREEMENT, kind, number)
    return found


def group_of(company: Company, number: int) -> Json | None:
    return in_ledger(company, "supplier-groups", number)


def supplier_of(company: Company, number: int) -> Json | None:
    return in_ledger(company, "suppliers", number)
