"""One authenticated request: whose account, through which app, on which base address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lagerbro.sandbox.kernel.clock import COPENHAGEN, MovableClock
from lagerbro.sandbox.kernel.records import Record
from lagerbro.sandbox.rackbeat.store import Store


@dataclass(frozen=True, slots=True)
class Session:
    """`company` is the account's own record; `app` is the plugin whose token it is, if it is one's.

    `quiet`: the request asked that no webhook tells of what it does (rackbeat-api 1.5).
    """

    store: Store
    clock: MovableClock
    account: int
    app: str
    token: str
    company: Record
    base: str
    quiet: bool = False

    def get(self, kind: str, key: str | int) -> Record | None:
        return self.store.get(self.account, kind, key)

    def put(self, kind: str, key: str | int, body: Record) -> None:
        self.store.put(self.account, kind, key, body)

    def all(self, kind: str) -> list[Record]:
        return self.store.all(self.account, kind)

    def now(self) -> datetime:
        return self.clock.now().astimezone(COPENHAGEN)

    def timestamp(self) -> str:
        """ISO 8601 with an offset (rackbeat-api 1.7)."""
        return self.now().isoformat(timespec="seconds")
