"""What every request to a sandbox is answered out of: its file, its clock, its faults, the address of its links."""

from __future__ import annotations

from typing import Generic, TypeVar

from lagerbro_sandbox.kernel.clock import Clock, MovableClock
from lagerbro_sandbox.kernel.faults.plan import FaultPlan
from lagerbro_sandbox.kernel.faults.stored import StoredFaults
from lagerbro_sandbox.kernel.records import Records
from lagerbro_sandbox.kernel.stored_clock import StoredClock

StoreT = TypeVar("StoreT", bound=Records)


class State(Generic[StoreT]):
    """`public_base` replaces the listening address in every link."""

    def __init__(self, store: StoreT, clock: Clock, public_base: str | None = None) -> None:
        self.store = store
        self.clock: MovableClock = StoredClock(clock, store.connection)
        self.faults: FaultPlan = StoredFaults(store.connection)
        self.public_base = public_base

    def base(self, host: str) -> str:
        """What links begin with, for whoever asked under that host."""
        return self.public_base or f"http://{host}"

    def close(self) -> None:
        """Give back the storage."""
        self.store.close()
