"""What Rackbeat told of numbers: which one a record had before (rackbeat-api 2.4, `old_key` and `new_key`)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from lagerbro.agreements.models import Agreement
from lagerbro.sync.outcome import Refusal, Skipped
from lagerbro.sync.storage.links import Links
from lagerbro.sync.work import Work

RENUMBERED: Final = "renumbered"
DELETED: Final = "deleted_in_rackbeat"
KINDS: Final = frozenset({"customer", "product", "supplier"})
STEPS_MAX: Final = 8
"""Numbers that one record is followed back through."""


def remember_renumbering(agreement: Agreement, kind: str, old: str, new: str, now: datetime) -> None:
    """The record of a kind of `KINDS` that is `new` in Rackbeat was `old`, which e-conomic may have it under."""
    Links(agreement).remember(_link_kind(kind), new, old, now)


def earlier_numbers(links: Links, kind: str, key: str) -> list[str]:
    """The numbers that Rackbeat said the record had before, the latest first."""
    numbers: list[str] = []
    while len(numbers) < STEPS_MAX:
        renumbering = links.get(_link_kind(kind), key)
        if renumbering is None or renumbering.economic_key in numbers:
            break
        key = renumbering.economic_key
        numbers.append(key)
    return numbers


def gone_in_rackbeat(work: Work, unknown: Refusal) -> Skipped:
    """The end of a run for a record that Rackbeat does not have; raises `unknown` where it never was transferred."""
    kind, key = work.transfer.kind, work.transfer.key
    renumbering = work.links.of_economic(_link_kind(kind), key)
    if renumbering is not None:
        return Skipped(RENUMBERED, {"number": renumbering.rackbeat_key})
    if work.links.get(kind, key) is None:
        raise unknown
    return Skipped(DELETED)


def _link_kind(kind: str) -> str:
    return f"{kind}_renumbered"
