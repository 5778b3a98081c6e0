"""One movement into the books of the warehouse, and everything after it counted anew.

A posting reads the item's row before its place and the rows after it, never the whole history; a movement of today
costs the same however long the history is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lagerbro_sandbox.rackbeat.stock.costing import Costing, Kind, Layer, Movement, State, layers_behind, roll
from lagerbro_sandbox.rackbeat.stock.micro import LARGEST, unit_cost

_INSERT = (
    "INSERT INTO movement (account, item, day, kind, location, to_location, quantity, moved, cost, basis, document,"
    " made_at, delta, first_delta, run_quantity, run_value, run_cost) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,0,0,0,0,0)"
)


class TooLargeError(ValueError):
    """A quantity or a value is beyond what the books hold."""


@dataclass(frozen=True, slots=True)
class Posting:
    """What happens to an item: `day` is ISO; `quantity` and `cost` are millionths; `moved` goes from `location` to
    `to_location` without changing what the item is worth; `document` is the path of what caused it."""

    item: str
    day: str
    kind: Kind
    location: int
    quantity: int = 0
    cost: int | None = None
    basis: int | None = None
    to_location: int | None = None
    moved: int = 0
    document: str = ""


class Warehouse:
    """The stock of one account. Everything happens in the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, account: int, costing: Costing) -> None:
        self.connection = connection
        self.account = account
        self.costing = costing

    def post(self, posting: Posting, made_at: str) -> int:
        """The id of the new movement; TooLargeError when the books cannot hold it."""
        p = posting
        _check_size(p.quantity, p.moved, p.cost or 0)
        row = (self.account, p.item, p.day, p.kind, p.location, p.to_location, p.quantity, p.moved, p.cost, p.basis)
        number = self.connection.execute(_INSERT, (*row, p.document, made_at)).lastrowid
        assert number is not None
        self._count_again(p.item, p.day, number, first=True)
        self.place(p.item, p.location, p.quantity - p.moved)
        if p.to_location is not None:
            self.place(p.item, p.to_location, p.moved)
        return number

    def reprice(self, movement: int, cost: int, document: str, made_at: str) -> None:
        """What came in costs something else than was thought: everything after it is counted anew (D 6)."""
        _check_size(cost)
        row = self.connection.execute("SELECT item, day, cost FROM movement WHERE id=?", (movement,)).fetchone()
        if row["cost"] == cost:
            return
        self.connection.execute(
            "INSERT INTO repricing (movement, old_cost, new_cost, document, made_at) VALUES (?,?,?,?,?)",
            (movement, row["cost"], cost, document, made_at),
        )
        self.connection.execute("UPDATE movement SET cost=? WHERE id=?", (cost, movement))
        self._count_again(row["item"], row["day"], movement)

    def place(self, item: str, location: int, quantity: int) -> None:
        """More or less of the item at the location."""
        self.connection.execute(
            "INSERT INTO stock_level VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET quantity = quantity + ?",
            (self.account, item, location, quantity, quantity),
        )

    def _count_again(self, item: str, day: str, start: int, *, first: bool = False) -> None:
        """From the movement `start` of that day onwards."""
        rows = self.connection.execute(
            "SELECT * FROM movement WHERE account=? AND item=? AND (day, id) >= (?, ?) ORDER BY day, id",
            (self.account, item, day, start),
        ).fetchall()
        state = self._state_before(item, day, start)
        outcomes = roll(state, map(movement_of, rows), self.costing, lambda basis: self._cost(basis, day, start))
        changes: list[tuple[int, ...]] = []
        days: dict[str, int] = {}
        for row, outcome in zip(rows, outcomes, strict=True):
            _check_size(outcome.quantity, outcome.value)
            days[row["day"]] = days.get(row["day"], 0) + outcome.delta - row["delta"]
            new = (outcome.delta, outcome.quantity, outcome.value, outcome.cost)
            first_delta = outcome.delta if first and row["id"] == start else row["first_delta"]
            if new != (row["delta"], row["run_quantity"], row["run_value"], row["run_cost"]):
                changes.append((outcome.delta, first_delta, *new[1:], row["id"]))
        self._write(changes, days)
        self._stand(item, state, rows[-1]["day"])

    def _write(self, changes: Sequence[tuple[int, ...]], days: dict[str, int]) -> None:
        self.connection.executemany(
            "UPDATE movement SET delta=?, first_delta=?, run_quantity=?, run_value=?, run_cost=? WHERE id=?", changes
        )
        self.connection.executemany(
            "INSERT INTO stock_day VALUES (?,?,?) ON CONFLICT DO UPDATE SET value = value + excluded.value",
            [(self.account, day, delta) for day, delta in days.items() if delta],
        )

    def _stand(self, item: str, state: State, last_day: str) -> None:
        self.connection.execute(
            "INSERT OR REPLACE INTO stock_item VALUES (?,?,?,?,?,?)",
            (self.account, item, state.quantity, state.value, state.cost, last_day),
        )

    def _state_before(self, item: str, day: str, start: int) -> State:
        row = self.connection.execute(
            "SELECT run_quantity, run_value, run_cost FROM movement WHERE account=? AND item=? AND (day, id) < (?, ?)"
            " ORDER BY day DESC, id DESC LIMIT 1",
            (self.account, item, day, start),
        ).fetchone()
        if row is None:
            return State()
        state = State(row["run_quantity"], row["run_value"], row["run_cost"])
        if self.costing is Costing.FIFO:
            state.layers = layers_behind(state.quantity, state.value, self._came_in(item, day, start))
        return state

    def _came_in(self, item: str, day: str, start: int) -> Iterator[Layer]:
        """What came in before the place, youngest first. A value adjustment made one layer of all that there was."""
        for row in self.connection.execute(
            "SELECT kind, quantity, delta, run_quantity, run_value FROM movement WHERE account=? AND item=?"
            " AND (day, id) < (?, ?) AND (quantity > 0 OR (kind=? AND run_quantity > 0)) ORDER BY day DESC, id DESC",
            (self.account, item, day, start, Kind.VALUE),
        ):
            if row["quantity"]:
                yield Layer(row["quantity"], row["delta"])
            else:
                yield Layer(row["run_quantity"], row["run_value"])

    def _cost(self, movement: int, day: str, start: int) -> int | None:
        row = self.connection.execute(
            "SELECT quantity, delta FROM movement WHERE id=? AND (day, id) < (?, ?)", (movement, day, start)
        ).fetchone()
        return None if row is None or not row["quantity"] else unit_cost(abs(row["delta"]), abs(row["quantity"]))


def movement_of(row: sqlite3.Row) -> Movement:
    return Movement(row["id"], Kind(row["kind"]), row["quantity"], row["cost"], row["basis"])


def _check_size(*values: int) -> None:
    if any(abs(value) > LARGEST for value in values):
        raise TooLargeError
