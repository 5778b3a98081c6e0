"""Products and lots: their groups, numbers, prices, units, variations and suppliers (rackbeat-api 3.2 to 3.4)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lagerbro_sandbox.kernel.json import from_json
from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import Sandboxes


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems.rackbeat)


def test_d_a_group_is_locked_once_an_item_of_it_has_moved(call: Caller) -> None:
    assert call("PUT", "/api/product-groups/1", {"has_inventory": False})[0] == 422
    assert call.get("product-groups/1")["has_inventory"] is True
    fresh = call.send("POST", "product-groups", {"name": "Ny", "has_inventory": True})["number"]
    call.send("POST", "products", {"name": "Aldrig på lager", "group": fresh})
    assert call.send("PUT", f"product-groups/{fresh}", {"has_inventory": False})["has_inventory"] is False
    assert call.send("PUT", "product-groups/1", {"name": "Cykler og rammer"})["name"] == "Cykler og rammer"


def test_d_a_product_may_get_another_number_and_keeps_its_stock(call: Caller, systems: Sandboxes) -> None:
    call.send("POST", "webhooks", {"event": "product.updated", "url": "http://127.0.0.1:1/hook"})
    stock = call.get("products/RD%2F100")["stock_quantity"]
    assert call("PUT", "/api/products/RD%2F100", {"number": "NL-100"})[0] == 422
    assert call.send("PUT", "products/RD%2F100", {"number": "RD/100A"})["stock_quantity"] == stock > 0
    assert call("GET", "/api/products/RD%2F100")[0] == 404
    (told,) = systems.rackbeat.due_deliveries()
    expected = {"key_name": "number", "key": "RD/100A", "old_key": "RD/100", "new_key": "RD/100A"}
    assert from_json(told.body) == expected
    assert call.get("products/RD%252F100A")["urlfriendly_number"] == "RD%2F100A"


def test_d_stock_and_cost_are_not_a_clients_to_write(call: Caller) -> None:
    sent = {"stock_quantity": 999, "cost_price": 1, "available_quantity": 5, "number": "NL-100"}
    before = call.get("products/NL-100")
    after = call.send("PUT", "products/NL-100", sent)
    assert {name for name in before if before[name] != after[name]} <= {"updated_at"}


def test_s_drafts_are_published_once(call: Caller) -> None:
    draft = call.send("POST", "products/drafts", {"name": "Kladde", "group": 3})
    assert draft["is_draft"] is True
    assert [row["number"] for row in call.get("products?is_draft=1")] == [draft["number"]]
    assert call.send("POST", f"products/{draft['number']}/publish")["is_draft"] is False
    assert call("POST", f"/api/products/{draft['number']}/publish")[0] == 422


def test_l_a_product_in_lines_is_not_converted(call: Caller, systems: Sandboxes) -> None:
    systems.invoice({"item_id": "RD/101", "quantity": 1}, book=False)
    assert call("POST", "/api/products/RD%2F101/convert")[0] == 422
    assert call.get("items/RD%2F101")["type"] == "product"
    call.send("POST", "products", {"name": "Bliver til et sæt", "group": 3, "number": "S1", "sales_price": 7})
    assert call.send("POST", "products/S1/convert")["type"] == "lot"
    assert (call.get("items/S1")["type"], call.get("items/S1")["sales_price"]) == ("lot", 7)
    assert call("GET", "/api/products/S1")[0] == 404
    total = call("GET", "/api/products")[1]["total"]
    assert call("GET", "/api/items")[1]["total"] == total + 1
    assert [row["number"] for row in call.get("items?type=lot")] == ["S1"]
    assert [row["number"] for row in call.get("lineables?search=bliver")] == ["S1"]


def test_s_a_lot_line_has_the_price_of_one_and_of_the_row(call: Caller) -> None:
    price = call.get("products/RD%2F100")["sales_price"]
    body = {"name": "Sæt", "group": 3, "number": "S2", "lines": [{"product_id": "RD/100", "quantity": "2.5"}]}
    lot = call.send("POST", "lots", body)
    (line,) = call.get("lots/S2/lines")
    assert (line["unit_price"], line["line_price"]) == (price, price * Decimal("2.5"))
    assert lot["total_price"] == line["line_price"]
    copy = call.send("POST", "lots/S2/copy", {"number": "S3"})
    assert (copy["number"], copy["lines"]) == ("S3", lot["lines"])
    assert call("PUT", "/api/lots/S3", {"lines": [{"product_id": "RD/101", "quantity": 0}]})[0] == 422
    call.send("POST", "lots/bulk/barred", {"ids": ["S2", "S3"]})
    assert [row["is_barred"] for row in call.get("lots")] == [True, True]


def test_l_units_prices_translations_and_pictures_of_a_product(call: Caller) -> None:
    call.send("POST", "products/NL-100/units", {"unit": 2, "quantity": 12})
    assert [(row["name"], row["quantity"]) for row in call.get("products/NL-100/units")] == [("sæt", 12)]
    assert call("POST", "/api/products/NL-100/units", {"unit": 99, "quantity": 1})[0] == 422
    assert call("DELETE", "/api/products/NL-100/units/2")[0] == 200
    assert call("GET", "/api/products/NL-100/units") == (200, {"item_units": []})
    assert call("GET", "/api/products/NL-100/prices/EUR")[0] == 404
    assert call("PUT", "/api/products/NL-100/prices/XXX", {"sales_price": 1})[0] == 404
    assert call.send("PUT", "products/NL-100/prices/eur", {"sales_price": "499.95"})["currency"] == "EUR"
    assert call.get("products/NL-100/prices/EUR")["sales_price"] == Decimal("499.95")
    call.send("PUT", "products/NL-100/translations/en-US", {"name": "City bike"})
    assert call.get("products/NL-100/translations/en-US")["name"] == "City bike"
    picture = "https://example.com/a.jpg"
    assert call.send("POST", "products/NL-100/image", {"image_url": picture})["pictures"]["thumb"] == picture
    assert call("POST", "/api/products/NL-100/image", {"image_url": "nothing"})[0] == 422
    assert call("DELETE", "/api/products/NL-100/image")[0] == 200
    assert call.get("products/NL-100")["picture_url"] is None


def test_c_an_item_on_paper_and_a_number_that_looks_like_it(call: Caller) -> None:
    paper = call.raw("GET", "/api/products/RD%2F100.pdf")
    assert (paper.status, paper.headers["Content-Type"], paper.body[:5]) == (200, "application/pdf", b"%PDF-")
    assert call.raw("GET", "/api/products/nothing.pdf").status == 404
    call.send("POST", "products", {"name": "Datablad", "group": 3, "number": "A.pdf"})
    assert call.get("products/A.pdf")["name"] == "Datablad"


def test_s_a_supplier_knows_items_by_numbers_and_prices_of_its_own(call: Caller) -> None:
    path = "suppliers/50001/products/NL-100"
    regular = call.get(path)
    assert (regular["number"], regular["is_custom_number"], regular["is_custom_cost_price"]) == ("NL-100", False, False)
    own = call.send("PUT", path, {"cost_price": "1500.5", "number": "DC-7"})
    assert (own["number"], own["regular_number"]) == ("DC-7", "NL-100")
    assert own["recommended_cost_price"] == Decimal("1500.5")
    assert call.send("POST", f"{path}/reset-price")["recommended_cost_price"] == regular["recommended_cost_price"]
    assert call.get(path)["number"] == "DC-7"
    assert call.send("POST", f"{path}/reset-number") == regular
    assert call.get("suppliers/50001/avg-delivery-time")["days"] is None


def test_s_variations_with_types_and_options(call: Caller) -> None:
    number = call.send("POST", "variations", {"name": "Tøj"})["number"]
    kinds = [call.send("POST", f"variations/{number}/types", {"name": name})["id"] for name in ("Farve", "Størrelse")]
    for kind, names in zip(kinds, (("rød", "blå"), ("S", "M")), strict=True):
        for name in names:
            call.send("POST", f"variations/{number}/types/{kind}/options", {"name": name})
    assert [row["name"] for row in call.get(f"types/{kinds[0]}/options")] == ["rød", "blå"]
    call.send("PUT", "products/BK-100", {"variation": number})
    assert [row["name"] for row in call.get("products/BK-100/variation-types")] == ["Farve", "Størrelse"]
    assert len(call.get("products/BK-100/variation-matrix")) == 4
    assert call.get("products/NL-100/variations") == []
    assert call("DELETE", f"/api/variations/{number}")[0] == 422
