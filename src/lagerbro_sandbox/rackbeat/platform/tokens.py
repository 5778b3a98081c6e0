"""Bearers: several for an account, of people and of apps; each acts as the user who made it (rackbeat-api 1.1)."""

from __future__ import annotations

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.platform.apps import new_token
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.storage.store import Store


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


def listed(session: Session) -> list[Record]:
    """The personal keys, without the keys themselves: those are shown once (D)."""
    rows = session.store.connection.execute(
        "SELECT substr(token, 1, 6) AS begins, name, created_at FROM bearer WHERE account=? AND app='' "
        "ORDER BY created_at, token",
        (session.account,),
    )
    return [dict(row) for row in rows]


def make(session: Session, name: str) -> str:
    """A new personal key, which acts as the person who made it."""
    token = new_token()
    session.store.connection.execute(
        "INSERT INTO bearer (token, account, name, user, created_at) VALUES (?,?,?,?,?)",
        (token, session.account, name, session.user()["id"], session.timestamp()),
    )
    return token


def close(session: Session, begins: str, created_at: str) -> bool:
    """The key is worth nothing from now on."""
    done = session.store.connection.execute(
        "DELETE FROM bearer WHERE account=? AND app='' AND substr(token, 1, 6)=? AND created_at=?",
        (session.account, begins, created_at),
    )
    return done.rowcount > 0
