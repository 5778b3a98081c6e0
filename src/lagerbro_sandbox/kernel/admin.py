"""The admin door: what only the one who runs a sandbox may do. The shell listens on loopback, so only they can.

Time and faults are the same for both sandboxes; each adds acts of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final, Protocol, TypeVar

import msgspec

from lagerbro_sandbox.kernel.clock import MovableClock
from lagerbro_sandbox.kernel.faults import Fault, FaultPlan
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import from_json, to_json

PREFIX: Final = "/_sandbox/"
Body = dict[str, Any]


class Sandbox(Protocol):
    """What the common acts act on."""

    clock: MovableClock
    faults: FaultPlan


SandboxT = TypeVar("SandboxT", bound=Sandbox)
Act = Callable[[SandboxT, Body], Body]


def answer(sandbox: SandboxT, request: Request, own: Mapping[str, Act[SandboxT]]) -> Response:
    """POST /_sandbox/<act> with a JSON object."""
    acts: dict[str, Act[SandboxT]] = {**_COMMON, **own}
    act = acts.get(request.path.removeprefix(PREFIX).strip("/"))
    if act is None:
        return _json(404, {"error": "no such act", "acts": sorted(acts)})
    try:
        body = from_json(request.body or b"{}")
        return _json(200, act(sandbox, body if isinstance(body, dict) else {}))
    except (KeyError, ValueError, TypeError, OverflowError, msgspec.MsgspecError) as error:
        return _json(400, {"error": f"{type(error).__name__}: {error}"})


def _json(status: int, body: Body) -> Response:
    return Response(status, {"Content-Type": "application/json"}, to_json(body))


def _health(sandbox: Sandbox, _body: Body) -> Body:
    return {"ok": True, "now": sandbox.clock.now().isoformat()}


def _advance(sandbox: Sandbox, body: Body) -> Body:
    sandbox.clock.advance(timedelta(seconds=int(body["seconds"])))
    return _health(sandbox, body)


def _set_fault(sandbox: Sandbox, body: Body) -> Body:
    sandbox.faults.set(msgspec.convert(body, Fault))
    return _faults(sandbox)


def _clear_fault(sandbox: Sandbox, body: Body) -> Body:
    sandbox.faults.clear(body.get("name"))
    return _faults(sandbox)


def _faults(sandbox: Sandbox) -> Body:
    return {"faults": [fault.name for fault in sandbox.faults.present()]}


_COMMON: Final[Mapping[str, Callable[[Sandbox, Body], Body]]] = {
    "health": _health,
    "clock/advance": _advance,
    "faults/set": _set_fault,
    "faults/clear": _clear_fault,
}
