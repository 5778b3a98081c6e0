"""The posting on a supplier invoice's page: as e-conomic will book it, before and after, in both languages (C8)."""

from __future__ import annotations

import re
from decimal import Decimal as D

import pytest
from django.test import Client

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Link
from lagerbro.web.views.posting import Table, posting_of
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
