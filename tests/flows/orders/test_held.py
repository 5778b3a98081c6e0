"""What keeps an order of e-conomic out of Rackbeat is told by name, and it goes on when that is mended (A20, H17)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro.sync.models import TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.orders.selling import Seller, facts, line

pytestmark = pytest.mark.django_db
TEXT = line(None)


def unknown_item(seller: Seller) -> None:
    body = seller.company.systems.in_economic("GET", "/products/NL-100")
    seller.company.systems.in_economic("PUT", "/products/NY-1", {**body, "productNumber": "NY-1", "name": "Ny"})


def test_an_unknown_item_holds_the_order_until_rackbeat_has_it(seller: Seller) -> None:
    seller.company.decide(empty_line_item="GEBYR")
    unknown_item(seller)
    number = seller.order(line(), line("NY-1", 1, "10.00"))
    seller.look()
    seller.settle(number)
    transfer = seller.transfer(number)
    assert (transfer.state, transfer.code, transfer.details["key"]) == (
        TransferState.REFUSED,
        "product_not_transferred",
        "NY-1",
    )
    assert seller.orders() == []
    seller.company.systems.in_rackbeat(
        "POST", "products", {"number": "NY-1", "name": "Ny", "group": 1, "sales_price": "10.00"}
    )
    seller.company.ask("product", "NY-1")  # as Rackbeat's webhook does
    seller.settle(number)
    assert seller.transfer(number).state == TransferState.TRANSFERRED
    assert [item for item, _, _ in facts(seller.orders()[0])] == ["NL-100", "NY-1"]


def test_an_item_deleted_in_rackbeat_since_is_asked_for_anew(seller: Seller) -> None:
    unknown_item(seller)
    made = {"number": "NY-1", "name": "Ny", "group": 1, "sales_price": "10.00"}
    seller.company.systems.in_rackbeat("POST", "products", made)
    seller.company.ask("product", "NY-1")
    seller.company.drain()
    seller.company.systems.in_rackbeat("DELETE", "products/NY-1")
    number = seller.order(line("NY-1", 1, "10.00"))
    seller.look()
    seller.settle(number)
    assert (seller.transfer(number).code, seller.orders()) == ("product_not_transferred", [])
    seller.company.systems.in_rackbeat("POST", "products", made)
    seller.company.ask("product", "NY-1")
    seller.settle(number)
    assert [order["is_booked"] for order in seller.orders()] == [True]


def test_a_customer_that_rackbeat_does_not_have_holds_it(seller: Seller) -> None:
    systems = seller.company.systems
    customer = systems.in_economic("GET", "/customers/10001")
    systems.in_economic("PUT", "/customers/77001", {**customer, "name": "Kun i e-conomic", "customerNumber": 77001})
    number = seller.order(customer=77001)
    seller.look()
    seller.settle(number)
    transfer = seller.transfer(number)
    assert (transfer.code, transfer.details["key"], seller.orders()) == ("customer_not_transferred", "77001", [])
    old = systems.in_rackbeat("GET", "customers/10001")
    kept = ("name", "vat_zone", "payment_terms_id", "customer_group_id", "address_country")
    systems.in_rackbeat("POST", "customers", {"number": 77001, **{name: old[name] for name in kept}})
    seller.company.ask("customer", 77001)
    seller.settle(number)
    assert [order["customer_id"] for order in seller.orders()] == [77001]


def test_a20_empty_holds_a_line_without_item_and_filled_in_takes_it(seller: Seller) -> None:
    number = seller.order(line(), TEXT)
    seller.look()
    transfer = seller.transfer(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "document_line_without_item")
    assert (transfer.details["line"], transfer.details["text"], seller.orders()) == ("2", "Lastcykel", [])
    seller.company.decide(empty_line_item="GEBYR")
    seller.again(number)
    assert seller.transfer(number).state == TransferState.TRANSFERRED
    (order,) = seller.orders()
    assert facts(order) == [("NL-100", D(2), D("3196.00")), ("GEBYR", D(0), D(0))]
    assert order["lines"][1]["name"] == "Lastcykel"


def test_the_item_of_empty_lines_must_be_there_and_not_barred(seller: Seller) -> None:
    seller.company.decide(empty_line_item="TEKST")
    number = seller.order(line(), TEXT)
    seller.look()
    assert (seller.transfer(number).code, seller.orders()) == ("empty_line_item_gone", [])
    made = {"number": "TEKST", "name": "Tekst", "group": 3, "sales_price": "0.00", "is_barred": True}
    seller.company.systems.in_rackbeat("POST", "products", made)
    seller.again(number)
    assert (seller.transfer(number).code, seller.orders()) == ("empty_line_item_unusable", [])
    seller.company.systems.in_rackbeat("PUT", "products/TEKST", {"is_barred": False})
    seller.again(number)
    assert [item for item, _, _ in facts(seller.orders()[0])] == ["NL-100", "TEKST"]


def test_no_stock_moves_through_a_line_without_item(seller: Seller) -> None:
    """H17: an item with stock is allowed for texts, which move nothing, and not for amounts."""
    seller.company.decide(empty_line_item="NL-100")
    seller.order(line("GEBYR", 1, "10.00"), TEXT)
    seller.look()
    assert facts(seller.orders()[0])[1] == ("NL-100", D(0), D(0))
    number = seller.order(line())
    seller.rewrite(number, lines=[{"description": "Fragt", "quantity": D(1), "unitNetPrice": D("50.00")}])
    seller.look()
    transfer = seller.transfer(number)
    assert (transfer.code, len(seller.orders())) == ("empty_line_moves_stock", 1)
    seller.company.decide(empty_line_item="GEBYR")
    seller.again(number)
    assert facts(seller.orders()[1]) == [("GEBYR", D(1), D("50.00"))]


def test_a_document_without_lines_is_held_by_name(seller: Seller) -> None:
    number = seller.order(line())
    seller.rewrite(number, lines=[{"description": " "}], netAmount=D(0))
    seller.look()
    assert (seller.transfer(number).code, seller.orders()) == ("document_without_lines", [])


def test_what_rackbeat_refuses_is_quoted(seller: Seller) -> None:
    seller.company.systems.in_rackbeat("PUT", "customers/10001", {"is_barred": True})
    number = seller.order()
    seller.look()
    transfer = seller.transfer(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "rackbeat_refused")
    assert transfer.details["said"] == "The customer is barred."
    seller.company.systems.in_rackbeat("PUT", "customers/10001", {"is_barred": False})
    seller.again(number)
    assert [order["is_booked"] for order in seller.orders()] == [True]


def test_an_amount_that_comes_out_otherwise_is_not_booked(seller: Seller) -> None:
    number = seller.order(line())
    seller.rewrite(number, netAmount=D("6392.01"))
    seller.look()
    transfer = seller.transfer(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "order_amounts_differ")
    assert (transfer.details["ours"], transfer.details["theirs"]) == ("6392.00", "6392.01")
    (order,) = seller.orders()
    assert order["is_booked"] is False
    mended = [{"item_id": "NL-100", "quantity": 1, "line_price": "6392.01"}]
    seller.company.systems.in_rackbeat("PUT", f"orders/{order['number']}", {"lines": mended})
    seller.again(number)
    assert (seller.transfer(number).code, seller.orders()[0]["is_booked"]) == ("", True)


def test_an_order_that_cannot_be_read_hides_no_other(seller: Seller) -> None:
    odd, sound = seller.order(), seller.order()
    seller.rewrite(odd, netAmount="mange")
    seller.look()
    assert seller.transfer(odd).code == "value_unusable"
    assert seller.transfer(sound).state == TransferState.TRANSFERRED


def test_rackbeat_down_costs_nothing_but_time(seller: Seller) -> None:
    seller.company.systems.rackbeat.faults.set(Fault("down", method="*", path="*", status=503, times=None))
    number = seller.order()
    seller.look()
    assert seller.transfer(number).state == TransferState.WAITING
    seller.company.systems.rackbeat.faults.clear()
    seller.settle(number)
    assert [order["is_booked"] for order in seller.orders()] == [True]
