"""Overblik: what comes next, and everything that stands still for one reason set going by one press."""

from __future__ import annotations

import pytest
from django.test import Client

from lagerbro.agreements import directories
from lagerbro.agreements.models import AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Role
from lagerbro.sync.models import TransferState
from tests.visiting import sign_in
from tests.world import Company

pytestmark = pytest.mark.django_db


def bar(company: Company, *, barred: bool) -> None:
    number = company.agreement.economic_agreement_number
    company.systems.admin("economic", "bar", agreement=number, kind="customers", key=10001, barred=barred)


def test_one_press_tries_everything_with_the_same_reason_again(company: Company, client: Client) -> None:
    base = sign_in(client, company.agreement, Role.BOOKKEEPER)
    company.invoiced(company.systems.invoice())
    other = company.invoiced(9999)
    bar(company, barred=True)
    third, fourth = company.systems.invoice(), company.systems.invoice()
    stuck = [company.invoiced(number) for number in (third, fourth)]
    assert {row.state for row in stuck} == {TransferState.NEEDS_YOU}
    page = client.get(base, headers={"accept-language": "da"}).content.decode()
    assert "Prøv igen for alle" in page
    bar(company, barred=False)
    cause = {"kind": "customer_invoice", "code": stuck[0].code, "by.customer": stuck[0].details["customer"]}
    answer = client.post(f"{base}retry/", cause)
    assert answer["Location"] == base
    assert {company.transfer("customer_invoice", n).state for n in (third, fourth)} == {TransferState.WAITING}
    assert company.transfer("customer_invoice", 9999).state == other.state


def test_a_reader_cannot_and_is_not_offered_it(company: Company, client: Client) -> None:
    base = sign_in(client, company.agreement, Role.READER)
    company.invoiced(company.systems.invoice())
    bar(company, barred=True)
    stuck = company.invoiced(company.systems.invoice())
    assert f'action="{base}retry/"' not in client.get(base).content.decode()
    cause = {"kind": "customer_invoice", "code": stuck.code, "by.customer": stuck.details["customer"]}
    assert client.post(f"{base}retry/", cause).status_code == 403
    assert company.transfer("customer_invoice", stuck.key).state == stuck.state


def test_what_comes_next_is_said_while_it_is_active(company: Company, client: Client) -> None:
    base = sign_in(client, company.agreement)
    assert "Næste:" in client.get(base, headers={"accept-language": "da"}).content.decode()
    company.agreement.state = AgreementState.PAUSED
    company.agreement.save()
    assert "Næste:" not in client.get(base, headers={"accept-language": "da"}).content.decode()


def test_an_amount_that_was_decided_is_no_fault_of_the_page(company: Company, client: Client) -> None:
    """Amounts are kept as texts: held against their limits as such, they ended the page."""
    company.decide(vat_rounding_limit="1.00", stock_value_enabled=True, stock_minimum="50.00")
    with agreement_scope(company.agreement.pk):
        rackbeat, economic = company.systems.clients(lambda _exchange: None)
        directories.read_and_store_all(company.agreement, rackbeat, economic, company.systems.clock.now())
    assert client.get(sign_in(client, company.agreement)).status_code == 200
