"""A sent order of e-conomic stands in Rackbeat within five minutes, once, as it was written (domain-rules B.1, F11)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro.sync.models import TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.orders.selling import Seller, facts, line

pytestmark = pytest.mark.django_db
DRAFT, BOOK = "/api/orders/drafts", "/api/orders/*/book"


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


def test_what_stands_on_it_comes_along(seller: Seller) -> None:
    """Currency, discount, price of nothing, delivery, texts: nothing is filled in by Rackbeat of its own."""
    number = seller.order(
        line(discountPercentage=D("12.50")),
        line("GEBYR", 1, "0.00"),
        currency="EUR",
        exchangeRate=D("746.00"),
        delivery={"address": "Havnegade 4", "zip": "9000", "city": "Aalborg", "deliveryDate": "2026-12-02"},
        notes={"heading": "Haster", "textLine1": "Ring først", "textLine2": "Mvh."},
        recipient={"name": "Hansen GmbH", "address": "Weg 1", "country": "Tyskland", "vatZone": {"vatZoneNumber": 2}},
    )
    seller.look()
    (order,) = seller.orders()
    assert [row["discount_percentage"] for row in order["lines"]] == [D("12.50"), D(0)]
    assert facts(order)[1] == ("GEBYR", D(1), D("0.00"))
    assert (order["currency"], order["vat_zone"], order["deliver_at"]) == ("EUR", "eu", "2026-12-02")
    assert (order["address_name"], order["address_country"]) == ("Hansen GmbH", "Tyskland")
    assert (order["delivery_address"]["street"], order["delivery_address"]["city"]) == ("Havnegade 4", "Aalborg")
    assert (order["heading"], order["note"]) == ("Haster", "Ring først\nMvh.")
    assert order["total_subtotal"] == D("5593.00")
    link = seller.link(number)
    assert link is not None
    assert (link.currency, link.net, link.economic_net) == ("EUR", D("5593.00"), D("5593.00"))


def test_nothing_moves_while_nothing_happens(seller: Seller) -> None:
    """Idle: one call, and one more where drafts are taken too. A new order: one read, two writes."""
    number = seller.order()
    seller.look()
    assert seller.company.calls(seller.transfer(number)) == [
        f"GET /orders/sent/{number}",
        "POST /api/orders/drafts",
        f"POST /api/orders/{seller.orders()[0]['number']}/book",
    ]
    systems = seller.company.systems
    for chosen, calls in ((False, 1), (True, 2)):
        seller.company.decide(take_draft_orders=chosen)
        seller.look()
        before = len(systems.to_economic.asked), len(systems.to_rackbeat.asked)
        seller.look()
        after = len(systems.to_economic.asked), len(systems.to_rackbeat.asked)
        assert (after[0] - before[0], after[1] - before[1]) == (calls, 0)


def test_our_own_webhooks_stay_asleep(seller: Seller) -> None:
    systems = seller.company.systems
    systems.in_rackbeat("POST", "webhooks", {"event": "order.created", "url": "https://example.com/a"})
    systems.in_rackbeat("POST", "webhooks", {"event": "order.booked", "url": "https://example.com/b"})
    seller.order()
    seller.look()
    assert len(seller.orders()) == 1
    assert systems.rackbeat.store.all(4711, "deliveries") == []


@pytest.mark.parametrize("how", ["lose_answer", "drop_connection", "status"])
@pytest.mark.parametrize("path", [DRAFT, BOOK], ids=["draft", "book"])
def test_one_fault_at_each_write(seller: Seller, path: str, how: str) -> None:
    seller.company.systems.rackbeat.faults.set(
        Fault(
            "once",
            method="POST",
            path=path,
            status=503 if how == "status" else None,
            lose_answer=how == "lose_answer",
            drop_connection=how == "drop_connection",
        )
    )
    number = seller.order()
    seller.look()
    assert seller.company.systems.rackbeat.faults.present() == ()
    assert seller.transfer(number).state == TransferState.WAITING
    seller.settle(number)
    assert [order["is_booked"] for order in seller.orders()] == [True]


def test_a_lost_answer_and_a_changed_customer_make_no_second_order(seller: Seller) -> None:
    """It is looked for under the customer that it was sent with, too."""
    seller.company.ask("customer", 10002)
    seller.company.drain()
    seller.company.systems.rackbeat.faults.set(Fault("lost", method="POST", path=DRAFT, lose_answer=True))
    number = seller.order()
    seller.look()
    seller.change(number, customer={"customerNumber": 10002}, references={"other": "Nyt nr."})
    seller.settle(number)
    transfer = seller.transfer(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "order_changed_while_taken")
    assert [order["customer_id"] for order in seller.orders()] == [10001]


def test_an_order_deleted_while_its_answer_was_lost_is_told(seller: Seller) -> None:
    seller.company.systems.rackbeat.faults.set(Fault("lost", method="POST", path=DRAFT, lose_answer=True))
    number = seller.order()
    seller.look()
    seller.delete(number)
    seller.settle(number)
    transfer = seller.transfer(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "order_deleted")
    (order,) = seller.orders()
    assert transfer.details["number"] == str(order["number"])


def test_a_forgotten_order_is_found_by_its_mark(seller: Seller) -> None:
    """A backup was put back: what stands in Rackbeat is looked for before anything is made."""
    number = seller.order(references={"other": "EO-1 · Rekv. 8"})
    seller.look()
    assert len(seller.orders()) == 1
    seller.forget_everything()
    seller.look()
    assert seller.transfer(number).state == TransferState.TRANSFERRED
    assert len(seller.orders()) == 1


def test_orders_from_before_are_left_alone_until_somebody_sends_them_anew(seller: Seller) -> None:
    old = seller.order()
    seller.company.systems.clock.sleep_s(60)
    seller.company.decide(sales_enabled=False)
    seller.company.decide(sales_enabled=True)
    seller.company.systems.clock.sleep_s(60)
    new = seller.order()
    seller.look()
    seller.change(old, notes={"heading": "Rettet"})
    seller.look()
    assert [order["other_reference"] for order in seller.orders()] == [f"EO-{new}"]
    seller.change(old, "sent", "drafts")
    seller.look()
    seller.change(old, "drafts", "sent")
    seller.look()
    assert sorted(order["other_reference"] for order in seller.orders()) == sorted([f"EO-{new}", f"EO-{old}"])


@pytest.mark.parametrize("is_on", [True, False], ids=["on", "off"])
def test_drafts_are_taken_by_choice_and_booked_when_they_are_sent(seller: Seller, is_on: bool) -> None:
    seller.company.decide(take_draft_orders=is_on)
    seller.company.systems.clock.sleep_s(60)
    number = seller.order(sent=False)
    seller.look()
    assert [order["is_booked"] for order in seller.orders()] == [False] * is_on
    seller.change(number, "drafts", "sent")
    seller.look()
    assert seller.transfer(number).code == ""
    assert [order["is_booked"] for order in seller.orders()] == [True]
    link = seller.link(number)
    assert link is not None
    assert link.economic_kind == "order"
