"""What is switched on and not carried out by this release yet: said before activation, and in nobody's way."""

from __future__ import annotations

from typing import Final

from lagerbro.checks.check import Area, Check, Fault, FindFaults, Severity
from lagerbro.checks.facts import Facts

_AREAS: Final = {
    "suppliers_enabled": Area.PURCHASES,
    "stock_value_enabled": Area.STOCK_VALUE,
}


def _find_unsupported(setting: str) -> FindFaults:
    def find(facts: Facts) -> list[Fault] | None:
        if not getattr(facts.choices, setting):
            return None
        return [Fault()] if setting in facts.unsupported_settings else []

    return find


CHECKS: Final = tuple(
    Check(f"{setting}_not_yet", Severity.SHOULD, area, _find_unsupported(setting), setting)
    for setting, area in _AREAS.items()
)
