"""Aktivitet and a transfer's page know what comes from e-conomic: its name, and its number on both sides."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.flows.orders.selling import Seller, line
from tests.reading import said
from tests.visiting import sign_in

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> str:
    return said(client.get(address, headers={"accept-language": "da"}))


def test_an_order_is_found_by_both_numbers_and_shows_them(client: Client, seller: Seller) -> None:
    seller.company.systems.in_rackbeat("POST", "orders/drafts", {"customer_id": 10001})  # so that the numbers differ
    number = seller.order()
    seller.look()
    (order,) = seller.orders()
    base = sign_in(client, seller.company.agreement)
    for asked in (order["number"], "kind=order"):
        query = asked if isinstance(asked, str) else f"q={asked}"
        listed = read(client, f"{base}activity/?{query}")
        assert f"Ordre fra e-conomic {number}</a>" in listed
    page = read(client, f"{base}activity/{seller.transfer(number).pk}/")
    assert f"<h1>Ordre fra e-conomic {number}</h1>" in page
    assert f"<dt>Nummer i Rackbeat</dt><dd>{order['number']}</dd>" in page
    assert f"<dt>Nummer i e-conomic</dt><dd>{number}</dd>" in page
    assert page.count("6.392,00") == 2


def test_a_held_order_says_what_is_not_there_and_overblik_counts_it(client: Client, seller: Seller) -> None:
    number = seller.order(line(), line(None))
    seller.look()
    base = sign_in(client, seller.company.agreement)
    page = read(client, f"{base}activity/{seller.transfer(number).pk}/")
    assert "Der er ikke noget i Rackbeat endnu." in page
    assert "Prøv igen" in page
    overview = read(client, base)
    assert "1 overførsel kræver dig." in overview
    assert f"Ordre {number} fra e-conomic er ikke hentet til Rackbeat." in overview
    assert "Gå til indstillingen" in overview


def test_goods_that_are_held_say_so_and_nothing_of_economic(client: Client, seller: Seller) -> None:
    seller.company.decide(mark_shipped=True)
    seller.look(poll="economic_invoices_poll")
    number = seller.invoice(line())
    seller.look(poll="economic_invoices_poll")
    (invoice,) = seller.invoices()
    base = sign_in(client, seller.company.agreement)
    page = read(client, f"{base}activity/{seller.transfer(number, 'economic_invoice').pk}/")
    assert f"<dt>Nummer i Rackbeat</dt><dd>{invoice['number']}</dd>" in page
    shipped = read(client, f"{base}activity/{seller.transfer(invoice['number'], 'invoice_shipping').pk}/")
    assert f"<h1>Afsendelse af en faktura {invoice['number']}</h1>" in shipped
    assert "ikke noget i e-conomic" not in shipped
