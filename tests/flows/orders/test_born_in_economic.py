"""An invoice that is booked in e-conomic without an order becomes one in Rackbeat, and A19 ships it (A19, F5, H8)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro.sync.models import TransferState
from tests.flows.orders.selling import Seller, facts, line

pytestmark = pytest.mark.django_db
POLL = "economic_invoices_poll"


@pytest.mark.parametrize("is_on", [True, False], ids=["on", "off"])
def test_a19_says_whether_its_goods_leave(seller: Seller, is_on: bool) -> None:
    seller.company.decide(mark_shipped=is_on)
    seller.look(poll=POLL)
    stock = seller.stock("NL-100")
    number = seller.invoice(line())
    seller.look(poll=POLL)
    transfer = seller.transfer(number, "economic_invoice")
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    (invoice,) = seller.invoices()
    assert facts(invoice) == [("NL-100", D(2), D("3196.00"))]
    assert (invoice["is_booked"], invoice["is_shipped"]) == (True, is_on)
    assert seller.stock("NL-100") == stock - (2 if is_on else 0)
    entries = seller.company.systems.entries()
    seller.look(poll=POLL)
    seller.look(poll="customer_invoices_poll", minutes=15)
    assert seller.stock("NL-100") == stock - (2 if is_on else 0)
    assert (len(seller.invoices()), seller.company.systems.entries()) == (1, entries)
