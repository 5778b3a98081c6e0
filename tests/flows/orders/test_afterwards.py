"""What becomes of a taken order in e-conomic or in Rackbeat is told, once, and nothing is written over (F11)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro.agreements.approvals import DOCUMENT, approve
from lagerbro.agreements.models import Approval
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.decisions.acknowledged import facts_of, record_of
from lagerbro.sync.models import TransferState
from tests.flows.orders.selling import Seller, facts, line

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(seller: Seller) -> int:
    number = seller.order()
    seller.look()
    assert seller.transfer(number).state == TransferState.TRANSFERRED
    return number


def call_right(seller: Seller, number: int) -> None:
    transfer = seller.transfer(number)
    with agreement_scope(seller.company.agreement.pk):
        approval = Approval(
            kind=DOCUMENT,
            key=record_of(transfer),
            document=transfer.key,
            code=transfer.code,
            details=transfer.details,
            facts=facts_of(transfer.code, transfer.details),
            approved_by="Anna",
            approved_at=seller.company.systems.clock.now(),
        )
        approve(seller.company.agreement, approval)
    seller.again(number)


def test_a_changed_order_is_told_with_both_sides_and_not_written_over(seller: Seller, taken: int) -> None:
    seller.change(taken, lines=[line(quantity=5)])
    seller.look()
    transfer = seller.transfer(taken)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "order_changed")
    assert (transfer.details["ours"], transfer.details["theirs"]) == ("6392.00", "15980.00")
    assert transfer.details["changes"] == "lines.1.quantity\t2\t5"
    assert facts(seller.orders()[0]) == [("NL-100", D(2), D("3196.00"))]
    runs = transfer.runs
    seller.look()
    assert seller.transfer(taken).runs == runs  # told once
    call_right(seller, taken)
    assert seller.transfer(taken).state == TransferState.TRANSFERRED
    seller.change(taken, lines=[line(quantity=6)])
    seller.look()
    assert seller.transfer(taken).state == TransferState.NEEDS_YOU  # another change is another question


def test_a_change_that_is_taken_back_needs_nobody(seller: Seller, taken: int) -> None:
    seller.change(taken, delivery={"address": "Havnegade 4"})
    seller.look()
    assert seller.transfer(taken).details["changes"] == "delivery\t\tHavnegade 4"
    seller.change(taken, delivery={})
    seller.look()
    assert (seller.transfer(taken).state, seller.transfer(taken).code) == (TransferState.TRANSFERRED, "")


@pytest.mark.parametrize(("act", "code"), [("delete", "order_deleted"), ("back", "order_taken_back")])
def test_a_withdrawn_order_is_told_until_it_is_cancelled_in_rackbeat(
    seller: Seller, taken: int, act: str, code: str
) -> None:
    if act == "delete":
        seller.delete(taken)
    else:
        seller.change(taken, "sent", "drafts")
    seller.look()
    transfer = seller.transfer(taken)
    (order,) = seller.orders()
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, code)
    assert (order["is_cancelled"], transfer.details) == (False, {"number": str(order["number"])})
    seller.company.systems.in_rackbeat("POST", f"orders/{order['number']}/cancel")
    seller.again(taken)
    assert (seller.transfer(taken).state, seller.transfer(taken).code) == (TransferState.TRANSFERRED, "")


def test_an_order_cancelled_in_rackbeat_is_not_made_again(seller: Seller, taken: int) -> None:
    (order,) = seller.orders()
    seller.company.systems.in_rackbeat("POST", f"orders/{order['number']}/cancel")
    seller.change(taken, notes={"heading": "Hvor bliver den af?"})
    seller.look()
    assert seller.transfer(taken).code == "order_gone_in_rackbeat"
    assert len(seller.orders()) == 1
    call_right(seller, taken)
    assert seller.transfer(taken).state == TransferState.TRANSFERRED


def test_a_held_order_that_is_withdrawn_asks_nobody_any_more(seller: Seller) -> None:
    number = seller.order(line(), line(None))
    seller.look()
    assert seller.transfer(number).state == TransferState.NEEDS_YOU
    seller.delete(number)
    seller.look()
    assert (seller.transfer(number).state, seller.transfer(number).code) == (
        TransferState.CANCELLED,
        "order_withdrawn",
    )
    assert seller.orders() == []


def test_an_order_made_into_an_invoice_is_told_and_needs_nobody(seller: Seller, taken: int) -> None:
    seller.upgrade(taken)
    seller.look()
    assert (seller.transfer(taken).state, seller.transfer(taken).code) == (
        TransferState.TRANSFERRED,
        "order_invoiced_there",
    )
