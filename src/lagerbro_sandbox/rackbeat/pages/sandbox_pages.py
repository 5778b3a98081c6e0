"""*Sandkasse*: what no real Rackbeat has. The clock, and what goes wrong."""

from __future__ import annotations

from lagerbro_sandbox.kernel.admin import PREFIX as ADMIN
from lagerbro_sandbox.kernel.faults import form as fault_form
from lagerbro_sandbox.kernel.faults.form import FaultFormError
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.rackbeat import admin
from lagerbro_sandbox.rackbeat.pages.visit import PageRouter, Visit, to


def add_to(router: PageRouter) -> None:
    router.add("GET", "sandbox", _shown)
    router.add("POST", "sandbox/clock", _move)
    router.add("POST", "sandbox/faults", _set)
    router.add("POST", "sandbox/faults/clear", _clear)


def _shown(visit: Visit) -> Response:
    return _page(visit)


def _page(visit: Visit, status: int = 200, refused: list[str] | None = None) -> Response:
    known = fault_form.common_context(visit.state.clock, visit.state.faults)
    return visit.page("sandbox.html", status, refused=refused, example_path="/api/customer-invoices*", **known)


def _perform(visit: Visit, notice: str, act: str, **body: object) -> Response:
    """An act of the admin door."""
    answer = admin.answer(visit.state, Request("POST", f"{ADMIN}{act}", "", {}, to_json(body)))
    content = from_json(answer.body)
    assert isinstance(content, dict)
    if answer.status != 200:
        return _page(visit, 422, [f"Sandkassen tog det ikke: {content['error']}"])
    return to("sandbox", notice)


def _move(visit: Visit) -> Response:
    try:
        seconds = fault_form.seconds_of(visit.form, visit.state.clock)
    except FaultFormError as error:
        return _page(visit, 422, [str(error)])
    return _perform(visit, "clock-moved", "clock/advance", seconds=seconds)


def _set(visit: Visit) -> Response:
    try:
        switch = fault_form.switch_of(visit.form)
    except FaultFormError as error:
        return _page(visit, 422, [str(error)])
    return _perform(visit, "fault-set", "faults/set", **switch)


def _clear(visit: Visit) -> Response:
    name = visit.form.get("name")
    return _perform(visit, "fault-cleared" if name else "faults-cleared", "faults/clear", name=name)
