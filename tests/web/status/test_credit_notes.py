"""A credit note is called one wherever it is shown, from the first look at it on, and can be listed by itself."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client

from lagerbro.sync.models import DocumentType, TransferState
from tests.reading import said
from tests.sandboxes import nordlys
from tests.visiting import sign_in
from tests.world import Company

pytestmark = pytest.mark.django_db
AGREEMENT = nordlys().agreement_number


def credit(company: Company, invoice: int) -> int:
    number: int = company.systems.in_rackbeat("POST", f"customer-invoices/{invoice}/create-creditnote")["number"]
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/book")
    return number


def bar(company: Company, *, barred: bool) -> None:
    company.systems.admin("economic", "bar", agreement=AGREEMENT, kind="customers", key=10001, barred=barred)


def read(client: Client, address: str, language: str = "da") -> str:
    return unescape(said(client.get(address, headers={"accept-language": language})))


@pytest.mark.parametrize(
    ("language", "invoice", "note"), [("da", "Kundefaktura", "Kreditnota"), ("en", "Customer invoice", "Credit note")]
)
def test_the_list_and_its_own_page_say_so(
    company: Company, client: Client, language: str, invoice: str, note: str
) -> None:
    number = company.systems.invoice()
    company.invoiced(number)
    credited = credit(company, number)
    transfer = company.invoiced(credited)
    assert (transfer.state, transfer.document_type) == (TransferState.TRANSFERRED, DocumentType.CREDIT_NOTE)
    base = sign_in(client, company.agreement)
    page = read(client, f"{base}activity/", language)
    assert f">{note} {credited}</a>" in page
    assert f">{invoice} {number}</a>" in page
    assert f"<h1>{note} {credited}</h1>" in read(client, f"{base}activity/{transfer.pk}/", language)
    only = read(client, f"{base}activity/?kind=credit_note", language)
    assert f"{note} {credited}</a>" in only
    assert f"{number}</a>" not in only
    others = read(client, f"{base}activity/?kind=customer_invoice", language)
    assert f"{invoice} {number}</a>" in others
    assert f"{credited}</a>" not in others


def test_what_stands_still_is_told_and_tried_apart(company: Company, client: Client) -> None:
    number = company.systems.invoice()
    company.invoiced(number)
    bar(company, barred=True)
    notes = [credit(company, number), credit(company, company.systems.invoice())]
    invoices = [company.systems.invoice(), company.systems.invoice()]
    for key in (*notes, *invoices):
        company.invoiced(key)
    base = sign_in(client, company.agreement)
    page = read(client, base)
    assert "2 fakturaer venter på kunde 10001" in page
    assert "2 kreditnotaer venter på kunde 10001" in page
    stuck = company.transfer("customer_invoice", notes[0])
    assert f"Kreditnota {notes[0]} er ikke bogført." in read(client, f"{base}activity/{stuck.pk}/")
    bar(company, barred=False)
    form = {"kind": "customer_invoice", "code": "customer_barred", "by.customer": stuck.details["customer"]}
    client.post(f"{base}retry/", {**form, "document_type": "credit_note"})
    states = {key: company.transfer("customer_invoice", key).state for key in (*notes, *invoices)}
    assert {key for key, state in states.items() if state == TransferState.WAITING} == set(notes)
    client.post(f"{base}retry/", form)
    assert {company.transfer("customer_invoice", key).state for key in invoices} == {TransferState.WAITING}


def test_a_negative_invoice_is_an_invoice(company: Company, client: Client) -> None:
    number = company.systems.invoice({"item_id": "NL-100", "quantity": -1})
    company.invoiced(number)
    page = read(client, f"{sign_in(client, company.agreement)}activity/")
    assert f"Kundefaktura {number}</a>" in page
    assert "Kreditnota</option>" in page
    assert f"Kreditnota {number}" not in page
