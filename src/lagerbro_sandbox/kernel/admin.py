"""The admin door: what only the one who runs a sandbox may do. The shell listens on loopback and
turns other sites' pages away (`kernel.visitors`), so only they can.

Time and faults are the same for both sandboxes; each adds acts of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final, TypeVar

import msgspec

from lagerbro_sandbox.kernel.faults.plan import Fault
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.kernel.state import State

PREFIX: Final = "/_sandbox/"
Body = dict[str, Any]


StateT = TypeVar("StateT", bound=State[Any])
Act = Callable[[StateT, Body], Body]


def answer(state: StateT, request: Request, own: Mapping[str, Act[StateT]]) -> Response:
    """POST /_sandbox/<act> with a JSON object."""
    acts: dict[str, Act[StateT]] = {**_COMMON, **own}
    act = acts.get(request.path.removeprefix(PREFIX).strip("/"))
    if act is None:
        return _json(404, {"error": "no such act", "acts": sorted(acts)})
    try:
        body = from_json(request.body or b"{}")
        return _json(200, act(state, body if isinstance(body, dict) else {}))
    except (KeyError, ValueError, TypeError, OverflowError, msgspec.MsgspecError) as error:
        return _json(400, {"error": f"{type(error).__name__}: {error}"})


def _json(status: int, body: Body) -> Response:
    return Response(status, {"Content-Type": "application/json"}, to_json(body))


def _health(state: State[Any], _body: Body) -> Body:
    return {"ok": True, "now": state.clock.now().isoformat()}


def _advance(state: State[Any], body: Body) -> Body:
    state.clock.advance(timedelta(seconds=int(body["seconds"])))
    return _health(state, body)


def _set_fault(state: State[Any], body: Body) -> Body:
    state.faults.set(msgspec.convert(body, Fault))
    return _faults(state)


def _clear_fault(state: State[Any], body: Body) -> Body:
    state.faults.clear(body.get("name"))
    return _faults(state)


def _faults(state: State[Any]) -> Body:
    return {"faults": [fault.name for fault in state.faults.present()]}


_COMMON: Final[Mapping[str, Callable[[State[Any], Body], Body]]] = {
    "health": _health,
    "clock/advance": _advance,
    "faults/set": _set_fault,
    "faults/clear": _clear_fault,
}
