"""Histories of a start-up sync beside documents: invoices are booked while it reads and writes, somebody takes numbers,
calls fail and processes die; at the end the ledger and both systems' records are the oracle. One seed, one history."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Final
from unittest.mock import patch

from django.db import connection

from lagerbro.agreements.scope import agreement_scope
from lagerbro.economic import surfaces
from lagerbro.flows.startup import writing
from lagerbro.flows.startup.kinds import Kind
from lagerbro.flows.startup.models import RunState
from lagerbro.sync import acts
from lagerbro.sync.models import Transfer
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.startup.histories import Killed, Killer, complaints, start, turned
from tests.flows.startup.town import Town, several
from tests.sandboxes import Sandboxes
from tests.simulation import selling
from tests.world import company_in

FIRST: Final = 70001
COUNT: Final = 14
NEW: Final = (Kind.PRODUCT, Kind.CUSTOMER, Kind.SUPPLIER)
FAULTY: Final = (
    ("rackbeat", "POST", "/api/*"),
    ("rackbeat", "POST", "/api/customers"),
    ("rackbeat", "PUT", "/api/*"),
    ("rackbeat", "GET", "/api/*"),
    ("economic", "GET", "*"),
    ("economic", "POST", "/invoices/drafts"),
    ("economic", "PUT", "/invoices/booked/*"),
)
OF_SOMEBODY_ELSE: Final = ("customer_without_group", "supplier_without_group")
"""What the records that somebody made in Rackbeat under the numbers of ours wait for."""
ROUNDS_MAX: Final = 60
POLLED_AFTER: Final = 2
TABLES: Final = (
    "startup_startuprecord",
    "startup_rackbeatcopy",
    "startup_startuprun",
    "agreements_directorycopy",
    "agreements_agreementevent",
)


@dataclass
class StartupHistory:
    """`booked`: invoices that must be in the ledger at the end, each once."""

    seed: int
    booked: list[int] = field(default_factory=list)
    killer: Killer = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.town = Town(company_in(Sandboxes.made(), Random(self.seed)))
        self.systems = self.town.company.systems
        self.killer = Killer(self.town, self.random, 120)

    @property
    def crashes(self) -> int:
        return self.killer.kills

    def run(self) -> None:
        for kind in NEW:
            self.town.put(kind, several(kind, COUNT, first=FIRST))
        self._book()  # what documents bring to e-conomic of themselves is there before it is read
        self.town.company.drain()
        self.town.learn_lists()
        self.systems.clock.sleep_s(1)
        start(self.town)
        self._live_until(RunState.READY)
        for kind, path in ((Kind.CUSTOMER, "customers"), (Kind.SUPPLIER, "suppliers")):
            taken = FIRST + self.random.randrange(COUNT)
            assert str(taken) not in self.town.numbers(kind)
            self.systems.in_rackbeat("POST", path, {"number": taken, "name": "En anden"})
        self.town.begun()
        self._live_until(RunState.DONE)
        self._calm()
        self._judge()

    def close(self) -> None:
        self.systems.close()
        with connection.cursor() as cursor:
            for table in (*TABLES, *selling.TABLES):
                cursor.execute(f"DELETE FROM {table}")

    def _live_until(self, state: RunState) -> None:
        with self.killer.at_work():
            turned(self.town, state, self._happens)
        self._clear()

    def _happens(self) -> None:
        """What people and wires do between two drains; nobody dies of it."""
        ahead, self.killer.left = self.killer.left, 1_000_000
        if self.random.random() < 0.3:
            self._fault()
        if len(self.booked) < 5 and self.random.random() < 0.5:
            self._book()
        self.systems.clock.sleep_s(self.random.choice([0.1, 1, 30]))
        self.killer.left = ahead

    def _book(self) -> None:
        number = self.systems.invoice({"item_id": "NL-100", "quantity": 1})
        self.booked.append(number)
        self.town.company.ask("customer_invoice", number)

    def _fault(self) -> None:
        system, method, path = self.random.choice(FAULTY)
        core = self.systems.economic if system == "economic" else self.systems.rackbeat
        how = self.random.choice(["lose", "lose", "drop", 503, 429])
        core.faults.set(
            Fault(
                f"fault-{self.random.randrange(4)}",
                method=method,
                path=path,
                skip=self.random.randrange(4),
                status=how if isinstance(how, int) else None,
                lose_answer=how == "lose",
                drop_connection=how == "drop",
            )
        )
        if self.random.random() < 0.2:  # a record slips past between two pages
            self.systems.economic.faults.set(Fault("gone", method="GET", path="/customers", gone=1))

    def _clear(self) -> None:
        self.systems.economic.faults.clear()
        self.systems.rackbeat.faults.clear()

    def _calm(self) -> None:
        for rounds in range(ROUNDS_MAX):
            self.systems.clock.sleep_s(1801)
            self.town.turned()
            if rounds < POLLED_AFTER:
                continue
            with agreement_scope(self.town.company.agreement.pk):
                stopped = Transfer.in_scope.filter(state__in=acts.STOPPED).exclude(code__in=OF_SOMEBODY_ELSE)
                told = [(str(row), row.state, row.code, row.details) for row in stopped]
                if not acts.retry(stopped, self.town.company.agreement.pk, self.systems.clock.now()):
                    return
        raise AssertionError(f"something is stuck: {told}")

    def _judge(self) -> None:
        wrong = complaints(self.town)
        assert wrong == [], wrong
        numbers = [row["bookedInvoiceNumber"] for row in self.systems.booked()]
        assert sorted(numbers) == sorted(self.booked), "an invoice is lost, or there twice"
        assert self.systems.drafts() == [], "a draft of ours is left over"
        with agreement_scope(self.town.company.agreement.pk):
            made = Transfer.in_scope.filter(kind__in=NEW, key__gte=str(FIRST), key__lt=str(FIRST + COUNT))
            came_back = made.exclude(code__in=OF_SOMEBODY_ELSE)
            told = [(str(row), row.state, row.code, row.details) for row in came_back]
        assert told == [], f"what the start-up sync made went back to e-conomic: {told}"


def lived_startup(seed: int) -> StartupHistory:
    """The history of the seed, to its end; an assertion fails when the oracle finds something."""
    with patch.object(writing, "BATCH", 8), patch.object(surfaces, "PAGE_SIZE", 10):
        history = StartupHistory(seed)
        try:
            history.run()
        except AssertionError as error:
            error.add_note(f"replay: make simulate SEEDS={seed}-{seed} SIZE=startup")
            raise
        finally:
            with suppress(Killed):
                history.close()
    return history
