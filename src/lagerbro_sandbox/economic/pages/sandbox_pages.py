"""*Sandkasse*: what no real e-conomic has. The clock, what goes wrong, how long answers are remembered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from lagerbro_sandbox.economic.pages.sentences import NOT_TAKEN
from lagerbro_sandbox.economic.pages.visit import PageRouter, Visit, to
from lagerbro_sandbox.economic.platform.idempotency import KEY_LIFE
from lagerbro_sandbox.economic.services.problems import refuse
from lagerbro_sandbox.kernel.faults import form as fault_form
from lagerbro_sandbox.kernel.faults.form import FaultFormError
from lagerbro_sandbox.kernel.http import Response

SHORT: Final = timedelta(seconds=5)


def add_to(router: PageRouter) -> None:
    router.add("GET", "sandbox", _shown)
    router.add("POST", "sandbox/clock", _move)
    router.add("POST", "sandbox/faults", _set)
    router.add("POST", "sandbox/faults/clear", _clear)
    router.add("POST", "sandbox/idempotency", _keys)
    router.add("POST", "sandbox/idempotency/forget", _forget)


def _shown(visit: Visit) -> Response:
    return visit.page("sandbox.html", **_context(visit))


def _context(visit: Visit) -> dict[str, Any]:
    state, switches = visit.state, visit.state.switches
    life = switches.key_life
    return {
        **fault_form.common_context(state.clock, state.faults),
        "example_path": "/invoices/*",
        "keys": "off" if not switches.keys_are_kept else ("on" if life == KEY_LIFE else "short"),
        "key_life_s": int(life.total_seconds()),
        "short_s": int(SHORT.total_seconds()),
    }


def _perform(visit: Visit, what: str, notice: str, act: str, **body: object) -> Response:
    try:
        visit.admin(act, **body)
    except ValueError as error:
        return _refused(visit, f"Sandkassen tog det ikke: {error}", what)
    return to("sandbox", notice)


def _refused(visit: Visit, why: str, what: str) -> Response:
    error = refuse(NOT_TAKEN, why)
    return visit.page("sandbox.html", error.status, refused=visit.refused(error, what), **_context(visit))


def _move(visit: Visit) -> Response:
    what = "Uret er ikke stillet frem."
    try:
        seconds = fault_form.seconds_of(visit.form, visit.state.clock)
    except FaultFormError as error:
        return _refused(visit, str(error), what)
    return _perform(visit, what, "clock-moved", "clock/advance", seconds=seconds)


def _set(visit: Visit) -> Response:
    what = "Fejlen er ikke slået til."
    try:
        switch = fault_form.switch_of(visit.form)
    except FaultFormError as error:
        return _refused(visit, str(error), what)
    return _perform(visit, what, "fault-set", "faults/set", **switch)


def _clear(visit: Visit) -> Response:
    name = visit.form.get("name")
    return _perform(
        visit, "Fejlen er ikke slået fra.", "fault-cleared" if name else "faults-cleared", "faults/clear", name=name
    )


def _keys(visit: Visit) -> Response:
    keeping = visit.form.get("keys", "on")
    life = {"life_s": int(SHORT.total_seconds())} if keeping == "short" else {}
    return _perform(visit, "Idempotens er ikke ændret.", "keys-set", "idempotency", kept=keeping != "off", **life)


def _forget(visit: Visit) -> Response:
    return _perform(visit, "Intet er glemt.", "keys-forgotten", "idempotency/forget")
