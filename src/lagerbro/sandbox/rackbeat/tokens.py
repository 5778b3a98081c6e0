"""Bearers: several for an account, of people and of apps; each acts as the user who made it (rackbeat-api 1.1)."""

from __future__ import annotations

from lagerbro.sandbox.kernel.records import Record
from lagerbro.sandbox.rackbeat.apps import new_token
from lagerbro.sandbox.rackbeat.session import Session
from lagerbro.sandbox.rackbeat.store import Store


def permit(store: Store, account: int, token: str, name: str = "", user: int | None = None) -> None:
    """A personal key; one that is there already stays as it is."""
    store.connection.execute(
        "INSERT OR IGNORE INTO bearer (token, account, name, user) VALUES (?,?,?,?)", (token, account, name, user)
    )


def replace(session: Session) -> Record:
    """A new bearer for the present one, which is worth nothing from now on (I)."""
    bearer = new_token()
    session.store.connection.execute("UPDATE bearer SET token=? WHERE token=?", (bearer, session.token))
    return {"token": bearer}
