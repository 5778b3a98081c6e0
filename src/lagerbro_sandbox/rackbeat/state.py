"""One local Rackbeat: its accounts, its clock, and how many requests each token has left."""

from __future__ import annotations

from pathlib import Path

from lagerbro_sandbox.kernel.clock import Clock
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.kernel.state import State
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.storage.store import Store
from lagerbro_sandbox.rackbeat.wire.limits import Limits


class RackbeatState(State[Store]):
    """What the API, the pages and the admin door all read and change."""

    def __init__(self, path: Path, clock: Clock, *, public_base: str | None = None) -> None:
        super().__init__(Store(path), clock, public_base)
        self.limits = Limits()

    def session(self, account: Record, base: str) -> Session:
        """The account, as a person who signed in to it asks for it."""
        return Session(self.store, self.clock, account["id"], "", "", account, base)
