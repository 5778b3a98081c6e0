"""Nordlys, connected and not activated, with everything switched on and decided; and hands to spoil and mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.books.choices import NO_ITEM_GROUP
from lagerbro.checks.check import Severity
from lagerbro.connections.activation import ActivationResult, activate
from lagerbro.connections.activation_context import ActivationContext
from lagerbro.connections.preflight import Preflight, preflight
from lagerbro.flows.registry import ROUTINES
from lagerbro.sync.models import Schedule
from lagerbro_sandbox.economic.storage import outbox
from lagerbro_sandbox.kernel.storage import transaction
from tests.sandboxes import Sandboxes, nordlys
from tests.world import Company

PUBLIC = "http://localhost:8000"
ACCOUNTS = {"domestic": 1310, "eu": 1320, "abroad": 1330}
EVERYTHING: dict[str, Any] = {
    "suppliers_enabled": True,
    "supplier_group_account": 6800,
    "supplier_journal": 4,
    "fallback_account": 1390,
    "stock_value_enabled": True,
    "stock_frequency": "daily",
    "stock_journal": 2,
    "stock_account": 5820,
    "stock_contra_account": 1350,
    **{
        f"purchase_accounts__{group}.{zone}": account
        for group in (*(str(row.number) for row in nordlys().product_groups), NO_ITEM_GROUP)
        for zone, account in ACCOUNTS.items()
    },
}


@dataclass
class Setting:
    """The company before activation."""

    company: Company
    hands: ActivationContext

    @property
    def systems(self) -> Sandboxes:
        return self.company.systems

    @property
    def agreement(self) -> Agreement:
        return Agreement.objects.get(pk=self.company.agreement.pk)

    def look(self) -> Preflight:
        with agreement_scope(self.company.agreement.pk):
            return preflight(self.agreement, self.hands)

    def found(self, *severities: Severity) -> set[str]:
        """The codes of what is wrong, of these severities; blocking ones unless told otherwise."""
        return {
            finding.code
            for finding in self.look().findings
            if not finding.passed and finding.severity in (severities or (Severity.BLOCKS,))
        }

    def activate(self, *, hands: ActivationContext | None = None, **options: bool) -> ActivationResult:
        with agreement_scope(self.company.agreement.pk):
            return activate(self.agreement, hands or self.hands, by="Mette", **options)

    def with_point(self, point: Callable[[str], None]) -> ActivationContext:
        return replace(self.hands, failpoint=point)

    def economic(self, kind: str, key: object, **changes: Any) -> None:
        """Change a record in e-conomic as a person would in its pages; None takes a field away."""
        store = self.systems.economic.store
        with transaction(store.connection):
            record = store.get(nordlys().agreement_number, kind, str(key))
            assert record is not None, (kind, key)
            changed = {name: value for name, value in {**record, **changes}.items() if value is not None}
            store.put(nordlys().agreement_number, kind, str(key), changed)

    def listening(self) -> list[tuple[str, str]]:
        return [(hook["event"], hook["url"]) for hook in self.systems.in_rackbeat("GET", "webhooks?limit=100")]

    def schedules(self) -> set[str]:
        with agreement_scope(self.company.agreement.pk):
            return set(Schedule.in_scope.values_list("routine", flat=True))


def before_activation(company: Company, **answers: object) -> Setting:
    """Take the company of the test world back to where it is connected and nothing has begun."""
    with agreement_scope(company.agreement.pk):
        Schedule.in_scope.all().delete()
    Agreement.objects.filter(pk=company.agreement.pk).update(state=AgreementState.INSTALLING, activated_at=None)
    company.agreement.refresh_from_db()
    company.decide(**{**EVERYTHING, **answers})
    # e-conomic takes addresses on this machine without https
    outbox.set_switches(company.systems.economic.store.connection, outbox.Switches(plain=True))
    clock = company.systems.clock
    hands = ActivationContext(
        company.runtime.connect,
        clock,
        PUBLIC,
        routines=ROUTINES,
        random=Random(3),
        unsupported_settings=frozenset(),  # as a release that carries everything out
    )
    return Setting(company, hands)
