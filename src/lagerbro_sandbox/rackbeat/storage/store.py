"""The sandbox's tables: accounts, tokens, apps, requests to install, webhooks."""

from __future__ import annotations

from pathlib import Path

from lagerbro_sandbox.rackbeat.storage import outbox
from lagerbro_sandbox.rackbeat.storage import stock_tables as tables
from lagerbro_sandbox.rackbeat.storage.records import IndexedRecords

SCHEMA = """
CREATE TABLE IF NOT EXISTS account (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS bearer (token TEXT PRIMARY KEY, account INTEGER NOT NULL, app TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '', user INTEGER, created_at TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS app (slug TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL,
    install_url TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS install (token TEXT PRIMARY KEY, account INTEGER NOT NULL, app TEXT NOT NULL,
    expires_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS plugin (id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL, app TEXT NOT NULL,
    settings_url TEXT NOT NULL DEFAULT '', installed_at TEXT NOT NULL, UNIQUE (account, app));
CREATE TABLE IF NOT EXISTS webhook (id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL,
    event TEXT NOT NULL, url TEXT NOT NULL, token TEXT NOT NULL, app TEXT NOT NULL, is_active INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
    UNIQUE (account, event, url));
"""


class Store(IndexedRecords):
    """All accounts of one sandbox."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, SCHEMA + outbox.TABLES + tables.SCHEMA)
