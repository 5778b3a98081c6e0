"""What becomes of a record: made, linked, in conflict, or not transferred and why (domain-rules A32, F9). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from lagerbro.flows.startup.candidate import Candidate, CannotGoError
from lagerbro.flows.startup.choices import OnConflict
from lagerbro.flows.startup.kinds import GROUP_OF, Kind

NEVER_CHANGED: Final = frozenset({"has_inventory"})
"""Of a record that Rackbeat has: fixed by the first movement of its stock (rackbeat-api 3.1)."""
PRODUCT_TYPE: Final = "product"

Known = Mapping[tuple[Kind, str], str]
"""What is in Rackbeat, or will be: e-conomic's kind and number → Rackbeat's number."""


class Action(StrEnum):
    """MAKE: Rackbeat has no such number. SAME: it has, under the same name. CONFLICT: it has, under another name.
    CANNOT: it is not transferred, for a reason that has a name."""

    MAKE = "make"
    SAME = "same"
    CONFLICT = "conflict"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class Planned:
    """`fields` are what Rackbeat is to say, without the number. `existing`: what it says of them now. `target`: its
    number there, where that is another one."""

    action: Action
    number: str
    name: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    existing: Mapping[str, Any] = field(default_factory=dict)
    existing_name: str = ""
    target: str = ""
    code: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @classmethod
    def cannot(cls, reason: CannotGoError) -> Planned:
        return cls(Action.CANNOT, reason.number, reason.name, code=reason.code, details=reason.details)


def plan_record(found: Candidate, existing: Mapping[str, Any] | None, known: Known) -> Planned:
    """`existing` is what Rackbeat's list says of the number; None where it has none such."""
    try:
        fields, left_out = _with_references(found, known)
        if existing is None:
            return Planned(Action.MAKE, found.number, found.name, fields, left_out=left_out)
        existing_name = name_of(existing)
        is_same = is_same_name(found.name, existing_name)
        _check_not_taken(found, existing, is_same=is_same)
    except CannotGoError as reason:
        return Planned.cannot(reason)
    action = Action.SAME if is_same else Action.CONFLICT
    current = {name: existing[name] for name in fields if name in existing}
    number = str(existing.get("number", found.number))
    target = number if number != found.number else ""
    return Planned(action, found.number, found.name, fields, current, existing_name, target, left_out=left_out)


def changes(
    fields: Mapping[str, Any], existing: Mapping[str, Any], choice: OnConflict, action: Action
) -> Mapping[str, Any] | None:
    """What is written to a record that Rackbeat has; None where it is left out. What Rackbeat does not tell of is not
    taken to be empty."""
    if choice is OnConflict.LEAVE_OUT and action is Action.CONFLICT:
        return None
    if choice is OnConflict.LINK:
        return {}
    overwrites = choice is OnConflict.OVERWRITE
    return {
        name: value
        for name, value in fields.items()
        if name in existing
        and name not in NEVER_CHANGED
        and (is_blank(existing[name]) or (overwrites and not _is_equal(value, existing[name])))
    }


def is_blank(value: object) -> bool:
    """Nothing at all. A price of 0 and a tick that is not set are answers."""
    return value is None or (isinstance(value, str) and not value.strip())


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for blanks and capitals."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def is_ours(fields: Mapping[str, Any], standing: Mapping[str, Any]) -> bool:
    """Whether what stands under a number is what a write of ours whose answer was lost has made: the number is the
    key, so only somebody else's record of the same number has another name."""
    return is_same_name(str(fields["name"]), name_of(standing))


def says_all(standing: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    """Whether a record says what was to be written, as far as Rackbeat tells of it."""
    return all(_is_equal(value, standing[name]) for name, value in fields.items() if name in standing)


def _with_references(found: Candidate, known: Known) -> tuple[dict[str, Any], tuple[str, ...]]:
    fields, left_out = dict(found.fields), list(found.left_out)
    for name, (kind, number) in found.needs.items():
        if (kind, number) not in known:
            code = "group_not_transferred" if kind is GROUP_OF[found.kind] else "payment_terms_missing"
            raise CannotGoError(code, found.number, found.name, named=number)
        fields[name] = int(known[kind, number])
    for name, record in found.may_name.items():
        if record in known:
            fields[name] = int(known[record])
        else:
            left_out.append(name)
    return fields, tuple(left_out)


def _check_not_taken(found: Candidate, existing: Mapping[str, Any], *, is_same: bool) -> None:
    """A bill of materials has the number of a product, or a unit that is another one: there is nothing to link."""
    is_other_type = found.kind is Kind.PRODUCT and existing.get("type", PRODUCT_TYPE) != PRODUCT_TYPE
    if is_other_type or (found.kind is Kind.UNIT and not is_same):
        raise CannotGoError("number_taken", found.number, found.name, other=name_of(existing))


def name_of(existing: Mapping[str, Any]) -> str:
    name = existing.get("name") or existing.get("company_name")
    return name.strip() if isinstance(name, str) else ""


def _is_equal(sent: object, standing: object) -> bool:
    if isinstance(sent, str) and isinstance(standing, str):
        return sent.strip() == standing.strip()
    return sent == standing
