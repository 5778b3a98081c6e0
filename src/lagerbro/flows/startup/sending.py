"""One record written to Rackbeat, and what became of it (rackbeat-api 1.6, 3).

The number makes it once: Rackbeat refuses a number that it has, and whoever does not know looks for it first.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any, Final

from lagerbro.flows.startup.choices import OnConflict
from lagerbro.flows.startup.kinds import SOURCES, Kind
from lagerbro.flows.startup.models import RecordState, StartupRecord
from lagerbro.flows.startup.plan import Action, changes, is_ours, is_same_name, name_of, says_all
from lagerbro.flows.startup.rows import content_of
from lagerbro.rackbeat.records import RackbeatRecords
from lagerbro.wire.errors import (
    ForbiddenError,
    InvalidError,
    RefusedError,
    ServerError,
    UnauthenticatedError,
    UnreadableAnswerError,
)

GROUP_FIELDS: Final = {
    Kind.PRODUCT: "group_id",
    Kind.CUSTOMER: "customer_group_id",
    Kind.SUPPLIER: "supplier_group_id",
}
SAID_MAX: Final = 500


@dataclass(frozen=True, slots=True)
class Sent:
    """It has an end. `updated_at`: what Rackbeat answered to the write, where one was made."""

    state: RecordState
    reason: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    updated_at: str | None = None

    def end(self, row: StartupRecord) -> None:
        row.state, row.code, row.details = self.state, self.reason, dict(self.details)
        row.fields, row.existing, row.rests_until = "", "", None


@dataclass(frozen=True, slots=True)
class NotSent:
    """No call was made."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A call was made and nobody knows what it did."""


Outcome = Sent | NotSent | Unanswered


def end_without_call(row: StartupRecord, kind: Kind, choice: OnConflict, lost_groups: Set[str]) -> bool:
    """End a row that needs no write: one whose group did not come, or one that both have and nothing is filled of."""
    fields = content_of(row.fields)
    group = str(fields.get(GROUP_FIELDS.get(kind, ""), ""))
    if group and group in lost_groups:
        Sent(RecordState.REFUSED, "group_not_transferred", {"named": group}).end(row)
        return True
    if row.action == Action.MAKE:
        return False
    written = changes(fields, content_of(row.existing), choice, Action(row.action))
    if written is None:
        Sent(RecordState.LEFT_OUT, "left_out_by_choice", {"other": row.existing_name}).end(row)
    elif not written:
        Sent(RecordState.LINKED).end(row)
    return not written


def send(records: RackbeatRecords, row: StartupRecord, kind: Kind, choice: OnConflict, *, looks_first: bool) -> Outcome:
    """Make the record, or fill what is empty in it. Raises a `RemoteError` that keeps every record from being written:
    no network, no right, a pause that Rackbeat asks for."""
    try:
        if row.action == Action.MAKE:
            return _made(records, row, kind, looks_first=looks_first)
        return _filled(records, row, kind, choice, looks_first=looks_first)
    except (UnauthenticatedError, ForbiddenError):
        raise
    except RefusedError as error:
        return Sent(RecordState.REFUSED, "startup_refused", {"said": error.said[:SAID_MAX]})
    except (ServerError, UnreadableAnswerError):  # a fault with this record, as far as anybody knows
        return Unanswered()


def _made(records: RackbeatRecords, row: StartupRecord, kind: Kind, *, looks_first: bool) -> Outcome:
    path, fields = SOURCES[kind].kept_in, content_of(row.fields)
    number = row.number if kind is Kind.PRODUCT else int(row.number)
    if looks_first:
        standing = records.raw(path, row.number)
        if standing is not None:
            return _found(standing, fields, RecordState.MADE)
    try:
        answer = records.create(path, {"number": number, **fields})
    except InvalidError as error:
        if not any(one.path == "number" for one in error.errors):
            raise
        standing = records.raw(path, row.number)
        if standing is None:  # it is a bill of materials', which is not found under products
            return Sent(RecordState.REFUSED, "number_taken", {"other": ""})
        return _found(standing, fields, RecordState.LINKED)
    return Sent(RecordState.MADE, updated_at=_moment(answer))


def _found(standing: Mapping[str, Any], fields: Mapping[str, Any], state: RecordState) -> Sent:
    """What stands under the number: ours by its name, or somebody else's, which is never linked."""
    if is_ours(fields, standing):
        return Sent(state, updated_at=_own_moment(standing, fields))
    return Sent(RecordState.REFUSED, "number_taken", {"other": name_of(standing)[:255]})


def _filled(
    records: RackbeatRecords, row: StartupRecord, kind: Kind, choice: OnConflict, *, looks_first: bool
) -> Outcome:
    path, number = SOURCES[kind].kept_in, row.target or row.number
    fields, action = content_of(row.fields), Action(row.action)
    standing = records.raw(path, number)
    if standing is None or not _is_as_shown(standing, row, fields, is_perhaps_written=looks_first):
        return Sent(RecordState.REFUSED, "startup_changed_in_rackbeat", {"other": name_of(standing or {})[:255]})
    written = changes(fields, standing, choice, action)
    if written:
        return Sent(RecordState.FILLED, updated_at=_moment(records.update(path, number, written)))
    meant = changes(fields, content_of(row.existing), choice, action) or {}
    if looks_first and says_all(standing, meant):  # written, and the answer was lost
        return Sent(RecordState.FILLED, updated_at=_own_moment(standing, meant))
    return Sent(RecordState.LINKED)


def _is_as_shown(
    standing: Mapping[str, Any], row: StartupRecord, fields: Mapping[str, Any], *, is_perhaps_written: bool
) -> bool:
    """It has the name that the person saw, or the one that a write of ours whose answer was lost has given it."""
    return is_same_name(name_of(standing), row.existing_name) or (is_perhaps_written and is_ours(fields, standing))


def _own_moment(standing: Mapping[str, Any], written: Mapping[str, Any]) -> str | None:
    """The moment of our write, unless somebody has changed what we wrote since: that is news."""
    return _moment(standing) if says_all(standing, written) else None


def _moment(record: Mapping[str, Any]) -> str:
    updated_at = record.get("updated_at")
    return updated_at if isinstance(updated_at, str) else ""
