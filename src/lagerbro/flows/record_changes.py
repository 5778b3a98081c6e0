"""What became of a record around our writing of it: what somebody else changed meanwhile, and what did not take. Pure.

The older surface has no version to hold a write against (economic-api 5): the last one wins. So the record is read once
more right before it is written, and what comes back is held against what was sent and what was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from lagerbro.flows.field_changes import FieldChange, listed_changes
from lagerbro.sync.reasons import Reason

EDITED: Final = "edited_meanwhile"
"""Somebody changed a field that Rackbeat decides, in the moment in which it was written: Rackbeat's stands, or theirs
does until the next time."""
NOT_TAKEN: Final = "not_taken"
"""e-conomic took the record and kept another value."""
POSTING_FIELDS: Final = frozenset(
    {"currency", "customerGroup", "paymentTerms", "vatZone", "productGroup", "supplierGroup", "accountNumber"}
)
"""What decides where and how a document is posted: somebody has to see to it where that did not take."""


def edit_reasons(read: Mapping[str, Any], now: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[Reason]:
    """What somebody changed between two readings in fields that are about to be written over: theirs → ours."""
    rows = [
        FieldChange(name, _readable(_same_part(value, now.get(name))), _readable(value))
        for name, value in wanted.items()
        if not _is_same(read.get(name), now.get(name)) and not _is_same(value, now.get(name))
    ]
    return [Reason(EDITED, {"changes": listed_changes(rows)})] if rows else []


def deviation_reasons(
    read: Mapping[str, Any], sent: Mapping[str, Any], stored: Mapping[str, Any], cleared: Iterable[str]
) -> list[Reason]:
    """What stands after the write and is not what was sent: as it was read before, or as somebody has it since."""
    expected = {**sent, **dict.fromkeys(cleared)}
    others = {name: value for name, value in expected.items() if not _is_same(value, stored.get(name))}
    theirs = [name for name in others if name in read and not _is_same(read[name], stored.get(name))]
    changed_back = {name for name in theirs if stored.get(name) not in (None, "")}
    changes = [
        FieldChange(name, _readable(value), _readable(_same_part(value, stored.get(name))))
        for name, value in others.items()
    ]
    lost = [one for one in changes if one.field not in changed_back]
    changed = [one for one in changes if one.field in changed_back]
    reasons = [Reason(NOT_TAKEN, {"changes": listed_changes(lost)})] if lost else []
    return [*reasons, Reason(EDITED, {"changes": listed_changes(changed)})] if changed else reasons


def needs_person(reasons: Iterable[Reason]) -> bool:
    """Whether something that postings depend on did not take."""
    return any(
        row.partition("\t")[0] in POSTING_FIELDS
        for one in reasons
        if one.code == NOT_TAKEN
        for row in one.details["changes"].split("\n")
    )


def matches(sent: object, stored: object) -> bool:
    """Whether a field says what was sent: of a reference only what was sent counts, as it comes back with more."""
    if isinstance(sent, Mapping) and isinstance(stored, Mapping):
        return all(matches(value, stored.get(name)) for name, value in sent.items())
    return sent == stored


def _is_same(sent: object, other: object) -> bool:
    """Nothing, an empty text and a field left out are the same; numbers by value, texts but for their blanks."""
    return matches(sent, other) or _readable(sent) == _readable(_same_part(sent, other))


def _same_part(sent: object, other: object) -> object:
    """As much of a reference as was sent."""
    if isinstance(sent, Mapping) and isinstance(other, Mapping):
        return {name: value for name, value in other.items() if name in sent}
    return other


def _readable(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Decimal() | int():
            return format(Decimal(value).normalize(), "f")
        case Mapping():
            inner = [_readable(part) for part in value.values()]
            return inner[0] if len(inner) == 1 else ", ".join(inner)
        case list():
            return ", ".join(_readable(part) for part in value)
    return " ".join(str(value).split())
