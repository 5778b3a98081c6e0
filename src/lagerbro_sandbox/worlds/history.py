"""The months of a world, one after the other: everything that happens in a Rackbeat account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from lagerbro_sandbox.company import Company, Product
from lagerbro_sandbox.kernel.clock import COPENHAGEN
from lagerbro_sandbox.kernel.records import Record, record
from lagerbro_sandbox.kernel.storage import transaction
from lagerbro_sandbox.rackbeat import load
from lagerbro_sandbox.rackbeat.registers.parties import CUSTOMERS, SUPPLIERS
from lagerbro_sandbox.rackbeat.registers.products import PRODUCTS
from lagerbro_sandbox.rackbeat.registers.register import Register
from lagerbro_sandbox.rackbeat.storage.store import Store
from lagerbro_sandbox.rackbeat.storage.write_behind import WriteBehind
from lagerbro_sandbox.worlds import buying, catalogue, housekeeping, people, seasons, selling
from lagerbro_sandbox.worlds.agenda import Moment, World
from lagerbro_sandbox.worlds.batches import BATCH, batches
from lagerbro_sandbox.worlds.draws import Draws
from lagerbro_sandbox.worlds.size import Size

MONDAY = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What has just been made: `what` in words, how many records of it."""

    what: str
    count: int


def write(store: Store, size: Size, company: Company) -> Iterator[Step]:
    """Fill the account, a transaction for every step; the caller has opened the store and closes it."""
    first = size.first_days()[0]
    world = _opened(store, size, company, first)
    yield from _registers(world, size)
    for start, until in pairwise(size.first_days()):
        with _step(store):
            done = _month(world, size, start, until)
        yield Step(f"{start:%Y-%m}", done)


def _opened(store: Store, size: Size, company: Company, first: date) -> World:
    account = company.rackbeat_account_id
    clock = Moment(datetime.combine(first, time(8), COPENHAGEN))
    with _step(store):
        load.load(store, company, clock.at.isoformat(timespec="seconds"))
    row = store.connection.execute("SELECT body FROM account WHERE id=?", (account,)).fetchone()
    draws = Draws("history", size.seed)
    return World(store, account, record(row[0]), draws, size.customer_count, size.products, clock)


def _registers(world: World, size: Size) -> Iterator[Step]:
    for name, register, parties in (
        ("suppliers", SUPPLIERS, people.suppliers(size)),
        ("customers", CUSTOMERS, people.customers(size)),
    ):
        group = register.one + "_group_id"
        yield from _written(world, name, ((register, load.party(each, group)) for each in parties))
    yield from _products(world, size)


def _written(world: World, name: str, rows: Iterable[tuple[Register, Record]]) -> Iterator[Step]:
    count = 0
    for some in batches(rows):
        with _step(world.store):
            for register, body in some:
                register.create(world.session(), body)
        count += len(some)
    yield Step(name, count)


def _products(world: World, size: Size) -> Iterator[Step]:
    draws, count = Draws("delivered by", size.seed), 0
    for some in batches(catalogue.products(size)):
        with _step(world.store):
            for each in some:
                supplier = people.FIRST_SUPPLIER + draws.rank(size.supplier_count)
                PRODUCTS.create(world.session(), _product(each, supplier))
            stamp = world.session().timestamp()
            load.stock_up(world.store, world.account, size.costing, some, stamp)
        count += len(some)
        if count % (BATCH * 10) == 0 and count < size.products:
            yield Step("products so far", count)
    yield Step("products", count)


def _product(product: Product, supplier: int) -> Record:
    return {**load.product(product), "default_supplier_id": supplier}


def _month(world: World, size: Size, start: date, until: date) -> int:
    """The acts of a month. Some of what begins in it ends in a later one."""
    opens = datetime.combine(start, time(7), COPENHAGEN)
    world.at(opens, housekeeping.new_prices)
    for day, expected in seasons.sales_by_day(start, until, size.sales_a_month):
        morning = datetime.combine(day, time(8), COPENHAGEN)
        for _ in range(world.draws.whole(expected)):
            world.at(morning + timedelta(minutes=world.draws.between(0, 560)), selling.sell)
        if day.weekday() == MONDAY:
            world.at(morning, buying.reorder_what_was_sold)
    world.at(datetime.combine(until - timedelta(days=1), time(20), COPENHAGEN), housekeeping.count)
    return world.live_until(datetime.combine(until, time(0), COPENHAGEN))


@contextmanager
def _step(store: Store) -> Iterator[None]:
    """A transaction whose waiting records are written before it ends."""
    with transaction(store.connection):
        yield
        if isinstance(store, WriteBehind):
            store.flush()
