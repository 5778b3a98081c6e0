"""The process dies right before and right after every write: what comes of it is one, and goods leave once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lagerbro.sync.models import TransferState
from lagerbro.sync.waiting import OUTCOME_PENDING_FOR
from tests.flows.orders.selling import Seller, line
from tests.simulation.workers import Crash

pytestmark = pytest.mark.django_db(transaction=True)
WRITES = ("order.draft", "order.book", "economic_invoice.draft", "economic_invoice.book", "invoice_shipping.ship")
POINTS = [f"{write}.{moment}" for write in WRITES for moment in ("decided", "answered")]


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_every_point(seller: Seller, point: str) -> None:
    seller.company.decide(mark_shipped=True)
    seller.look(poll="economic_invoices_poll")
    stock, whole = seller.stock("NL-100"), seller.company.runtime
    seller.order(line(quantity=4), customer=10001)
    invoice = seller.invoice(line(quantity=2))

    def die(name: str) -> None:
        if name == point:
            seller.company.runtime = replace(whole)
            raise Crash

    seller.company.runtime = replace(whole, failpoint=die)
    died = 0
    for poll in ("orders_poll", "economic_invoices_poll"):
        try:
            seller.look(poll=poll)
        except Crash:
            died += 1
    assert died == 1, f"nobody came to {point}"
    for _ in range(8):
        seller.company.systems.clock.sleep_s(OUTCOME_PENDING_FOR.total_seconds() + 1)
        seller.company.drain()
    assert [order["is_booked"] for order in seller.orders()] == [True]
    assert [(one["is_booked"], one["is_shipped"]) for one in seller.invoices()] == [(True, True)]
    assert seller.transfer(invoice, "economic_invoice").state == TransferState.TRANSFERRED
    assert seller.stock("NL-100") == stock - 2
