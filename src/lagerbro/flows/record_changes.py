"""What became of a record around our writing of it: what somebody else changed meanwhile, and what did not take. Pure.

The older surface has no version to hold a write against (economic-api 5): the last one wins. So the record is read once
more right before it is written, and what comes back is held against what was sent and what was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from lagerbro.sync.reasons import Reason

EDITED: Final = "edited_meanwhile"
"""Somebody changed a field that Rackbeat decides, in the moment in which it was written: Rackbeat's stands, or theirs
does until the next time."""
NOT_TAKEN: Final = "not_taken"
"""e-conomic took the record and kept another value."""
POSTED_BY: Final = frozenset(
    {"currency", "customerGroup", "paymentTerms", "vatZone", "productGroup", "supplierGroup", "accountNumber"}
)
"""What decides where and how a document is posted: somebody has to see to it where that did not take."""
SHOWN_MAX: Final = 6
TEXT_MAX: Final = 120

Row = tuple[str, str, str]


def edited(read: Mapping[str, Any], now: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[Reason]:
    """What somebody changed between two readings in fields that are about to be written over: theirs → ours."""
    rows = [
        (name, _told(_alike(value, now.get(name))), _told(value))
        for name, value in wanted.items()
        if not _is_same(read.get(name), now.get(name)) and not _is_same(value, now.get(name))
    ]
    return [Reason(EDITED, {"changes": shown(rows)})] if rows else []


def not_as_sent(
    read: Mapping[str, Any], sent: Mapping[str, Any], standing: Mapping[str, Any], cleared: Iterable[str]
) -> list[Reason]:
    """What stands after the write and is not what was sent: as it was read before, or as somebody has it since."""
    expected = {**sent, **dict.fromkeys(cleared)}
    others = {name: value for name, value in expected.items() if not _is_same(value, standing.get(name))}
    theirs = [name for name in others if name in read and not _is_same(read[name], standing.get(name))]
    taken_back = {name for name in theirs if standing.get(name) not in (None, "")}
    rows = [(name, _told(value), _told(_alike(value, standing.get(name)))) for name, value in others.items()]
    lost = [row for row in rows if row[0] not in taken_back]
    changed = [row for row in rows if row[0] in taken_back]
    found = [Reason(NOT_TAKEN, {"changes": shown(lost)})] if lost else []
    return [*found, Reason(EDITED, {"changes": shown(changed)})] if changed else found


def shown(rows: Sequence[Row]) -> str:
    """The rows as they are kept in a transfer's details: a line each, its three parts apart by tabs."""
    lines = ("\t".join(part.replace("\t", " ")[:TEXT_MAX] for part in row) for row in rows[:SHOWN_MAX])
    return "\n".join(lines)


def needs_person(found: Iterable[Reason]) -> bool:
    """Whether something that postings depend on did not take."""
    return any(
        row.partition("\t")[0] in POSTED_BY
        for one in found
        if one.code == NOT_TAKEN
        for row in one.details["changes"].split("\n")
    )


def says(sent: object, standing: object) -> bool:
    """Whether a field says what was sent: of a reference only what was sent counts, as it comes back with more."""
    if isinstance(sent, Mapping) and isinstance(standing, Mapping):
        return all(says(value, standing.get(name)) for name, value in sent.items())
    return sent == standing


def _is_same(sent: object, other: object) -> bool:
    """Nothing, an empty text and a field left out are the same; numbers by value, texts but for their blanks."""
    return says(sent, other) or _told(sent) == _told(_alike(sent, other))


def _alike(sent: object, other: object) -> object:
    """As much of a reference as was sent."""
    if isinstance(sent, Mapping) and isinstance(other, Mapping):
        return {name: value for name, value in other.items() if name in sent}
    return other


def _told(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Decimal() | int():
            return format(Decimal(value).normalize(), "f")
        case Mapping():
            inner = [_told(part) for part in value.values()]
            return inner[0] if len(inner) == 1 else ", ".join(inner)
        case list():
            return ", ".join(_told(part) for part in value)
    return " ".join(str(value).split())
