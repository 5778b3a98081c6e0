"""What a check is, and what it finds. A check is one small pure function with a code that never changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct

from lagerbro.books.choices import Choices
from lagerbro.checks.facts import Facts


class Severity(StrEnum):
    """BLOCKS: the books would be wrong, or a section that is on could do nothing. FINE: good, or good to know."""

    BLOCKS = "blocks"
    SHOULD = "should"
    FINE = "fine"


class Area(StrEnum):
    """What a check is about: a section of the settings page, or what they all stand on (CONNECTIONS, LEDGER)."""

    CONNECTIONS = "connections"
    LEDGER = "ledger"
    PURCHASES = "purchases"
    SALES = "sales"
    LAYOUTS = "layouts"
    STOCK_VALUE = "stock_value"
    STARTUP = "startup"


class Remedy(StrEnum):
    """Where outside our own pages something is mended: the system and the part of it."""

    NOWHERE = ""
    ECONOMIC_ACCOUNTS = "economic.accounts"
    ECONOMIC_JOURNALS = "economic.journals"
    ECONOMIC_LAYOUTS = "economic.layouts"
    ECONOMIC_GROUPS = "economic.groups"
    ECONOMIC_VAT = "economic.vat"
    ECONOMIC_YEARS = "economic.years"
    ECONOMIC_COMPANY = "economic.company"
    ECONOMIC_APPS = "economic.apps"
    ECONOMIC_TERMS = "economic.terms"
    RACKBEAT_ITEMS = "rackbeat.items"
    RACKBEAT_COMPANY = "rackbeat.company"
    RACKBEAT_APPS = "rackbeat.apps"

    @property
    def system(self) -> str:
        return self.value.partition(".")[0]


class Fault(Struct, frozen=True):
    """One thing that is wrong: what to fill the sentence with, and the very field if it is not the check's own."""

    details: dict[str, str] = {}
    field: str = ""


Faults = Sequence[Fault] | None
"""None: what the check needs is not known."""

FindFaults = Callable[[Facts], Faults]


@dataclass(frozen=True, slots=True)
class Check:
    """`field` is the name of a setting, where the settings page can be opened; empty when it is mended elsewhere."""

    code: str
    severity: Severity
    area: Area
    find_faults: FindFaults
    field: str = ""
    remedy: Remedy = Remedy.NOWHERE


class Finding(Struct, frozen=True, kw_only=True):
    """What a check said. `passed`: nothing was wrong. `more`: how many others of the same kind are not listed."""

    code: str
    severity: Severity
    area: Area
    field: str = ""
    remedy: Remedy = Remedy.NOWHERE
    details: dict[str, str] = {}
    passed: bool = False
    more: int = 0


def check(
    code: str, severity: Severity, area: Area, *, field: str = "", remedy: Remedy = Remedy.NOWHERE
) -> Callable[[FindFaults], Check]:
    """Make the function a check."""
    return lambda look: Check(code, severity, area, look, field, remedy)


def is_area_enabled(area: Area, choices: Choices) -> bool:
    """Whether the section is on; one that is off cannot have anything wrong (domain-rules H2)."""
    match area:
        case Area.PURCHASES:
            return choices.suppliers_enabled
        case Area.SALES | Area.LAYOUTS:
            return choices.sales_enabled
        case Area.STOCK_VALUE:
            return choices.stock_value_enabled
        case _:
            return True


def fault_if(wrong: bool, **details: object) -> list[Fault]:  # noqa: FBT001 - it reads as a sentence
    """The one fault, if it is one."""
    return [Fault({name: str(value) for name, value in details.items()})] if wrong else []
