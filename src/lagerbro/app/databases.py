"""Which database: a file of the installation, or the PostgreSQL that `DATABASE_URL` names. The same code on both."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from lagerbro.app.configuration import ConfigurationError

SCHEMES: Final = ("postgresql://", "postgres://")
KEEPALIVE: Final = {"keepalives": 1, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
"""Seconds and tries after which a connection whose other end is gone counts as lost: some ten seconds."""


def database(environment: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """Django's description of the database.

    Raises `ConfigurationError` for an address that is not PostgreSQL's, so that a typing error starts no empty file.
    """
    url = environment.get("DATABASE_URL", "").strip()
    return _postgresql(url) if url else _sqlite(folder)


def is_postgresql(description: Mapping[str, Any]) -> bool:
    return str(description["ENGINE"]).endswith(".postgresql")


def _sqlite(folder: Path) -> dict[str, Any]:
    return {
        "ENGINE": "lagerbro.app.sqlite",
        "NAME": folder / "lagerbro.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            # Without IMMEDIATE most concurrent writes fail with "database is locked"; FULL because a document that was
            # answered for must survive a power cut.
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    from psycopg.conninfo import conninfo_to_dict  # whoever uses a file need not load PostgreSQL's library

    if not url.startswith(SCHEMES):
        raise ConfigurationError("DATABASE_URL must begin with postgresql://; leave it out to use a file.")
    parts = dict(conninfo_to_dict(url))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": None,
        # A connection that died in the night is noticed before the first query of the morning fails.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **KEEPALIVE, **parts},
    }
