"""Every check, and running them. The pre-flight at activation and the nightly health check use the same ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from lagerbro.checks import (
    abilities,
    accounts,
    connections,
    journals,
    layouts,
    ledger,
    one_stop,
    purchases,
    sales,
    stock_value,
)
from lagerbro.checks.check import Area, Check, Finding, Severity, is_area_enabled
from lagerbro.checks.facts import Facts

CHECKS: Final[tuple[Check, ...]] = (
    *connections.CHECKS,
    *ledger.CHECKS,
    *abilities.CHECKS,
    *accounts.CHECKS,
    *journals.CHECKS,
    *purchases.CHECKS,
    *sales.CHECKS,
    *one_stop.CHECKS,
    *layouts.CHECKS,
    *stock_value.CHECKS,
)
AREA_SWITCHES: Final = {Area.PURCHASES: "suppliers_enabled", Area.STOCK_VALUE: "stock_value_enabled"}
"""Areas that a switch turns on; while this release does not carry one out, nothing in it stands in anybody's way."""
LISTED_MAX: Final = 10
"""Faults of one kind that are listed; the rest are counted."""


def run_checks(facts: Facts, checks: Sequence[Check] = CHECKS) -> tuple[Finding, ...]:
    """What every check that applies has to say, in the order of the registry."""
    return tuple(
        finding
        for check in checks
        if is_area_enabled(check.area, facts.choices)
        for finding in _findings_of(check, facts)
    )


def blocking_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Those that activation must wait for."""
    return [finding for finding in findings if finding.severity is Severity.BLOCKS]


def _findings_of(check: Check, facts: Facts) -> list[Finding]:
    faults = check.find_faults(facts)
    if faults is None:
        return []
    if not faults:
        passed = Finding(code=check.code, severity=Severity.FINE, area=check.area, field=check.field, passed=True)
        return [passed]
    listed = [
        Finding(
            code=check.code,
            severity=_severity(check, facts),
            area=check.area,
            field=fault.field or check.field,
            remedy=check.remedy,
            details=fault.details,
        )
        for fault in faults[:LISTED_MAX]
    ]
    more = len(faults) - len(listed)
    return [*listed[:-1], replace(listed[-1], more=more)]


def _severity(check: Check, facts: Facts) -> Severity:
    waits = check.severity is Severity.BLOCKS and AREA_SWITCHES.get(check.area) in facts.unsupported_settings
    return Severity.SHOULD if waits else check.severity
