"""Fault switches: what goes wrong, where and how many times.

A core asks for nothing: whoever carries the answer, the shell or a test's transport, takes the fault that replaces or
harms it (`FaultPlan.take`), and hands the others to the core's question (`asked`) and answer (`soiled`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from random import Random
from typing import Annotated, Final

from msgspec import Meta

from lagerbro_sandbox.kernel.faults import dirt as dirts
from lagerbro_sandbox.kernel.faults.dirt import Dirt
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.numbers import danish

FAULTS_MAX: Final = 100
"""Switches that may be set at one time in one sandbox."""
_LATER: Final = {"page": 1, "skippages": 0}
"""How a list's later pages are asked for, and what asks for its first one."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One switch.

    `method` and `path` are shell patterns; `times` counts the requests it still hits (None: all of them) after the
    first `skip` that match, each with `probability`; `seed` and `seen`, the matching requests so far, decide by lot.

    `status` answers before anything is done, or with `after` when all is done; with `html` as a page, as a gateway
    does. `lose_answer` commits and then breaks the connection; `drop_connection` breaks it before the core has seen
    the request. `gone`: as many records of a list's earlier pages were deleted when a later page is read. `dirt`: what
    is wrong in an answer that arrives; it counts the answers it got into.
    """

    name: str
    method: str = "*"
    path: str = "*"
    times: Annotated[int, Meta(ge=1)] | None = 1
    skip: Annotated[int, Meta(ge=0)] = 0
    probability: Annotated[float, Meta(gt=0, le=1)] = 1.0
    seed: int = 0
    seen: int = 0
    status: Annotated[int, Meta(ge=200, le=599)] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    after: bool = False
    html: bool = False
    delay_ms: Annotated[int, Meta(ge=0)] = 0
    lose_answer: bool = False
    drop_connection: bool = False
    gone: Annotated[int, Meta(ge=0)] = 0
    dirt: Dirt | None = None

    def applies_to(self, request: Request) -> bool:
        return fnmatchcase(request.method, self.method) and fnmatchcase(request.path, self.path)

    @property
    def is_transport_fault(self) -> bool:
        """Whether the answer does not arrive as the core gave it, rather than being another or a dirty one."""
        return self.dirt is None and not self.gone

    def draws(self, about: str) -> Random:
        """What decides `about` the present request: the same after a restart."""
        return Random(f"{self.name}/{self.seed}/{self.seen}/{about}")  # noqa: S311 - a fault of a sandbox


class FaultPlan:
    """The switches that are set, in order; the first one that harms the carrying of a request is used for it, and all
    that dirty its answer."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def set(self, fault: Fault) -> None:
        """Add a switch, or replace the one of the same name."""
        others = [present for present in self._faults if present.name != fault.name]
        if len(others) >= FAULTS_MAX:
            raise ValueError(f"at most {FAULTS_MAX} fault switches at a time")
        self._faults = [*others, fault]

    def clear(self, name: str | None = None) -> None:
        """Remove one switch, or all."""
        self._faults = [] if name is None else [fault for fault in self._faults if fault.name != name]

    def present(self) -> tuple[Fault, ...]:
        return tuple(self._faults)

    def take(self, request: Request) -> Fault | None:
        """The fault for this request, counted down; None when nothing is to go wrong on its way."""
        for fault in self.present():
            if fault.is_transport_fault and fault.applies_to(request) and self._is_drawn(fault):
                self._count_down(fault)
                return fault
        return None

    def altered(self, request: Request) -> Request:
        """The request as the core is to see it: with what has gone from the list since its earlier pages were read."""
        for fault in self.present():
            if fault.gone and fault.applies_to(request) and _is_later_page(request) and self._is_drawn(fault):
                self._count_down(fault)
                request = replace(request, gone=request.gone + fault.gone)
        return request

    def with_dirt(self, request: Request, response: Response) -> Response:
        """The answer with every dirt that it is to get. What does not fit this answer is kept for another one."""
        for fault in self.present():
            if fault.dirt is None or not fault.applies_to(request):
                continue
            dirty = dirts.soiled(response, fault.dirt, fault.draws("where"))
            if dirty is not None and self._is_drawn(fault):
                self._count_down(fault)
                response = dirty
        return response

    def _is_drawn(self, fault: Fault) -> bool:
        """Whether a switch that fits a request hits it; the request is seen either way."""
        self._replace(fault.name, replace(fault, seen=fault.seen + 1))
        if fault.seen < fault.skip:
            return False
        return fault.probability >= 1 or fault.draws("whether").random() < fault.probability

    def _count_down(self, fault: Fault) -> None:
        if fault.times is not None:
            counted = replace(fault, seen=fault.seen + 1, times=fault.times - 1)
            self._replace(fault.name, counted if counted.times else None)

    def _replace(self, name: str, fault: Fault | None) -> None:
        """Put the switch in the place of the one of this name, or take that away."""
        faults = (fault if present.name == name else present for present in self._faults)
        self._faults = [each for each in faults if each is not None]


def _is_later_page(request: Request) -> bool:
    parameters = {name.lower(): value for name, value in request.parameters()}
    return any((danish.whole(parameters.get(name, "")) or 0) > first for name, first in _LATER.items())
