"""Idempotency keys: a call that comes again with its key is answered as it was, and does nothing (economic-api 4.1)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import from_json, to_json

KEY_LIFE: Final = timedelta(hours=1)
HEADER: Final = "idempotency-key"


@dataclass(frozen=True, slots=True)
class Key:
    """A key is its app's and its agreement's own; `url` is the verb and the address that it came with."""

    agreement: int
    app_secret: str
    text: str
    url: str


def key_of(agreement: int, app_secret: str, request: Request) -> Key | None:
    """The key that a request carries; None for none."""
    text = request.headers.get(HEADER, "")
    url = f"{request.method} {request.path}?{request.query}"
    return Key(agreement, app_secret, text, url) if text else None


def earlier(connection: sqlite3.Connection, key: Key, now: datetime, life: timedelta) -> Response | None:
    """What the first call with the key was answered; ApiError where that was under another address."""
    row = connection.execute(
        "SELECT * FROM replay WHERE agreement=? AND app_secret=? AND key=?", (key.agreement, key.app_secret, key.text)
    ).fetchone()
    if row is None or now - datetime.fromisoformat(row["at"]) > life:
        return None
    if row["url"] != key.url:
        raise ApiError(400, "URLChanged: the key was used for another URL.", "Use a new key.", "URLChanged")
    headers = from_json(row["headers"])
    assert isinstance(headers, dict)
    return Response(row["status"], {**headers, "X-ResultFromCache": "true"}, row["body"])


def forget_all(connection: sqlite3.Connection) -> int:
    """Let go of every answer, as a cache that was emptied; answers how many there were."""
    return connection.execute("DELETE FROM replay").rowcount


def store_answer(connection: sqlite3.Connection, key: Key, response: Response, now: datetime) -> None:
    """Keep the answer, also one that refuses: the same call again is refused in the same words."""
    content = (response.status, to_json(dict(response.headers)).decode(), response.body, now.isoformat())
    connection.execute(
        "INSERT OR REPLACE INTO replay VALUES (?,?,?,?,?,?,?,?)",
        (key.agreement, key.app_secret, key.text, key.url, *content),
    )
