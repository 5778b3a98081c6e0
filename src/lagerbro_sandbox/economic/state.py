"""One local e-conomic: its agreements' books, its clock, and the switches that say how it behaves."""

from __future__ import annotations

from pathlib import Path

from lagerbro_sandbox.economic.platform.switches import Switches
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage.store import Store
from lagerbro_sandbox.kernel.clock import Clock
from lagerbro_sandbox.kernel.state import State


class EconomicState(State[Store]):
    """What the API, the pages and the admin door all read and change."""

    def __init__(self, path: Path, clock: Clock, *, public_base: str | None = None) -> None:
        super().__init__(Store(path), clock, public_base)
        self.switches = Switches(self.store)
        self.market_address = ""
        """Where the app of the market begins; none while empty."""

    def session(self, agreement: int, host: str, app: str = "") -> Session:
        """The agreement's books, as somebody asks for them under that host."""
        company = self.store.agreement(agreement)
        return Session(self.store, self.clock, agreement, company, self.base(host), app)
