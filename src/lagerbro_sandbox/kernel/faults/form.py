"""*Sandkasse*, a page that both systems have: what can go wrong, in words, and the switch that its form asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from lagerbro_sandbox.kernel.clock import COPENHAGEN, OFFSET_MAX, MovableClock
from lagerbro_sandbox.kernel.faults.dirt import LENGTH
from lagerbro_sandbox.kernel.faults.plan import Fault, FaultPlan
from lagerbro_sandbox.kernel.numbers import danish

DELAY_MAX_MS: Final = 120_000
WHOLE_DIGITS_MAX: Final = 9
METHODS: Final = ("*", "GET", "POST", "PUT", "DELETE")


class FaultFormError(ValueError):
    """The form cannot be taken; the text is for whoever filled it in."""


@dataclass(frozen=True, slots=True)
class FaultChoice:
    """Something that can go wrong, by the words and by the switch. `dirt`: the kind of dirt, where it is one."""

    name: str
    switch: Mapping[str, Any]
    dirt: str = ""


FAULT_CHOICES: Final = {
    "limited": FaultChoice("Svarer 429: for mange kald", {"status": 429}),
    "failing": FaultChoice("Svarer 500: fejl på serveren", {"status": 500}),
    "away": FaultChoice("Svarer 503: serveren er nede", {"status": 503}),
    "page": FaultChoice("Svarer 200 med en HTML-side i stedet for data", {"status": 200, "html": True}),
    "gateway": FaultChoice("Svarer 502 med en HTML-side, før noget sker", {"status": 502, "html": True}),
    "gateway-after": FaultChoice(
        "Gør det, men svarer 502 med en HTML-side", {"status": 502, "html": True, "after": True}
    ),
    "lost": FaultChoice("Gør det, men svaret går tabt", {"lose_answer": True}),
    "dropped": FaultChoice("Forbindelsen afbrydes, før noget sker", {"drop_connection": True}),
    "slow": FaultChoice("Svarer langsomt", {}),
    "shrinking": FaultChoice("En liste skrumper, mens den læses side for side", {"gone": 1}),
    "control": FaultChoice("Nulbyte eller andet styretegn i en tekst", {}, "control"),
    "long": FaultChoice(f"En tekst på {danish.figure(LENGTH)} tegn", {}, "long"),
    "double": FaultChoice("Et tal med sytten cifre: 29,949999999999999", {}, "double"),
    "missing": FaultChoice("Et felt mangler", {}, "missing"),
    "null": FaultChoice("Et felt er null", {}, "null"),
    "type": FaultChoice("Et felt har en forkert type", {}, "type"),
}
_LABELS: Final = {"days": "Dage", "times": "Antal kald", "delay": "Ventetid", "places": "Steder"}
_DIRT: Final = {choice.dirt: choice.name for choice in FAULT_CHOICES.values() if choice.dirt}


def common_context(clock: MovableClock, faults: FaultPlan) -> dict[str, Any]:
    """What the page's common part shows."""
    return {
        "now": clock.now().astimezone(COPENHAGEN),
        "offset": clock.offset,
        "faults": [(fault, words(fault)) for fault in faults.present()],
        "fault_choices": FAULT_CHOICES,
        "methods": METHODS,
    }


def words(fault: Fault) -> str:
    """What the switch does and how often, also when somebody set it by the admin door."""
    said = [_what(fault)]
    if fault.dirt is not None and fault.dirt.field != "*":
        said.append(f"i {fault.dirt.field}")
    if fault.dirt is not None and fault.dirt.places != 1:
        said.append("alle steder" if fault.dirt.places is None else f"{fault.dirt.places} steder")
    if fault.probability < 1:
        said.append(f"{danish.figure(round(Decimal(fault.probability) * 100, 2))} % af gangene")
    if fault.times is not None:
        said.append(f"{fault.times} {'gang' if fault.times == 1 else 'gange'} endnu")
    return ", ".join(said)


def _what(fault: Fault) -> str:
    if fault.dirt is not None:
        name = _DIRT[fault.dirt.kind]
        return name[0].lower() + name[1:]
    if fault.status is not None:
        done = "gør det, men svarer" if fault.after else "svarer"
        return f"{done} {fault.status}{' med en HTML-side' if fault.html else ''}"
    if fault.gone:
        return f"{fault.gone} {'række forsvinder' if fault.gone == 1 else 'rækker forsvinder'} mellem siderne"
    if fault.lose_answer:
        return "svaret går tabt"
    return "forbindelsen afbrydes" if fault.drop_connection else f"venter {fault.delay_ms} ms"


def switch_of(form: Mapping[str, str]) -> dict[str, Any]:
    """The body of the act `faults/set` that the form asks for; FaultFormError where it cannot be made out."""
    kind = form.get("kind", "")
    choice = FAULT_CHOICES.get(kind)
    if choice is None:
        raise FaultFormError("Vælg, hvad der skal gå galt.")
    times, delay = _whole(form, "times", None), _whole(form, "delay", 0) or 0
    if delay > DELAY_MAX_MS or (kind == "slow" and not delay) or times == 0:
        raise FaultFormError(f"Ventetiden er 1 til {DELAY_MAX_MS} ms, og antallet af kald er mindst 1.")
    percent = danish.number(form.get("percent") or "100")
    if percent is None or not 0 < percent <= 100:
        raise FaultFormError("Hvor ofte er over 0 og højst 100 procent.")
    method, path, field = form.get("method") or "*", form.get("path") or "*", form.get("field") or "*"
    body: dict[str, Any] = {"method": method, "path": path, "times": times, "delay_ms": delay}
    body["probability"] = percent / Decimal(100)
    name = f"{kind} {method} {path}"
    if choice.dirt:
        places = _whole(form, "places", None)
        if places == 0:
            raise FaultFormError("Antallet af steder er mindst 1.")
        body["dirt"] = {"kind": choice.dirt, "field": field, "places": places}
        name = f"{name} {field}"
    return {"name": name, **body, **choice.switch}


def seconds_of(form: Mapping[str, str], clock: MovableClock) -> int:
    """How far the clock is to go forward; FaultFormError where it cannot go there."""
    days = _whole(form, "days", 0) or 0
    if days < 1 or days > (OFFSET_MAX - clock.offset).days:
        raise FaultFormError(f"Uret går kun fremad, højst {OFFSET_MAX.days} dage i alt.")
    return days * 24 * 3600


def _whole(form: Mapping[str, str], name: str, empty: int | None) -> int | None:
    text = form.get(name, "").strip()
    if not text:
        return empty
    if not (text.isascii() and text.isdigit() and len(text) <= WHOLE_DIGITS_MAX):
        raise FaultFormError(f"{_LABELS[name]}: ”{text[:40]}” er ikke et tal.")
    return int(text)
