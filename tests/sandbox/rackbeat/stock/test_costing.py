"""Worked examples of value: average cost, first in first out, late receipts, dearer invoices, stock below zero."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro_sandbox.kernel.storage import MEMORY, connect
from lagerbro_sandbox.rackbeat.stock.costing import Costing, Kind
from lagerbro_sandbox.rackbeat.stock.micro import decimal, micro
from lagerbro_sandbox.rackbeat.stock.posting import Posting, TooLargeError, Warehouse
from lagerbro_sandbox.rackbeat.stock.queries import Reading
from lagerbro_sandbox.rackbeat.storage.stock_tables import SCHEMA


class Shelf:
    """One item, spoken of in whole units and kroner."""

    def __init__(self, costing: Costing) -> None:
        connection = connect(MEMORY, SCHEMA)
        self.warehouse, self.reading = Warehouse(connection, 1, costing), Reading(connection, 1)

    def come(self, day: int, quantity: str, cost: str | None = None, basis: int | None = None) -> int:
        price = None if cost is None else micro(D(cost))
        kind = Kind.RECEIPT if basis is None else Kind.SHIPMENT
        return self._post(Posting("A", f"2026-11-{day:02}", kind, 1, micro(D(quantity)), price, basis))

    def go(self, day: int, quantity: str) -> int:
        return self._post(Posting("A", f"2026-11-{day:02}", Kind.SHIPMENT, 1, -micro(D(quantity))))

    def revalue(self, day: int, cost: str) -> int:
        return self._post(Posting("A", f"2026-11-{day:02}", Kind.VALUE, 1, cost=micro(D(cost))))

    def reprice(self, movement: int, cost: str) -> None:
        self.warehouse.reprice(movement, micro(D(cost)), "supplier-invoices/1", "now")

    @property
    def deltas(self) -> list[D | int]:
        return [decimal(row["delta"]) for row in self.reading.ledger("A")]

    @property
    def corrected(self) -> list[bool]:
        return [row["delta"] != row["first_delta"] for row in self.reading.ledger("A")]

    def stands(self, day: int | None = None) -> tuple[D | int, D | int]:
        standing = self.reading.standing("A", None if day is None else f"2026-11-{day:02}")
        return decimal(standing.quantity), decimal(standing.value)

    def _post(self, posting: Posting) -> int:
        return self.warehouse.post(posting, "now")


@pytest.fixture(params=Costing)
def shelf(request: pytest.FixtureRequest) -> Shelf:
    return Shelf(request.param)


def fifo() -> Shelf:
    return Shelf(Costing.FIFO)


def average() -> Shelf:
    return Shelf(Costing.AVERAGE)


@pytest.mark.parametrize(("shelf_of", "left"), [(average, "825"), (fifo, "900")])
def test_d_two_prices_one_consumption(shelf_of: type[Shelf], left: str) -> None:
    shelf = shelf_of()  # type: ignore[call-arg]
    shelf.come(1, "10", "100")
    shelf.come(2, "10", "120")
    shelf.go(3, "12.5")
    assert shelf.stands() == (D("7.5"), D(left))
    assert shelf.stands(2) == (D(20), D(2200))


def test_i_the_last_to_leave_takes_all_that_is_left(shelf: Shelf) -> None:
    shelf.come(1, "3", "33.333333")
    for _ in range(3):
        shelf.go(2, "1")
    assert shelf.stands() == (0, 0)
    assert sum(shelf.deltas) == 0


def test_d_a_late_receipt_corrects_later_consumption_on_average_accounts() -> None:
    shelf = average()
    shelf.come(1, "10", "100")
    shelf.go(5, "10")
    assert (shelf.stands(), shelf.corrected) == ((0, 0), [False, False])
    shelf.come(3, "10", "200")
    assert shelf.deltas == [D(1000), D(2000), D(-1500)]
    assert shelf.corrected == [False, False, True]
    assert (shelf.stands(), shelf.stands(4)) == ((10, 1500), (20, 3000))


def test_d_an_invoice_at_another_price_revalues_stock_and_consumption() -> None:
    shelf = average()
    receipt = shelf.come(1, "10", "100")
    shelf.go(2, "4")
    shelf.reprice(receipt, "110")
    assert (shelf.deltas, shelf.corrected) == ([D(1100), D(-440)], [True, True])
    shelf.reprice(receipt, "100")
    assert (shelf.deltas, shelf.corrected) == ([D(1000), D(-400)], [False, False])


def test_i_an_invoice_at_another_price_revalues_its_own_goods_first_in_first_out() -> None:
    shelf = fifo()
    shelf.come(1, "5", "100")
    receipt = shelf.come(2, "5", "100")
    shelf.go(3, "6")
    shelf.reprice(receipt, "150")
    assert (shelf.deltas, shelf.stands()) == ([D(500), D(750), D(-650)], (4, 600))


def test_p_stock_below_zero_is_covered_at_the_cost_it_was_given(shelf: Shelf) -> None:
    shelf.come(1, "1", "100")
    shelf.go(2, "5")
    assert shelf.stands() == (-4, -400)
    shelf.come(3, "2", "120")
    assert shelf.stands() == (-2, -200)
    shelf.come(4, "10", "120")
    assert shelf.stands() == (8, 960)
    assert shelf.stands(3) == (-2, -200)


def test_p_what_comes_back_costs_what_it_cost_when_it_left(shelf: Shelf) -> None:
    shelf.come(1, "2", "100")
    shipped = shelf.go(2, "2")
    shelf.come(3, "2", "300")
    shelf.come(4, "1", basis=shipped)
    assert shelf.stands() == (3, 700)


def test_p_what_is_found_costs_what_is_in_stock(shelf: Shelf) -> None:
    shelf.come(1, "2", "100")
    shelf.come(2, "2")
    assert shelf.stands() == (4, 400)


def test_d_a_value_adjustment_needs_stock(shelf: Shelf) -> None:
    shelf.revalue(1, "50")
    assert shelf.stands() == (0, 0)
    shelf.come(2, "4", "100")
    shelf.come(3, "4", "200")
    shelf.revalue(4, "90.5")
    shelf.go(5, "2")
    assert shelf.stands() == (6, 543)


def test_p_what_the_books_cannot_hold_is_refused(shelf: Shelf) -> None:
    with pytest.raises(TooLargeError):
        shelf.come(1, "9000000000", "9000000000")


def test_i_a_late_receipt_is_older_than_what_came_before_it_first_in_first_out() -> None:
    shelf = fifo()
    shelf.come(5, "1", "100")
    shelf.come(3, "1", "200")
    shelf.go(6, "1")
    assert (shelf.deltas, shelf.stands()) == ([D(200), D(100), D(-200)], (1, 100))
