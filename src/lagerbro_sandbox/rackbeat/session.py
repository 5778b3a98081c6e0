"""One authenticated request: whose account, through which app, on which base address."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from lagerbro_sandbox.kernel.clock import COPENHAGEN, MovableClock
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.storage.store import Store

NOBODY: Final = {"id": 815, "name": "Administrator", "email": "admin@example.com"}


@dataclass(frozen=True, slots=True)
class Session:
    """`company` is the account's own record; `app` is the plugin whose token it is, if it is one's.

    `quiet`: the request asked that no webhook tells of what it does (rackbeat-api 1.5). `gone`: as in the request.
    """

    store: Store
    clock: MovableClock
    account: int
    app: str
    token: str
    company: Record
    base: str
    quiet: bool = False
    gone: int = 0
    user_id: int | None = None
    _known: dict[tuple[str, str], Record | None] = field(default_factory=dict, compare=False)
    _every: dict[str, list[Record]] = field(default_factory=dict, compare=False)

    def get(self, kind: str, key: str | int) -> Record | None:
        return self.store.get(self.account, kind, key)

    def cached(self, kind: str, key: object) -> Record | None:
        """As `get`, for what many records of one answer refer to: read once."""
        place = (kind, str(key))
        if place not in self._known:
            self._known[place] = self.get(kind, str(key)) if key is not None else None
        return self._known[place]

    def every(self, kind: str) -> list[Record]:
        """As `all`, for a short register that many records of one answer refer to: read once."""
        if kind not in self._every:
            self._every[kind] = self.all(kind)
        return self._every[kind]

    def user(self) -> Record:
        """Who acts: an account's key acts as the user who made it (D)."""
        users = self.store.first(self.account, "users", self.user_id)
        return {name: users.get(name) for name in ("id", "name", "email")} if users else dict(NOBODY)

    def put(self, kind: str, key: str | int, body: Record) -> None:
        self.store.put(self.account, kind, key, body)

    def all(self, kind: str) -> list[Record]:
        return self.store.all(self.account, kind)

    def now(self) -> datetime:
        return self.clock.now().astimezone(COPENHAGEN)

    def timestamp(self) -> str:
        """ISO 8601 with an offset (rackbeat-api 1.7)."""
        return self.now().isoformat(timespec="seconds")
