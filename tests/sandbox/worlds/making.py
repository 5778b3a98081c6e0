"""Small worlds in memory, and what is in them."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import UTC, datetime

from lagerbro_sandbox.economic import load as economic_load
from lagerbro_sandbox.economic.core import EconomicSandbox
from lagerbro_sandbox.kernel.storage import MEMORY, transaction
from lagerbro_sandbox.rackbeat.core import RackbeatSandbox
from lagerbro_sandbox.rackbeat.platform import tokens
from lagerbro_sandbox.rackbeat.storage.store import Store
from lagerbro_sandbox.rackbeat.storage.write_behind import WriteBehind
from lagerbro_sandbox.worlds import history, ledger
from lagerbro_sandbox.worlds.agenda import Moment
from lagerbro_sandbox.worlds.company import company
from lagerbro_sandbox.worlds.size import Size
from tests.sandboxes import APP_SECRET, BEARER, GRANT

NOW = Moment(datetime(2026, 11, 24, 9, tzinfo=UTC))


def made(store: Store, size: Size) -> str:
    """Fill the store; answers a hash of every row in it."""
    for _ in history.write(store, size, company(size)):
        pass
    return fingerprint(store.connection)


def fingerprint(connection: sqlite3.Connection) -> str:
    found = hashlib.sha256()
    for line in connection.iterdump():
        found.update(line.encode())
    return found.hexdigest()


def rackbeat(size: Size) -> RackbeatSandbox:
    """The local Rackbeat with a world in it, opened by the tests' token."""
    core = RackbeatSandbox(MEMORY, NOW)
    core.store.close()
    store = WriteBehind(MEMORY)
    made(store, size)
    core.store = store
    core.limits.per_minute = 10**9
    with transaction(store.connection):
        tokens.permit(store, company(size).rackbeat_account_id, BEARER)
    return core


def economic(size: Size) -> EconomicSandbox:
    """The local e-conomic with the same company."""
    core = EconomicSandbox(MEMORY, NOW)
    facts = company(size)
    for _ in ledger.write(core.store, size, facts):
        pass
    with transaction(core.store.connection):
        economic_load.permit(
            core.store, facts.agreement_number, app_secret=APP_SECRET, public_token="public", grant=GRANT
        )
    return core
