"""Changes of fields: what was sent or stood before, and what it says now; and how they are kept in a transfer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SHOWN_MAX: Final = 6
TEXT_MAX: Final = 120


@dataclass(frozen=True, slots=True)
class FieldChange:
    """`field` is the dotted place in the record, lines counted from 1; an empty text is nothing."""

    field: str
    before: str
    now: str


def listed_changes(changes: Sequence[FieldChange]) -> str:
    """The changes as they are kept in a transfer's details: a line each, its three parts apart by tabs."""
    rows = (
        "\t".join(part.replace("\t", " ").replace("\n", " ")[:TEXT_MAX] for part in (one.field, one.before, one.now))
        for one in changes[:SHOWN_MAX]
    )
    return "\n".join(rows)
