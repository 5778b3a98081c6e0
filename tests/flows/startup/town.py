"""A company before its start-up sync: e-conomic has records, Rackbeat has none or some, and hands to run it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from lagerbro.agreements import directories
from lagerbro.agreements.models import AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.registry import FLOWS
from lagerbro.flows.startup import starting
from lagerbro.flows.startup.choices import DEFAULT, StartupChoices
from lagerbro.flows.startup.flow import STARTUP, StartupFlow
from lagerbro.flows.startup.kinds import ORDER, SOURCES, Kind
from lagerbro.flows.startup.models import StartupRecord, StartupRun
from lagerbro.sync.models import Transfer
from lagerbro_sandbox.kernel.storage import transaction
from tests.flows.startup.records import whole
from tests.sandboxes import Json, nordlys
from tests.world import Company

AGREEMENT, ACCOUNT = nordlys().agreement_number, nordlys().rackbeat_account_id


@dataclass
class Town:
    company: Company

    @classmethod
    def of(cls, company: Company, state: str = AgreementState.STARTING) -> Town:
        company.runtime = replace(company.runtime, flows={**FLOWS, STARTUP: StartupFlow()})
        company.agreement.state = state
        company.agreement.save()
        made = cls(company)
        for kind in ORDER:
            made.empty(kind)
        return made

    def empty(self, kind: Kind, *, rackbeat: bool = True, economic: bool = False) -> None:
        """Take every record of the kind out of the systems."""
        systems, source = self.company.systems, SOURCES[kind]
        if rackbeat:
            with transaction(systems.rackbeat.store.connection):
                for record in systems.rackbeat.store.all(ACCOUNT, source.kept_in):
                    systems.rackbeat.store.delete(ACCOUNT, source.kept_in, str(record["number"]))
        if economic:
            with transaction(systems.economic.store.connection):
                for record in systems.economic.store.all(AGREEMENT, source.path[1:]):
                    systems.economic.store.delete(AGREEMENT, source.path[1:], str(record[source.key]))

    def put(self, kind: Kind, records: Iterable[Json]) -> None:
        """Have e-conomic hold these, whatever they say."""
        store, source = self.company.systems.economic.store, SOURCES[kind]
        with transaction(store.connection):
            for record in records:
                store.put(AGREEMENT, source.path[1:], record[source.key], record)

    def numbers(self, kind: Kind) -> list[str]:
        """What Rackbeat has of the kind."""
        records = self.company.systems.rackbeat.store.all(ACCOUNT, SOURCES[kind].kept_in)
        return [str(record["number"]) for record in records]

    def in_rackbeat(self, kind: Kind, number: object) -> Json:
        record = self.company.systems.rackbeat.store.get(ACCOUNT, SOURCES[kind].kept_in, str(number))
        assert record is not None
        return record

    def learn_lists(self) -> None:
        """The lists of the settings page are read, from which the VAT of the groups is known."""
        with agreement_scope(self.company.agreement.pk):
            clients = self.company.runtime.connect(self.company.agreement, lambda _exchange: None)
            now = self.company.systems.clock.now()
            directories.read_and_store_all(self.company.agreement, clients.rackbeat, clients.economic, now)

    def read(self, choices: StartupChoices = DEFAULT) -> StartupRun:
        """The dry run, to its end."""
        with agreement_scope(self.company.agreement.pk):
            starting.ask_dry_run(self.company.agreement, choices, by="Mette", now=self.company.systems.clock.now())
        return self.turned()

    def begun(self) -> None:
        with agreement_scope(self.company.agreement.pk):
            starting.begin(self.company.agreement, by="Mette", now=self.company.systems.clock.now())
        self.company.agreement.refresh_from_db()

    def turned(self, times: int = 1000) -> StartupRun:
        """Drained until nothing more comes of it, rests included."""
        for _ in range(times):
            if not self.company.drain().more:
                transfer = self.transfer()
                if transfer.due_at is None:
                    break
                self.company.systems.clock.go_to(transfer.due_at)
        return self.run()

    def ran(self, choices: StartupChoices = DEFAULT) -> StartupRun:
        """The dry run and the run, to their end."""
        self.read(choices)
        self.begun()
        return self.turned()

    def run(self) -> StartupRun:
        with agreement_scope(self.company.agreement.pk):
            return StartupRun.in_scope.get(epoch=self.company.agreement.ledger_epoch)

    def transfer(self) -> Transfer:
        return self.company.transfer(STARTUP, self.company.agreement.ledger_epoch)

    def rows(self, kind: Kind | None = None) -> list[StartupRecord]:
        with agreement_scope(self.company.agreement.pk):
            rows = StartupRecord.in_scope.order_by("rank", "key")
            return list(rows if kind is None else rows.filter(kind=kind))

    def outcomes(self, kind: Kind) -> dict[str, tuple[str, str, str]]:
        """Action, state and code of each of the kind's records, by its number."""
        return {row.number: (row.action, row.state, row.code) for row in self.rows(kind)}

    def asked_of(self, system: str) -> list[str]:
        transport = self.company.systems.to_rackbeat if system == "rackbeat" else self.company.systems.to_economic
        return transport.asked


def several(kind: Kind, count: int, first: int = 1, **fields: Any) -> list[Json]:
    """Records of the kind that can go over, numbered from `first`."""
    return [whole(kind, number, f"{kind.value} {number}", **fields) for number in range(first, first + count)]
