"""The warehouse's tables. Amounts and quantities are whole millionths; `day` is ISO.

`movement` is the truth. The others follow it with every posting: how an item stands (`stock_item`), where it lies
(`stock_level`), what a day did to the account's value (`stock_day`), what is ordered but has not moved (`outstanding`).
"""

from __future__ import annotations

SCHEMA = """
CREATE TABLE IF NOT EXISTS movement (id INTEGER PRIMARY KEY, account INTEGER NOT NULL, item TEXT NOT NULL,
    day TEXT NOT NULL, kind TEXT NOT NULL, location INTEGER NOT NULL, to_location INTEGER, quantity INTEGER NOT NULL,
    moved INTEGER NOT NULL, cost INTEGER, basis INTEGER, document TEXT NOT NULL, made_at TEXT NOT NULL,
    delta INTEGER NOT NULL, first_delta INTEGER NOT NULL, run_quantity INTEGER NOT NULL, run_value INTEGER NOT NULL,
    run_cost INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS movement_place ON movement (account, item, day, id);
CREATE INDEX IF NOT EXISTS movement_document ON movement (account, document);
CREATE TABLE IF NOT EXISTS repricing (id INTEGER PRIMARY KEY, movement INTEGER NOT NULL, old_cost INTEGER,
    new_cost INTEGER, document TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS repricing_document ON repricing (document, movement);
CREATE TABLE IF NOT EXISTS stock_item (account INTEGER NOT NULL, item TEXT NOT NULL, quantity INTEGER NOT NULL,
    value INTEGER NOT NULL, cost INTEGER NOT NULL, last_day TEXT NOT NULL, PRIMARY KEY (account, item)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stock_level (account INTEGER NOT NULL, item TEXT NOT NULL, location INTEGER NOT NULL,
    quantity INTEGER NOT NULL, PRIMARY KEY (account, item, location)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stock_day (account INTEGER NOT NULL, day TEXT NOT NULL, value INTEGER NOT NULL,
    PRIMARY KEY (account, day)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outstanding (account INTEGER NOT NULL, item TEXT NOT NULL, ordered INTEGER NOT NULL,
    purchased INTEGER NOT NULL, PRIMARY KEY (account, item)) WITHOUT ROWID;
"""
