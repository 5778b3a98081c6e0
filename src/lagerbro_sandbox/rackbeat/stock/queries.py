"""What the books of the warehouse say: how items stand now and at the end of any past day. Millionths throughout."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """One item's stock and what it is worth. `cost` is the last known cost per unit."""

    item: str
    quantity: int
    value: int
    cost: int


@dataclass(frozen=True, slots=True)
class Outstanding:
    """Ordered by customers and not shipped; ordered from suppliers and not received."""

    ordered: int = 0
    purchased: int = 0


class Reading:
    """The stock of one account, read only."""

    def __init__(self, connection: sqlite3.Connection, account: int) -> None:
        self.connection = connection
        self.account = account

    def standing(self, item: str, day: str | None = None) -> Standing:
        """The item now, or at the end of the day."""
        row = self._now(item) if day is None else self._at(item, day)
        return Standing(item, 0, 0, 0) if row is None else _standing(row)

    def total(self, day: str | None = None) -> int:
        """What everything is worth now, or at the end of the day: a sum over days, not over movements."""
        row = self.connection.execute(
            "SELECT COALESCE(SUM(value), 0) FROM stock_day WHERE account=? AND day <= ?", (self.account, day or "9999")
        ).fetchone()
        return int(row[0])

    def standings(self, day: str | None = None) -> Iterator[Standing]:
        """Every item that has moved, by number; at the end of the day where one is given."""
        for row in self.connection.execute("SELECT * FROM stock_item WHERE account=? ORDER BY item", (self.account,)):
            if day is None or row["last_day"] <= day:
                yield _standing(row)
            elif (past := self._at(row["item"], day)) is not None:
                yield _standing(past)

    def levels(self, item: str) -> dict[int, int]:
        """Where the item lies now."""
        rows = self.connection.execute(
            "SELECT location, quantity FROM stock_level WHERE account=? AND item=? ORDER BY location",
            (self.account, item),
        )
        return {row["location"]: row["quantity"] for row in rows}

    def level(self, item: str, location: int, day: str | None = None) -> int:
        """How much of the item lies at the location, which does not count the locations within it."""
        if day is None:
            return self.levels(item).get(location, 0)
        row = self.connection.execute(
            "SELECT COALESCE(SUM(CASE WHEN location=:at THEN quantity - moved ELSE 0 END"
            " + CASE WHEN to_location=:at THEN moved ELSE 0 END), 0) FROM movement"
            " WHERE account=:account AND item=:item AND day <= :day",
            {"at": location, "account": self.account, "item": item, "day": day},
        ).fetchone()
        return int(row[0])

    def at_location(self, location: int, day: str | None = None) -> dict[str, int]:
        """How much of every item lies at the location."""
        if day is None:
            rows = self.connection.execute(
                "SELECT item, quantity FROM stock_level WHERE account=? AND location=? AND quantity <> 0 ORDER BY item",
                (self.account, location),
            )
        else:
            rows = self.connection.execute(
                "SELECT item, SUM(CASE WHEN location=:at THEN quantity - moved ELSE 0 END"
                " + CASE WHEN to_location=:at THEN moved ELSE 0 END) AS quantity FROM movement"
                " WHERE account=:account AND day <= :day AND (location=:at OR to_location=:at)"
                " GROUP BY item HAVING quantity <> 0 ORDER BY item",
                {"at": location, "account": self.account, "day": day},
            )
        return {row["item"]: row["quantity"] for row in rows}

    def ledger(self, item: str, day: str | None = None) -> Iterator[sqlite3.Row]:
        """The item's movements in their places."""
        return iter(
            self.connection.execute(
                "SELECT * FROM movement WHERE account=? AND item=? AND day <= ? ORDER BY day, id",
                (self.account, item, day or "9999"),
            )
        )

    def documents(self, document: str) -> list[sqlite3.Row]:
        """What a document moved, in the order in which it did."""
        rows = self.connection.execute(
            "SELECT * FROM movement WHERE account=? AND document=? ORDER BY id", (self.account, document)
        )
        return rows.fetchall()

    def movement(self, identity: int) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.connection.execute(
            "SELECT * FROM movement WHERE account=? AND id=?", (self.account, identity)
        ).fetchone()
        return row

    def outstanding(self, item: str) -> Outstanding:
        row = self.connection.execute(
            "SELECT ordered, purchased FROM outstanding WHERE account=? AND item=?", (self.account, item)
        ).fetchone()
        return Outstanding() if row is None else Outstanding(row["ordered"], row["purchased"])

    def _now(self, item: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.connection.execute(
            "SELECT * FROM stock_item WHERE account=? AND item=?", (self.account, item)
        ).fetchone()
        return row

    def _at(self, item: str, day: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.connection.execute(
            "SELECT item, run_quantity AS quantity, run_value AS value, run_cost AS cost FROM movement"
            " WHERE account=? AND item=? AND day <= ? ORDER BY day DESC, id DESC LIMIT 1",
            (self.account, item, day),
        ).fetchone()
        return row


def _standing(row: sqlite3.Row) -> Standing:
    return Standing(row["item"], row["quantity"], row["value"], row["cost"])
