"""The back office: what stands on its pages, what its buttons do to the books, and what they refuse."""

from __future__ import annotations

from decimal import Decimal as D
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagerbro_sandbox.economic.pages import entry_pages, front_page, surface
from lagerbro_sandbox.kernel.faults.dirt import Dirt
from lagerbro_sandbox.kernel.faults.form import FAULT_CHOICES
from lagerbro_sandbox.kernel.http import Request
from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.pages.office import AGREEMENT, ENTRY, NAME, ORDER, draft, entries, opened, signed_in
from tests.sandbox.economic.pages.visiting import HOST, Visitor, text_of
from tests.sandbox.economic.test_refusals import CUSTOMER
from tests.sandboxes import Sandboxes


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return opened(systems)


@pytest.fixture
def person(call: Caller) -> Visitor:
    return signed_in(call)


def test_pages_are_for_who_has_signed_in(call: Caller) -> None:
    person = Visitor(call.core)
    answer = person.get("drafts?q=a")
    assert (answer.status, answer.headers["Location"]) == (303, "/pages/sign-in?next=%2Fpages%2Fdrafts%3Fq%3Da")
    shown = person.read("sign-in")
    assert all(
        word in shown for word in ("Nordlys Cykler ApS", "aftale 1180001", "Administrator", "Mette Holm", "Salg")
    )
    for user in ("", "1180001", "1180001.NOBODY", "1.ADMIN", "x.ADMIN", f"{'9' * 30}.ADMIN"):
        assert person.sign_in(user).status == 422
    for away in ("http://elsewhere/", "//elsewhere", "/pages//elsewhere", "/pages/\\elsewhere", ""):
        assert person.post("sign-in", user="1180001.ADMIN", next=away).headers["Location"] == "/pages/"
    assert person.post("sign-in", user="1180001.ADMIN", next="/pages/drafts").headers["Location"] == "/pages/drafts"
    assert "Nordlys Cykler ApS Aftale 1180001 Administrator" in person.read("")
    assert person.read("nothing", 404).endswith("Vælg i menuen.")
    assert person.get("").headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("", "Alt er bogført."),
        ("drafts", "Her kommer fakturakladder: sendt over API'et"),
        ("booked", "Her kommer fakturaer, når en kladde bliver bogført."),
        ("booked?view=unpaid", "Ingen fakturaer passer til valget."),
        ("orders", "Her kommer ordrer."),
        ("orders?view=sent", "markeret som sendt"),
        ("orders?view=archived", "når de er blevet til fakturaer"),
        ("journals/1", "Her kommer posteringer: sendt over API'et"),
        ("journals", "Leverandørfakturaer Rackbeat"),
        ("accounts?q=varelager", "5820 Varelager Status 1.408.304,74"),
        ("accounts/5820?year=2024", "Primopostering Primo 1.408.304,74"),
        ("accounts/5820?year=2025", "Intet er bogført på kontoen i 2025."),
        ("accounts/1000", "Kontoen er en overskrift eller en sum"),
        ("vouchers/2024/0", "Debet og kredit er begge 2.005.655,49 DKK."),
        ("customers", f"7 {NAME} Danske kunder Indland DKK"),
        ("customers?q=søn", NAME),
        ("customers?q=nix", "Intet passer til søgningen."),
        ("customers/7", "Intet er bogført endnu."),
        ("suppliers?q=taipei", "Taipei Frames Co. Udenlandske leverandører Udland USD"),
        ("products?q=a/1", "A/1 Vare Cykler"),
        ("products/A%2F1", "Salgspris 100,00 DKK"),
        ("years", "2024 01.01.2024 31.12.2024 ⊘ Lukket"),
        ("years/2026", "november 2026 01.11.2026 30.11.2026 ✓ Åben Spær"),
        ("sandbox", "Ingen fejl er slået til"),
    ],
)
def test_what_is_shown(person: Visitor, path: str, says: str) -> None:
    assert says in person.read(path)


def test_names_are_text_everywhere(person: Visitor, call: Caller) -> None:
    number = draft(call)
    for path in (
        "drafts",
        f"drafts/{number}",
        "customers",
        "customers/7",
        "orders/new",
        "customers?q=%22%3E%3Cscript%3E",
    ):
        body = person.get(path).body.decode()
        assert "<b>" not in body
        assert "<script" not in body
    assert NAME in person.read(f"drafts/{number}")


def test_an_order_is_marked_as_sent_and_taken_back(person: Visitor, call: Caller) -> None:
    """Sending keeps everything that stands on it, and only what is sent shows among the sent ones."""
    person.done("orders/new", **ORDER, other="PO 7")
    before = call("GET", "/orders/drafts/1")[1]
    assert "Ordren er markeret som sendt." in person.done("orders/drafts/1/move")
    sent = call("GET", "/orders/sent/1")[1]
    kept = ("lines", "netAmount", "customer", "references", "date", "currency")
    assert [len(sent["lines"]), *(sent[name] for name in kept[1:])] == [
        len(before["lines"]),
        *(before[name] for name in kept[1:]),
    ]
    assert call("GET", "/orders/drafts/1")[0] == 404
    assert "Ordren er en kladde igen." in person.done("orders/sent/1/move")
    assert call("GET", "/orders/drafts/1")[1]["layout"] == before["layout"]
    assert person.post("orders/archived/1/move").status == 400


def test_an_order_becomes_an_invoice_in_the_books(person: Visitor, call: Caller) -> None:
    assert "Ordren er oprettet." in person.done("orders/new", **ORDER, other="PO 7")
    order = call("GET", "/orders/drafts/1")[1]
    assert (order["netAmount"], order["grossAmount"], order["references"]["other"]) == (D("2021"), D("2526.25"), "PO 7")
    assert "Ordren er blevet til en fakturakladde." in person.done("orders/drafts/1/invoice")
    assert "2.021,00 2.526,25" in person.read("drafts")
    assert person.get("drafts/1/pdf").body.startswith(b"%PDF")
    before = entries(call)
    shown = person.done("drafts/1/book")
    assert "5600 Debitorer Faktura 1 2.526,25 1012 Salg af cykler m/moms Faktura 1 U25 2.021,00" in shown
    assert entries(call) == before + 3
    assert call("GET", "/invoices/booked/1")[1]["grossAmount"] == D("2526.25")
    assert call("GET", "/invoices/drafts/1")[0] == 404
    assert person.get("booked/1/pdf").body.startswith(b"%PDF")
    assert "1 24.11.2026" in person.read("booked?view=unpaid")
    assert "2.021,00 −2.021,00" in person.read("accounts/1012")
    assert "Kundefaktura Faktura 1 02.12.2026 2.526,25 2.526,25" in person.read("customers/7")
    assert person.post("drafts/1/book").status == 404  # pressed twice
    assert entries(call) == before + 3


def test_a_line_without_a_price_gets_the_customers(person: Visitor, call: Caller) -> None:
    person.done("orders/new", **{**ORDER, "price-0": "", "discount-0": "10"})
    assert call("GET", "/orders/drafts/1")[1]["netAmount"] == D("180")
    assert person.done("orders/drafts/1/delete").endswith("Lav den første med knappen ovenfor.")
    assert call("GET", "/orders/drafts/1")[0] == 404


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"customer": "77"}, "Kunde 77 findes ikke."),
        ({"customer": "x"}, "Kunde: ”x” er ikke et tal. Skriv tallet som 1.234,56."),
        ({"product-0": "nix"}, "Vare nix findes ikke."),
        ({"product-0": ""}, "Der er ingen linjer med en vare."),
        ({"quantity-0": "to"}, "Antal: ”to” er ikke et tal."),
        ({"price-0": "1,005"}, "har for mange cifre eller decimaler"),
        ({"date": "i dag"}, "Dato er ikke en dato."),
    ],
)
def test_an_order_that_is_wrong_says_why_and_keeps_what_was_typed(
    person: Visitor, call: Caller, changes: dict[str, str], says: str
) -> None:
    typed = {**ORDER, **changes}
    answer = person.post("orders/new", **typed)
    assert answer.status == 400
    assert says in text_of(answer)
    assert all(f'value="{value}"' in answer.body.decode() for value in typed.values())
    assert call("GET", "/orders/drafts")[1]["collection"] == []
    assert person.post("orders/new", **ORDER).status == 303


def test_a_refused_booking_says_why_and_changes_nothing(person: Visitor, call: Caller) -> None:
    number, before = draft(call), entries(call)
    assert "Spærringen er sat. (kunde 7)" in person.done("customers/7/bar", barred="1")
    assert "Spærringen er sat. (vare A/1)" in person.done("products/A%2F1/bar", barred="1")
    assert person.refused(f"drafts/{number}/book") == (
        f"! Kladde {number} er ikke bogført. Kunde 7 er spærret. Åbn kunden, fjern spærringen, og prøv igen. "
        "Vare A/1 er spærret. Åbn varen, fjern spærringen, og prøv igen."
    )
    assert (entries(call), call("GET", f"/invoices/drafts/{number}")[0]) == (before, 200)
    person.done("customers/7/bar", barred="0")
    person.done("products/A%2F1/bar", barred="0")
    person.done(f"drafts/{number}/book")
    assert entries(call) == before + 3


def test_an_apps_access_is_taken_away_by_the_page_of_apps(person: Visitor, call: Caller) -> None:
    assert person.get("apps").headers["Location"] == "/secure/apps"
    assert "Lagerbro Aftale 1180001" in person.read("/secure/apps")
    assert person.post("/secure/apps", grant="1").status == 303
    assert call("GET", "/self")[0] == 401


def test_a_draft_is_deleted(person: Visitor, call: Caller) -> None:
    number = draft(call)
    assert f"Fakturakladden er slettet. ({number})" in person.done(f"drafts/{number}/delete")
    assert call("GET", f"/invoices/drafts/{number}")[0] == 404


def test_years_are_made_closed_and_opened_and_periods_barred(person: Visitor, call: Caller) -> None:
    number = draft(call)
    assert "Regnskabsåret er lukket." in person.done("years/2026/close", closed="1")
    assert "Regnskabsår 2026 er lukket." in person.refused(f"drafts/{number}/book")
    assert "Regnskabsåret er genåbnet." in person.done("years/2026/close", closed="0")
    assert "Perioden er spærret. (november 2026)" in person.done("years/2026/periods/11/bar", barred="1")
    assert "Perioden med datoen 24.11.2026 er spærret." in person.refused(f"drafts/{number}/book")
    assert "Perioden er åben igen." in person.done("years/2026/periods/11/bar", barred="0")
    person.done(f"drafts/{number}/book")
    assert "dagen efter det sidste år" in person.refused("years", fromDate="2029-01-01", toDate="2029-12-31")
    assert "Regnskabsåret er oprettet. (2028)" in person.done("years", fromDate="2028-01-01", toDate="2028-12-31")
    assert call("GET", "/accounting-years/2028")[0] == 200
    assert person.post("years/1999/close", closed="1").status == 404


def test_a_person_does_what_their_role_opens(call: Caller) -> None:
    seller = Visitor(call.core)
    seller.sign_in("1180001.METTE")
    number = draft(call)
    assert "Mette Holm har ingen rolle, der giver adgang til det." in seller.read("journals", 403)
    assert "Log ind som en bruger med rollen Superbruger." in seller.read("accounts", 403)
    assert seller.refused("journals/1/book", 403).startswith("! Det blev ikke gjort. Mette Holm har ingen rolle")
    assert f"Kladde {number}" in seller.read(f"drafts/{number}")
    seller.done(f"drafts/{number}/book")
    seller.sign_in("1180001.ADMIN")
    assert "Leverandørfakturaer Rackbeat" in seller.read("journals")


@pytest.mark.parametrize(
    "headers", [{"origin": "http://elsewhere"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_a_form_of_another_site_does_nothing(person: Visitor, call: Caller, headers: dict[str, str]) -> None:
    number, before = draft(call), entries(call)
    for path in (f"drafts/{number}/book", "years/2026/close", "sandbox/clock", "sign-in"):
        assert person.post(path, headers, closed="1", days="1").status == 403
    assert (entries(call), call("GET", "/accounting-years/2026")[1].get("closed")) == (before, False)
    assert call.core.clock.offset.days == 0
    person.done(f"drafts/{number}/book")


def test_what_is_read_changes_nothing(person: Visitor, call: Caller) -> None:
    number = draft(call)
    for path in (f"drafts/{number}/book", "years/2026/close", "journals/1/book"):
        assert person.get(path).status == 404
    head = call.core.handle(Request("HEAD", "/pages/sign-in", "", {}, b"", HOST))
    assert (head.status, head.body) == (200, b"")


def test_long_lists_have_pages(person: Visitor, call: Caller) -> None:
    for number in range(100, 160):
        assert call("PUT", f"/customers/{number}", {**CUSTOMER, "name": f"Kunde {number}"})[0] == 201
    first = person.read("customers")
    assert ("Kunde 148" in first, "Kunde 149" in first, "Side 1 af 2 Næste" in first) == (True, False, True)
    assert "Kunde 149" in person.read("customers?page=2")
    assert b"q=kunde&amp;page=1" in person.get("customers?q=kunde&page=2").body
    assert "Intet passer" not in person.read("customers?page=x")
    assert "Kunde 159" in person.read("customers?page=99")
    for _ in range(51):
        call.core.handle(Request("POST", "/pages/journals/1/new", "", _own(person), b"&".join(_pairs(ENTRY)), HOST))
    assert "Side 1 af 2" in person.read("journals/1")


def _own(person: Visitor) -> dict[str, str]:
    cookie = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    return {"cookie": cookie, "origin": f"http://{HOST}"}


def _pairs(form: dict[str, str]) -> list[bytes]:
    return [f"{name}={value}".encode() for name, value in {**form, "amount": "1"}.items()]


def test_the_sandbox_is_played_with(person: Visitor, systems: Sandboxes) -> None:
    core = person.core
    assert "27.11.2026 10.00" in person.done("sandbox/clock", days="3")
    assert "Uret går kun fremad" in person.refused("sandbox/clock", days="0")
    assert "Dage: ”i morgen” er ikke et tal." in person.refused("sandbox/clock", days="i morgen")
    fault = {"kind": "lost", "method": "POST", "path": "/invoices/*", "times": "2"}
    assert "POST /invoices/* : svaret går tabt, 2 gange endnu" in person.done("sandbox/faults", **fault)
    (present,) = core.faults.present()
    assert (present.lose_answer, present.times, present.path) == (True, 2, "/invoices/*")
    for wrong in (
        {"kind": "nix"},
        {"times": "0"},
        {"times": "x"},
        {"kind": "slow", "delay": ""},
        {"delay": "999999999"},
    ):
        assert person.refused("sandbox/faults", **{**fault, **wrong}).startswith("! Fejlen er ikke slået til.")
    assert core.faults.present() == (present,)
    assert "Ingen fejl er slået til" in person.done("sandbox/faults/clear", name=present.name)
    person.done("sandbox/faults", kind="slow", delay="20", times="")
    assert core.faults.present()[0].times is None
    person.done("sandbox/faults/clear")
    assert core.faults.present() == ()
    dirt = {"kind": "control", "path": "/customers/*", "field": "name", "places": "", "percent": "12,5", "times": ""}
    listed = person.done("sandbox/faults", **dirt)
    assert "* /customers/* : nulbyte eller andet styretegn i en tekst, i name, alle steder, 12,5 % af gangene" in listed
    (present,) = core.faults.present()
    assert (present.dirt, present.probability, present.times) == (Dirt("control", "name", None), 0.125, None)
    for wrong in ({"percent": "0"}, {"percent": "101"}, {"percent": "x"}, {"places": "0"}, {"places": "to"}):
        assert person.refused("sandbox/faults", **{**dirt, **wrong}).startswith("! Fejlen er ikke slået til.")
    assert core.faults.present() == (present,)
    person.done("sandbox/faults/clear")
    for kind in FAULT_CHOICES:
        assert "endnu" in person.done("sandbox/faults", kind=kind, delay="5", times="1", places="1")
    assert len(core.faults.present()) == len(FAULT_CHOICES)
    person.done("sandbox/faults/clear")
    person.done("sandbox/idempotency", keys="off")
    assert core.switches.keys_are_kept is False
    person.done("sandbox/idempotency", keys="short")
    assert (core.switches.keys_are_kept, core.switches.key_life.total_seconds()) == (True, 5)
    person.done("sandbox/idempotency", keys="on")
    assert core.switches.key_life.total_seconds() == 3600
    assert "Alle svar er glemt." in person.done("sandbox/idempotency/forget")


def test_whoever_listens_hears_of_what_people_do(person: Visitor, call: Caller, systems: Sandboxes) -> None:
    url = "http://127.0.0.1:9/?no=[INVOICENO]"
    systems.admin("economic", "webhooks/configure", agreement=AGREEMENT, event="INVOICE_BOOKED", url=url)
    number = draft(call)
    person.done("customers/7/bar", barred="1")
    person.refused(f"drafts/{number}/book")
    assert call.core.due_deliveries() == []
    person.done("customers/7/bar", barred="0")
    person.done(f"drafts/{number}/book")
    (told,) = call.core.due_deliveries()
    assert told.url.endswith("no=1")


@pytest.mark.parametrize("name", ["pages.css", "colours.css", "icon.svg"])
def test_nothing_is_loaded_from_outside(call: Caller, name: str) -> None:
    answer = Visitor(call.core).get(f"static/{name}")
    assert answer.status == 200
    assert b"http://" not in answer.body.replace(b"http://www.w3.org", b"")
    assert Visitor(call.core).get("static/..%2F__init__.py").status == 404


ODD = st.sampled_from(
    ["", "0", "-1", "x", "1", "7", "A/1", "2026", "9" * 30, "1,5", "NaN", "1e9", "ø\0", "🚲", "drafts"]
)
FIELDS = (*entry_pages.FIELDS, *ORDER, "fromDate", "toDate", "days", "kind", "times", "delay", "q", "page")


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_sent_the_pages_stand(person: Visitor, call: Caller, data: st.DataObject) -> None:
    """No address and no form breaks a page: it is shown, done, or refused."""
    method, path = data.draw(st.sampled_from(sorted(surface.routes())))
    address = "/".join(quote(data.draw(ODD), safe="") if part == "{}" else part for part in path.strip("/").split("/"))
    names = st.sampled_from(FIELDS)
    form = data.draw(st.dictionaries(names, ODD, max_size=6))
    answer = person.post(address, **form) if method == "POST" else person.get(f"{address}?{urlencode(form)}")
    assert answer.status < 500
    journal = call("GET", "/accounting-years/2026/entries?pagesize=1000")[1]["collection"]
    assert sum(row["amountInBaseCurrency"] for row in journal) == 0


def test_the_front_page_counts_what_waits(person: Visitor, call: Caller) -> None:
    numbers = [draft(call) for _ in range(front_page.LATEST)]
    person.done(f"drafts/{numbers[0]}/book")
    person.done("journals/1/new", **ENTRY, amount="12")
    shown = person.read("")
    assert "Fakturakladder 4 venter på at blive bogført Ikke betalte fakturaer 1" in shown
    assert "1 Daglig : 1 postering" in shown
    assert surface.PREFIX == "/pages/"
