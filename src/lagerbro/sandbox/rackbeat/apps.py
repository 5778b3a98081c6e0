"""Apps: asking for an installation, accepting or cancelling it, the settings page, uninstalling (rackbeat-api 2.2)."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from lagerbro.sandbox.kernel.records import Record
from lagerbro.sandbox.rackbeat.choices import REQUEST_TOKEN_HOURS
from lagerbro.sandbox.rackbeat.faulty import invalid, not_found
from lagerbro.sandbox.rackbeat.session import Session
from lagerbro.sandbox.rackbeat.store import Store

TOKEN_BYTES = 48


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def ask(store: Store, account: int, app: str, now: datetime) -> str:
    """A request token: used once, good for an hour."""
    token = new_token()
    expires_at = (now + timedelta(hours=REQUEST_TOKEN_HOURS)).isoformat()
    store.connection.execute("INSERT INTO install VALUES (?,?,?,?)", (token, account, app, expires_at))
    return token


def accept(store: Store, token: str, now: datetime, base: str) -> Record:
    """Exchange the request token for a bearer. A second call finds nothing (P)."""
    account, app = _taken(store, token, now)
    bearer = new_token()
    store.connection.execute("INSERT INTO bearer VALUES (?,?,?)", (bearer, account, app))
    store.connection.execute("INSERT OR IGNORE INTO plugin (account, app) VALUES (?,?)", (account, app))
    return {"access_token": bearer, "app_slug": app, "redirect_to": f"{base}/pages/apps"}


def cancel(store: Store, token: str, now: datetime) -> Record:
    _taken(store, token, now)
    return {"cancelled": True}


def _taken(store: Store, token: str, now: datetime) -> tuple[int, str]:
    row = store.connection.execute("SELECT * FROM install WHERE token=?", (token,)).fetchone()
    if row is None or datetime.fromisoformat(row["expires_at"]) < now:
        raise not_found()
    store.connection.execute("DELETE FROM install WHERE token=?", (token,))
    return row["account"], row["app"]


def set_settings_url(session: Session, app: str, body: Record) -> Record:
    url = body.get("settings_url")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise invalid(settings_url="The settings url format is invalid.")
    done = session.store.connection.execute(
        "UPDATE plugin SET settings_url=? WHERE account=? AND app=?", (url, session.account, app)
    )
    if not done.rowcount:
        raise not_found()
    return {"settings_url": url}


def installed(session: Session) -> list[Record]:
    rows = session.store.connection.execute("SELECT * FROM plugin WHERE account=? ORDER BY app", (session.account,))
    return [{"id": index + 1, "slug": row["app"]} for index, row in enumerate(rows)]


def replace_token(session: Session) -> Record:
    """A new bearer for the present one, which is worth nothing from now on."""
    bearer = new_token()
    session.store.connection.execute("UPDATE bearer SET token=? WHERE token=?", (bearer, session.token))
    return {"token": bearer}
