"""Webhooks: asked for, changed, announced (rackbeat-api 2.4)."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import EVENT_STOCK, EVENT_UNINSTALLED
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.storage import outbox
from lagerbro_sandbox.rackbeat.wire.errors import invalid, not_found

URL_LENGTH_MAX: Final = 2000
EVENT_LENGTH_MAX: Final = 100
TOKEN_BYTES: Final = 16


def shown(session: Session, row: sqlite3.Row) -> Record:
    """The webhook as it is sent, without its token."""
    plugin = session.store.connection.execute(
        "SELECT id, app FROM plugin WHERE account=? AND app=?", (session.account, row["app"])
    ).fetchone()
    return {
        "id": row["id"],
        "event": row["event"],
        "url": row["url"],
        "is_active": bool(row["is_active"]),
        "plugin": None if plugin is None else {"id": plugin["id"], "slug": plugin["app"]},
        "failures_since_last_success": row["failures"],
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
    }


def create(session: Session, body: Record) -> tuple[Record, bool]:
    """The webhook and whether it is new: the same event and address again update instead (D)."""
    event, url = _event(body), _url(body)
    is_active = _active(body, default=True)
    connection, now = session.store.connection, _stamp(session.now())
    row = connection.execute(
        "SELECT * FROM webhook WHERE account=? AND event=? AND url=?", (session.account, event, url)
    ).fetchone()
    if row is not None:
        connection.execute(
            "UPDATE webhook SET is_active=?, app=?, updated_at=? WHERE id=?",
            (is_active, session.app, now, row["id"]),
        )
        return shown(session, _row(session, row["id"])), False
    token = secrets.token_hex(TOKEN_BYTES)
    cursor = connection.execute(
        "INSERT INTO webhook (account, event, url, token, app, is_active, created_at, updated_at) "
        "VALUES (?,?,?,?,?,?,?,?)",
        (session.account, event, url, token, session.app, is_active, now, now),
    )
    return {**shown(session, _row(session, cursor.lastrowid)), "token": token}, True


def listed(session: Session, event: str | None = None) -> list[Record]:
    rows = session.store.connection.execute(
        "SELECT * FROM webhook WHERE account=? AND event=COALESCE(?, event) ORDER BY id", (session.account, event)
    )
    return [shown(session, row) for row in rows]


def one(session: Session, key: str) -> Record:
    return shown(session, _row(session, key))


def update(session: Session, key: str, body: Record) -> Record:
    """Only what is sent changes; 422 where another webhook has that event and address already."""
    row = _row(session, key)
    event = _event(body) if "event" in body else row["event"]
    url = _url(body) if "url" in body else row["url"]
    values = (event, url, _active(body, default=bool(row["is_active"])), _stamp(session.now()), row["id"])
    try:
        session.store.connection.execute(
            "UPDATE webhook SET event=?, url=?, is_active=?, updated_at=? WHERE id=?", values
        )
    except sqlite3.IntegrityError as error:
        raise invalid(url="The url has already been taken.") from error
    return shown(session, _row(session, key))


def delete(session: Session, key: str) -> None:
    """What was to be carried for it is carried no more."""
    row = _row(session, key)
    session.store.connection.execute("DELETE FROM webhook WHERE id=?", (row["id"],))
    session.store.connection.execute("UPDATE delivery SET due_at=NULL WHERE webhook=?", (row["id"],))


def logs(session: Session, key: str) -> list[Record]:
    return outbox.logs(session.store.connection, _row(session, key)["id"])


def log(session: Session, key: str) -> Record:
    entry = outbox.log(session.store.connection, session.account, key)
    if entry is None:
        raise not_found()
    return entry


def _row(session: Session, key: object) -> sqlite3.Row:
    row: sqlite3.Row | None = session.store.connection.execute(
        "SELECT * FROM webhook WHERE account=? AND id=?", (session.account, key)
    ).fetchone()
    if row is None:
        raise not_found()
    return row


def _event(body: Record) -> str:
    event = body.get("event")
    if not isinstance(event, str) or not event.strip():
        raise invalid(event="The event field is required.")
    if len(event) > EVENT_LENGTH_MAX:
        raise invalid(event=f"The event may not be greater than {EVENT_LENGTH_MAX} characters.")
    return event.strip()


def _url(body: Record) -> str:
    """P: local hosts are fine here; the real one wants a public address (D)."""
    url = body.get("url")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")) or len(url) > URL_LENGTH_MAX:
        raise invalid(url="The url format is invalid.")
    try:
        host = urlsplit(url).hostname
    except ValueError as error:
        raise invalid(url="The url format is invalid.") from error
    if not host or not url.isascii() or not url.isprintable() or " " in url:
        raise invalid(url="The url format is invalid.")
    return url


def _active(body: Record, *, default: bool) -> bool:
    sent = body.get("is_active", default)
    if str(sent).lower() not in ("0", "1", "true", "false"):
        raise invalid(is_active="The is active field must be true or false.")
    return str(sent).lower() in ("1", "true")


def forget_app(session: Session, app: str) -> None:
    """An app's webhooks go with it; that it was uninstalled is still told to it (P)."""
    connection = session.store.connection
    connection.execute(
        "UPDATE delivery SET due_at=NULL WHERE event <> ? AND webhook IN "
        "(SELECT id FROM webhook WHERE account=? AND app=?)",
        (EVENT_UNINSTALLED, session.account, app),
    )
    connection.execute("DELETE FROM webhook WHERE account=? AND app=?", (session.account, app))


def announce(
    session: Session,
    event: str,
    key_name: str,
    key: str,
    *,
    data: Callable[[], Record] | None = None,
    old_key: str | None = None,
    changed: list[str] | None = None,
) -> None:
    """Put the body into the outbox of everyone who listens, unless asked not to (D 1.5).

    The minimal body that was seen live (L), or the documented one where the switch asks for it (D). `data` makes the
    record, only when it is sent. A changed key is told in both (D).
    """
    connection, hooks = session.store.connection, _listeners(session, event)
    if not hooks:
        return
    body: Record = {"key_name": key_name, "key": key}
    rich = outbox.switches(connection).rich
    if old_key is not None and (rich or old_key != key):
        body |= {"old_key": old_key, "new_key": key}
    if rich:
        body |= {"event": event, "data": data() if data else {}} | ({} if changed is None else {"changed": changed})
    outbox.put(connection, event, to_json(body).decode(), hooks, session.clock.now())


def announce_stock(session: Session, item: str, item_type: Callable[[], str]) -> None:
    """That an item's stock has changed, in the other shape that was seen for it (L 2.4)."""
    hooks = _listeners(session, EVENT_STOCK)
    if hooks:
        body = to_json({"item": item, "item_type": item_type(), "type": "stock"}).decode()
        outbox.put(session.store.connection, EVENT_STOCK, body, hooks, session.clock.now())


def _listeners(session: Session, event: str) -> list[sqlite3.Row]:
    """Nobody, where the request asked for silence."""
    if session.quiet:
        return []
    return session.store.connection.execute(
        "SELECT id, account, url, token FROM webhook WHERE account=? AND event=? AND is_active=1",
        (session.account, event),
    ).fetchall()


def _stamp(now: datetime) -> str:
    """Webhooks alone show time separated by a blank (rackbeat-api 1.7)."""
    return now.strftime("%Y-%m-%d %H:%M:%S")
