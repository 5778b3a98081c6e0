"""Webhooks: asked for, announced into an outbox, carried by whoever carries, retried for a day (rackbeat-api 2.4)."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from lagerbro.sandbox.kernel.json import to_json
from lagerbro.sandbox.kernel.records import Record
from lagerbro.sandbox.rackbeat.choices import EVENT_UNINSTALLED, RETRY_AFTER_MINUTES
from lagerbro.sandbox.rackbeat.faulty import invalid, not_found
from lagerbro.sandbox.rackbeat.session import Session
from lagerbro.sandbox.rackbeat.store import Store

URL_LENGTH_MAX = 2000


@dataclass(frozen=True, slots=True)
class Delivery:
    """A call that is due: everything that whoever carries it needs."""

    id: int
    url: str
    headers: Mapping[str, str]
    body: bytes


def shown(row: sqlite3.Row, *, token: bool = False) -> Record:
    """The webhook as it is sent; its token only when it has just been made."""
    body: Record = {
        "id": row["id"],
        "event": row["event"],
        "url": row["url"],
        "is_active": bool(row["is_active"]),
        "plugin": row["app"] or None,
        "failures_since_last_success": row["failures"],
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
    }
    return {**body, "token": row["token"]} if token else body


def create(session: Session, body: Record) -> tuple[Record, bool]:
    """The webhook and whether it is new: the same event and address again update instead (D)."""
    event, url = body.get("event"), body.get("url")
    if not isinstance(event, str) or not event:
        raise invalid(event="The event field is required.")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")) or len(url) > URL_LENGTH_MAX:
        raise invalid(url="The url format is invalid.")
    connection, now = session.store.connection, _stamp(session.now())
    found = connection.execute(
        "SELECT * FROM webhook WHERE account=? AND event=? AND url=?", (session.account, event, url)
    ).fetchone()
    if found is not None:
        connection.execute("UPDATE webhook SET is_active=1, updated_at=? WHERE id=?", (now, found["id"]))
        return shown(found), False
    token = secrets.token_hex(16)
    connection.execute(
        "INSERT INTO webhook (account, event, url, token, app, is_active, created_at, updated_at) "
        "VALUES (?,?,?,?,?,1,?,?)",
        (session.account, event, url, token, session.app, now, now),
    )
    made = connection.execute("SELECT * FROM webhook WHERE id=last_insert_rowid()").fetchone()
    return shown(made, token=True), True


def listed(session: Session, event: str | None = None) -> list[Record]:
    rows = session.store.connection.execute(
        "SELECT * FROM webhook WHERE account=? AND event=COALESCE(?, event) ORDER BY id", (session.account, event)
    )
    return [shown(row) for row in rows]


def delete(session: Session, key: str) -> None:
    """What was to be carried for it is carried no more."""
    connection = session.store.connection
    if not connection.execute("DELETE FROM webhook WHERE account=? AND id=?", (session.account, key)).rowcount:
        raise not_found()
    connection.execute("UPDATE delivery SET due_at=NULL WHERE webhook=?", (key,))


def forget_app(session: Session, app: str) -> None:
    """An app's webhooks go with it; that it was uninstalled is still told to it (P)."""
    connection = session.store.connection
    connection.execute(
        "UPDATE delivery SET due_at=NULL WHERE event <> ? AND webhook IN "
        "(SELECT id FROM webhook WHERE account=? AND app=?)",
        (EVENT_UNINSTALLED, session.account, app),
    )
    connection.execute("DELETE FROM webhook WHERE account=? AND app=?", (session.account, app))


def announce(session: Session, event: str, key_name: str, key: str) -> None:
    """Put the minimal body that was seen live into the outbox of everyone who listens (L), unless asked not to (D)."""
    if session.quiet:
        return
    body, now = to_json({"key_name": key_name, "key": key}).decode(), session.clock.now().isoformat()
    session.store.connection.execute(
        "INSERT INTO delivery (webhook, account, event, url, token, body, due_at, created_at) "
        "SELECT id, account, event, url, token, ?, ?, ? FROM webhook WHERE account=? AND event=? AND is_active=1",
        (body, now, now, session.account, event),
    )


def due(store: Store, now: datetime, limit: int = 100) -> list[Delivery]:
    """What is to be carried now, oldest first."""
    rows = store.connection.execute(
        "SELECT id, body, url, token, event, account FROM delivery WHERE due_at <= ? ORDER BY due_at, id LIMIT ?",
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


def settle(store: Store, delivery: int, status: int | None, now: datetime) -> None:
    """Remember how a delivery went: any 2xx ends it, anything else is tried again until the schedule is used up."""
    row = store.connection.execute("SELECT tries, webhook FROM delivery WHERE id=?", (delivery,)).fetchone()
    if row is None:
        return
    delivered = status is not None and 200 <= status < 300
    tries = row["tries"] + 1
    later = None
    if not delivered and tries <= len(RETRY_AFTER_MINUTES):
        later = (now + timedelta(minutes=RETRY_AFTER_MINUTES[tries - 1])).isoformat()
    store.connection.execute(
        "UPDATE delivery SET tries=?, status=?, due_at=? WHERE id=?", (tries, status, later, delivery)
    )
    failures = "0" if delivered else "failures + 1"
    store.connection.execute(f"UPDATE webhook SET failures = {failures} WHERE id=?", (row["webhook"],))  # noqa: S608


def _stamp(now: datetime) -> str:
    """Webhooks alone show time separated by a blank (rackbeat-api 1.7)."""
    return now.strftime("%Y-%m-%d %H:%M:%S")
