"""Units: both systems know them by their name, and one that e-conomic lacks is made there (domain-rules B2)."""

from __future__ import annotations

from typing import Final

import msgspec

from lagerbro.flows.fingerprint import fingerprint
from lagerbro.flows.known_references.making import found_or_made
from lagerbro.flows.known_references.remembering import folded, known_number
from lagerbro.flows.texts import cut
from lagerbro.sync.work import Work

UNIT: Final = "unit"
STEP: Final = "unit"
NAME_MAX: Final = 100  # economic-api 6.6


class NewUnit(msgspec.Struct):
    name: str


def unit_of(work: Work, named: str | None) -> int | None:
    """e-conomic's number; None where the record names no unit."""
    name = cut(named, NAME_MAX)
    if not name:
        return None
    return known_number(work, UNIT, unit_key(name), lambda: _found_or_made(work, name))


def known_unit(work: Work, named: str | None) -> int | None:
    """e-conomic's number of a unit that is known already: a document never waits for one."""
    name = cut(named, NAME_MAX)
    link = work.links.get(UNIT, unit_key(name)) if name else None
    return int(link.economic_key) if link is not None and link.economic_key else None


def unit_key(name: str) -> str:
    return fingerprint(folded(name))


def _found_or_made(work: Work, name: str) -> int:
    return found_or_made(
        work,
        STEP,
        unit_key(name),
        NewUnit(name),
        find=lambda: _find(work, name),
        make=lambda key: work.clients.economic.small_registers.add_unit(name, key).unitNumber,
    )


def _find(work: Work, name: str) -> int | None:
    """Units cannot be filtered by anything (published schema), so they are read: a handful, a page of 1 000."""
    wanted = folded(name)
    units = work.clients.economic.small_registers.units()
    return next((unit.unitNumber for unit in units if folded(unit.name) == wanted), None)
