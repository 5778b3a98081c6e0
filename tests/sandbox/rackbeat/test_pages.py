"""The back office: what a person does there is what the API then says, and in Danish. No page needs a script."""

from __future__ import annotations

import re
from decimal import Decimal
from html import escape
from typing import Any

import pytest

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.rackbeat.pages.notification_pages import links_in
from lagerbro_sandbox.rackbeat.pages.words import sentences
from lagerbro_sandbox.rackbeat.wire.errors import ApiError
from tests.sandbox.rackbeat.calling import Browser, Caller, text_of
from tests.sandboxes import BEARER, Sandboxes


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems.rackbeat)


@pytest.fixture
def person(systems: Sandboxes) -> Browser:
    person = Browser(systems.rackbeat)
    person.sign_in()
    return person


def lines(*rows: tuple[str, str, str, str]) -> dict[str, str]:
    """Item, quantity, price, discount as a person types them."""
    form = {"count": str(len(rows))}
    for at, (item, quantity, price, discount) in enumerate(rows):
        form |= {f"item-{at}": item, f"quantity-{at}": quantity, f"price-{at}": price, f"discount-{at}": discount}
    return form


def made(answer: Response) -> str:
    """Where the browser goes on, without what is said there."""
    assert answer.status == 303, text_of(answer)
    return answer.headers["Location"].partition("?")[0]


def document(call: Caller, where: str) -> Any:
    return call.get(where.removeprefix("/pages/"))


def follow(person: Browser, answer: Response) -> str:
    assert answer.status == 303, text_of(answer)
    return text_of(person.get(answer.headers["Location"]))


def test_products_show_stock_and_value(person: Browser, call: Caller) -> None:
    total = call("GET", "/api/reports/valuation/total")[1]["total_value"]
    page = text_of(person.get("/pages/products?search=RD/100"))
    product = call.get("products/RD%2F100")
    assert f"{total:,.2f}".translate(str.maketrans(",.", ".,")) in page
    assert f"{int(product['stock_quantity'])} stk." in page
    assert "NL-100" not in page
    assert "føres ikke på lager" in text_of(person.get("/pages/products?search=V-TIME"))
    assert "Ingen produkter passer" in text_of(person.get("/pages/products?search=findes-ikke"))
    assert "Side 2 af" in text_of(person.get("/pages/products?page=2"))


def test_an_invoice_is_typed_changed_and_booked(person: Browser, call: Caller) -> None:
    rows = lines(("NL-100", "2", "", ""), ("", "", "", ""), ("RD/100", "1,5", "1.000,25", "10"))
    where = made(person.post("/pages/customer-invoices/new", party="10001", their_reference="Anna", **rows))
    invoice = document(call, where)
    assert (invoice["is_booked"], invoice["their_reference"], len(invoice["lines"])) == (False, "Anna", 2)
    second = invoice["lines"][1]
    assert (second["line_price"], second["discount_percentage"]) == (Decimal("1000.25"), 10)
    assert second["line_total"] == Decimal("1350.34")
    form = text_of(person.get(f"{where}/edit"))
    assert "Ret kundefaktura" in form
    changed = {**lines(("NL-100", "3", "", "")), "id-0": str(invoice["lines"][0]["id"])}
    assert made(person.post(f"{where}/edit", party="10001", **changed)) == where
    assert [line["quantity"] for line in document(call, where)["lines"]] == [3]
    said = follow(person, person.post(f"{where}/book"))
    assert "Bogført." in said
    assert document(call, where)["is_booked"] is True
    assert made(person.get(f"{where}/edit")) == where
    assert "Ret" not in said.split("PDF")[0].split()
    again = person.post(f"{where}/book")
    assert (again.status, "Bilaget er allerede bogført" in text_of(again)) == (422, True)
    paper = person.get(f"{where}.pdf")
    assert (paper.headers["Content-Type"], paper.body[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize(
    ("party", "row", "total", "words"),
    [
        ("10034", ("EL-101", "1", "100", ""), "125.00", "EAN-nummer"),
        ("10046", ("RD/103", "24", "14,95", ""), "358.80", "Valuta og kurs"),
        ("10002", ("LADFRAGT", "12,125", "12,345", ""), "187.10", "12,345"),
    ],
)
def test_ean_foreign_currency_and_many_decimals(
    person: Browser, call: Caller, party: str, row: tuple[str, str, str, str], total: str, words: str
) -> None:
    where = made(person.post("/pages/customer-invoices/new", party=party, **lines(row)))
    page = follow(person, person.post(f"{where}/book"))
    invoice = document(call, where)
    assert (invoice["is_booked"], invoice["total_total"]) == (True, Decimal(total))
    assert words in page
    customer = call.get(f"customers/{party}")
    assert (invoice["ean"], invoice["currency"]) == (customer["ean"], customer["currency"])
    if customer["ean"]:
        assert customer["ean"] in page


def test_a_credit_note_is_made_and_booked(person: Browser, call: Caller) -> None:
    where = made(person.post("/pages/customer-invoices/new", party="10001", **lines(("NL-100", "2", "", ""))))
    refused = person.post(f"{where}/credit")
    assert (refused.status, "Bogfør det først" in text_of(refused)) == (422, True)
    person.post(f"{where}/book")
    credit = made(person.post(f"{where}/credit"))
    assert document(call, credit)["is_creditnote"] is True
    assert "Kreditnota" in follow(person, person.post(f"{credit}/book"))
    assert f"Kreditnota {credit.rpartition('/')[2]}" in text_of(person.get(where))
    assert "Hele fakturaen er krediteret" in text_of(person.post(f"{where}/credit"))


def test_what_was_typed_stays_when_it_is_refused(person: Browser, call: Caller) -> None:
    before = call("GET", "/api/customer-invoices")[1]["total"]
    rows = lines(("NL-100", "2", "", ""), ("FINDES-IKKE", "mange", "", ""))
    answer = person.post("/pages/customer-invoices/new", party="10001", their_reference="Anna Æ", **rows)
    page = answer.body.decode()
    assert answer.status == 422
    assert "Linje 2: Antallet skal være et tal, skrevet som 1.234,56." in text_of(answer)
    assert all(f'value="{typed}"' in page for typed in ("10001", "Anna Æ", "NL-100", "FINDES-IKKE", "mange"))
    rows["quantity-1"] = "1"
    answer = person.post("/pages/customer-invoices/new", party="10001", **rows)
    assert "Linje 2: Varenummeret findes ikke." in text_of(answer)
    assert "Kunden findes ikke." in text_of(person.post("/pages/customer-invoices/new", party="7", **lines()))
    assert call("GET", "/api/customer-invoices")[1]["total"] == before
    rows["item-1"] = "NL-101"
    assert made(person.post("/pages/customer-invoices/new", party="10001", **rows))


def test_more_lines_keep_what_is_typed(person: Browser, call: Caller) -> None:
    rows = lines(("NL-100", "2", "", ""))
    answer = person.post("/pages/customer-invoices/new", party="10001", more="1", **rows)
    page = answer.body.decode()
    assert (answer.status, 'name="item-10"' in page, 'value="NL-100"' in page) == (200, True, True)
    assert call("GET", "/api/customer-invoices")[1]["total"] == 0


def test_an_empty_draft_is_not_booked_but_may_be_deleted(person: Browser, call: Caller) -> None:
    where = made(person.post("/pages/customer-invoices/new", party="10001", **lines()))
    answer = person.post(f"{where}/book")
    assert (answer.status, "Skriv mindst én varelinje" in text_of(answer)) == (422, True)
    assert document(call, where)["is_booked"] is False
    assert "Kladden er slettet." in follow(person, person.post(f"{where}/delete"))
    assert person.get(where).status == 404


def test_an_order_is_shipped_and_invoiced(person: Browser, call: Caller) -> None:
    stock = call.get("products/NL-100")["stock_quantity"]
    where = made(person.post("/pages/orders/new", party="10001", **lines(("NL-100", "2", "", ""))))
    assert "Send varerne" not in text_of(person.get(where))
    assert "Send varerne" in follow(person, person.post(f"{where}/book"))
    assert "Varerne er sendt" in follow(person, person.post(f"{where}/ship"))
    assert call.get("products/NL-100")["stock_quantity"] == stock - 2
    invoice = made(person.post(f"{where}/invoice"))
    assert document(call, invoice)["orders"] == [int(where.rpartition("/")[2])]
    assert "Bogført." in follow(person, person.post(f"{invoice}/book"))
    assert call.get("products/NL-100")["stock_quantity"] == stock - 2
    order = text_of(person.get(where))
    assert "Sendt" in order
    assert "Lav faktura" not in order
    assert f"Ordre {where.rpartition('/')[2]}" in text_of(person.get(invoice))


def test_goods_are_bought_received_and_the_bill_is_booked(person: Browser, call: Caller) -> None:
    stock = call.get("products/NL-100")["stock_quantity"]
    where = made(person.post("/pages/purchase-orders/new", party="50001", **lines(("NL-100", "4", "1.900", ""))))
    person.post(f"{where}/book")
    assert "Varerne er modtaget" in follow(person, person.post(f"{where}/receive"))
    assert call.get("products/NL-100")["stock_quantity"] == stock + 4
    bill = made(person.post(f"{where}/invoice"))
    assert "Bogført." in follow(person, person.post(f"{bill}/book"))
    assert call.get("products/NL-100")["stock_quantity"] == stock + 4
    assert document(call, where)["is_invoiced"] is True


def test_a_bill_may_receive_the_goods_on_its_own_date(person: Browser, call: Caller) -> None:
    stock = call.get("products/NL-100")["stock_quantity"]
    head = {"party": "50001", "invoice_number": "LF-77", "invoice_date": "2026-11-20"}
    where = made(person.post("/pages/supplier-invoices/new", **head, **lines(("NL-100", "1", "2000", ""))))
    assert "LF-77" in text_of(person.get(where))
    person.post(f"{where}/book", mark_received="1", use_invoice_date="1")
    assert call.get("products/NL-100")["stock_quantity"] == stock + 1
    ledger = text_of(person.get("/pages/products/NL-100"))
    assert "20.11.2026 Modtagelse" in ledger


def test_the_stock_is_adjusted_by_quantity_and_by_value(person: Browser, call: Caller) -> None:
    form = {"kind": "quantity", "quantity": "4", "location": "1", "reason": "Optælling"}
    assert "Lageret er reguleret." in follow(person, person.post("/pages/products/NL-100/adjust", **form))
    assert call.get("products/NL-100")["stock_quantity"] == 4
    refused = person.post("/pages/products/NL-100/adjust", **form)
    assert (refused.status, "intet at regulere" in text_of(refused)) == (422, True)
    assert b'value="Opt\xc3\xa6lling"' in refused.body
    wrong = person.post("/pages/products/NL-100/adjust", kind="quantity", quantity="fire")
    assert "Antallet skal være et tal, skrevet som 1.234,56." in text_of(wrong)
    assert call.get("products/NL-100")["stock_quantity"] == 4
    person.post("/pages/products/NL-100/adjust", kind="value", cost_price="1.000,50")
    assert call.get("products/NL-100")["cost_price"] == Decimal("1000.5")
    page = text_of(person.get("/pages/products/NL-100"))
    assert "Værdiregulering" in page
    assert "4.002,00" in page
    assert "Varen føres ikke på lager" in text_of(person.get("/pages/products/V-TIME"))


def test_notes_are_shown_on_the_document_and_among_the_notifications(
    person: Browser, call: Caller, systems: Sandboxes
) -> None:
    assert "Ingen har skrevet endnu" in text_of(person.get("/pages/notifications"))
    number = systems.invoice()
    request = systems.admin("rackbeat", "installs", account=4711, app="economic")["token"]
    app = Caller(systems.rackbeat, call("POST", f"/integration/accept/{request}")[1]["access_token"])
    html = 'Konto 1010 er spærret<br><a href="https://example.com/?a=1&amp;b=2">Prøv igen</a><script>alert(1)</script>'
    app.send("POST", f"customer-invoices/{number}/notes", {"note_html": html})
    for path in (f"/pages/customer-invoices/{number}", "/pages/notifications"):
        answer = person.get(path)
        page = answer.body.decode()
        assert "e-conomic" in text_of(answer)
        assert "Konto 1010 er spærret" in text_of(answer)
        assert f'href="{escape("https://example.com/?a=1&b=2")}"' in page
        assert "<script>alert" not in page
    assert f'href="/pages/customer-invoices/{number}"' in person.get("/pages/notifications").body.decode()
    app.send("POST", "webhooks", {"event": "customer.created", "url": "http://127.0.0.1:1/x"})
    call.send("POST", "customers", {"name": "Ny"})
    (due,) = systems.rackbeat.due_deliveries()
    systems.rackbeat.settle_delivery(due.id, 500)
    assert "1 forsøg er mislykkedes" in text_of(person.get("/pages/notifications"))


def test_only_links_of_the_web_are_taken_from_a_note() -> None:
    html = '<a href="javascript:alert(1)">a</a> <a class="x" href="http://b/">b <b>c</b></a> <a href="https://d/"></a>'
    assert links_in(html) == [("http://b/", "b c"), ("https://d/", "https://d/")]


def test_a_customer_is_barred_and_freed(person: Browser, call: Caller) -> None:
    assert "10001" in text_of(person.get("/pages/customers?search=10001"))
    said = follow(person, person.post("/pages/customers/10001/bar"))
    assert "Spærret. (10001" in said
    assert call.get("customers/10001")["is_barred"] is True
    where = made(person.post("/pages/customer-invoices/new", party="10001", **lines(("NL-100", "1", "", ""))))
    assert "Kunden er spærret." in text_of(person.post(f"{where}/book"))
    person.post("/pages/customers/10001/unbar")
    assert "Bogført." in follow(person, person.post(f"{where}/book"))


def test_lists_are_searched_and_filtered(person: Browser, systems: Sandboxes) -> None:
    assert "Lav den første" in text_of(person.get("/pages/customer-invoices"))
    booked, draft = systems.invoice(), systems.invoice(book=False)
    drafts = person.get("/pages/customer-invoices?is_booked=0").body.decode()
    assert (f">{draft}<" in drafts, f">{booked}<" in drafts) == (True, False)
    assert "Intet passer" in text_of(person.get("/pages/customer-invoices?search=findes-ikke"))


def test_another_account_does_not_see_it(person: Browser, systems: Sandboxes) -> None:
    number = systems.invoice()
    systems.admin("rackbeat", "accounts/open", id=9001, company_name="Anden ApS")
    assert person.get(f"/pages/customer-invoices/{number}").status == 200
    person.sign_in(9001)
    assert person.get(f"/pages/customer-invoices/{number}").status == 404
    assert "Her kommer kundefakturaer" in text_of(person.get("/pages/customer-invoices"))
    assert person.post(f"/pages/customer-invoices/{number}/book").status == 404


@pytest.mark.parametrize("path", ["products/%00", "customer-invoices/x", "customer-invoices/x.pdf", "orders/1/nothing"])
def test_addresses_that_lead_nowhere_say_so(person: Browser, path: str) -> None:
    answer = person.get(f"/pages/{path}")
    assert (answer.status, "Siden findes ikke" in text_of(answer)) == (404, True)
    assert person.post("/pages/customer-invoices/1001/nothing").status == 404


def test_refusals_are_told_in_danish_field_by_field() -> None:
    errors = {"lines.0.item_id": ["The selected item is invalid."], "weight": ["The weight is odd."]}
    assert sentences(ApiError(422, "The given data was invalid.", errors)) == [
        "Linje 1: Varenummeret findes ikke.",
        "weight kan ikke bruges (The weight is odd).",
    ]
    assert sentences(ApiError(422, "Something new.")) == ["Something new."]


def test_every_link_of_the_menu_leads_somewhere(person: Browser) -> None:
    front = person.get("/pages/products").body.decode()
    links = sorted(set(re.findall(r'href="(/pages/[a-z-]*)"', front)))
    assert len(links) > 8
    assert {link: person.get(link).status for link in links} == dict.fromkeys(links, 200)


def test_the_sandbox_is_played_with(person: Browser, call: Caller, systems: Sandboxes) -> None:
    core = systems.rackbeat
    assert "27.11.2026 10.00, 3 dage foran" in follow(person, person.post("/pages/sandbox/clock", days="3"))
    refused = person.post("/pages/sandbox/clock", days="0")
    assert (refused.status, "Uret går kun fremad" in text_of(refused)) == (422, True)
    dirt = {"kind": "double", "path": "/api/customer-invoices/*", "field": "*.line_price", "places": "", "times": ""}
    said = follow(person, person.post("/pages/sandbox/faults", **dirt))
    assert (
        "* /api/customer-invoices/* : et tal med sytten cifre: 29,949999999999999, i *.line_price, alle steder" in said
    )
    number = systems.invoice({"item_id": "NL-100", "quantity": 1, "line_price": "29.95"}, book=False)
    answer = systems.rackbeat_http.get(
        f"/api/customer-invoices/{number}", headers={"Authorization": f"Bearer {BEARER}"}
    )
    assert re.search(rb'"line_price":29\.9(49999|50000)', answer.content)
    assert call.get(f"customer-invoices/{number}")["lines"][0]["line_price"] == Decimal("29.95")
    refused = person.post("/pages/sandbox/faults", **{**dirt, "percent": "nix"})
    assert (refused.status, len(core.faults.present())) == (422, 1)
    cleared = follow(person, person.post("/pages/sandbox/faults/clear", name=core.faults.present()[0].name))
    assert "Ingen fejl er slået til" in cleared
    person.post("/pages/sandbox/faults", kind="gateway-after", times="2")
    assert "gør det, men svarer 502 med en HTML-side, 2 gange endnu" in text_of(person.get("/pages/sandbox"))
    person.post("/pages/sandbox/faults/clear")
    assert core.faults.present() == ()


def test_prices_are_read_as_danish_writes_them(person: Browser, call: Caller) -> None:
    where = made(person.post("/pages/customer-invoices/new", party="10001", **lines(("NL-100", "1.000", "1.234", ""))))
    line = document(call, where)["lines"][0]
    assert (line["quantity"], line["line_price"]) == (1000, 1234)
    before = call("GET", "/api/customer-invoices")[1]["total"]
    for typed in ("1,234.50", "1_000", "1e3", "١٢", "0.125"):
        answer = person.post("/pages/customer-invoices/new", party="10001", **lines(("NL-100", "1", typed, "")))
        assert answer.status == 422
        assert "Linje 1: Prisen skal være et tal, skrevet som 1.234,56." in text_of(answer)
    assert call("GET", "/api/customer-invoices")[1]["total"] == before
    where = made(person.post("/pages/customer-invoices/new", party="10001", count="²"))  # no count: no lines
    assert document(call, where)["lines"] == []


def test_the_api_takes_numbers_as_php_does(call: Caller) -> None:
    number = call.get("customers?limit=1")[0]["number"]

    def asked(quantity: object) -> int:
        body = {"customer_id": number, "lines": [{"item_id": "NL-100", "quantity": quantity}]}
        return call("POST", "/api/customer-invoices/drafts", body)[0]

    assert [asked(one) for one in ("2", "2.50", " 3", "1e2", 4)] == [201] * 5
    assert [asked(one) for one in ("1_000", "١٢", "NaN", "1,5", "1.234,5", "0x1")] == [422] * 6
