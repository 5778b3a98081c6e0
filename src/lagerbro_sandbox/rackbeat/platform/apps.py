"""Apps: registered by Rackbeat's staff, installed by a person, spoken with by their own tokens (rackbeat-api 2.2)."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import EVENT_UNINSTALLED, REQUEST_TOKEN_HOURS
from lagerbro_sandbox.rackbeat.platform import webhooks
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.storage.store import Store
from lagerbro_sandbox.rackbeat.wire.errors import ApiError, invalid, not_found

TOKEN_BYTES: Final = 48
URL_LENGTH_MAX: Final = 2000
_CARDS: Final = (
    "SELECT app.slug, app.name, app.description, app.install_url, plugin.id, plugin.settings_url, plugin.installed_at "
    "FROM app LEFT JOIN plugin ON plugin.app = app.slug AND plugin.account = ? "
)


@dataclass(frozen=True, slots=True)
class Card:
    """An app as a person sees it. `plugin` numbers the installation; without one the app is not installed."""

    slug: str
    name: str
    description: str
    install_url: str
    plugin: int | None
    settings_url: str
    installed_at: str

    @property
    def is_installed(self) -> bool:
        return self.plugin is not None


def register(store: Store, slug: str, name: str, install_url: str, description: str = "") -> None:
    """What Rackbeat's staff does; the same slug again changes the record. ValueError for what cannot be an app."""
    if not slug or not set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-"):
        raise ValueError("a slug is made of small letters, digits and hyphens")
    if not name:
        raise ValueError("an app has a name")
    if install_url and not _is_web(install_url):
        raise ValueError("an install URL begins with http:// or https://")
    store.connection.execute(
        "INSERT INTO app VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET name=excluded.name, "
        "description=CASE excluded.description WHEN '' THEN description ELSE excluded.description END, "
        "install_url=CASE excluded.install_url WHEN '' THEN install_url ELSE excluded.install_url END",
        (slug, name, description, install_url),
    )


def cards(session: Session) -> list[Card]:
    """Every app, installed or not."""
    rows = session.store.connection.execute(f"{_CARDS} ORDER BY app.name", (session.account,))
    return [_card(row) for row in rows]


def card(session: Session, slug: str) -> Card:
    rows = session.store.connection.execute(f"{_CARDS} WHERE app.slug = ?", (session.account, slug))
    row = rows.fetchone()
    if row is None:
        raise not_found()
    return _card(row)


def begin(session: Session, slug: str) -> str:
    """Where the person is sent who presses *Installér*: the install URL with a new request token."""
    app = card(session, slug)
    if not app.install_url:
        raise ApiError(422, "Appen har ingen installationsadresse endnu.")
    parts = urlsplit(app.install_url)
    token = ask(session.store, session.account, slug, session.clock.now())
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), ("token", token)])
    return urlunsplit(parts._replace(query=query))


def ask(store: Store, account: int, app: str, now: datetime) -> str:
    """A request token: used once, good for an hour."""
    token = new_token()
    expires_at = (now + timedelta(hours=REQUEST_TOKEN_HOURS)).isoformat()
    store.connection.execute("INSERT INTO install VALUES (?,?,?,?)", (token, account, app, expires_at))
    return token


def accept(store: Store, token: str, now: datetime, base: str) -> Record:
    """Exchange the request token for a bearer. A second call finds nothing (P)."""
    account, app = _redeemed(store, token, now)
    bearer = new_token()
    store.connection.execute(
        "INSERT INTO bearer (token, account, app, name, created_at) VALUES (?,?,?,?,?)",
        (bearer, account, app, app, now.isoformat()),
    )
    store.connection.execute(
        "INSERT OR IGNORE INTO plugin (account, app, installed_at) VALUES (?,?,?)", (account, app, now.isoformat())
    )
    return {"access_token": bearer, "app_slug": app, "redirect_to": f"{base}/pages/apps?said=installed"}


def cancel(store: Store, token: str, now: datetime) -> Record:
    _redeemed(store, token, now)
    return {"cancelled": True}


def set_settings_url(session: Session, app: str, body: Record) -> Record:
    """Only the app itself may say where its settings are (P); 404 for anybody else's."""
    url = body.get("settings_url")
    if not isinstance(url, str) or not _is_web(url) or len(url) > URL_LENGTH_MAX:
        raise invalid(settings_url="The settings url format is invalid.")
    done = session.store.connection.execute(
        "UPDATE plugin SET settings_url=? WHERE account=? AND app=?", (url, session.account, app)
    )
    if not done.rowcount:
        raise not_found()
    return {"settings_url": url}


def uninstall(session: Session, slug: str) -> None:
    """Tell `plugin.uninstalled`, then close the app's access: its tokens are worth nothing from now on (P 2.2)."""
    app = card(session, slug)
    if app.plugin is None:
        raise not_found()
    webhooks.announce(session, EVENT_UNINSTALLED, "id", str(app.plugin))
    webhooks.forget_app(session, slug)
    connection = session.store.connection
    connection.execute("DELETE FROM bearer WHERE account=? AND app=?", (session.account, slug))
    connection.execute("DELETE FROM install WHERE account=? AND app=?", (session.account, slug))
    connection.execute("DELETE FROM plugin WHERE id=?", (app.plugin,))


def installed(session: Session) -> list[Record]:
    """The installed apps, as the API shows them; only `id` and `slug` are known (C)."""
    return [
        {"id": app.plugin, "slug": app.slug, "name": app.name, "settings_url": app.settings_url or None}
        for app in cards(session)
        if app.is_installed
    ]


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def _redeemed(store: Store, token: str, now: datetime) -> tuple[int, str]:
    row = store.connection.execute("SELECT * FROM install WHERE token=?", (token,)).fetchone()
    if row is None or datetime.fromisoformat(row["expires_at"]) < now:
        raise not_found()
    store.connection.execute("DELETE FROM install WHERE token=?", (token,))
    return row["account"], row["app"]


def _card(row: sqlite3.Row) -> Card:
    return Card(
        slug=row["slug"],
        name=row["name"],
        description=row["description"],
        install_url=row["install_url"],
        plugin=row["id"],
        settings_url=row["settings_url"] or "",
        installed_at=row["installed_at"] or "",
    )


def _is_web(url: str) -> bool:
    return urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).netloc)
