"""The test world: Nordlys in both sandboxes, one activated agreement, and a drain to turn by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

import pytest

from lagerbro.agreements.choices import decide
from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.registry import FLOWS, ROUTINES
from lagerbro.sync.drain import Drained, drain
from lagerbro.sync.flow import Flow, record_of
from lagerbro.sync.models import Attempt, Transfer
from lagerbro.sync.runtime import Clients, NoteContent, Runtime
from lagerbro.sync.schedules.running import schedule
from lagerbro.sync.storage.enqueueing import enqueue
from lagerbro.wire.exchange import Exchange
from tests.sandboxes import Sandboxes, nordlys


@dataclass
class Company:
    """One agreement and everything around it."""

    systems: Sandboxes
    agreement: Agreement
    runtime: Runtime

    def decide(self, **answers: object) -> None:
        with agreement_scope(self.agreement.pk):
            self.agreement.refresh_from_db()
            decide(
                self.agreement,
                {key.replace("__", ":"): value for key, value in answers.items()},
                by="test",
                at=self.systems.clock.now(),
            )

    def ask(self, kind: str, key: object) -> None:
        self.ask_of(FLOWS[kind], key)

    def ask_of(self, flow: Flow, key: object) -> None:
        with agreement_scope(self.agreement.pk):
            enqueue(self.agreement.pk, [record_of(flow, str(key))], self.systems.clock.now())

    def drain(self) -> Drained:
        return drain(self.agreement.pk, self.runtime, lambda: False)

    def transfer(self, kind: str, key: object) -> Transfer:
        with agreement_scope(self.agreement.pk):
            return Transfer.in_scope.get(kind=kind, key=str(key))

    def invoiced(self, key: object) -> Transfer:
        """Ask for the invoice, drain, and answer where it stands."""
        self.ask("customer_invoice", key)
        self.drain()
        return self.transfer("customer_invoice", key)

    def calls(self, transfer: Transfer) -> list[str]:
        """`METHOD path` of every call that was made for the transfer's latest run."""
        with agreement_scope(self.agreement.pk):
            rows = Attempt.in_scope.filter(transfer=transfer, run=transfer.runs).order_by("pk")
            return [f"{row.method} /{row.url.split('/', 3)[3].split('?')[0]}" for row in rows]


def code_alone(told: NoteContent) -> str:
    """A note without words, for tests that only count it."""
    key = told.made.economic_key if told.made is not None else ""
    return " ".join(part for part in ("Lagerbro:", told.code, key) if part)


@pytest.fixture
def systems() -> Iterator[Sandboxes]:
    made = Sandboxes.made()
    yield made
    made.close()


def company_in(systems: Sandboxes, random: Random, account: int = 4711) -> Company:
    """An active agreement between the two sandboxes, with what the worked examples assume decided."""
    facts = nordlys()
    agreement = Agreement.objects.create(
        public_id=f"nordlys-{account}",
        company_name=facts.name,
        rackbeat_account_id=account,
        economic_agreement_number=facts.agreement_number,
        base_currency=facts.base_currency,
        state=AgreementState.ACTIVE,
        created_at=systems.clock.now(),
        activated_at=systems.clock.now(),
    )

    def connect(_agreement: Agreement, observe: Callable[[Exchange], None]) -> Clients:
        rackbeat, economic = systems.clients(observe)
        return Clients(rackbeat, economic)

    runtime = Runtime(
        environment="test", clock=systems.clock, random=random, connect=connect, flows=FLOWS, routines=ROUTINES
    )
    made = Company(systems, agreement, runtime)
    with agreement_scope(agreement.pk):
        schedule(agreement, ROUTINES, systems.clock.now(), random)
    made.decide(sales_enabled=True, book_on_booking=True, use_actual_quantity=True, default_layout=1)
    return made


@pytest.fixture
def company(db: None, systems: Sandboxes) -> Company:
    return company_in(systems, Random(7))
