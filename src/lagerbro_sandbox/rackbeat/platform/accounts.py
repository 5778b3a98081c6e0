"""Accounts: the companies of one sandbox, each with its own numbers, registers and stock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import Record, record
from lagerbro_sandbox.rackbeat.platform import settings
from lagerbro_sandbox.rackbeat.storage.store import Store

USER: Final = 815
COSTINGS: Final = ("average", "fifo")


def listed(store: Store) -> list[Record]:
    """Every account by name."""
    rows = [record(row["body"]) for row in store.connection.execute("SELECT body FROM account ORDER BY id")]
    return sorted(rows, key=lambda account: str(account["company_name"]).casefold())


def find(store: Store, text: str) -> Record | None:
    """The account of that number, as it was typed or sent."""
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return None
    row = store.connection.execute("SELECT body FROM account WHERE id=?", (int(text),)).fetchone()
    return None if row is None else record(row["body"])


def write(store: Store, company: Record, now: str) -> None:
    """A new account with what every account has: a user, its settings, its base currency."""
    account = company["id"]
    store.connection.execute("INSERT INTO account VALUES (?,?)", (account, to_json(company).decode()))
    store.put(account, "users", USER, user(now))
    for setting in settings.seeds(company):
        store.put(account, settings.KIND, setting["identifier"], setting)
    base = company["base_currency"]
    for code, rate in {base: 1, **company["rates"]}.items():
        store.put(account, "currencies", code, currency(code, Decimal(rate), now))


def open_one(store: Store, facts: Mapping[str, Any], now: datetime) -> Record:
    """An empty account, as `accounts/open` asks for one. ValueError for what cannot be one."""
    account = int(facts["id"])
    costing = str(facts.get("costing", "average"))
    if account <= 0 or store.connection.execute("SELECT 1 FROM account WHERE id=?", (account,)).fetchone():
        raise ValueError("the id of an account is a new positive number")
    if costing not in COSTINGS:
        raise ValueError(f"costing is one of {', '.join(COSTINGS)}")
    company: Record = {
        "id": account,
        "company_name": str(facts["company_name"]),
        "company_vat": facts.get("company_vat"),
        "address": {"street": None, "city": None, "zipcode": None, "country": "Danmark"},
        "base_currency": str(facts.get("base_currency", "DKK")),
        "costing": costing,
        "rates": {code: str(rate) for code, rate in dict(facts.get("rates", {})).items()},
    }
    stamp = now.isoformat(timespec="seconds")
    write(store, company, stamp)
    place = {"number": 1, "name": "Lager", "is_default": True, "created_at": stamp, "updated_at": stamp}
    store.put(account, "locations", 1, place)
    return company


def user(now: str) -> Record:
    """The person who opened the account."""
    return {
        "id": USER,
        "name": "Administrator",
        "billing_type": "full",
        "initials": "AD",
        "avatar": None,
        "email": "admin@example.com",
        "locale": "da-DK",
        "is_api_only": False,
        "employee_id": None,
        "permissions": {},
        "settings": {},
        "created_at": now,
        "updated_at": now,
    }


def currency(code: str, rate: Decimal, now: str) -> Record:
    """`market_rate` is what a rate fixed by hand is reset to."""
    return {
        "number": code,
        "code": code,
        "rate": rate,
        "market_rate": rate,
        "is_custom": False,
        "created_at": now,
        "updated_at": now,
    }
