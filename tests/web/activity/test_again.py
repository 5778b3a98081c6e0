"""The button *Lav den igen*: offered where it helps, for those who may, and never twice."""

from __future__ import annotations

from django.test import Client

from lagerbro.people.models import Role
from lagerbro.sync.models import TransferState
from tests.visiting import OURS, sign_in
from tests.world import Company

DANISH = {"accept-language": "da"}


def gone(company: Company) -> int:
    """A document whose draft somebody deleted."""
    company.decide(book_on_booking=False)
    number = company.systems.invoice()
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    company.systems.in_economic("DELETE", f"/invoices/drafts/{draft['draftInvoiceNumber']}")
    assert company.invoiced(number).code == "draft_gone"
    return number


def page_of(company: Company, number: int, base: str) -> str:
    return f"{base}activity/{company.transfer('customer_invoice', number).pk}/"


def test_it_is_pressed_by_a_bookkeeper_and_told_with_their_name(client: Client, company: Company) -> None:
    number = gone(company)
    page = page_of(company, number, sign_in(client, company.agreement, Role.BOOKKEEPER))
    shown = client.get(page, headers=DANISH).content.decode()
    assert "Lav den igen" in shown
    assert "står i e-conomic og venter på at blive bogført" not in shown
    assert client.get(f"{page}again/").status_code == 405
    assert client.post(f"{page}again/", headers=OURS).status_code == 302
    company.systems.clock.sleep_s(30 * 86_400)  # the page's own clock is the machine's
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.DRAFTED
    shown = client.get(page, headers=DANISH).content.decode()
    assert "Mette fik den lavet igen" in shown
    assert "<button>Lav den igen</button>" not in shown
    assert client.post(f"{page}again/", headers=OURS).status_code == 302
    company.drain()
    assert len(company.systems.drafts()) == 1


def test_a_reader_is_not_offered_it_and_cannot_press_it(client: Client, company: Company) -> None:
    number = gone(company)
    page = page_of(company, number, sign_in(client, company.agreement, Role.READER))
    assert "again/" not in client.get(page).content.decode()
    assert client.post(f"{page}again/", headers=OURS).status_code == 403
    company.drain()
    assert company.systems.drafts() == []
