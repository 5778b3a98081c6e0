"""A sent order of e-conomic stands in Rackbeat within five minutes, once, as it was written (domain-rules B.1, F11)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro.sync.models import TransferState
from tests.flows.orders.selling import Seller, facts, line

pytestmark = pytest.mark.django_db


def test_a_sent_order_becomes_one_booked_order(seller: Seller) -> None:
    number = seller.order(line(), references={"other": "Rekv. 77"})
    seller.look()
    transfer = seller.transfer(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    (order,) = seller.orders()
    assert facts(order) == [("NL-100", D(2), D("3196.00"))]
    assert (order["is_booked"], order["customer_id"], order["order_date"]) == (True, 10001, "2026-11-24")
    assert order["other_reference"] == f"Rekv. 77 · EO-{number}"
    seller.look()
    assert len(seller.orders()) == 1
