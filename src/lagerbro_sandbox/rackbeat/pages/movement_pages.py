"""*Flytninger*: goods from one location to another, as a draft, booked, and seen where they came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.pages.numbers import number
from lagerbro_sandbox.rackbeat.pages.table import listed
from lagerbro_sandbox.rackbeat.pages.visit import PageRouter, Visit, to
from lagerbro_sandbox.rackbeat.wire.errors import ApiError

PATH: Final = "inventory-movements"
ROWS: Final = 6
SUGGESTED_MAX: Final = 500
_HEAD: Final = ("from_location", "to_location", "regulated_at", "reason")


def add_to(router: PageRouter) -> None:
    router.add("GET", PATH, _overview)
    router.add("GET", f"{PATH}/new", _new)
    router.add("POST", f"{PATH}/new", _create)
    router.add("GET", f"{PATH}/{{}}", _movement)
    for name, act in (("book", _book), ("receive", _receive), ("delete", _delete)):
        router.add("POST", f"{PATH}/{{}}/{name}", _acting(act))


def _overview(visit: Visit) -> Response:
    return visit.page("stock/movements.html", table=listed(visit, PATH, "is_booked"), located=_places(visit))


def _new(visit: Visit) -> Response:
    return visit.page("stock/movement_form.html", **_form(visit))


def _create(visit: Visit) -> Response:
    try:
        movement = visit.api("POST", PATH, _body(visit.form))
    except ApiError as error:
        return visit.refused(error, "stock/movement_form.html", **_form(visit))
    return to(f"{PATH}/{movement['id']}", "drafted")


def _movement(visit: Visit) -> Response:
    return visit.page("stock/movement.html", **_context(visit))


def _acting(act: Callable[[Visit], Response]) -> Callable[[Visit], Response]:
    def acted(visit: Visit) -> Response:
        try:
            return act(visit)
        except ApiError as error:
            if error.status == 404:
                raise
            return visit.refused(error, "stock/movement.html", **_context(visit))

    return acted


def _book(visit: Visit) -> Response:
    visit.api("POST", f"{PATH}/{visit.key}/book")
    return to(f"{PATH}/{visit.key}", "moved")


def _receive(visit: Visit) -> Response:
    visit.api("POST", f"{PATH}/{visit.key}/create-receipt")
    return to(f"{PATH}/{visit.key}", "seen")


def _delete(visit: Visit) -> Response:
    visit.raw("DELETE", f"{PATH}/{visit.key}")
    return to(PATH, "deleted")


def _context(visit: Visit) -> dict[str, Any]:
    movement = visit.api("GET", f"{PATH}/{visit.key}")
    missing = [] if movement["is_booked"] else visit.api("GET", f"{PATH}/{visit.key}/lines-missing-stock")
    return {"movement": movement, "located": _places(visit), "missing": {row["id"]: row for row in missing}}


def _places(visit: Visit) -> dict[int, str]:
    return {row["number"]: row["name"] for row in visit.rows("locations?limit=1000")[0]}


def _form(visit: Visit) -> dict[str, Any]:
    items = [row for path in ("products", "lots") for row in visit.rows(f"{path}?limit={SUGGESTED_MAX}")[0]]
    return {"typed": visit.form, "located": _places(visit), "items": items, "rows": range(ROWS)}


def _body(form: dict[str, str]) -> Record:
    """What the API is sent: empty rows are skipped; 422 by path for what is no number."""
    body: Record = {name: form[name].strip() for name in _HEAD if form.get(name, "").strip()}
    rows = [(form.get(f"item-{at}", "").strip(), form.get(f"quantity-{at}", "")) for at in range(ROWS)]
    filled = [(item, quantity) for item, quantity in rows if item or quantity.strip()]
    body["lines"] = [
        {"item_id": item, "quantity": number(quantity, f"lines.{at}.quantity")}
        for at, (item, quantity) in enumerate(filled)
    ]
    return body
