"""*Sandkasse*: what no real e-conomic has. The clock, what goes wrong, how long answers are remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from lagerbro_sandbox.economic.pages import typed
from lagerbro_sandbox.economic.pages.sentences import NOT_TAKEN
from lagerbro_sandbox.economic.pages.visit import PageRouter, Visit, to
from lagerbro_sandbox.economic.services.problems import ServiceError, refuse
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.economic.wire.replay import KEY_LIFE
from lagerbro_sandbox.kernel.clock import COPENHAGEN, OFFSET_MAX
from lagerbro_sandbox.kernel.faults import Fault
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record

DELAY_MAX_MS: Final = 120_000
SHORT: Final = timedelta(seconds=5)
METHODS: Final = ("*", "GET", "POST", "PUT", "DELETE")


@dataclass(frozen=True, slots=True)
class Mishap:
    """Something that can go wrong, by the words and by the switch."""

    name: str
    switch: Record


MISHAPS: Final = {
    "limited": Mishap("Svarer 429: for mange kald", {"status": 429}),
    "failing": Mishap("Svarer 500: fejl i e-conomic", {"status": 500}),
    "away": Mishap("Svarer 503: e-conomic er nede", {"status": 503}),
    "lost": Mishap("Gør det, men svaret går tabt", {"lose_answer": True}),
    "dropped": Mishap("Forbindelsen afbrydes, før noget sker", {"drop_connection": True}),
    "slow": Mishap("Svarer langsomt", {}),
}


def add_to(router: PageRouter) -> None:
    router.add("GET", "sandbox", _play)
    router.add("POST", "sandbox/clock", _move)
    router.add("POST", "sandbox/faults", _set)
    router.add("POST", "sandbox/faults/clear", _clear)
    router.add("POST", "sandbox/idempotency", _keys)


def _play(visit: Visit) -> Response:
    return visit.page("play.html", **_known(visit))


def _known(visit: Visit) -> dict[str, Any]:
    sandbox = visit.sandbox
    switches = sandbox.switches
    life = switches.key_life
    return {
        "now": sandbox.clock.now().astimezone(COPENHAGEN),
        "offset": sandbox.clock.offset,
        "faults": [(fault, _words(fault)) for fault in sandbox.faults.present()],
        "mishaps": MISHAPS,
        "methods": METHODS,
        "keys": "off" if not switches.keys_are_kept else ("on" if life == KEY_LIFE else "short"),
        "key_life_s": int(life.total_seconds()),
        "short_s": int(SHORT.total_seconds()),
    }


def _words(fault: Fault) -> str:
    """What the switch does, also when somebody set it by the admin door."""
    if fault.status is not None:
        return f"svarer {fault.status}"
    if fault.lose_answer:
        return "svaret går tabt"
    return "forbindelsen afbrydes" if fault.drop_connection else f"venter {fault.delay_ms} ms"


def _tried(visit: Visit, what: str, said: str, act: str, **body: object) -> Response:
    try:
        visit.admin(act, **body)
    except ValueError as error:
        return _refused(visit, refuse(NOT_TAKEN, f"Sandkassen tog det ikke: {error}"), what)
    return to("sandbox", said)


def _refused(visit: Visit, error: ApiError | ServiceError, what: str) -> Response:
    return visit.page("play.html", error.status, refused=visit.refused(error, what), **_known(visit))


def _move(visit: Visit) -> Response:
    what = "Uret er ikke stillet frem."
    try:
        days = typed.whole(visit.form.get("days", ""), "days")
    except ServiceError as error:
        return _refused(visit, error, what)
    if days < 1 or days > (OFFSET_MAX - visit.sandbox.clock.offset).days:
        return _refused(visit, refuse(NOT_TAKEN, f"Uret går kun fremad, højst {OFFSET_MAX.days} dage i alt."), what)
    return _tried(visit, what, "clock-moved", "clock/advance", seconds=days * 24 * 3600)


def _set(visit: Visit) -> Response:
    form, what = visit.form, "Fejlen er ikke slået til."
    kind = form.get("kind", "")
    if kind not in MISHAPS:
        return _refused(visit, refuse(NOT_TAKEN, "Vælg, hvad der skal gå galt."), what)
    try:
        times = typed.whole(form["times"], "times") if form.get("times") else None
        delay = typed.whole(form["delay"], "delay") if form.get("delay") else 0
    except ServiceError as error:
        return _refused(visit, error, what)
    if delay > DELAY_MAX_MS or (kind == "slow" and not delay) or times == 0:
        text = f"Ventetiden er 1 til {DELAY_MAX_MS} ms, og antallet af kald er mindst 1."
        return _refused(visit, refuse(NOT_TAKEN, text), what)
    method = form.get("method", "*")
    return _tried(
        visit,
        what,
        "fault-set",
        "faults/set",
        name=f"{kind} {method} {form.get('path') or '*'}",
        method=method,
        path=form.get("path") or "*",
        times=times,
        delay_ms=delay,
        **MISHAPS[kind].switch,
    )


def _clear(visit: Visit) -> Response:
    name = visit.form.get("name")
    return _tried(
        visit, "Fejlen er ikke slået fra.", "fault-cleared" if name else "faults-cleared", "faults/clear", name=name
    )


def _keys(visit: Visit) -> Response:
    kept = visit.form.get("keys", "on")
    life = {"life_s": int(SHORT.total_seconds())} if kept == "short" else {}
    return _tried(visit, "Idempotens er ikke ændret.", "keys-set", "idempotency", kept=kept != "off", **life)
