"""Pages with lists: how many queries they make does not depend on how long the lists are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lagerbro.agreements.capabilities import issue
from lagerbro.agreements.choices import decide
from lagerbro.agreements.history import record_event
from lagerbro.agreements.models import CapabilityKind
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Membership, Person, Role
from lagerbro.sync.models import Transfer, TransferState
from tests.visiting import sign_in
from tests.world import Company

pytestmark = pytest.mark.django_db


def people(company: Company, first: int, last: int) -> None:
    agreement, now = company.agreement, company.systems.clock.now()
    for n in range(first, last):
        person = Person.objects.create(email=f"{n}@nordlys.test", name=f"Person {n}")
        Membership.in_scope.create(agreement=agreement, person=person, role=Role.READER, created_at=now)
        issue(agreement, now, kind=CapabilityKind.READER, label=f"Revisor {n}", made_by="Mette")
        record_event(agreement, "link_made", by="Mette", at=now, person=f"Revisor {n}")


def answers(company: Company, first: int, last: int) -> None:
    now = company.systems.clock.now()
    for n in range(first, last):
        decide(company.agreement, {f"purchase_accounts:{n}.eu": 1320}, by="Mette", at=now)


def transfers(company: Company, first: int, last: int) -> None:
    now = company.systems.clock.now()
    for n in range(first, last):
        for state in (TransferState.TRANSFERRED, TransferState.NEEDS_YOU):
            code = "cause_of_the_test" if state == TransferState.NEEDS_YOU else ""
            Transfer.in_scope.create(
                agreement=company.agreement,
                kind="customer_invoice",
                key=f"{n}-{state}",
                state=state,
                code=code,
                created_at=now,
                changed_at=now,
            )


Filling = Callable[[Company, int, int], None]


@pytest.mark.parametrize(
    ("page", "fill", "sign"),
    [
        ("", transfers, "21 overførsler kræver dig"),
        ("activity/", transfers, "20-needs_you"),
        ("connections/", people, "Person 20"),
        ("settings/history/", answers, "20, EU"),
    ],
)
def test_twenty_cost_the_queries_of_one(company: Company, client: Client, page: str, fill: Filling, sign: str) -> None:
    address = f"{sign_in(client, company.agreement)}{page}"
    with agreement_scope(company.agreement.pk):
        fill(company, 0, 1)
        client.get(address)  # the first page after signing in notes that the browser is in use
        with CaptureQueriesContext(connection) as one:
            assert sign not in client.get(address, headers={"accept-language": "da"}).content.decode()
        fill(company, 1, 21)
    with CaptureQueriesContext(connection) as many:
        assert sign in client.get(address, headers={"accept-language": "da"}).content.decode()
    assert len(many) == len(one)
