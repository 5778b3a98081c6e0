"""Purchase orders and receipts stay in Rackbeat; their numbers go into the voucher's text (H21, F26)."""

from __future__ import annotations

import pytest

from lagerbro.sync.models import TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.supplier_invoices.conftest import Buyer


def ordered(buyer: Buyer, *received: int) -> tuple[int, list[int], int]:
    """An order of ten, received in these portions and invoiced: the numbers of order, receipts and invoice."""
    rackbeat = buyer.systems.in_rackbeat
    lines = [{"item_id": "NL-100", "quantity": 10, "line_price": 100}]
    order = rackbeat("POST", "purchase-orders", {"supplier_id": 50001, "lines": lines})
    receipts = []
    for quantity in received:
        body = {"lines": [{"id": order["lines"][0]["id"], "quantity": quantity}]}
        receipt = rackbeat("POST", f"purchase-orders/{order['number']}/create-receipt", body)["number"]
        rackbeat("POST", f"purchase-order-receipts/{receipt}/mark-received", {})
        receipts.append(receipt)
    made = rackbeat("POST", f"purchase-orders/{order['number']}/convert-to-invoice", {"book": False})
    rackbeat("PUT", f"supplier-invoices/{made}", {"invoice_number": "F-88", "invoice_date": "2026-11-24"})
    buyer.book(made)
    return order["number"], receipts, made


def test_both_numbers_stand_in_the_text(buyer: Buyer) -> None:
    order, (first, second), number = ordered(buyer, 6, 4)
    transfer = buyer.posted(number)
    assert transfer.state == TransferState.DRAFTED
    (entry,) = buyer.drafts()
    assert entry["text"] == (
        f"F-88 · Dansk Cykelimport A/S · Bestilling {order} · Modtagelse {first}, {second} · RB-K{number}"
    )
    calls = [call for call in buyer.company.calls(transfer) if "receipts" in call]
    assert calls == [f"GET /api/purchase-orders/{order}/receipts"]


def test_an_order_without_a_receipt(buyer: Buyer) -> None:
    order, _, number = ordered(buyer)
    buyer.posted(number)
    text = f"F-88 · Dansk Cykelimport A/S · Bestilling {order}"
    assert [entry["text"].startswith(text) for entry in buyer.drafts()] == [True]


@pytest.mark.parametrize("status", [403, 404, 500])
def test_receipts_that_cannot_be_read_are_in_nobodys_way(buyer: Buyer, status: int) -> None:
    path = "/api/purchase-orders/*/receipts"
    buyer.systems.rackbeat.faults.set(Fault("receipts", method="GET", path=path, status=status, times=None))
    order, _, number = ordered(buyer, 10)
    assert buyer.posted(number).state == TransferState.DRAFTED
    (entry,) = buyer.drafts()
    assert entry["text"] == f"F-88 · Dansk Cykelimport A/S · Bestilling {order} · RB-K{number}"
