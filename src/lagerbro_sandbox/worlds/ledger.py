"""The same company in e-conomic: its accounts, groups, terms and years, and every customer, supplier and product."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from lagerbro_sandbox.company import Company, Product
from lagerbro_sandbox.economic import load
from lagerbro_sandbox.economic.registers import writing
from lagerbro_sandbox.economic.registers.definitions import REGISTERS
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage.store import Store
from lagerbro_sandbox.kernel.clock import COPENHAGEN, MovableClock
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.kernel.storage import transaction
from lagerbro_sandbox.worlds import catalogue, people
from lagerbro_sandbox.worlds.agenda import Moment
from lagerbro_sandbox.worlds.batches import batches
from lagerbro_sandbox.worlds.history import Step
from lagerbro_sandbox.worlds.size import Size


def write(store: Store, size: Size, company: Company) -> Iterator[Step]:
    """Fill the agreement by what is behind REST's own paths, a transaction for every step."""
    clock = Moment(datetime.combine(size.first_days()[0], time(8), COPENHAGEN))
    with transaction(store.connection):
        load.load(store, company)
    number = company.agreement_number
    session = Session(store, MovableClock(clock), number, store.agreement(number), "")
    layout = company.layouts[0].number
    yield _register(session, "suppliers", (load.supplier(each, layout) for each in people.suppliers(size)))
    yield _register(session, "customers", (load.customer(each) for each in people.customers(size)))
    yield _register(session, "products", (_product(each) for each in catalogue.products(size)))


def _register(session: Session, name: str, rows: Iterable[Record]) -> Step:
    count = 0
    for some in batches(rows):
        with transaction(session.store.connection):
            for body in some:
                writing.create(session, REGISTERS[name], body)
        session.store.changes.clear()  # nobody listens to what was there before the agreement was connected
        count += len(some)
    return Step(f"{name} in e-conomic", count)


def _product(product: Product) -> Record:
    body: Record = {
        "productNumber": product.number,
        "name": product.name,
        "productGroup": {"productGroupNumber": product.group},
        "unit": {"unitNumber": product.unit},
        "salesPrice": product.sales_price,
        "costPrice": round(product.cost_price, 2),
    }
    return {**body, "barCode": product.barcode} if product.barcode else body
