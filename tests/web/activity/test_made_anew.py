"""The page of a record with another number in one of the systems: who may press *Opret som ny*, and what follows."""

from __future__ import annotations

import pytest
from django.test import Client

from lagerbro.people.models import Role
from lagerbro.sync.models import Transfer, TransferState
from tests.flows.master_data.test_renumbered import KINDS, asked, known, numbers, renumber_in_rackbeat
from tests.visiting import OURS, sign_in
from tests.web.activity.test_approvals import drained, page
from tests.world import Company

pytestmark = pytest.mark.django_db
KIND = KINDS[0]


@pytest.fixture
def held(company: Company) -> Transfer:
    known(company, KIND)
    renumber_in_rackbeat(company, KIND)
    return asked(company, KIND, KIND.new)


def press(client: Client, base: str, transfer: Transfer) -> int:
    return client.post(f"{base}activity/{transfer.pk}/anew/", headers=OURS).status_code


def test_a_bookkeeper_has_it_made_as_a_new_one(client: Client, company: Company, held: Transfer) -> None:
    base = sign_in(client, company.agreement, Role.BOOKKEEPER)
    shown = page(client, base, held)
    assert "Rackbeat har ikke længere nummer 10001: Det er blevet til 20001" in shown
    assert "Opret som ny</button>" in shown
    assert press(client, base, held) == 302
    drained(company)
    assert company.transfer(KIND.name, KIND.new).state == TransferState.TRANSFERRED
    assert numbers(company, KIND) == {KIND.old, KIND.new}
    assert "Opret som ny</button>" not in page(client, base, held)


def test_a_reader_neither_sees_nor_presses_it(client: Client, company: Company, held: Transfer) -> None:
    base = sign_in(client, company.agreement, Role.READER)
    assert "Opret som ny</button>" not in page(client, base, held)
    assert press(client, base, held) == 403
    drained(company)
    assert numbers(company, KIND) == {KIND.old}
