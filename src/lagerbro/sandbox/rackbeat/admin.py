"""The admin door: what only the one who runs the sandbox may do. The shell listens on loopback, so only they can."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from lagerbro.sandbox.kernel.faults import Fault
from lagerbro.sandbox.kernel.http import Request, Response
from lagerbro.sandbox.kernel.json import from_json, to_json
from lagerbro.sandbox.rackbeat import apps

if TYPE_CHECKING:
    from lagerbro.sandbox.rackbeat.core import RackbeatSandbox

Body = dict[str, Any]


def answer(sandbox: RackbeatSandbox, request: Request) -> Response:
    """POST /_sandbox/<act> with a JSON object."""
    act = _ACTS.get(request.path.removeprefix("/_sandbox/").strip("/"))
    if act is None:
        return _json(404, {"error": "no such act", "acts": sorted(_ACTS)})
    try:
        body = from_json(request.body or b"{}")
        return _json(200, act(sandbox, body if isinstance(body, dict) else {}))
    except (KeyError, ValueError, TypeError, msgspec.MsgspecError) as error:
        return _json(400, {"error": f"{type(error).__name__}: {error}"})


def _json(status: int, body: Body) -> Response:
    return Response(status, {"Content-Type": "application/json"}, to_json(body))


def _health(sandbox: RackbeatSandbox, _body: Body) -> Body:
    return {"ok": True, "now": sandbox.clock.now().isoformat()}


def _advance(sandbox: RackbeatSandbox, body: Body) -> Body:
    sandbox.clock.advance(timedelta(seconds=int(body["seconds"])))
    return _health(sandbox, body)


def _fault(sandbox: RackbeatSandbox, body: Body) -> Body:
    sandbox.faults.set(msgspec.convert(body, Fault))
    return {"faults": [fault.name for fault in sandbox.faults.present()]}


def _clear(sandbox: RackbeatSandbox, body: Body) -> Body:
    sandbox.faults.clear(body.get("name"))
    return {"faults": [fault.name for fault in sandbox.faults.present()]}


def _ask_install(sandbox: RackbeatSandbox, body: Body) -> Body:
    """What pressing *Installér* does: a request token for the app."""
    return {"token": apps.ask(sandbox.store, int(body["account"]), str(body["app"]), sandbox.clock.now())}


_ACTS: dict[str, Callable[[RackbeatSandbox, Body], Body]] = {
    "health": _health,
    "clock/advance": _advance,
    "faults/set": _fault,
    "faults/clear": _clear,
    "installs": _ask_install,
}
