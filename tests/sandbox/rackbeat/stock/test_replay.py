"""Whatever happens in whatever order, the running books are the replay of the movements (rackbeat-api 5.10, 6)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagerbro_sandbox.kernel.storage import MEMORY, connect
from lagerbro_sandbox.rackbeat.stock import bulk_posting
from lagerbro_sandbox.rackbeat.stock.costing import Costing, Kind, State, roll
from lagerbro_sandbox.rackbeat.stock.posting import Posting, Warehouse, movement_of
from lagerbro_sandbox.rackbeat.stock.queries import Reading, Standing
from lagerbro_sandbox.rackbeat.storage.stock_tables import SCHEMA

ACCOUNT, ITEMS, MADE_AT = 1, ("A", "B"), "2026-11-24T09:00:00+01:00"
DAYS = [f"2026-11-{day:02}" for day in range(1, 8)]

quantities = st.integers(1, 40).map(lambda units: units * 250_000)
costs = st.integers(0, 30_000).map(lambda cents: cents * 3_333)
places = {"item": st.sampled_from(ITEMS), "day": st.sampled_from(DAYS), "location": st.integers(1, 2)}
arrivals = st.builds(Posting, kind=st.just(Kind.RECEIPT), quantity=quantities, cost=costs, **places)
departures = st.builds(Posting, kind=st.just(Kind.SHIPMENT), quantity=quantities.map(int.__neg__), **places)
found = st.builds(Posting, kind=st.just(Kind.QUANTITY), quantity=quantities, **places)
returns = st.builds(Posting, kind=st.just(Kind.SHIPMENT), quantity=quantities, basis=st.integers(1, 12), **places)
valued = st.builds(Posting, kind=st.just(Kind.VALUE), cost=costs, **places)
moved = st.builds(Posting, kind=st.just(Kind.INTERNAL), moved=quantities, to_location=st.just(3), **places)
anything = st.one_of(arrivals, departures, departures, found, returns, valued, moved)
histories = st.lists(anything, min_size=1, max_size=14)


class Books:
    def __init__(self, costing: Costing) -> None:
        self.connection = connect(MEMORY, SCHEMA)
        self.costing = costing
        self.warehouse = Warehouse(self.connection, ACCOUNT, costing)
        self.reading = Reading(self.connection, ACCOUNT)

    def rows(self, table: str) -> list[tuple[object, ...]]:
        return sorted(map(tuple, self.connection.execute(f"SELECT * FROM {table}")))

    def movements(self, item: str, day: str = "9999") -> list[sqlite3.Row]:
        return list(self.reading.ledger(item, day))

    def replayed(self, item: str, day: str = "9999") -> State:
        state = State()
        list(roll(state, map(movement_of, self.movements(item, day)), self.costing, lambda _: None))
        return state


def taking_back_what_is_there(postings: Sequence[Posting]) -> list[Posting]:
    """The first movement has the id 1: a return of what is not the same item's, or comes later, is a find."""
    return [
        replace(p, basis=None) if p.basis and (p.basis > at or postings[p.basis - 1].item != p.item) else p
        for at, p in enumerate(postings)
    ]


@pytest.mark.parametrize("costing", Costing)
@given(postings=histories, prices=st.lists(st.tuples(st.integers(0, 13), costs), max_size=3))
@settings(max_examples=150)
def test_i_the_running_books_are_the_replay(
    costing: Costing, postings: list[Posting], prices: list[tuple[int, int]]
) -> None:
    books = Books(costing)
    made = [books.warehouse.post(posting, MADE_AT) for posting in taking_back_what_is_there(postings)]
    receipts = [made[at] for at, posting in enumerate(postings) if posting.kind is Kind.RECEIPT]
    for at, cost in prices:
        if at < len(receipts):
            books.warehouse.reprice(receipts[at], cost, "supplier-invoices/1", MADE_AT)
    for day in (*DAYS, None):
        standings = {standing.item: standing for standing in books.reading.standings(day)}
        for item in ITEMS:
            replayed = books.replayed(item, day or "9999")
            standing = Standing(item, replayed.quantity, replayed.value, replayed.cost)
            assert books.reading.standing(item, day) == standing
            assert sum(row["delta"] for row in books.movements(item, day or "9999")) == replayed.value
            assert sum(books.reading.level(item, at, day) for at in (1, 2, 3)) == replayed.quantity
            assert item not in standings or standings[item] == standing
            if replayed.quantity == 0:
                assert replayed.value == 0
        assert books.reading.total(day) == sum(standing.value for standing in standings.values())


@pytest.mark.parametrize("costing", Costing)
@given(postings=histories)
@settings(max_examples=100)
def test_p_the_fast_path_leaves_what_the_slow_one_leaves(costing: Costing, postings: list[Posting]) -> None:
    slow, fast = Books(costing), Books(costing)
    ours = taking_back_what_is_there(postings)
    for posting in ours:
        slow.warehouse.post(posting, MADE_AT)
    assert bulk_posting.write(fast.connection, ACCOUNT, costing, ours, MADE_AT) == len(ours)
    for table in ("movement", "stock_item", "stock_level"):
        assert fast.rows(table) == slow.rows(table)
    assert [row for row in fast.rows("stock_day") if row[2]] == [row for row in slow.rows("stock_day") if row[2]]
