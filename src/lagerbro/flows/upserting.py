"""Making a master record in e-conomic what Rackbeat says it is: read, merge, write, by the shared number.

A PUT replaces the whole record (economic-api 16.2), so everything in it that is not ours is read first and sent back.
It is read once more right before, where e-conomic itself does not mind an older version; what comes back is compared.

What Rackbeat leaves empty is cleared only where it was not empty there when we last wrote: a telephone number that
somebody keeps in e-conomic alone is not Rackbeat's to take away (domain-rules F9: fill blanks, never destroy).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

import msgspec

from lagerbro.flows.fingerprint import fingerprint
from lagerbro.flows.record_changes import NOT_TAKEN, deviation_reasons, edit_reasons, matches, needs_person
from lagerbro.sync.models import UPSERT_STEP, Intent, IntentState
from lagerbro.sync.outcome import LinkFacts, Outcome, Transferred
from lagerbro.sync.reasons import Reason, combined_reason
from lagerbro.sync.work import Step, Work
from lagerbro.wire.numbers import decode

MADE_AGAIN: Final = "record_made_again"
"""Somebody deleted it in e-conomic, and Rackbeat still has it."""
_COMPUTED: Final = frozenset(
    {"self", "metaData", "lastUpdated", "balance", "dueAmount", "contacts", "deliveryLocations", "templates", "totals"}
    | {"invoices", "pricing", "customers"}
)
"""What e-conomic works out itself; sending it back would be noise."""
_VERSION: Final = "objectVersion"
"""Has to be sent back as it was read, and says nothing (economic-api 3.3)."""


class WritableRecords(Protocol):
    """A register of e-conomic whose records can be read and written by their number."""

    def raw(self, number: str | int) -> dict[str, Any] | None: ...
    def put(self, number: str | int, record: Mapping[str, Any], key: str) -> object: ...


class UpsertAnswer(msgspec.Struct):
    """What is remembered of an upsert: which record, saying what."""

    key: str
    content: str


class UpsertRequest(msgspec.Struct):
    """An upsert as it was decided. `filled`: what Rackbeat had filled; `filled_before`: at the write before."""

    key: str
    content: str
    filled: list[str] = []
    filled_before: list[str] = []


@dataclass(frozen=True, slots=True)
class Upsert:
    """`fields` are those that Rackbeat decides, in e-conomic's words; `empty_fields` those that it leaves empty."""

    records: WritableRecords
    kind: str
    key: str
    name: str
    fields: Mapping[str, Any]
    empty_fields: frozenset[str] = frozenset()
    at_creation: Callable[[], Mapping[str, Any]] = dict
    """What is said once, when the record is made, and left to e-conomic afterwards. Called then only."""
    check: Callable[[Mapping[str, Any]], None] | None = None
    """Looks at what stands under the number before it is written over, and raises where it must not be."""
    guard: Callable[[], None] | None = None
    """Looks before a record is made, and raises where it must not be."""
    seen: Callable[[Mapping[str, Any]], None] | None = None
    """Told what the record says in the end."""

    def run(self, work: Work) -> Outcome:
        """Write the record unless e-conomic already says the same."""
        before = filled_before(work.intents.latest(UPSERT_STEP))
        return replace(self, empty_fields=self.empty_fields & before).written(work, before)

    def written(self, work: Work, before: frozenset[str]) -> Outcome:
        """The same, `empty_fields` being those to clear; `before`: what Rackbeat had filled until now."""
        existing = self.records.raw(self.key)
        if existing is not None and self.check is not None:
            self.check(existing)
        if existing is None and self.guard is not None:
            self.guard()
        merged = self.merged(self.at_creation() if existing is None else existing)
        was_there = existing is None and work.links.get(self.kind, self.key) is not None
        reasons = [Reason(MADE_AGAIN, {})] if was_there else []
        if existing is None or self._differs(existing, merged):
            content = fingerprint(merged)
            work.write(
                Step(
                    name=UPSERT_STEP,
                    answer=UpsertAnswer,
                    request=UpsertRequest(self.key, content, sorted(self.fields), sorted(before)),
                    send=lambda key: self._send(existing, merged, key, reasons),
                    find_existing=self._finder(merged, content),
                    is_once_only=False,  # a PUT of the same record is the same however often it is made
                ),
                version=content,
            )
        if self.seen is not None:
            self.seen(merged)
        link = LinkFacts(self.kind, self.key, fingerprint(dict(self.fields)), name=self.name)
        combined = combined_reason(sorted(reasons, key=lambda one: one.code != NOT_TAKEN))
        return Transferred(link, combined.code, combined.details, needs_person=needs_person(reasons))

    def merged(self, existing: Mapping[str, Any]) -> dict[str, Any]:
        """What is there, with what Rackbeat decides in its place."""
        own_fields = {
            name: value for name, value in existing.items() if name not in _COMPUTED and name not in self.empty_fields
        }
        return {**_plain(own_fields), **self.fields}

    def _differs(self, existing: Mapping[str, Any], merged: Mapping[str, Any]) -> bool:
        plain = _plain({name: value for name, value in existing.items() if name not in _COMPUTED})
        sent = {name: value for name, value in merged.items() if name != _VERSION}
        return any(not matches(value, plain.get(name)) for name, value in sent.items()) or bool(
            self.empty_fields & plain.keys()
        )

    def _send(
        self, existing: Mapping[str, Any] | None, merged: dict[str, Any], key: str, reasons: list[Reason]
    ) -> UpsertAnswer:
        """Write; `reasons` gets what somebody changed meanwhile and what did not take."""
        if existing is not None and _VERSION not in existing:  # no version that e-conomic holds a write against
            current = self.records.raw(self.key)
            if current is not None and self._differs(current, self.merged(existing)):
                reasons += edit_reasons(_plain(existing), _plain(current), self._wanted(merged))
                merged = self.merged(current)
        answer = self.records.put(self.key, merged, key)
        if isinstance(answer, Mapping) and self._differs(answer, merged):  # or it is garbled: what stands there decides
            stored = self.records.raw(self.key)  # one more read, and only where the answer is not what was sent
            if stored is not None and self._differs(stored, merged):
                before = {} if existing is None else existing
                sent = {name: value for name, value in merged.items() if name != _VERSION}
                reasons += deviation_reasons(_plain(before), sent, _plain(stored), self.empty_fields)
        return UpsertAnswer(self.key, fingerprint(merged))

    def _wanted(self, merged: Mapping[str, Any]) -> dict[str, Any]:
        """What is about to be said of the fields that Rackbeat decides."""
        return {name: merged.get(name) for name in (*self.fields, *self.empty_fields)}

    def _finder(self, merged: dict[str, Any], content: str) -> Callable[[], UpsertAnswer | None]:
        def find() -> UpsertAnswer | None:
            existing = self.records.raw(self.key)
            return None if existing is None or self._differs(existing, merged) else UpsertAnswer(self.key, content)

        return find


def combined_outcome(first: Outcome | None, last: Outcome) -> Outcome:
    """What became of a record that was written twice: where the first write made it again, that is told."""
    if isinstance(first, Transferred) and isinstance(last, Transferred) and not last.code:
        return replace(last, code=first.code, details=first.details)
    return last


def filled_before(latest: Intent | None) -> frozenset[str]:
    """The fields that Rackbeat had filled when the record was last written; none where that is not known."""
    if latest is None or not latest.request:
        return frozenset()
    known = decode(latest.request.encode(), UpsertRequest)
    filled, before = frozenset(known.filled), frozenset(known.filled_before)
    match latest.state:
        case IntentState.OPEN:  # it may have been written and may not
            return filled | before
        case IntentState.REFUSED:
            return before
    return filled


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    """References without their links, so that two readings of the same record are equal."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items() if name not in ("self", "metaData")}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
