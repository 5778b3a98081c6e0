"""Many movements at once, leaving what as many postings one by one would leave, at a fraction of the cost.

For makers of worlds: an item's history is led through the very rules of `costing` in memory and written with one
statement per table. A movement dated before one that was given earlier is placed and counted as a late one would be.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lagerbro_sandbox.rackbeat.stock.costing import Costing, Movement, Outcome, State, roll
from lagerbro_sandbox.rackbeat.stock.micro import unit_cost
from lagerbro_sandbox.rackbeat.stock.posting import Posting

_MOVEMENT = "INSERT INTO movement VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"


@dataclass(slots=True)
class _History:
    """One item's movements in their places, and how it stands after the last."""

    state: State = field(default_factory=State)
    rows: list[tuple[Movement, Posting]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    costs: dict[int, int] = field(default_factory=dict)
    """The cost per unit of each movement, by id."""
    first: dict[int, int] = field(default_factory=dict)
    """What a movement changed when it came, where a late one has changed that since."""


def write(
    connection: sqlite3.Connection, account: int, costing: Costing, postings: Iterable[Posting], made_at: str
) -> int:
    """How many were written. The items must have no movements yet; the caller's transaction holds it all."""
    last = identity = connection.execute("SELECT COALESCE(MAX(id), 0) FROM movement").fetchone()[0]
    histories: dict[str, _History] = {}
    for identity, posting in enumerate(postings, last + 1):
        movement = Movement(identity, posting.kind, posting.quantity, posting.cost, posting.basis)
        _add(histories.setdefault(posting.item, _History()), movement, posting, costing)
    _store(connection, account, histories, made_at)
    return int(identity - last)


def _add(history: _History, movement: Movement, posting: Posting, costing: Costing) -> None:
    rows = history.rows
    if rows and posting.day < rows[-1][1].day:
        at = bisect_right(rows, posting.day, key=lambda row: row[1].day)
        rows.insert(at, (movement, posting))
        _count_again(history, at, costing)
        return
    rows.append((movement, posting))
    history.outcomes.extend(roll(history.state, [movement], costing, history.costs.get))
    _remember(history, movement, history.outcomes[-1])


def _count_again(history: _History, at: int, costing: Costing) -> None:
    """A late one: from the beginning, which in memory is soon done."""
    old = [outcome.delta for outcome in history.outcomes]
    history.state = State()
    history.outcomes = list(roll(history.state, [row[0] for row in history.rows], costing, lambda _: None))
    old.insert(at, history.outcomes[at].delta)
    for (movement, _), delta, outcome in zip(history.rows, old, history.outcomes, strict=True):
        history.first.setdefault(movement.id, delta)
        _remember(history, movement, outcome)


def _remember(history: _History, movement: Movement, outcome: Outcome) -> None:
    if movement.quantity:
        history.costs[movement.id] = unit_cost(abs(outcome.delta), abs(movement.quantity))


def _store(connection: sqlite3.Connection, account: int, histories: dict[str, _History], made_at: str) -> None:
    days: Counter[str] = Counter()
    levels: Counter[tuple[str, int]] = Counter()
    for item, history in histories.items():
        connection.executemany(_MOVEMENT, _rows(account, history, made_at))
        for (_, posting), outcome in zip(history.rows, history.outcomes, strict=True):
            days[posting.day] += outcome.delta
            levels[item, posting.location] += posting.quantity - posting.moved
            if posting.to_location is not None:
                levels[item, posting.to_location] += posting.moved
    connection.executemany(
        "INSERT INTO stock_item VALUES (?,?,?,?,?,?)",
        [
            (account, item, h.state.quantity, h.state.value, h.state.cost, h.rows[-1][1].day)
            for item, h in histories.items()
        ],
    )
    connection.executemany(
        "INSERT INTO stock_level VALUES (?,?,?,?)",
        [(account, item, location, quantity) for (item, location), quantity in levels.items()],
    )
    connection.executemany(
        "INSERT INTO stock_day VALUES (?,?,?) ON CONFLICT DO UPDATE SET value = value + excluded.value",
        [(account, day, delta) for day, delta in days.items() if delta],
    )


def _rows(account: int, history: _History, made_at: str) -> Iterator[tuple[object, ...]]:
    for (movement, p), outcome in zip(history.rows, history.outcomes, strict=True):
        yield (
            *(movement.id, account, p.item, p.day, p.kind, p.location, p.to_location, p.quantity, p.moved),
            *(p.cost, p.basis, p.document, made_at, outcome.delta, history.first.get(movement.id, outcome.delta)),
            *(outcome.quantity, outcome.value, outcome.cost),
        )
