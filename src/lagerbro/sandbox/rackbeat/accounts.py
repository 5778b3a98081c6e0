"""Accounts: the companies of one sandbox, each with its own numbers, registers and stock."""

from __future__ import annotations

from lagerbro.sandbox.kernel.records import Record, record
from lagerbro.sandbox.rackbeat.store import Store


def listed(store: Store) -> list[Record]:
    """Every account by name."""
    rows = [record(row["body"]) for row in store.connection.execute("SELECT body FROM account ORDER BY id")]
    return sorted(rows, key=lambda account: str(account["company_name"]).casefold())
