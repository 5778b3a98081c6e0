"""What is to be told by webhook: put in when it happens, carried by whoever carries, tried again, given up
(economic-api 11.3). Nothing is signed; switches make deliveries late, double, lost or out of order, as they may be."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from lagerbro_sandbox.economic.wire.webhook_events import expanded
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.kernel.webhook_delivery import Delivery

RETRY_AFTER_MINUTES: Final = (1, 5, 15, 60, 240)
"""Assumed: that a failed call is tried again up to a limit is public, the limit is not."""
DISABLE_AFTER: Final = 10
"""Assumed: failed calls in a row after which a webhook is disabled."""
KEEP_DAYS: Final = 30

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS webhook (id INTEGER PRIMARY KEY AUTOINCREMENT, agreement INTEGER NOT NULL,
    app TEXT NOT NULL, event TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL, content_type TEXT NOT NULL,
    post_data TEXT, headers TEXT NOT NULL, is_disabled INTEGER NOT NULL, disabled_at TEXT, updated_at TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS webhook_event ON webhook (agreement, event);
CREATE TABLE IF NOT EXISTS delivery (id INTEGER PRIMARY KEY AUTOINCREMENT, webhook INTEGER NOT NULL, url TEXT NOT NULL,
    headers TEXT NOT NULL, body TEXT NOT NULL, due_at TEXT, tries INTEGER NOT NULL DEFAULT 0, status INTEGER,
    created_at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (due_at) WHERE due_at IS NOT NULL;
"""


@dataclass(frozen=True, slots=True)
class Switches:
    """How deliveries behave. `lost`: how many of the next ones nobody ever carries. `shuffled`: the newest first.
    `plain`: the API takes http addresses on loopback, for a demo on one machine; the real one takes https only."""

    late_s: int = 0
    twice: bool = False
    lost: int = 0
    shuffled: bool = False
    disable_after: int = DISABLE_AFTER
    plain: bool = False


def switches(connection: sqlite3.Connection) -> Switches:
    """As they were set, also before a restart."""
    row = connection.execute("SELECT value FROM switch WHERE name='webhooks'").fetchone()
    settings: Any = {} if row is None else from_json(row[0])
    return Switches(**settings)


def set_switches(connection: sqlite3.Connection, how: Switches) -> None:
    """Set the switches."""
    connection.execute("INSERT OR REPLACE INTO switch VALUES ('webhooks', ?)", (to_json(asdict(how)).decode(),))


def announce(
    connection: sqlite3.Connection, agreement: int, event: str, values: Mapping[str, str], now: datetime
) -> None:
    """Into the outbox, for every webhook of the event that is not disabled."""
    how = switches(connection)
    hooks = connection.execute(
        "SELECT * FROM webhook WHERE agreement=? AND event=? AND is_disabled=0 ORDER BY id", (agreement, event)
    ).fetchall()
    for hook in hooks:
        due_at = None if how.lost else (now + timedelta(seconds=how.late_s)).isoformat()
        headers = {"Content-Type": hook["content_type"], "User-Agent": "e-conomic webhook", **_headers(hook)}
        row = (
            hook["id"],
            expanded(hook["url"], values),
            to_json(headers).decode(),
            expanded(hook["post_data"] or "", values),
            due_at,
            now.isoformat(),
        )
        connection.executemany(
            "INSERT INTO delivery (webhook, url, headers, body, due_at, created_at) VALUES (?,?,?,?,?,?)",
            [row] * (2 if how.twice else 1),
        )
        if how.lost:
            how = replace(how, lost=how.lost - 1)
            set_switches(connection, how)


def _headers(hook: sqlite3.Row) -> dict[str, str]:
    headers = from_json(hook["headers"])
    assert isinstance(headers, list)
    return {str(pair["key"]): str(pair["value"]) for pair in headers}


def due(connection: sqlite3.Connection, now: datetime, limit: int = 100) -> list[Delivery]:
    """What is to be carried now, oldest first."""
    way = "DESC" if switches(connection).shuffled else "ASC"
    sql = f"SELECT * FROM delivery WHERE due_at <= ? ORDER BY due_at {way}, id {way} LIMIT ?"  # noqa: S608 - constants
    rows = connection.execute(sql, (now.isoformat(), limit)).fetchall()
    return [Delivery(row["id"], row["url"], _decoded(row["headers"]), row["body"].encode()) for row in rows]


def _decoded(text: str) -> dict[str, str]:
    headers = from_json(text)
    assert isinstance(headers, dict)
    return headers


def settle(connection: sqlite3.Connection, delivery: int, status: int | None, now: datetime) -> None:
    """Any 2xx ends a delivery, anything else is tried again until the schedule is used up. A webhook that fails too
    often in a row is disabled, and nothing more is carried for it."""
    row = connection.execute("SELECT tries, webhook FROM delivery WHERE id=?", (delivery,)).fetchone()
    if row is None:
        return
    delivered = status is not None and 200 <= status < 300
    tries = row["tries"] + 1
    later = None
    if not delivered and tries <= len(RETRY_AFTER_MINUTES):
        later = (now + timedelta(minutes=RETRY_AFTER_MINUTES[tries - 1])).isoformat()
    connection.execute("UPDATE delivery SET tries=?, status=?, due_at=? WHERE id=?", (tries, status, later, delivery))
    failures = "0" if delivered else "failures + 1"
    connection.execute(f"UPDATE webhook SET failures = {failures} WHERE id=?", (row["webhook"],))  # noqa: S608
    _disable(connection, row["webhook"], now)
    since = (now - timedelta(days=KEEP_DAYS)).isoformat()
    connection.execute("DELETE FROM delivery WHERE due_at IS NULL AND created_at < ?", (since,))


def _disable(connection: sqlite3.Connection, webhook: int, now: datetime) -> None:
    after = switches(connection).disable_after
    done = connection.execute(
        "UPDATE webhook SET is_disabled=1, disabled_at=?, failures=0 WHERE id=? AND failures>=? AND is_disabled=0",
        (now.strftime("%Y-%m-%dT%H:%M:%SZ"), webhook, after),
    )
    if done.rowcount:
        connection.execute("UPDATE delivery SET due_at=NULL WHERE webhook=?", (webhook,))
