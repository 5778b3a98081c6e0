"""webhooksapi: one webhook per event type and agreement (economic-api 11.2)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from lagerbro_sandbox.economic.services.calls import Call, json_response
from lagerbro_sandbox.economic.services.problems import raise_if_any, refuse
from lagerbro_sandbox.economic.services.resources import Resource, ServiceRouter
from lagerbro_sandbox.economic.services.shapes.webhooks import WEBHOOK
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage import outbox
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.economic.wire.webhook_events import EVENTS
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.kernel.records import Record

HEADERS_MAX: Final = 5  # economic-api 11.2
HEADERS_LENGTH_MAX: Final = 1000  # as JSON (economic-api 11.2)
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
IN_UI: Final = ""
"""The app of a webhook that a person configured."""


def add_to(router: ServiceRouter) -> None:
    router.add("GET", "/EventTypes", _event_types)
    Resource("/webhooks", WEBHOOK, "eventType", _rows, _read, _create, _update, _delete).add_to(router)


def _event_types(_call: Call, _values: list[str]) -> Response:
    return json_response(
        [
            {
                "name": name,
                "description": event.description,
                "mergeFields": [
                    {"fieldName": f"[{field}]", "description": text} for field, text in event.fields.items()
                ],
            }
            for name, event in EVENTS.items()
        ]
    )


def _rows(call: Call, _values: list[str]) -> Iterator[Record]:
    """The app's own and those that a person configured; another app's are nobody else's to see."""
    sql = "SELECT * FROM webhook WHERE agreement=? AND app IN (?, ?) ORDER BY event, id"
    rows = call.session.store.connection.execute(sql, (call.session.agreement, call.session.app, IN_UI))
    return (_shown(row) for row in rows.fetchall())


def _read(call: Call, values: list[str]) -> Record | None:
    return next((row for row in _rows(call, []) if row["eventType"] == values[0].upper()), None)


def _shown(row: sqlite3.Row) -> Record:
    return {
        "eventType": row["event"],
        "name": row["name"],
        "url": row["url"],
        "contentType": row["content_type"],
        "postData": row["post_data"],
        "customHeaders": from_json(row["headers"]) or None,
        "isDisabled": bool(row["is_disabled"]),
        "lastDisabledDate": row["disabled_at"],
        "lastUpdated": row["updated_at"],
    }


def _create(call: Call, new: Record, _values: list[str]) -> str:
    raise_if_any(list(_complaints(call.session, new)))
    connection, event = call.session.store.connection, new["eventType"].upper()
    row = connection.execute(
        "SELECT 1 FROM webhook WHERE agreement=? AND event=?", (call.session.agreement, event)
    ).fetchone()
    if row is not None:
        raise refuse("WebhookAlreadyExistsForEventType", f"There is a webhook for {event} already.", "eventType")
    put(call.session, call.session.app, Hook.of(new))
    return str(event)


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook as it is written."""

    event: str
    name: str
    url: str
    content_type: str
    post_data: str | None
    headers: list[Record]
    is_disabled: bool

    @classmethod
    def of(cls, body: Record) -> Hook:
        """The hook in a body whose form was checked."""
        return cls(
            event=body["eventType"].upper(),
            name=body["name"],
            url=body["url"],
            content_type=body["contentType"],
            post_data=body.get("postData"),
            headers=body.get("customHeaders") or [],
            is_disabled=bool(body.get("isDisabled")),
        )


def put(session: Session, app: str, hook: Hook) -> None:
    """Keep a new webhook."""
    now = session.timestamp()
    session.store.connection.execute(
        "INSERT INTO webhook (agreement, app, event, name, url, content_type, post_data, headers, is_disabled, "
        "disabled_at, updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            session.agreement,
            app,
            hook.event,
            hook.name,
            hook.url,
            hook.content_type,
            hook.post_data,
            to_json(hook.headers).decode(),
            int(hook.is_disabled),
            now if hook.is_disabled else None,
            now,
        ),
    )


def _own(call: Call, row: Record) -> int:
    """The row that the app may change; what a person configured is read only."""
    sql = "SELECT id FROM webhook WHERE agreement=? AND event=? AND app=?"
    values = (call.session.agreement, row["eventType"], call.session.app)
    hook = call.session.store.connection.execute(sql, values).fetchone()
    if hook is None:
        raise refuse("WebhookReadOnly", "The webhook was configured in e-conomic.", "eventType")
    return int(hook["id"])


def _update(call: Call, row: Record, new: Record, _values: list[str]) -> None:
    number, now = _own(call, row), call.session.timestamp()
    raise_if_any(list(_complaints(call.session, new)))
    hook = Hook.of(new)
    disabled_at = now if hook.is_disabled and not row["isDisabled"] else row.get("lastDisabledDate")
    call.session.store.connection.execute(
        "UPDATE webhook SET name=?, url=?, content_type=?, post_data=?, headers=?, is_disabled=?, disabled_at=?, "
        "updated_at=?, failures=0 WHERE id=?",
        (
            hook.name,
            hook.url,
            hook.content_type,
            hook.post_data,
            to_json(hook.headers).decode(),
            int(hook.is_disabled),
            disabled_at,
            now,
            number,
        ),
    )


def _delete(call: Call, row: Record, _values: list[str]) -> None:
    number, connection = _own(call, row), call.session.store.connection
    connection.execute("DELETE FROM webhook WHERE id=?", (number,))
    connection.execute("UPDATE delivery SET due_at=NULL WHERE webhook=?", (number,))


def _complaints(session: Session, new: Record) -> Iterator[Complaint]:
    if new["eventType"].upper() not in EVENTS:
        yield Complaint("WebhookInvalidType", f"{new['eventType']} is not an event type.", "eventType")
    yield from _url(session, new["url"])
    yield from _headers(new.get("customHeaders") or [])


def _url(session: Session, url: str) -> Iterator[Complaint]:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or not url.isascii() or not url.isprintable() or " " in url:
        yield Complaint("WebhookInvalidUrl", "The URL is not valid.", "url")
        return
    is_plain = parts.scheme == "http" and host in LOOPBACK and outbox.switches(session.store.connection).plain
    if parts.scheme != "https" and not is_plain:
        yield Complaint("WebhookInvalidUrlScheme", "Only https is allowed.", "url")


def _headers(headers: list[object]) -> Iterator[Complaint]:
    if len(headers) > HEADERS_MAX:
        yield Complaint("WebhookCustomHeadersTooMany", f"At most {HEADERS_MAX} headers are allowed.", "customHeaders")
    if len(to_json(headers)) > HEADERS_LENGTH_MAX:
        text = f"The headers are at most {HEADERS_LENGTH_MAX} characters as JSON."
        yield Complaint("WebhookCustomHeadersTooLong", text, "customHeaders")
    for pair in headers:
        words = (pair.get("key"), pair.get("value")) if isinstance(pair, dict) else (None,)
        if not all(isinstance(word, str) and word.isprintable() and word.isascii() for word in words) or not words[0]:
            yield Complaint("WebhookCustomHeaderInvalid", "A header is a key and a value.", "customHeaders")
            return
