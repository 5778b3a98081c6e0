"""Layouts: an invoice in e-conomic cannot be without one (A24, H14)."""

from __future__ import annotations

from typing import Final

from lagerbro.checks.check import Area, Fault, Faults, Remedy, Severity, check, fault_if
from lagerbro.checks.facts import Facts

_FIELD: Final = "default_layout"


@check("default_layout_not_chosen", Severity.BLOCKS, Area.LAYOUTS, field=_FIELD)
def default_not_chosen(facts: Facts) -> Faults:
    return fault_if(facts.choices.default_layout is None)


@check("default_layout_missing", Severity.BLOCKS, Area.LAYOUTS, field=_FIELD, remedy=Remedy.ECONOMIC_LAYOUTS)
def default_missing(facts: Facts) -> Faults:
    number = facts.choices.default_layout
    if number is None or facts.layouts is None:
        return None
    return fault_if(_is_gone(facts, number), number=number)


@check("mapped_layout_missing", Severity.SHOULD, Area.LAYOUTS, field="layouts", remedy=Remedy.ECONOMIC_LAYOUTS)
def mapped_missing(facts: Facts) -> Faults:
    """Invoices with that layout are held; the others are not (H14)."""
    if facts.layouts is None:
        return None
    return [
        Fault({"number": str(economic_layout), "layout": _name(facts, rackbeat_layout)}, f"layouts:{rackbeat_layout}")
        for rackbeat_layout, economic_layout in sorted(facts.choices.layouts.items())
        if _is_gone(facts, economic_layout)
    ]


def _is_gone(facts: Facts, number: int) -> bool:
    layout = (facts.layouts or {}).get(number)
    return layout is None or layout.deleted


def _name(facts: Facts, key: str) -> str:
    layout = facts.directory.rackbeat_layouts.get(int(key)) if key.isdecimal() else None
    return layout.name if layout else key


CHECKS: Final = (default_not_chosen, default_missing, mapped_missing)
