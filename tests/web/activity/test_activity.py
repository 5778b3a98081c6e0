"""Aktivitet without a browser: what is shown, what is never shown, and to whom."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Transfer, TransferState
from tests.reading import said
from tests.sandboxes import APP_SECRET, BEARER, GRANT
from tests.visiting import sign_in
from tests.world import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(client: Client, company: Company) -> str:
    return f"{sign_in(client, company.agreement)}activity/"


def in_danish(client: Client, path: str) -> str:
    answer = client.get(path, headers={"accept-language": "da"})
    assert answer.status_code == 200
    return said(answer)


def test_a_failure_says_what_why_and_what_to_do(client: Client, company: Company, address: str) -> None:
    company.invoiced(company.systems.invoice())
    company.systems.admin("economic", "bar", agreement=1180001, kind="products", key="NL-100")
    transfer = company.invoiced(company.systems.invoice())
    page = in_danish(client, f"{address}{transfer.pk}/")
    assert "Faktura 1002 er ikke bogført." in page
    assert "Vare NL-100 Nordlys City 48 er spærret i e-conomic." in page
    assert "Fjern spærringen på varen i e-conomic" in page
    assert "Kladde 1 ligger i e-conomic og venter på at blive bogført." in page
    assert (
        "Product NL-100" in client.get(f"{address}{transfer.pk}/", headers={"accept-language": "en"}).content.decode()
    )


def test_no_secret_is_on_any_page(client: Client, company: Company, address: str) -> None:
    transfer = company.invoiced(company.systems.invoice())
    text = in_danish(client, address) + in_danish(client, f"{address}{transfer.pk}/")
    assert not [secret for secret in (APP_SECRET, GRANT, BEARER) if secret in text]


def test_another_companys_transfer_is_not_there(client: Client, company: Company, address: str) -> None:
    other = Agreement.objects.create(
        public_id="other", company_name="Anden", rackbeat_account_id=2, created_at=company.systems.clock.now()
    )
    now = company.systems.clock.now()
    with agreement_scope(other.pk):
        theirs = Transfer.in_scope.create(
            agreement=other, kind="customer_invoice", key="7", created_at=now, changed_at=now
        )
    assert client.get(f"{address}{theirs.pk}/").status_code == 404
    assert client.post(f"{address}{theirs.pk}/retry/").status_code == 404
    with agreement_scope(other.pk):
        assert Transfer.in_scope.get(pk=theirs.pk).asked == 0


def test_html_in_names_is_text(client: Client, company: Company, address: str) -> None:
    company.systems.in_rackbeat("PUT", "customers/10001", {"name": "<script>alert(1)</script>"})
    company.invoiced(company.systems.invoice())
    assert "&lt;script&gt;" in (page := in_danish(client, address))
    assert "<script>alert" not in page


def test_filters_and_pages_live_in_the_address(client: Client, company: Company, address: str) -> None:
    now = company.systems.clock.now()
    with agreement_scope(company.agreement.pk):
        Transfer.in_scope.bulk_create(
            Transfer(
                agreement=company.agreement,
                kind="customer_invoice",
                key=str(5000 + n),
                state=TransferState.TRANSFERRED if n % 2 else TransferState.REFUSED,
                created_at=now,
                changed_at=now,
            )
            for n in range(120)
        )
    assert "Side 1 af 3" in in_danish(client, address)
    assert "Side 2 af 2" in in_danish(client, f"{address}?state=refused&page=2")
    assert "Side 3 af 3" in in_danish(client, f"{address}?page=999")
    assert "Kundefaktura 5007" in in_danish(client, f"{address}?q=5007")
    assert "Kundefaktura 5008" not in in_danish(client, f"{address}?q=5007")
    assert "Intet passer" in in_danish(client, f"{address}?q=%00%27%22")
    assert "Side 1 af 3" in in_danish(client, f"{address}?state=nonsense&kind=nonsense&page=x")


def test_the_number_of_queries_does_not_grow(client: Client, company: Company, address: str) -> None:
    company.invoiced(company.systems.invoice())
    in_danish(client, address)  # the first page after signing in notes that the browser is in use
    with CaptureQueriesContext(connection) as few:
        in_danish(client, address)
    for _ in range(5):
        company.invoiced(company.systems.invoice())
    with CaptureQueriesContext(connection) as many:
        in_danish(client, address)
    assert len(many) == len(few)


def test_trying_again_asks_and_nothing_else(client: Client, company: Company, address: str) -> None:
    transfer = company.invoiced(4242)
    assert transfer.state == TransferState.REFUSED
    assert client.get(f"{address}{transfer.pk}/retry/").status_code == 405
    assert client.post(f"{address}{transfer.pk}/retry/").status_code == 302
    again = company.transfer("customer_invoice", 4242)
    assert (again.asked, again.done, again.due_at is not None) == (2, 1, True)
