"""The posting on a supplier invoice's page: as e-conomic will book it, before and after, in both languages (C8)."""

from __future__ import annotations

import re
from decimal import Decimal as D

import pytest
from django.test import Client

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Link
from lagerbro.web.views.posting import Table, posting_of
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.supplier_invoices.conftest import Buyer, buyer
from tests.reading import said
from tests.visiting import sign_in

__all__ = ["buyer"]
pytestmark = pytest.mark.django_db


def table_of(buyer: Buyer, number: int) -> Table:
    with agreement_scope(buyer.company.agreement.pk):
        link = Link.in_scope.filter(kind="supplier_invoice", rackbeat_key=str(number)).first()
        found = posting_of(buyer.transfer(number), link, buyer.company.agreement)
    assert found is not None
    return found


def sums(table: Table) -> dict[int, D]:
    found: dict[int, D] = {}
    for row in table.rows:
        found[row.account] = found.get(row.account, D(0)) + (row.debit or D(0)) - (row.credit or D(0))
    return found


@pytest.mark.parametrize("supplier", [50001, 50006, 50012])
def test_what_the_page_shows_is_what_stands_in_the_ledger(buyer: Buyer, supplier: int) -> None:
    number = buyer.invoice(
        {"item_id": "NL-100", "quantity": 3, "line_price": "33.33"},
        {"item_id": "LADFRAGT", "quantity": 1, "line_price": "66.67"},
        supplier=supplier,
    )
    buyer.company.decide(**{f"purchase_accounts__8.{zone}": 1340 for zone in ("domestic",)})
    buyer.company.decide(**{"purchase_accounts__8.eu": 1321, "purchase_accounts__8.abroad": 1331})
    buyer.posted(number)
    table = table_of(buyer, number)
    assert (table.is_made, table.is_booked) == (True, False)
    assert table.debit == table.credit
    buyer.book_journal()
    assert sums(table) == buyer.ledger()
    buyer.posted(number)
    assert table_of(buyer, number).is_booked


def test_a_held_invoice_shows_what_would_be_posted(buyer: Buyer) -> None:
    buyer.systems.admin("economic", "periods/bar", agreement=1180001, year="2026", date="2026-10-15", barred=True)
    number = buyer.invoice(invoice_date="2026-10-15")
    assert buyer.posted(number).code == "purchase_period_barred"
    table = table_of(buyer, number)
    assert not table.is_made
    assert sums(table) == {1310: D("1000.00"), 6903: D("250.00"), 6800: D("-1250.00")}
    assert buyer.drafts() == []


def test_in_danish_and_english(buyer: Buyer, client: Client) -> None:
    number = buyer.invoice(supplier=50006)
    transfer = buyer.posted(number)
    address = f"{sign_in(client, buyer.company.agreement)}activity/{transfer.pk}/"
    danish = said(client.get(address, headers={"accept-language": "da"}))
    for words in ("Sådan bogfører e-conomic det", "Debet", "Kredit", "I alt", "7.460,00", "1.865,00", "IEUV"):
        assert words in danish
    assert "Fakturaen er i EUR; beløbene her er i DKK." in danish
    assert "1320 Varekøb EU, cykler" in danish
    assert re.search(r"bilag\s+2026-40001, ikke bogført", danish)
    english = said(client.get(address, headers={"accept-language": "en"}))
    assert "As e-conomic books it when you book the voucher there." in english
    assert "7,460.00" in english


def test_other_records_have_no_posting(buyer: Buyer) -> None:
    transfer = buyer.company.invoiced(buyer.systems.invoice())
    with agreement_scope(buyer.company.agreement.pk):
        assert posting_of(transfer, None, buyer.company.agreement) is None


def test_what_stands_on_the_voucher_beside_its_amounts(buyer: Buyer, client: Client) -> None:
    number = buyer.invoice(supplier=50006, due_date="2026-12-02")
    buyer.posted(number)
    page = client.get(f"{sign_in(client, buyer.company.agreement)}activity/{buyer.transfer(number).pk}/")
    html = page.content.decode()
    for shown in (
        "<dt>Kassekladde</dt><dd>4 Leverandørfakturaer Rackbeat</dd>",
        "<dt>Dato</dt><dd>24.11.2026</dd>",
        "<dt>Forfald</dt><dd>02.12.2026</dd>",
        "<dt>Leverandørens nummer</dt><dd>F-77</dd>",
        f"· RB-K{number}</dd>",
        "<dd>bilag 2026-40001, ikke bogført</dd>",
        "<dt>Valuta</dt><dd>EUR</dd>",
    ):
        assert shown in html
    buyer.change_draft(buyer.drafts()[0]["entryNumber"], amount=-900)
    buyer.posted(number)
    touched = said(client.get(page.request["PATH_INFO"]))
    assert "Sådan som Lagerbro sendte det. Nogen har siden ændret eller slettet det i e-conomic." in touched


BIKE_AND_FREIGHT = (
    {"item_id": "NL-100", "quantity": 3, "line_price": "17.19"},
    {"item_id": "LADFRAGT", "quantity": 1, "line_price": "48.61"},
)


def test_of_an_account_that_cannot_be_used_the_posting_names_it_and_is_what_is_booked_once_it_is_mended(
    buyer: Buyer,
) -> None:
    buyer.company.decide(fallback_account=None)
    buyer.company.decide(**{"purchase_accounts__8.domestic": 1340})
    buyer.bar(1340)
    number = buyer.invoice(*BIKE_AND_FREIGHT)
    assert buyer.posted(number).code == "fallback_missing"
    held = table_of(buyer, number)
    (marked,) = [row for row in held.rows if row.notes]
    assert (marked.account, marked.vat_code, marked.debit) == (1340, "I25", D("48.61"))
    assert marked.notes == ("Kan ikke bruges: den er spærret i e-conomic.",)
    assert held.debit == held.credit == D("125.23")
    buyer.bar(1340, barred=False)
    buyer.posted(number)
    buyer.book_journal()
    assert sums(held) == buyer.ledger() == sums(table_of(buyer, number))
    assert not any(row.notes for row in table_of(buyer, number).rows)


def test_the_default_account_says_what_it_stands_instead_of_before_and_after(buyer: Buyer) -> None:
    buyer.bar(1310)
    buyer.systems.admin("economic", "periods/bar", agreement=1180001, year="2026", date="2026-10-15", barred=True)
    number = buyer.invoice(invoice_date="2026-10-15")
    assert buyer.posted(number).code == "purchase_period_barred"
    before = table_of(buyer, number)
    buyer.systems.admin("economic", "periods/bar", agreement=1180001, year="2026", date="2026-10-15", barred=False)
    assert buyer.posted(number).code == "fallback_used"
    after = table_of(buyer, number)
    notes = [(row.account, row.notes) for row in before.rows if row.notes]
    assert notes == [(1390, ("Standardkontoen i stedet for 1310: den er spærret i e-conomic.",))]
    assert before.rows == after.rows
    buyer.book_journal()
    assert sums(after) == buyer.ledger()


def test_what_nobody_has_decided_is_shown_as_such(buyer: Buyer, client: Client) -> None:
    buyer.company.decide(fallback_account=None)
    buyer.company.decide(**{"purchase_accounts__1.domestic": "not_used"})
    number = buyer.invoice()
    transfer = buyer.posted(number)
    assert transfer.code == "purchase_group_not_used"
    page = said(client.get(f"{sign_in(client, buyer.company.agreement)}activity/{transfer.pk}/"))
    assert "Der er ikke valgt en konto" in page
    assert "Kan ikke bruges: det er besluttet, at varegruppen ikke bruges her." in page
    assert "Sådan ville det blive bogført. Intet er sendt." in page


@pytest.mark.parametrize("supplier", [50001, 50006])
def test_one_that_waits_for_its_supplier_shows_it_too(buyer: Buyer, supplier: int) -> None:
    with agreement_scope(buyer.company.agreement.pk):
        Link.in_scope.filter(kind="supplier", rackbeat_key=str(supplier)).delete()
    buyer.posted(buyer.invoice(own="before", supplier=50002))
    buyer.book_journal()
    other = buyer.ledger()
    buyer.systems.economic.faults.set(Fault("down", method="GET", path=f"/suppliers/{supplier}", status=503))
    number = buyer.invoice(supplier=supplier)
    transfer = buyer.posted(number)
    assert transfer.state == "waiting"
    held = table_of(buyer, number)
    buyer.systems.economic.faults.clear()
    for _ in range(3):
        buyer.systems.clock.sleep_s(300)
        buyer.company.drain()
    assert buyer.transfer(number).state == "drafted"
    assert sums(table_of(buyer, number)) == sums(held)
    buyer.book_journal()
    booked = {account: amount - other.get(account, D(0)) for account, amount in buyer.ledger().items()}
    assert {account: amount for account, amount in booked.items() if amount} == sums(held)


def test_while_the_answer_is_lost_it_does_not_say_that_nothing_was_sent(buyer: Buyer, client: Client) -> None:
    buyer.systems.economic.faults.set(Fault("lost", method="POST", path="/journals/*", lose_answer=True))
    number = buyer.invoice()
    transfer = buyer.posted(number)
    table = table_of(buyer, number)
    assert (table.is_sent, table.is_made) == (True, False)
    assert sums(table) == {1310: D("1000.00"), 6903: D("250.00"), 6800: D("-1250.00")}
    address = f"{sign_in(client, buyer.company.agreement)}activity/{transfer.pk}/"
    assert "Om det står i e-conomic, vides ikke endnu" in said(client.get(address))


@pytest.mark.parametrize(
    ("changes", "code", "because"),
    [
        (
            {"purchase_accounts__1.eu": 1310},
            "vat_not_charged",
            "dens momskode trækker moms fra, som fakturaen ikke har",
        ),
        ({"purchase_accounts__1.eu": 1010}, "purchase_vat_code_unusable", "den er til salg"),
    ],
)
def test_a_vat_code_that_does_not_fit_is_marked(buyer: Buyer, changes: dict[str, int], code: str, because: str) -> None:
    buyer.company.decide(**changes)
    number = buyer.invoice(supplier=50006)
    assert buyer.posted(number).code == code
    (marked,) = [row for row in table_of(buyer, number).rows if row.notes]
    assert marked.account == next(iter(changes.values()))
    assert because in marked.notes[0]


def test_no_call_is_made_for_the_page(buyer: Buyer, client: Client) -> None:
    buyer.bar(1310)
    buyer.company.decide(fallback_account=None)
    transfer = buyer.posted(buyer.invoice())
    address = f"{sign_in(client, buyer.company.agreement)}activity/{transfer.pk}/"
    asked = len(buyer.systems.to_economic.asked), len(buyer.systems.to_rackbeat.asked)
    assert "Kan ikke bruges" in said(client.get(address))
    assert (len(buyer.systems.to_economic.asked), len(buyer.systems.to_rackbeat.asked)) == asked
