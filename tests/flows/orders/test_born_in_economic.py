"""An invoice that is booked in e-conomic without an order becomes one in Rackbeat, once, and never comes back (F5)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro.sync.models import TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.orders.selling import Seller, facts, line

pytestmark = pytest.mark.django_db
POLL, KIND = "economic_invoices_poll", "economic_invoice"
DRAFT, BOOK = "/api/customer-invoices/drafts", "/api/customer-invoices/*/book"


@pytest.fixture
def born(seller: Seller) -> Seller:
    """The first look has been: from now on what is booked is news."""
    seller.company.decide(mark_shipped=True, empty_line_item="GEBYR")
    seller.look(poll=POLL)
    return seller


@pytest.mark.parametrize("is_on", [True, False], ids=["on", "off"])
def test_a19_says_whether_its_goods_leave(born: Seller, is_on: bool) -> None:
    born.company.decide(mark_shipped=is_on)
    stock = born.stock("NL-100")
    number = born.invoice(line())
    born.look(poll=POLL)
    transfer = born.transfer(number, KIND)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    (invoice,) = born.invoices()
    assert facts(invoice) == [("NL-100", D(2), D("3196.00"))]
    assert (invoice["is_booked"], invoice["is_shipped"]) == (True, is_on)
    assert (invoice["invoice_date"], invoice["total_total"]) == ("2026-11-24", D("7990.00"))
    assert born.stock("NL-100") == stock - (2 if is_on else 0)


def test_what_was_made_never_comes_back(born: Seller) -> None:
    """No echo: Rackbeat's list of booked invoices, the sweep, and a word of its webhook bring nothing to e-conomic."""
    born.invoice(line())
    born.look(poll=POLL)
    entries, stock = born.company.systems.entries(), born.stock("NL-100")
    (invoice,) = born.invoices()
    for poll in ("customer_invoices_poll", "customer_invoices_sweep", POLL, "drafts_poll"):
        born.look(poll=poll, minutes=15)
    born.again(invoice["number"], "customer_invoice")
    assert not born.has(invoice["number"], "customer_invoice")  # looked at, and nothing to tell of it
    assert (born.company.systems.entries(), born.company.systems.drafts()) == (entries, [])
    assert (len(born.invoices()), born.stock("NL-100")) == (1, stock)


def test_a_copy_of_it_in_rackbeat_is_a_sale_of_its_own(born: Seller) -> None:
    born.invoice(line())
    born.look(poll=POLL)
    systems, (invoice,) = born.company.systems, born.invoices()
    copy = systems.in_rackbeat("POST", f"customer-invoices/{invoice['number']}/copy")["number"]
    systems.in_rackbeat("POST", f"customer-invoices/{copy}/book")
    before = len(systems.booked())
    assert born.company.invoiced(copy).state == TransferState.TRANSFERRED
    assert len(systems.booked()) == before + 1


def test_our_own_invoices_are_not_taken_back(born: Seller) -> None:
    born.company.invoiced(born.company.systems.invoice())
    before = len(born.company.systems.to_rackbeat.asked)
    born.look(poll=POLL)
    assert (born.invoices(), len(born.company.systems.to_rackbeat.asked)) == ([], before)
    booked = born.company.systems.booked()[0]["bookedInvoiceNumber"]
    born.again(booked, KIND)
    assert (born.invoices(), born.has(booked, KIND)) == ([], False)


def test_a_copy_of_ours_that_is_booked_in_economic_is_told(born: Seller) -> None:
    born.company.invoiced(born.company.systems.invoice())
    ours = born.company.systems.booked()[0]
    number = born.invoice(line(), references={"other": ours["references"]["other"]})
    born.look(poll=POLL)
    transfer = born.transfer(number, KIND)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "economic_invoice_copy")
    assert born.invoices() == []


def test_what_was_booked_before_the_section_is_not_touched(seller: Seller) -> None:
    seller.invoice(line())
    seller.look(poll=POLL)
    seller.company.decide(sales_enabled=False)
    seller.invoice(line())
    seller.look(poll=POLL)
    seller.company.decide(sales_enabled=True)
    seller.look(poll=POLL)
    number = seller.invoice(line())
    seller.look(poll=POLL)
    assert [invoice["other_reference"] for invoice in seller.invoices()] == [f"EI-{number}"]


def test_an_idle_look_costs_one_call(born: Seller) -> None:
    systems = born.company.systems
    before = len(systems.to_economic.asked), len(systems.to_rackbeat.asked)
    born.look(poll=POLL)
    assert (len(systems.to_economic.asked) - before[0], len(systems.to_rackbeat.asked) - before[1]) == (1, 0)


@pytest.mark.parametrize("how", ["lose_answer", "drop_connection", "status"])
@pytest.mark.parametrize("path", [DRAFT, BOOK, "/api/customer-invoices/*/mark-shipped"], ids=["draft", "book", "ship"])
def test_one_fault_at_each_write(born: Seller, path: str, how: str) -> None:
    stock = born.stock("NL-100")
    born.company.systems.rackbeat.faults.set(
        Fault(
            "once",
            method="POST",
            path=path,
            status=503 if how == "status" else None,
            lose_answer=how == "lose_answer",
            drop_connection=how == "drop_connection",
        )
    )
    number = born.invoice(line())
    born.look(poll=POLL)
    assert born.company.systems.rackbeat.faults.present() == ()
    born.settle(number, KIND)
    (invoice,) = born.invoices()
    born.settle(invoice["number"], "invoice_shipping")
    assert [(one["is_booked"], one["is_shipped"]) for one in born.invoices()] == [(True, True)]
    assert born.stock("NL-100") == stock - 2
    assert born.company.systems.drafts() == []


def test_a_forgotten_one_is_found_by_its_mark_and_not_sent_back(born: Seller) -> None:
    number = born.invoice(line())
    born.look(poll=POLL)
    stock, entries = born.stock("NL-100"), born.company.systems.entries()
    born.forget_everything()
    born.look(poll="customer_invoices_poll", minutes=15)
    born.settle(number, KIND)
    born.look(poll="customer_invoices_poll", minutes=15)
    assert (len(born.invoices()), born.stock("NL-100")) == (1, stock)
    assert born.company.systems.entries() == entries


def test_a_credit_note_that_is_born_there_is_told(born: Seller) -> None:
    number = born.invoice(line(quantity=-1))
    born.look(poll=POLL)
    transfer = born.transfer(number, KIND)
    assert (transfer.state, transfer.code, born.invoices()) == (TransferState.NEEDS_YOU, "economic_credit_by_hand", [])


def test_the_invoice_of_a_taken_order_moves_nothing_twice(born: Seller) -> None:
    order = born.order(line(quantity=3))
    born.look()
    draft, stock = born.upgrade(order), born.stock("NL-100")
    number = born.book(draft)
    born.look(poll=POLL)
    transfer = born.transfer(number, KIND)
    assert (transfer.state, transfer.code) == (TransferState.CANCELLED, "invoice_of_order")
    assert transfer.details == {"order": str(order), "number": str(born.orders()[0]["number"])}
    assert (born.invoices(), born.stock("NL-100")) == ([], stock)
    second = born.invoice(line(quantity=3))  # the same amount once more, and no order that it could be of
    born.look(poll=POLL)
    assert born.transfer(second, KIND).state == TransferState.TRANSFERRED
    assert (len(born.invoices()), born.stock("NL-100")) == (1, stock - 3)


def test_the_invoice_of_an_order_that_is_still_on_its_way_waits_for_it(born: Seller) -> None:
    """The answer to the order was lost, and meanwhile it was made into an invoice: its goods leave with the order."""
    stock = born.stock("NL-100")
    born.company.systems.rackbeat.faults.set(Fault("lost", method="POST", path="/api/orders/drafts", lose_answer=True))
    order = born.order(line(quantity=3))
    born.look()
    number = born.book(born.upgrade(order))
    born.company.ask(KIND, number)
    born.company.drain()
    assert (born.transfer(number, KIND).state, born.transfer(number, KIND).code) == (
        TransferState.WAITING,
        "order_on_its_way",
    )
    born.settle(order)
    assert born.transfer(order).code == "order_invoiced_there"
    assert [one["is_booked"] for one in born.orders()] == [True]
    born.settle(number, KIND)
    assert (born.transfer(number, KIND).code, born.stock("NL-100")) == ("invoice_of_order", stock)
    assert born.invoices() == []


def test_what_stands_in_rackbeat_already_is_not_asked_again_whose_it_is(born: Seller) -> None:
    """Its draft was made and the answer lost; meanwhile an order of the customer's was made into another invoice."""
    order = born.order(line(quantity=3))
    born.look()
    path = "/api/customer-invoices/drafts"
    born.company.systems.rackbeat.faults.set(Fault("lost", method="POST", path=path, lose_answer=True))
    number = born.invoice(line(quantity=1))
    born.look(poll=POLL)
    born.upgrade(order, lines=[line(quantity=7)])
    born.settle(number, KIND)
    assert born.transfer(number, KIND).state == TransferState.TRANSFERRED
    assert [one["is_booked"] for one in born.invoices()] == [True]


def test_an_invoice_that_may_be_of_an_order_is_held_until_somebody_says(born: Seller) -> None:
    order = born.order(line(quantity=3))
    born.look()
    born.upgrade(order)
    number = born.invoice(line(quantity=1))
    stock = born.stock("NL-100")
    born.look(poll=POLL)
    transfer = born.transfer(number, KIND)
    (taken,) = born.orders()
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "invoice_perhaps_of_order")
    assert (transfer.details, born.stock("NL-100")) == ({"orders": str(taken["number"])}, stock)
    born.company.systems.in_rackbeat("POST", f"orders/{taken['number']}/cancel")
    born.again(number, KIND)
    assert born.transfer(number, KIND).state == TransferState.TRANSFERRED
    assert born.stock("NL-100") == stock - 1


def test_an_open_order_of_the_customer_stands_in_nobodys_way(born: Seller) -> None:
    born.order(line(quantity=3))
    born.look()
    number = born.invoice(line(quantity=1))
    born.look(poll=POLL)
    assert born.transfer(number, KIND).state == TransferState.TRANSFERRED


def test_an_amount_that_comes_out_otherwise_stays_a_draft(born: Seller) -> None:
    number = born.invoice(line())
    store = born.company.systems.economic.store
    record = store.get(1180001, "booked", number)
    assert record is not None
    store.put(1180001, "booked", number, {**record, "netAmount": D("6392.01")})
    born.look(poll=POLL)
    transfer = born.transfer(number, KIND)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "economic_invoice_amounts_differ")
    (invoice,) = born.invoices()
    mended = [{"item_id": "NL-100", "quantity": 1, "line_price": "6392.01"}]
    born.company.systems.in_rackbeat("PUT", f"customer-invoices/{invoice['number']}", {"lines": mended})
    born.again(number, KIND)
    assert (born.transfer(number, KIND).code, born.invoices()[0]["is_booked"]) == ("", True)
