"""A part of a document on the pages: shipped, received, credited; VAT by the line, offers, goods that change place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.sandbox.rackbeat.calling import Browser, Caller, text_of
from tests.sandbox.rackbeat.test_pages import document, follow, lines, made
from tests.sandboxes import Sandboxes


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems.rackbeat)


@pytest.fixture
def person(systems: Sandboxes) -> Browser:
    person = Browser(systems.rackbeat)
    person.sign_in()
    return person


def drawn(person: Browser, path: str, party: str, *rows: tuple[str, str, str, str]) -> str:
    """A booked document."""
    where = made(person.post(f"/pages/{path}/new", party=party, **lines(*rows)))
    person.post(f"{where}/book")
    return where


def stock(call: Caller, item: str = "NL-100") -> Any:
    return call.get(f"products/{item}")["stock_quantity"]


def test_p_a_part_of_an_order_is_shipped_and_the_rest_later(person: Browser, call: Caller) -> None:
    before, other = stock(call), stock(call, "NL-101")
    where = drawn(person, "orders", "10001", ("NL-100", "5", "", ""), ("NL-101", "2", "", ""))
    first, second = (f"part-{line['id']}" for line in document(call, where)["lines"])
    assert f'name="{first}"' in person.get(where).body.decode()
    page = follow(person, person.post(f"{where}/ship", **{first: "1,5", second: ""}))
    assert "Varerne er sendt" in page
    assert "Sendt delvis" in page
    assert (stock(call), stock(call, "NL-101")) == (before - Decimal("1.5"), other)
    assert [line["quantity_shipped"] for line in document(call, where)["lines"]] == [Decimal("1.5"), 0]
    assert 'value="3,5"' in person.get(where).body.decode()
    refused = person.post(f"{where}/ship", **{first: "0", second: "3"})
    assert (refused.status, "Linje 2: Antallet er mere, end der er tilbage." in text_of(refused)) == (422, True)
    assert b'<details class="ask" open>' in refused.body
    assert b'value="3"' in refused.body
    assert "Linje 1: Antallet skal være et tal, skrevet som 1.234,56." in text_of(
        person.post(f"{where}/ship", **{first: "en"})
    )
    assert stock(call, "NL-101") == other
    person.post(f"{where}/ship")
    assert (stock(call), stock(call, "NL-101")) == (before - 5, other - 2)
    assert document(call, where)["is_shipped"] is True


def test_p_a_part_of_a_purchase_is_received(person: Browser, call: Caller) -> None:
    before = stock(call)
    where = drawn(person, "purchase-orders", "50001", ("NL-100", "4", "1.900", ""))
    (line,) = document(call, where)["lines"]
    page = follow(person, person.post(f"{where}/receive", **{f"part-{line['id']}": "3"}))
    assert "Modtaget delvis" in page
    assert stock(call) == before + 3
    assert "er mere, end der er tilbage" in text_of(person.post(f"{where}/receive", **{f"part-{line['id']}": "2"}))
    person.post(f"{where}/receive", **{f"part-{line['id']}": "1"})
    assert (stock(call), document(call, where)["is_received"]) == (before + 4, True)


@pytest.mark.parametrize("returned", [True, False])
def test_p_a_part_of_an_invoice_is_credited(person: Browser, call: Caller, *, returned: bool) -> None:
    before = stock(call)
    where = drawn(person, "customer-invoices", "10001", ("NL-100", "5", "100", ""), ("NL-101", "1", "", ""))
    first, second = (f"part-{line['id']}" for line in document(call, where)["lines"])
    form = {first: "2", second: "0", "reason": "Beskadiget", **({"reverse_inventory": "1"} if returned else {})}
    note = made(person.post(f"{where}/credit", **form))
    credit = document(call, note)
    assert [(line["child_id"], line["quantity"]) for line in credit["lines"]] == [("NL-100", 2)]
    assert (credit["total_subtotal"], credit["reason"], credit["reverse_inventory"]) == (200, "Beskadiget", returned)
    person.post(f"{note}/book")
    assert stock(call) == before - (3 if returned else 5)
    refused = person.post(f"{where}/credit", **{first: "4", second: "0"})
    assert "Linje 1: Antallet er mere, end der er tilbage." in text_of(refused)
    rest = document(call, made(person.post(f"{where}/credit")))
    assert [line["quantity"] for line in rest["lines"]] == [3, 1]


def test_p_a_part_of_a_bill_is_credited_and_sent_back(person: Browser, call: Caller) -> None:
    before = stock(call)
    where = made(person.post("/pages/supplier-invoices/new", party="50001", **lines(("NL-100", "4", "2000", ""))))
    person.post(f"{where}/book", mark_received="1")
    (line,) = document(call, where)["lines"]
    note = made(person.post(f"{where}/credit", reverse_inventory="1", **{f"part-{line['id']}": "1"}))
    person.post(f"{note}/book")
    assert (stock(call), document(call, note)["total_subtotal"]) == (before + 3, 2000)


def test_d_the_vat_of_a_line_is_its_groups_or_what_is_typed(person: Browser, call: Caller) -> None:
    form = {**lines(("NL-100", "1", "100", ""), ("NL-101", "1", "100", "")), "vat-1": "12,5"}
    where = made(person.post("/pages/customer-invoices/new", party="10001", **form))
    invoice = document(call, where)
    assert [line["vat_percentage"] for line in invoice["lines"]] == [25, Decimal("12.5")]
    assert invoice["total_vat"] == Decimal("37.5")
    assert b'value="12,5"' in person.get(f"{where}/edit").body
    wrong = {**lines(("NL-100", "1", "100", "")), "vat-0": "101"}
    refused = person.post(f"{where}/edit", party="10001", **wrong)
    assert "Linje 1: Momsen skal være mellem 0 og 100." in text_of(refused)
    assert document(call, where)["total_vat"] == Decimal("37.5")
    wrong["vat-0"] = "0"
    made(person.post(f"{where}/edit", party="10001", **wrong))
    assert document(call, where)["total_vat"] == 0


def test_c_an_offer_becomes_an_order_once(person: Browser, call: Caller) -> None:
    assert "Nyt tilbud" in text_of(person.get("/pages/offers"))
    where = drawn(person, "offers", "10001", ("NL-100", "2", "", ""))
    order = made(person.post(f"{where}/order"))
    assert order.startswith("/pages/orders/")
    drafted = document(call, order)
    assert ([(line["child_id"], line["quantity"]) for line in drafted["lines"]], drafted["is_booked"]) == (
        [("NL-100", 2)],
        False,
    )
    page = person.get(where)
    assert (f'href="{order}"' in page.body.decode(), "Blevet til ordre" in text_of(page)) == (True, True)
    assert "Lav ordre" not in text_of(page)
    again = person.post(f"{where}/order")
    assert (again.status, "er blevet til en ordre i forvejen" in text_of(again)) == (422, True)


def test_d_goods_change_place_and_are_seen_there(person: Browser, call: Caller) -> None:
    second = call.send("POST", "locations", {"name": "Butikken"})["number"]
    worth = call("GET", "/api/reports/valuation/total")[1]["total_value"]
    assert "Lav den første" in text_of(person.get("/pages/inventory-movements"))
    form = {"from_location": "1", "to_location": str(second), "item-0": "NL-100", "quantity-0": "2"}
    same = person.post("/pages/inventory-movements/new", **{**form, "to_location": "1"})
    assert (same.status, "skal være en anden end den, der flyttes fra" in text_of(same)) == (422, True)
    assert b'value="NL-100"' in same.body
    assert "Linje 1: Antallet skal være over 0." in text_of(
        person.post("/pages/inventory-movements/new", **{**form, "quantity-0": "0"})
    )
    where = made(person.post("/pages/inventory-movements/new", **form, reason="Til udstilling"))
    assert "Butikken" in text_of(person.get("/pages/inventory-movements"))
    assert "Varerne er flyttet." in follow(person, person.post(f"{where}/book"))
    levels = call.get("products/NL-100/locations")
    assert {row["number"]: row["stock_quantity"] for row in levels}[second] == 2
    assert call("GET", "/api/reports/valuation/total")[1]["total_value"] == worth
    assert f'href="{where}"' in person.get("/pages/products/NL-100").body.decode()
    assert "allerede bogført" in text_of(person.post(f"{where}/book"))
    assert "Modtaget" in follow(person, person.post(f"{where}/receive"))
    assert "kun én gang" in text_of(person.post(f"{where}/receive"))


def test_d_a_movement_of_what_is_not_there_is_pointed_out_and_may_be_deleted(person: Browser, call: Caller) -> None:
    second = call.send("POST", "locations", {"name": "Butikken"})["number"]
    form = {"from_location": str(second), "to_location": "1", "item-0": "NL-100", "quantity-0": "2"}
    where = made(person.post("/pages/inventory-movements/new", **form))
    assert "bliver beholdningen der negativ" in text_of(person.get(where))
    assert "Kladden er slettet." in follow(person, person.post(f"{where}/delete"))
    assert person.get(where).status == 404
