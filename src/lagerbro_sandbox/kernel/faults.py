"""Fault switches: what goes wrong, where and how many times.

A core asks for the faults that replace an answer (`Fault.status`); whoever carries the answer, the shell or a
test's transport, asks for those that harm the carrying (`delay_ms`, `lose_answer`, `drop_connection`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from lagerbro_sandbox.kernel.http import Request

FAULTS_MAX = 100
"""Switches that may be set at one time in one sandbox."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One switch.

    `method` and `path` are shell patterns; `times` counts the requests it still hits (None: all of them) after the
    first `skip` that match. `status` answers before anything is done; `lose_answer` commits and then breaks the
    connection; `drop_connection` breaks it before the core has seen the request.
    """

    name: str
    method: str = "*"
    path: str = "*"
    times: int | None = 1
    skip: int = 0
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_ms: int = 0
    lose_answer: bool = False
    drop_connection: bool = False

    def hits(self, request: Request) -> bool:
        return fnmatchcase(request.method, self.method) and fnmatchcase(request.path, self.path)


class FaultPlan:
    """The switches that are set, in order; the first one that hits a request is used for it."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def set(self, fault: Fault) -> None:
        """Add a switch, or replace the one of the same name."""
        self.clear(fault.name)
        if len(self._faults) >= FAULTS_MAX:
            raise ValueError(f"at most {FAULTS_MAX} fault switches at a time")
        self._faults.append(fault)

    def clear(self, name: str | None = None) -> None:
        """Remove one switch, or all."""
        self._faults = [] if name is None else [fault for fault in self._faults if fault.name != name]

    def present(self) -> tuple[Fault, ...]:
        return tuple(self._faults)

    def take(self, request: Request) -> Fault | None:
        """The fault for this request, counted down; None when nothing is to go wrong."""
        for index, fault in enumerate(self._faults):
            if not fault.hits(request):
                continue
            if fault.skip:
                self._faults[index] = replace(fault, skip=fault.skip - 1)
                continue
            if fault.times is not None:
                self._faults[index] = replace(fault, times=fault.times - 1)
                if fault.times <= 1:
                    del self._faults[index]
            return fault
        return None
