"""The back office's journals: entries are made, corrected, approved, booked, and shown with their documents."""

from __future__ import annotations

from decimal import Decimal as D
from urllib.parse import quote

import pytest

from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.pages.office import AGREEMENT, ENTRY, draft, entries, filled, opened, signed_in
from tests.sandbox.economic.pages.visiting import Visitor
from tests.sandbox.economic.test_sales_documents import upload
from tests.sandboxes import Sandboxes


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return opened(systems)


@pytest.fixture
def person(call: Caller) -> Visitor:
    return signed_in(call)


def test_an_entry_is_made_corrected_and_booked_alone(person: Visitor, call: Caller) -> None:
    before = entries(call)
    shown = person.done("journals/1/new", **ENTRY, amount="1.250,50", text="Gebyr")
    assert "bilag 1 med 1.250,50" in shown
    assert person.refused("journals/1/book") == (
        "! Kassekladden er ikke bogført. Bilag 1 stemmer ikke den 24.11.2026: forskellen på debet og kredit er "
        "1.250,50. Ret beløbene, eller sæt en modkonto på posteringen."
    )
    assert entries(call) == before
    form = filled(person, "journals/1/entries/1")
    assert (form["amount"], form["text"], form["accountNumber"]) == ("1.250,50", "Gebyr", "5855")
    assert "er rettet" in person.done(
        "journals/1/entries/1", **{**form, "contraAccountNumber": "6110", "amount": "-12,5"}
    )
    assert person.refused("journals/1/entries/1", 409, **form).startswith(
        "! Posteringen er ikke rettet. En anden har ændret det, siden du åbnede siden."
    )
    assert "5855 6110 −12,50" in person.read("journals/1")
    person.done("journals/1/new", **ENTRY, amount="7")
    assert "Posteringen er bogført." in person.done("journals/1/entries/1/book")
    assert entries(call) == before + 2
    assert call("GET", "/accounts/5855")[1]["balance"] == D("412338.25")
    assert "Posteringen er slettet." in person.done("journals/1/entries/2/delete")
    assert "Ingen posteringer venter." in person.read("journals/1")
    assert person.post("journals/1/entries/2/delete").status == 404


def test_a_whole_journal_is_booked(person: Visitor, call: Caller) -> None:
    number = call("GET", "/suppliers")[1]["collection"][0]["supplierNumber"]
    form = {"entryTypeNumber": "3", "date": "2026-11-24", "currency": "DKK", "supplierNumber": str(number)}
    for amount in ("-100", "-50,25"):
        person.done("journals/4/new", **form, amount=amount, contraAccountNumber="1310", contraVatCode="I25")
    before = entries(call)
    assert "Kassekladden er bogført." in person.done("journals/4/book")
    assert entries(call) == before + 6
    assert "Leverandørfaktura" in person.read(f"suppliers/{number}")
    assert "Saldo −150,25 DKK" in person.read(f"suppliers/{number}")
    assert person.refused("journals/4/book").startswith("! Kassekladden er ikke bogført. Der er ingen posteringer")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"amount": "12x"}, "Beløb: ”12x” er ikke et tal."),
        ({"amount": "1,005"}, "Beløbet har for mange cifre eller decimaler."),
        ({"accountNumber": ""}, "Der mangler en konto eller en modkonto."),
        ({"accountNumber": "1"}, "Konto 1 findes ikke."),
        ({"accountNumber": "1000"}, "Konto 1000 kan man ikke bogføre på"),
        ({"accountNumber": "5600"}, "Konto 5600 er lukket for direkte posteringer."),
        ({"date": "2024-05-01"}, "Regnskabsår 2024 er lukket."),
        ({"date": "2031-05-01"}, "Datoen 01.05.2031 ligger ikke i noget regnskabsår."),
        ({"date": ""}, "Dato mangler."),
        ({"date": "x"}, "Dato er ikke en dato."),
        ({"exchangeRate": "90"}, "Kursen passer ikke til valutaen."),
        ({"entryTypeNumber": "3", "supplierNumber": "1"}, "Leverandør 1 findes ikke."),
        ({"entryTypeNumber": "2", "customerNumber": "1"}, "Kunde 1 findes ikke."),
    ],
)
def test_an_entry_that_is_wrong_says_why(person: Visitor, call: Caller, changes: dict[str, str], says: str) -> None:
    assert says in person.refused("journals/1/new", **{**ENTRY, "amount": "12", **changes})
    assert call.core.store.draft_entries.all(AGREEMENT) == []
    assert person.post("journals/1/new", **ENTRY, amount="12").status == 303


def test_a_journal_takes_its_own_kind_and_numbers(person: Visitor, call: Caller) -> None:
    assert "tager ikke posteringer af den type" in person.refused("journals/4/new", **ENTRY, amount="1")
    outside = person.refused("journals/2/new", **ENTRY, amount="1", voucherNumber="7")
    assert "Brug et nummer fra 50001 til 999999999, eller lad feltet stå tomt." in outside
    assert "Leverandør (nummer)" in person.read("journals/4/new")
    assert "Kunde (nummer)" in person.read("journals/1/new?type=2")
    person.done("journals/2/new", **ENTRY, amount="1")
    assert call.core.store.draft_entries.all(AGREEMENT)[0]["voucher"] == 50001


def test_what_does_not_balance_stays_behind_and_is_told(person: Visitor, call: Caller) -> None:
    person.done("journals/1/new", **ENTRY, amount="5")
    person.done("journals/1/new", **ENTRY, amount="7", contraAccountNumber="6110")
    before = entries(call)
    assert "Posteringer, der blev liggende: (1)" in person.done("journals/1/book")
    assert entries(call) == before + 2
    assert [row["amount"] for row in call.core.store.draft_entries.all(AGREEMENT)] == [5]


def test_entries_that_wait_for_approval(person: Visitor, call: Caller) -> None:
    journal = call("GET", "/journalsapi/v15.0.0/journals/1")[1]
    assert call("PUT", "/journalsapi/v15.0.0/journals", {**journal, "requireAdminApproval": True})[0] == 204
    person.done("journals/1/new", **ENTRY, amount="1", contraAccountNumber="6110")
    assert "Ikke alle posteringer er godkendt." in person.refused("journals/1/book")
    assert "Godkendt" in person.done("journals/1/entries/1/approve")
    assert "Kassekladden er bogført." in person.done("journals/1/book")


def test_an_account_is_barred_unless_groups_post_to_it(person: Visitor, call: Caller) -> None:
    assert person.refused("accounts/1010/bar", barred="1") == (
        "! Konto 1010 er ikke spærret. Varegrupper bogfører salg på kontoen. "
        "Giv varegrupperne en anden salgskonto først."
    )
    assert not call("GET", "/accounts/1010")[1].get("barred")
    assert "⊘ Spærret" in person.done("accounts/5855/bar", barred="1")
    assert "Konto 5855 er spærret." in person.refused("journals/1/new", **ENTRY, amount="12")
    assert "⊘ Spærret" not in person.done("accounts/5855/bar", barred="0")
    person.done("journals/1/new", **ENTRY, amount="12")


def test_a_vouchers_document_is_shown_before_and_after_booking(person: Visitor, call: Caller) -> None:
    person.done("journals/1/new", **ENTRY, amount="7", contraAccountNumber="6110")
    assert person.get("vouchers/2026/1/file").status == 404
    pdf = call.raw("GET", f"/invoices/drafts/{draft(call)}/pdf").body
    assert upload(call, "/journals/1/vouchers/2026-1/attachment/file", pdf).status == 201
    assert "1 PDF" in person.read("journals/1")
    file = person.get("vouchers/2026/1/file")
    assert (file.headers["Content-Type"], file.body[:4]) == ("application/pdf", b"%PDF")
    person.done("journals/1/book")
    assert "Vis bilagets fil" in person.read("vouchers/2026/1")
    assert person.get("vouchers/2026/1/file").body == file.body
    person.sign_in("1180001.METTE")
    assert person.get("vouchers/2026/1/file").status == 403


@pytest.mark.parametrize(("typed", "amount"), [("1.234", "1234"), ("1.234,5", "1234.50"), ("1 234,50", "1234.50")])
def test_amounts_are_read_as_danish_writes_them(person: Visitor, call: Caller, typed: str, amount: str) -> None:
    person.done("journals/1/new", **ENTRY, amount=typed)
    assert [row["amount"] for row in call.core.store.draft_entries.all(AGREEMENT)] == [D(amount)]


@pytest.mark.parametrize("typed", ["1,234.50", "1_000", "1e3", "١٢", "0.125", "1234.567"])
def test_an_amount_that_could_be_two_is_asked_for_again(person: Visitor, call: Caller, typed: str) -> None:
    refused = person.refused("journals/1/new", **ENTRY, amount=typed)
    assert f"”{typed}” er ikke et tal. Skriv tallet som 1.234,56." in refused
    assert f"”{typed}” er ikke et tal." in person.refused(
        "journals/1/new", **{**ENTRY, "accountNumber": typed}, amount="1"
    )
    assert call.core.store.draft_entries.all(AGREEMENT) == []
    person.done("journals/1/new", **ENTRY, amount="1234,5")


@pytest.mark.parametrize("kind", ["²", "١", "x", "99", "-2", ""])
def test_a_kind_of_entry_that_there_is_not_shows_the_usual_one(person: Visitor, kind: str) -> None:
    assert "Modkonto" in person.read(f"journals/1/new?type={quote(kind)}")
