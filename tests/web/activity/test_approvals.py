"""*Det er rigtigt*: who may say it, what it lets through, what is kept of it, and how it is taken back (H38)."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from lagerbro.agreements.models import Agreement, Approval
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Role
from lagerbro.sync.models import Transfer, TransferState
from tests.reading import said
from tests.sandboxes import START
from tests.visiting import OURS, framed, sign_in
from tests.world import Company

pytestmark = pytest.mark.django_db
GERMAN = 10046
NEEDS = TransferState.NEEDS_YOU


@pytest.fixture
def held(company: Company) -> Transfer:
    """The goods go to Denmark, and the zone is EU."""
    company.systems.in_rackbeat("PUT", f"customers/{GERMAN}", {"address_country": "Danmark"})
    transfer = company.invoiced(company.systems.invoice(customer=GERMAN))
    assert (transfer.state, transfer.code) == (NEEDS, "zone_eu_in_denmark")
    return transfer


def page(client: Client, base: str, transfer: Transfer, language: str = "da") -> str:
    answer = client.get(f"{base}activity/{transfer.pk}/", headers={"accept-language": language})
    assert answer.status_code == 200
    return unescape(said(answer))


def drained(company: Company) -> None:
    """The page asked by the real clock: the drain's catches up with it."""
    company.systems.clock.catch_up(timezone.now())
    company.drain()


def press(client: Client, base: str, transfer: Transfer, **form: str) -> int:
    return client.post(f"{base}activity/{transfer.pk}/right/", form, headers=OURS).status_code


def approvals(agreement: Agreement) -> list[Approval]:
    with agreement_scope(agreement.pk):
        return list(Approval.in_scope.order_by("pk"))


@pytest.mark.parametrize(("language", "words"), [("da", "Det er rigtigt"), ("en", "It is right")])
def test_the_page_says_what_looks_wrong_and_asks(
    client: Client, company: Company, held: Transfer, language: str, words: str
) -> None:
    base = sign_in(client, company.agreement)
    shown = page(client, base, held, language)
    assert f"<button>{words}</button>" in shown
    assert "Velo Nord GmbH" in shown
    assert ("varerne skal til Danmark (Danmark)" in shown) is (language == "da")


def test_saying_so_lets_every_invoice_with_the_same_facts_through(
    client: Client, company: Company, held: Transfer
) -> None:
    other = company.invoiced(company.systems.invoice(customer=GERMAN))
    base = sign_in(client, company.agreement, Role.BOOKKEEPER)
    assert press(client, base, held, facts=held.details["facts"]) == 302
    drained(company)
    for transfer in (held, other):
        assert company.transfer("customer_invoice", transfer.key).state == TransferState.TRANSFERRED
    (kept,) = approvals(company.agreement)
    assert (kept.approved_by, kept.key, kept.document, kept.withdrawn_at) == ("Mette", str(GERMAN), held.key, None)
    shown = page(client, base, held)
    assert "<h2>Godkendt</h2>" in shown
    assert "Mette" in shown
    assert "<button>Det er rigtigt</button>" not in shown
    history = client.get(f"{base}settings/history/", headers={"accept-language": "da"})
    assert "Kunder, hvis momszone en person har godkendt" in said(history)
    assert "varerne skal til Danmark" in said(history)


def test_taking_it_back_asks_again_and_both_stay_in_the_history(
    client: Client, company: Company, held: Transfer
) -> None:
    base = sign_in(client, company.agreement)
    press(client, base, held, facts=held.details["facts"])
    drained(company)
    (kept,) = approvals(company.agreement)
    path = f"{base}activity/{held.pk}/right/{kept.pk}/take-back/"
    assert client.post(path).status_code == 302
    assert client.post(path).status_code == 404
    (kept,) = approvals(company.agreement)
    assert (kept.withdrawn_by, kept.approved_by) == ("Mette", "Mette")
    assert "fortrudt af Mette" in page(client, base, held)
    assert company.transfer("customer_invoice", held.key).state == TransferState.TRANSFERRED  # what was sent stays
    again = company.invoiced(company.systems.invoice(customer=GERMAN))
    assert (again.state, again.code) == (NEEDS, "zone_eu_in_denmark")
    press(client, base, again, facts=again.details["facts"])
    assert len(approvals(company.agreement)) == 2


def test_other_facts_than_those_that_were_seen_are_not_called_right(
    client: Client, company: Company, held: Transfer
) -> None:
    base = sign_in(client, company.agreement)
    company.systems.in_rackbeat("PUT", f"customers/{GERMAN}", {"company_vat": "DK12345674"})
    company.invoiced(held.key)
    for facts in (held.details["facts"], "", "eu DE DE -"):
        assert press(client, base, held, facts=facts) == 302
    assert approvals(company.agreement) == []
    drained(company)
    assert company.transfer("customer_invoice", held.key).state == NEEDS


def test_pressing_twice_keeps_one_word(client: Client, company: Company, held: Transfer) -> None:
    base = sign_in(client, company.agreement)
    for _ in range(2):
        press(client, base, held, facts=held.details["facts"])
    assert len(approvals(company.agreement)) == 1


def test_a_reader_and_an_unknown_visitor_may_not(client: Client, company: Company, held: Transfer) -> None:
    inside, token = framed(company.agreement)
    assert press(client, inside, held, facts=held.details["facts"], **token) == 403
    base = sign_in(client, company.agreement, Role.READER)
    assert press(client, base, held, facts=held.details["facts"]) == 403
    assert "Det er rigtigt</button>" not in page(client, base, held)
    assert approvals(company.agreement) == []


def test_nothing_can_be_said_of_what_is_not_asked(client: Client, company: Company) -> None:
    transfer = company.invoiced(company.systems.invoice())
    base = sign_in(client, company.agreement)
    assert press(client, base, transfer, facts="") == 302
    assert client.post(f"{base}activity/424242/right/").status_code == 404
    assert client.post(f"{base}activity/{transfer.pk}/right/1/take-back/").status_code == 404
    assert approvals(company.agreement) == []


def test_another_companys_word_cannot_be_taken_back(client: Client, company: Company, held: Transfer) -> None:
    other = Agreement.objects.create(public_id="anden", company_name="Anden", rackbeat_account_id=2, created_at=START)
    with agreement_scope(other.pk):
        theirs = Approval.in_scope.create(
            agreement=other, kind="vat_zone", key="1", facts="x", document="1", approved_by="Bo", approved_at=START
        )
    base = sign_in(client, company.agreement)
    assert client.post(f"{base}activity/{held.pk}/right/{theirs.pk}/take-back/").status_code == 404
    with agreement_scope(other.pk):
        assert Approval.in_scope.get(pk=theirs.pk).withdrawn_at is None


def test_what_is_told_besides_is_on_the_page_too(client: Client, company: Company) -> None:
    """Two things at once: the number was taken, and the customer lives abroad."""
    first = company.systems.invoice()
    for number in (first, first + 1):
        company.systems.economic.store.put(1180001, "booked", number, {"bookedInvoiceNumber": number})
    company.decide(number_taken="next")
    home = {"street": "Havnen 1", "zipcode": "8000", "city": "Aarhus", "country": "Danmark"}
    company.systems.in_rackbeat("PUT", "customers/10001", {"address_country": "Tyskland"})
    company.systems.in_rackbeat("POST", f"customer-invoices/{first}/unbook")
    changes = {"address_country": "Tyskland", "delivery_address": home}
    company.systems.in_rackbeat("PUT", f"customer-invoices/{first}", changes)
    company.systems.in_rackbeat("POST", f"customer-invoices/{first}/book")
    transfer = company.invoiced(first)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "zone_domestic_buyer_outside")
    shown = page(client, sign_in(client, company.agreement), transfer)
    assert "kundens adresse er i udlandet (Tyskland)" in shown
    assert f"er bogført i e-conomic som nummer {first + 2}" in shown
