"""What is to be delivered to webhooks: put in, carried by whoever carries, retried for a day, remembered (rackbeat-api
2.4). Switches make deliveries late, double, lost or out of order, as the real ones may be.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.kernel.webhook_delivery import Delivery
from lagerbro_sandbox.rackbeat.choices import RETRY_AFTER_MINUTES, WEBHOOK_LOG_DAYS

_SWEEP_EVERY: Final = 500

TABLES: Final = """
CREATE TABLE IF NOT EXISTS delivery (id INTEGER PRIMARY KEY AUTOINCREMENT, webhook INTEGER NOT NULL,
    account INTEGER NOT NULL, event TEXT NOT NULL, url TEXT NOT NULL, token TEXT NOT NULL, body TEXT NOT NULL,
    due_at TEXT, tries INTEGER NOT NULL DEFAULT 0, status INTEGER, created_at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS delivery_webhook ON delivery (webhook, id);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (due_at) WHERE due_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS attempt (delivery INTEGER NOT NULL REFERENCES delivery ON DELETE CASCADE,
    number INTEGER NOT NULL, at TEXT NOT NULL, status INTEGER, PRIMARY KEY (delivery, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS switch (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Switches:
    """How deliveries behave. `rich`: the documented body instead of the one that was seen. `lost`: how many of the
    next ones nobody ever carries. `shuffled`: the newest first.
    """

    rich: bool = False
    late_s: int = 0
    twice: bool = False
    lost: int = 0
    shuffled: bool = False


def switches(connection: sqlite3.Connection) -> Switches:
    """As they were set, also before a restart."""
    row = connection.execute("SELECT value FROM switch WHERE name='webhooks'").fetchone()
    settings: Any = {} if row is None else from_json(row[0])
    return Switches(**settings)


def put(
    connection: sqlite3.Connection,
    event: str,
    body: str,
    hooks: Sequence[sqlite3.Row],
    now: datetime,
) -> None:
    """Into the outbox for each of these webhooks."""
    how = switches(connection)
    for hook in hooks:
        # a lost one is never due and stands in the log all the same, as an event that nobody received
        due_at = None if how.lost else (now + timedelta(seconds=how.late_s)).isoformat()
        values = (hook["id"], hook["account"], event, hook["url"], hook["token"], body, due_at, now.isoformat())
        connection.executemany(
            "INSERT INTO delivery (webhook, account, event, url, token, body, due_at, created_at) "
            "VALUES (?,?,?,?,?,?,?,?)",
            [values] * (2 if how.twice else 1),
        )
        if how.lost:
            how = replace(how, lost=how.lost - 1)
            set_switches(connection, how)


def set_switches(connection: sqlite3.Connection, how: Switches) -> None:
    """Set the switches."""
    connection.execute("INSERT OR REPLACE INTO switch VALUES ('webhooks', ?)", (to_json(asdict(how)).decode(),))


def due(connection: sqlite3.Connection, now: datetime, limit: int = 100) -> list[Delivery]:
    """What is to be carried now, oldest first."""
    backwards = "DESC" if switches(connection).shuffled else "ASC"
    rows = connection.execute(
        "SELECT id, body, url, token, event, account FROM delivery WHERE due_at <= ? "  # noqa: S608
        f"ORDER BY due_at {backwards}, id {backwards} LIMIT ?",
        (now.isoformat(), limit),
    )
    return [
        Delivery(
            row["id"],
            row["url"],
            {
                "Content-Type": "application/json",
                "Rackbeat-Webhook-Token": row["token"],
                "Rackbeat-Webhook-Event": row["event"],
                "Rackbeat-Account-Id": str(row["account"]),
                "User-Agent": "Rackbeat Webhook",
            },
            row["body"].encode(),
        )
        for row in rows
    ]


def settle(connection: sqlite3.Connection, delivery: int, status: int | None, now: datetime) -> None:
    """Remember how a delivery went: any 2xx ends it, anything else is tried again until the schedule is used up."""
    row = connection.execute("SELECT tries, webhook FROM delivery WHERE id=?", (delivery,)).fetchone()
    if row is None:
        return
    delivered = status is not None and 200 <= status < 300
    tries = row["tries"] + 1
    later = None
    if not delivered and tries <= len(RETRY_AFTER_MINUTES):
        later = (now + timedelta(minutes=RETRY_AFTER_MINUTES[tries - 1])).isoformat()
    connection.execute("UPDATE delivery SET tries=?, status=?, due_at=? WHERE id=?", (tries, status, later, delivery))
    connection.execute("INSERT INTO attempt VALUES (?,?,?,?)", (delivery, tries, now.isoformat(), status))
    failures = "0" if delivered else "failures + 1"
    connection.execute(f"UPDATE webhook SET failures = {failures} WHERE id=?", (row["webhook"],))  # noqa: S608
    # now and then by the number of a delivery: old ones need no clock of their own
    if delivery % _SWEEP_EVERY == 0:
        since = (now - timedelta(days=WEBHOOK_LOG_DAYS)).isoformat()
        connection.execute("DELETE FROM delivery WHERE due_at IS NULL AND created_at < ?", (since,))


def logs(connection: sqlite3.Connection, webhook: int) -> list[Record]:
    """The deliveries of a webhook, the newest first. The shape is not public (P)."""
    rows = connection.execute("SELECT * FROM delivery WHERE webhook=? ORDER BY id DESC LIMIT 1000", (webhook,))
    return [_log(connection, row) for row in rows]


def log(connection: sqlite3.Connection, account: int, identity: str) -> Record | None:
    row = connection.execute("SELECT * FROM delivery WHERE account=? AND id=?", (account, identity)).fetchone()
    return None if row is None else _log(connection, row)


def _log(connection: sqlite3.Connection, row: sqlite3.Row) -> Record:
    attempts = connection.execute("SELECT * FROM attempt WHERE delivery=? ORDER BY number", (row["id"],)).fetchall()
    return {
        "id": row["id"],
        "webhook_id": row["webhook"],
        "event": row["event"],
        "url": row["url"],
        "payload": from_json(row["body"]),
        "response_status": row["status"],
        "is_delivered": row["status"] is not None and 200 <= row["status"] < 300,
        "attempts": row["tries"],
        "next_attempt_at": row["due_at"],
        "created_at": row["created_at"],
        "history": [{"attempt": entry["number"], "at": entry["at"], "status": entry["status"]} for entry in attempts],
    }
