"""*Marker … afsendt* for our own drafts that are booked by hand, and what stands in the way of it (A19, H8)."""

from __future__ import annotations

import pytest

from lagerbro.sync.models import TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.orders.selling import Seller

pytestmark = pytest.mark.django_db
KIND, PATH = "invoice_shipping", "/api/customer-invoices/*/mark-shipped"


@pytest.fixture
def drafting(seller: Seller) -> Seller:
    """Invoices arrive as drafts, which a person books in e-conomic."""
    seller.company.decide(mark_shipped=True, book_on_booking=False)
    return seller


def unshipped(seller: Seller, **more: object) -> int:
    """A customer invoice that is booked in Rackbeat and whose goods have not left; its draft stands in e-conomic."""
    systems = seller.company.systems
    number = systems.invoice(book=False, **more)  # type: ignore[arg-type]
    systems.in_rackbeat("POST", f"customer-invoices/{number}/book", {"mark_shipped": False})
    seller.company.invoiced(number)
    return number


def booked_by_hand(seller: Seller, number: int) -> None:
    (draft,) = seller.company.systems.drafts()
    seller.book(draft["draftInvoiceNumber"])
    seller.look(poll="drafts_poll", minutes=61)
    assert seller.transfer(number, "customer_invoice").state == TransferState.TRANSFERRED


def is_shipped(seller: Seller, number: int) -> bool:
    return bool(seller.company.systems.in_rackbeat("GET", f"customer-invoices/{number}")["is_shipped"])


@pytest.mark.parametrize("is_on", [True, False], ids=["on", "off"])
def test_our_own_draft_booked_by_hand(drafting: Seller, is_on: bool) -> None:
    drafting.company.decide(mark_shipped=is_on)
    number, stock = unshipped(drafting), drafting.stock("NL-100")
    booked_by_hand(drafting, number)
    assert is_shipped(drafting, number) is is_on
    assert drafting.stock("NL-100") == stock - is_on
    entries = drafting.company.systems.entries()
    for poll in ("drafts_poll", "customer_invoices_poll", "economic_invoices_poll"):
        drafting.look(poll=poll, minutes=61)
    assert (drafting.stock("NL-100"), drafting.company.systems.entries()) == (stock - is_on, entries)


def test_it_wakes_no_webhook_of_ours(drafting: Seller) -> None:
    number = unshipped(drafting)
    systems = drafting.company.systems
    systems.in_rackbeat("POST", "webhooks", {"event": "customer_invoice.updated", "url": "https://example.com/a"})
    booked_by_hand(drafting, number)
    assert is_shipped(drafting, number)
    assert systems.rackbeat.store.all(4711, "deliveries") == []


def test_what_was_shipped_at_booking_is_not_looked_at(drafting: Seller) -> None:
    number = drafting.company.systems.invoice()
    drafting.company.invoiced(number)
    stock = drafting.stock("NL-100")
    booked_by_hand(drafting, number)
    assert not drafting.has(number, KIND)
    assert drafting.stock("NL-100") == stock


def test_what_is_booked_by_us_is_not_shipped(drafting: Seller) -> None:
    """The setting is about booking in e-conomic (H8)."""
    drafting.company.decide(book_on_booking=True)
    number = unshipped(drafting)
    assert drafting.transfer(number, "customer_invoice").state == TransferState.TRANSFERRED
    assert (is_shipped(drafting, number), drafting.has(number, KIND)) == (False, False)


def test_an_invoice_of_an_order_is_shipped_with_the_order(drafting: Seller) -> None:
    systems = drafting.company.systems
    order = systems.in_rackbeat(
        "POST", "orders", {"customer_id": 10001, "lines": [{"item_id": "NL-100", "quantity": 2}]}
    )["number"]
    number = systems.in_rackbeat("POST", f"orders/{order}/convert-to-invoice?book=false")
    systems.in_rackbeat("POST", f"customer-invoices/{number}/book", {"mark_shipped": False})
    drafting.company.invoiced(number)
    stock = drafting.stock("NL-100")
    booked_by_hand(drafting, number)
    assert (drafting.stock("NL-100"), drafting.has(number, KIND)) == (stock, False)
    drafting.company.ask(KIND, number)  # whoever asks by mistake
    drafting.company.drain()
    assert drafting.transfer(number, KIND).code == "shipping_has_order"
    assert drafting.stock("NL-100") == stock


def test_a_refusal_is_quoted_and_mended(drafting: Seller) -> None:
    number, stock = unshipped(drafting), drafting.stock("NL-100")
    drafting.company.systems.rackbeat.faults.set(Fault("full", method="POST", path=PATH, status=422, times=None))
    booked_by_hand(drafting, number)
    transfer = drafting.transfer(number, KIND)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "shipping_refused")
    assert drafting.stock("NL-100") == stock
    drafting.company.systems.rackbeat.faults.clear()
    drafting.again(number, KIND)
    assert drafting.transfer(number, KIND).state == TransferState.TRANSFERRED
    assert drafting.stock("NL-100") == stock - 1


def test_a_person_who_ships_first_is_not_shipped_over(drafting: Seller) -> None:
    number = unshipped(drafting)
    drafting.company.systems.rackbeat.faults.set(Fault("down", method="POST", path=PATH, status=503))
    booked_by_hand(drafting, number)
    drafting.company.systems.in_rackbeat("POST", f"customer-invoices/{number}/mark-shipped")
    stock = drafting.stock("NL-100")
    drafting.settle(number, KIND)
    assert drafting.transfer(number, KIND).state == TransferState.TRANSFERRED
    assert drafting.stock("NL-100") == stock


def test_it_is_not_shipped_where_rackbeat_does_not_say(drafting: Seller) -> None:
    number = unshipped(drafting)
    drafting.company.systems.rewrite_invoice(number, is_shipped=None)
    stock = drafting.stock("NL-100")
    booked_by_hand(drafting, number)
    assert drafting.transfer(number, KIND).code == "shipping_not_told"
    assert drafting.stock("NL-100") == stock


def test_switched_off_meanwhile_it_stays_where_it_is(drafting: Seller) -> None:
    number, stock = unshipped(drafting), drafting.stock("NL-100")
    drafting.company.systems.rackbeat.faults.set(Fault("down", method="POST", path=PATH, status=503, times=None))
    booked_by_hand(drafting, number)
    drafting.company.decide(mark_shipped=False)
    drafting.company.systems.rackbeat.faults.clear()
    drafting.settle(number, KIND)
    assert drafting.transfer(number, KIND).code == "shipping_off"
    drafting.company.decide(mark_shipped=True)
    drafting.again(number, KIND)
    assert drafting.stock("NL-100") == stock - 1
