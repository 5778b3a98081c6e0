"""The grid of purchase accounts as the checks see it: what was decided, and how a fault in it is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lagerbro.books.choices import NO_ITEM_GROUP
from lagerbro.books.zones import Zone
from lagerbro.checks.check import Fault
from lagerbro.checks.facts import Facts

GRID_FIELD: Final = "purchase_accounts"
NAMED_MAX: Final = 6
"""Product groups that a fault names; the rest are dots."""
_ZONES: Final = frozenset(zone.value for zone in Zone)

DecidedCell = tuple[str, int]
"""A cell and its account."""


def decided_cells(facts: Facts) -> list[DecidedCell]:
    """The cells that an account was chosen for; those of groups that are gone from Rackbeat are history."""
    rows = {*map(str, facts.rackbeat_groups or {}), NO_ITEM_GROUP}
    unknown = facts.rackbeat_groups is None
    return [
        (cell, account)
        for cell, account in sorted(facts.choices.purchase_accounts.items())
        if isinstance(account, int) and _zone_name_of_cell(cell) in _ZONES and (unknown or _group_of_cell(cell) in rows)
    ]


def grid_faults(facts: Facts, chosen: Iterable[DecidedCell]) -> list[Fault]:
    """One fault for each account and zone, with the product groups that have it; the first of their cells is shown."""
    cells: dict[tuple[int, str], list[str]] = {}
    for cell, number in chosen:
        cells.setdefault((number, _zone_name_of_cell(cell)), []).append(cell)
    return [_fault(facts, number, zone, misfits) for (number, zone), misfits in cells.items()]


def zone_of_cell(cell: str) -> Zone:
    return Zone(_zone_name_of_cell(cell))


def group_name(facts: Facts, cell: str) -> str:
    """What the cell's product group is called; the row for lines without an item keeps its key."""
    row = _group_of_cell(cell)
    group = facts.directory.rackbeat_groups.get(int(row)) if row.isdecimal() else None
    return group.name if group else row


def shortened_list(names: list[str]) -> str:
    """The first few, and dots for more."""
    return ", ".join(names[:NAMED_MAX]) + (" …" if len(names) > NAMED_MAX else "")


def _fault(facts: Facts, number: int, zone: str, cells: list[str]) -> Fault:
    account = (facts.accounts or {}).get(number)
    details = {
        "group": shortened_list([group_name(facts, cell) for cell in cells]),
        "zone": zone,
        "number": str(number),
        "name": account.name if account else "",
        "vat_code": account.vat_code if account else "",
    }
    return Fault(details, f"{GRID_FIELD}:{cells[0]}")


def _group_of_cell(cell: str) -> str:
    return cell.rpartition(".")[0]


def _zone_name_of_cell(cell: str) -> str:
    return cell.rpartition(".")[2]
