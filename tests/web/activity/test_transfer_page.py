"""The page of one transfer: who and how much also while refused, debit and credit, its way in business words."""

from __future__ import annotations

import re
from typing import NoReturn

import pytest
from django.test import Client
from pytest_django import Settings

from lagerbro.agreements import directories
from lagerbro.agreements.models import CapabilityKind, Credentials
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.clients import ClientFactory
from lagerbro.sync.models import Transfer
from lagerbro.web.views.transfer_page import booked_posting
from tests.reading import said
from tests.visiting import framed, sign_in
from tests.world import Company

pytestmark = pytest.mark.django_db
DA = {"accept-language": "da"}


def shown(client: Client, base: str, transfer: Transfer, query: str = "") -> str:
    return said(client.get(f"{base}activity/{transfer.pk}/{query}", headers=DA))


def way(page: str) -> list[tuple[str, str]]:
    part = page.split('class="timeline way"')[1].split("</ol>", maxsplit=1)[0]
    return [(tone, words.strip()) for tone, words in re.findall(r'<li class="(\w+)">([^<]+)', part)]


def rows(page: str) -> list[list[str]]:
    part = page.split("Debet og kredit, konto for konto")[1].split("</table>", maxsplit=1)[0]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in part.split("<tr>")[2:]]
    return [[re.sub(r"<[^>]+>|\u2068|\u2069", "", cell).strip() for cell in row] for row in cells]


@pytest.fixture
def asking(company: Company, factory: ClientFactory) -> Company:
    with agreement_scope(company.agreement.pk):
        rackbeat, economic = company.systems.clients(lambda _exchange: None)
        directories.read_and_store_all(company.agreement, rackbeat, economic, company.systems.clock.now())
    return company


def test_a_booked_invoice_has_its_state_its_customer_and_what_economic_booked(client: Client, asking: Company) -> None:
    base = sign_in(client, asking.agreement)
    transfer = asking.invoiced(asking.systems.invoice())
    page = shown(client, base, transfer)
    assert "</svg>bogført</span>" in page
    assert re.search(r'<p class="about">.*3\.995,00', page)
    assert way(page) == [
        ("good", "Modtaget"),
        ("good", "Læst"),
        ("good", "Kladde oprettet"),
        ("good", "Beløb stemmer"),
        ("good", "Bogført"),
    ]
    assert 'hx-get="?posting=1" hx-trigger="load"' in page
    assert rows(shown(client, base, transfer, "?posting=1")) == [
        ["5600 Debitorer", "", "3.995,00", ""],
        ["1012 Salg af cykler m/moms", "U25", "", "3.196,00"],
        ["6902 Salgsmoms", "", "", "799,00"],
        ["I alt", "", "3.995,00", "3.995,00"],
    ]
    part = client.get(f"{base}activity/{transfer.pk}/?posting=1", headers={**DA, "hx-request": "true"})
    assert "<html" not in part.content.decode()
    link, _form = framed(asking.agreement, CapabilityKind.READER)
    page = shown(client, link, transfer, "?posting=1")
    assert "Debet og kredit, konto for konto" not in page
    assert 'href="?posting=1"' not in page


def test_a_company_that_is_no_longer_connected_has_its_pages_all_the_same(
    client: Client, asking: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = sign_in(client, asking.agreement)
    transfer = asking.invoiced(asking.systems.invoice())

    class Parted:
        def connect(self, *_: object) -> NoReturn:
            raise Credentials.DoesNotExist

    monkeypatch.setattr(booked_posting, "client_factory", Parted)
    page = shown(client, base, transfer, "?posting=1")
    assert "</svg>bogført</span>" in page
    assert "Debet og kredit, konto for konto" not in page


def test_a_refused_one_says_who_and_how_much_and_what_it_would_come_to(client: Client, asking: Company) -> None:
    base = sign_in(client, asking.agreement)
    number = asking.agreement.economic_agreement_number
    asking.invoiced(asking.systems.invoice())
    asking.systems.admin("economic", "bar", agreement=number, kind="customers", key=10001)
    transfer = asking.invoiced(asking.systems.invoice())
    for _ in range(2):
        transfer = asking.invoiced(transfer.key)
    asking.systems.admin("economic", "bar", agreement=number, kind="customers", key=10001, barred=False)
    page = shown(client, base, transfer)
    assert re.search(r'<p class="about"><strong>[^<]+</strong> <span class="muted">10001</span>.*3\.995,00', page)
    assert rows(page) == [
        ["Kundens samlekonto", "", "3.995,00", ""],
        ["Varernes salgskonti", "", "", "3.196,00"],
        ["Salgsmoms", "", "", "799,00"],
        ["I alt", "", "3.995,00", "3.995,00"],
    ]
    assert way(page)[-2:] == [("good", "Beløb stemmer"), ("problem", "Bogført")]  # the booking was refused
    assert "forsøg, der gik på samme måde" in page
    assert '<details class="calls">' in page
    assert "<pre" not in re.sub(r"<details.*</details>", "", page, flags=re.DOTALL)


def test_a_draft_is_called_a_draft_and_a_link_leads_to_the_very_record(
    client: Client, asking: Company, settings: Settings
) -> None:
    base = sign_in(client, asking.agreement)
    asking.decide(book_on_booking=False)
    transfer = asking.invoiced(asking.systems.invoice())
    page = shown(client, base, transfer)
    assert "</svg>kladde i e-conomic</span>" in page
    assert way(page)[-2:] == [("good", "Beløb stemmer"), ("neutral", "Bogført")]
    assert "Åbn Rackbeat" in page
    settings.LAGERBRO_RACKBEAT_PAGES_URL = "http://rackbeat.test/pages"
    settings.LAGERBRO_ECONOMIC_PAGES_URL = "http://economic.test/pages"
    page = shown(client, base, transfer)
    assert f'href="http://rackbeat.test/pages/customer-invoices/{transfer.key}"' in page
    assert 'href="http://economic.test/pages/drafts/1"' in page
    assert "Se den i Rackbeat" in page
