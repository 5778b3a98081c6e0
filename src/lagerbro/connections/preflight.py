"""The pre-flight: everything that *Aktiver integration* looks at before it lets anything begin (domain-rules A33)."""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro.agreements.choices import choices_of
from lagerbro.agreements.models import Agreement
from lagerbro.checks.check import Finding
from lagerbro.checks.facts import Facts
from lagerbro.checks.reading import read_facts
from lagerbro.checks.registry import blocking_findings, run_checks
from lagerbro.connections.activation_context import ActivationContext


@dataclass(frozen=True, slots=True)
class Preflight:
    """What was looked at, and what was found."""

    facts: Facts
    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> list[Finding]:
        return blocking_findings(self.findings)


def preflight(agreement: Agreement, context: ActivationContext) -> Preflight:
    """Look at both systems and at the settings; nothing is written anywhere. Inside the agreement's scope."""
    facts = read_facts(
        agreement,
        choices_of(agreement),
        context.connect,
        now=context.clock.now(),
        public_url=context.public_url,
        run_all=context.run_all,
        unsupported_settings=context.unsupported_settings,
    )
    return Preflight(facts, run_checks(facts))
