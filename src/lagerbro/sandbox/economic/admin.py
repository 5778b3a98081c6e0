"""The admin door: what only the one who runs the sandbox may do. The shell listens on loopback, so only they can."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from lagerbro.sandbox.kernel.faults import Fault
from lagerbro.sandbox.kernel.http import Request, Response
from lagerbro.sandbox.kernel.json import from_json, to_json

if TYPE_CHECKING:
    from lagerbro.sandbox.economic.core import EconomicSandbox

Body = dict[str, Any]


def answer(sandbox: EconomicSandbox, request: Request) -> Response:
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


def _health(sandbox: EconomicSandbox, _body: Body) -> Body:
    return {"ok": True, "now": sandbox.clock.now().isoformat()}


def _advance(sandbox: EconomicSandbox, body: Body) -> Body:
    sandbox.clock.advance(timedelta(seconds=int(body["seconds"])))
    return _health(sandbox, body)


def _fault(sandbox: EconomicSandbox, body: Body) -> Body:
    sandbox.faults.set(msgspec.convert(body, Fault))
    return {"faults": [fault.name for fault in sandbox.faults.present()]}


def _clear(sandbox: EconomicSandbox, body: Body) -> Body:
    sandbox.faults.clear(body.get("name"))
    return {"faults": [fault.name for fault in sandbox.faults.present()]}


def _keys(sandbox: EconomicSandbox, body: Body) -> Body:
    sandbox.keys_are_kept = bool(body["kept"])
    return {"kept": sandbox.keys_are_kept}


def _revoke(sandbox: EconomicSandbox, body: Body) -> Body:
    done = sandbox.store.connection.execute(
        "UPDATE permit SET revoked=? WHERE agreement=?", (int(body.get("revoked", True)), body["agreement"])
    )
    return {"grants": done.rowcount}


def _bar(sandbox: EconomicSandbox, body: Body) -> Body:
    """Bar, or with `barred: false` unbar, a customer, product or account."""
    agreement, kind, key = int(body["agreement"]), str(body["kind"]), str(body["key"])
    record = sandbox.store.get(agreement, kind, key)
    if record is None:
        raise KeyError(f"{kind} {key}")
    record["barred"] = bool(body.get("barred", True))
    sandbox.store.put(agreement, kind, key, record)
    return {"barred": record["barred"]}


def _close_year(sandbox: EconomicSandbox, body: Body) -> Body:
    agreement, key = int(body["agreement"]), str(body["year"])
    record = sandbox.store.get(agreement, "accounting-years", key)
    if record is None:
        raise KeyError(f"accounting year {key}")
    record["closed"] = bool(body.get("closed", True))
    sandbox.store.put(agreement, "accounting-years", key, record)
    return {"closed": record["closed"]}


_ACTS: dict[str, Callable[[EconomicSandbox, Body], Body]] = {
    "health": _health,
    "clock/advance": _advance,
    "faults/set": _fault,
    "faults/clear": _clear,
    "idempotency": _keys,
    "grants/revoke": _revoke,
    "bar": _bar,
    "years/close": _close_year,
}
