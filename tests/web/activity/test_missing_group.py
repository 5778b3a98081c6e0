"""The page of a record whose group e-conomic lacks: which groups are offered, who may press, and what follows (H15)."""

from __future__ import annotations

import pytest
from django.test import Client

from lagerbro.agreements.directories import read_and_store_all
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Role
from lagerbro.sync.models import Transfer, TransferState
from tests.visiting import OURS, sign_in
from tests.web.activity.test_approvals import drained, page
from tests.world import Company

pytestmark = pytest.mark.django_db
AGREEMENT, CUSTOMER = 1180001, 10001


@pytest.fixture
def held(company: Company) -> Transfer:
    store = company.systems.economic.store
    store.delete(AGREEMENT, "customer-groups", 1)
    clients = company.runtime.connect(company.agreement, lambda _exchange: None)
    with agreement_scope(company.agreement.pk):
        read_and_store_all(company.agreement, clients.rackbeat, clients.economic, company.systems.clock.now())
    company.ask("customer", CUSTOMER)
    company.drain()
    transfer = company.transfer("customer", CUSTOMER)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "customer_group_missing")
    return transfer


def press(client: Client, base: str, transfer: Transfer, source: str) -> int:
    return client.post(f"{base}activity/{transfer.pk}/group/", {"source": source}, headers=OURS).status_code


def group(company: Company) -> object:
    return company.systems.economic.store.get(AGREEMENT, "customer-groups", 1)


def test_a_bookkeeper_chooses_the_group_and_it_is_made(client: Client, company: Company, held: Transfer) -> None:
    base = sign_in(client, company.agreement, Role.BOOKKEEPER)
    shown = page(client, base, held)
    assert "Opret gruppe 1 som gruppe" in shown
    assert '<option value="">Vælg en gruppe</option>' in shown
    assert '<option value="2">' in shown
    assert '<option value="1">' not in shown
    for nothing in ("", "77", "1", "x"):
        assert press(client, base, held, nothing) == 302
        drained(company)
        assert group(company) is None
    assert press(client, base, held, "2") == 302
    drained(company)
    assert group(company) is not None
    assert company.transfer("customer", CUSTOMER).state == TransferState.TRANSFERRED
    assert "Opret gruppe 1 som" not in page(client, base, held)


def test_a_reader_neither_sees_nor_presses_it(client: Client, company: Company, held: Transfer) -> None:
    base = sign_in(client, company.agreement, Role.READER)
    assert "Opret gruppe 1 som" not in page(client, base, held)
    assert press(client, base, held, "2") == 403
    drained(company)
    assert group(company) is None
