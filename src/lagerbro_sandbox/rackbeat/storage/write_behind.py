"""A store whose records are written together: for makers of worlds, who do a hundred thousand acts at a time.

Whoever reads sees what was written, waiting or not, so the acts are the very ones that the API's paths call and what
they leave is the same. Everything that looks through many records writes what is waiting first.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from lagerbro_sandbox.kernel.records import Record, place_of, record
from lagerbro_sandbox.rackbeat.storage.records import Row, row_of
from lagerbro_sandbox.rackbeat.storage.store import Store

WAITING_MAX: Final = 5_000
KEPT_MAX: Final = 20_000
"""Records whose text is kept in memory because they are asked for again and again."""

_Key = tuple[int, str, str]


class WriteBehind(Store):
    """The store of one sandbox that nobody else has open. `flush` before it is closed or committed."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._waiting: dict[_Key, Row] = {}
        self._kept: dict[_Key, str] = {}
        self._highest: dict[tuple[int, str], int] = {}

    def get(self, tenant: int, kind: str, key: str | int) -> Record | None:
        place = (tenant, kind, str(key))
        waiting = self._waiting.get(place)
        if waiting is not None:
            return record(waiting.columns[-1])
        text = self._kept.get(place)
        if text is None:
            text = self._read(place)
        return None if text is None else record(text)

    def put_all(self, tenant: int, kind: str, rows: Iterable[tuple[str | int, Record]]) -> None:
        for key, body in rows:
            self._wait((tenant, kind, str(key)), body)
        if len(self._waiting) >= WAITING_MAX:
            self.flush()

    def next_number(self, tenant: int, kind: str, first: int = 1) -> int:
        highest = self._highest.get((tenant, kind))
        if highest is None:
            highest = self._highest[tenant, kind] = super().next_number(tenant, kind) - 1
        return max(first, highest + 1)

    def flush(self) -> None:
        """Write what is waiting, in the order in which it was first put."""
        rows = list(self._waiting.values())
        self._waiting.clear()
        self.write(rows)

    def delete(self, tenant: int, kind: str, key: str | int) -> bool:
        self.flush()
        self._kept.pop((tenant, kind, str(key)), None)
        self._highest.pop((tenant, kind), None)
        return super().delete(tenant, kind, key)

    def all(self, tenant: int, kind: str) -> list[Record]:
        self.flush()
        return super().all(tenant, kind)

    def first(self, tenant: int, kind: str, key: object = None) -> Record | None:
        self.flush()
        return super().first(tenant, kind, key)

    def total(self, tenant: int, kind: str) -> int:
        self.flush()
        return super().total(tenant, kind)

    def count(self, tenant: int, kind: str, attribute: str, value: object) -> int:
        self.flush()
        return super().count(tenant, kind, attribute, value)

    def find(self, tenant: int, kind: str, attribute: str, value: object) -> Record | None:
        self.flush()
        return super().find(tenant, kind, attribute, value)

    def _wait(self, place: _Key, body: Record) -> None:
        tenant, kind, key = place
        self._waiting[place] = row_of(tenant, kind, key, body)
        self._kept.pop(place, None)
        if (tenant, kind) in self._highest:
            self._highest[tenant, kind] = max(self._highest[tenant, kind], place_of(key))

    def _read(self, place: _Key) -> str | None:
        row = self.connection.execute("SELECT body FROM record WHERE tenant=? AND kind=? AND key=?", place).fetchone()
        if row is None:
            return None
        if len(self._kept) >= KEPT_MAX:
            self._kept.clear()
        text: str = row[0]
        self._kept[place] = text
        return text
