"""The records behind a collection: given ones, or those of a kind in the store, read no more than is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, runtime_checkable

from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage import marks
from lagerbro_sandbox.economic.wire.filtering import Clause
from lagerbro_sandbox.economic.wire.matching import PLACE_MAX
from lagerbro_sandbox.kernel.records import Record, place_of


class Rows(Protocol):
    """What a collection pages through, in the order of its keys."""

    def count(self) -> int:
        """How many there are without a filter."""
        ...

    def page(self, skip: int, size: int, *, descending: bool = False) -> list[Record]:
        """Some of them, as they stand."""
        ...

    def that_may_pass(self, clauses: list[Clause], /) -> list[Record]:
        """All for which the clauses can hold, and perhaps more."""
        ...

    def key(self) -> str:
        """The property that they stand ordered by; empty where there is none."""
        ...


@runtime_checkable
class PlacedRows(Rows, Protocol):
    """Rows that know where a key stands without being read."""

    def before(self, key: int | str) -> int:
        """How many stand before that key; before the next one where there is none of that number."""
        ...


@dataclass(frozen=True, slots=True)
class GivenRows:
    """Records that somebody has gathered."""

    records: Sequence[Record]

    def count(self) -> int:
        return len(self.records)

    def page(self, skip: int, size: int, *, descending: bool = False) -> list[Record]:
        rows = self.records[::-1] if descending else self.records
        return list(rows[skip : skip + size])

    def that_may_pass(self, _clauses: list[Clause]) -> list[Record]:
        return list(self.records)

    def key(self) -> str:
        return ""


def _plain(record: Record) -> Record:
    return record


@dataclass(frozen=True, slots=True)
class StoredRows:
    """The records of a kind. `completed` adds what is not stored and may be filtered by, such as a balance, or tells
    the record under other names: `names` has the stored name of what is called otherwise in filters."""

    session: Session
    kind: str
    key_name: str
    completed: Callable[[Record], Record] = _plain
    names: Mapping[str, str] = field(default_factory=dict)

    def count(self) -> int:
        return self.session.store.count(self.session.agreement, self.kind)

    def page(self, skip: int, size: int, *, descending: bool = False) -> list[Record]:
        records = self.session.store.page(self.session.agreement, self.kind, skip, size, descending=descending)
        return [self.completed(record) for record in records]

    def that_may_pass(self, clauses: list[Clause]) -> list[Record]:
        store, agreement = self.session.store, self.session.agreement
        named = [replace(clause, name=self.names.get(clause.name, clause.name)) for clause in clauses]
        keys = marks.narrowed(store.connection, agreement, self.kind, named)
        if keys is None:
            return [self.completed(record) for record in store.all(agreement, self.kind)]
        ordered = sorted(keys, key=_place)
        return [self.completed(record) for record in store.several(agreement, self.kind, ordered)]

    def before(self, key: int | str) -> int:
        store, agreement = self.session.store, self.session.agreement
        if isinstance(key, int):
            return store.before(agreement, self.kind, max(-1, min(key, PLACE_MAX)))
        is_there = self.session.get(self.kind, key) is not None
        return store.before(agreement, self.kind, place_of(key), key) if is_there else self.count()

    def key(self) -> str:
        return self.key_name


@dataclass(frozen=True, slots=True)
class KeyedRows:
    """Those records of a kind whose keys somebody has found: a customer's contacts, the unpaid invoices."""

    session: Session
    kind: str
    keys: Sequence[str]
    completed: Callable[[Record], Record] = _plain

    def count(self) -> int:
        return len(self.keys)

    def page(self, skip: int, size: int, *, descending: bool = False) -> list[Record]:
        return self._read(sorted(self.keys, key=_place, reverse=descending)[skip : skip + size])

    def that_may_pass(self, clauses: list[Clause]) -> list[Record]:
        session = self.session
        narrowed = marks.narrowed(session.store.connection, session.agreement, self.kind, clauses)
        keys = self.keys if narrowed is None else [key for key in self.keys if key in narrowed]
        return self._read(sorted(keys, key=_place))

    def key(self) -> str:
        return ""

    def _read(self, keys: Sequence[str]) -> list[Record]:
        records = self.session.store.several(self.session.agreement, self.kind, list(keys))
        return [self.completed(record) for record in records]


def marked(
    session: Session, kind: str, field: str, value: int | str, completed: Callable[[Record], Record] = _plain
) -> KeyedRows:
    """The records of a kind that have a value in a marked property."""
    keys = marks.keys(session.store.connection, session.agreement, kind, field, value)
    return KeyedRows(session, kind, keys, completed)


def _place(key: str) -> tuple[int, str]:
    """Numbers stand as numbers, as in the store."""
    return (int(key), key) if key.isascii() and key.isdigit() else (0, key)
