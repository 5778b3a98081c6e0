"""Departments: Rackbeat's are those of e-conomic, by the same number (rackbeat-api 3.2)."""

from __future__ import annotations

from typing import Final

from lagerbro.flows.known_references.remembering import known_number
from lagerbro.sync.work import Work

DEPARTMENT: Final = "department"


def department_of(work: Work, named: str | None) -> int | None:
    """e-conomic's number of the departmental distribution; None where none is named or e-conomic has it not."""
    text = (named or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
        return None
    number = int(text)
    return known_number(work, DEPARTMENT, str(number), lambda: _find(work, number))


def _find(work: Work, number: int) -> int | None:
    for one in work.clients.economic.small_registers.distributions():
        if one.departmentalDistributionNumber == number and not one.barred:
            return number
    return None
