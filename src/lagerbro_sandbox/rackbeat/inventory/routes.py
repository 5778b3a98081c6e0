"""The paths of the warehouse's own acts (rackbeat-api 3.12)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.inventory import adjustments, counting, movements
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire import parameters as asking
from lagerbro_sandbox.rackbeat.wire.answers import done, one, plain
from lagerbro_sandbox.rackbeat.wire.listing import PAGING, listed, page, whole
from lagerbro_sandbox.rackbeat.wire.querying import Listing
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

ADJUSTMENTS: Final = Listing(adjustments.KIND, "inventory_regulations")
MOVEMENTS: Final = Listing(movements.KIND, "inventory_regulations")
MOVED: Final = Listing(movements.KIND, "internal_movements")
_FILTERS: Final = ("dateFrom", "dateTo", "itemNumber", "fromLocation", "toLocation", "booked", "received")
CHECKING: Final = "inventory/checking-drafts"
INTERNAL: Final = "inventory/internal-movements"
REGULATION: Final = "inventory_regulation"
"""L: an adjustment and a movement are both a regulation."""


def add_to(router: Router) -> None:
    router.add("GET", adjustments.KIND, lambda s, call: page(s, call.given, ADJUSTMENTS, _as_it_is))
    router.add("POST", adjustments.KIND, lambda s, call: one(REGULATION, adjustments.create(s, call.body), 201))
    router.add("GET", f"{adjustments.KIND}/{{}}", lambda s, call: one(REGULATION, adjustments.get(s, call.key)))
    router.add("DELETE", f"{adjustments.KIND}/{{}}", _adjustment_removed)
    router.add("POST", f"{adjustments.KIND}/{{}}/book", lambda s, c: one(REGULATION, adjustments.book(s, c.key)))
    _add_movements(router, movements.KIND, REGULATION)
    _add_movements(router, INTERNAL, "internal_movement")
    _add_counting(router)


def _add_movements(router: Router, path: str, key: str) -> None:
    router.add("POST", path, lambda s, call: one(key, movements.create(s, call.body), 201))
    router.add("GET", f"{path}/{{}}", lambda s, call: one(key, movements.get(s, call.key)))
    router.add("DELETE", f"{path}/{{}}", _movement_removed)
    router.add("POST", f"{path}/{{}}/book", lambda s, call: one(key, movements.book(s, call.key)))
    router.add("POST", f"{path}/{{}}/create-receipt", lambda s, call: one(key, movements.receive(s, call.key)))
    router.add("GET", f"{path}/{{}}/lines-missing-stock", _missing)
    router.add("GET", path, _moved_old if path == movements.KIND else _moved)


def _add_counting(router: Router) -> None:
    router.add("GET", CHECKING, lambda s, c: page(s, c.given, Listing(counting.KIND, "checking_drafts"), _as_it_is))
    router.add("POST", CHECKING, lambda s, call: one("checking_draft", counting.create(s, call.body), 201))
    router.add("GET", f"{CHECKING}/{{}}", lambda s, call: one("checking_draft", counting.get(s, call.key)))
    router.add("DELETE", f"{CHECKING}/{{}}", _count_removed)
    router.add("POST", f"{CHECKING}/{{}}/book", lambda s, call: plain({REGULATION: counting.book(s, call.key)}))
    router.add("POST", f"{CHECKING}/book-all", lambda s, _: whole("inventory_regulations", counting.book_all(s)))
    router.add("POST", f"{CHECKING}/delete-all", lambda s, _: plain({"deleted": counting.delete_all(s)}))


def _as_it_is(record: Record) -> Record:
    return record


def _adjustment_removed(session: Session, call: Call) -> Response:
    adjustments.delete(session, call.key)
    return done()


def _movement_removed(session: Session, call: Call) -> Response:
    movements.delete(session, call.key)
    return done()


def _count_removed(session: Session, call: Call) -> Response:
    counting.delete(session, call.key)
    return done()


def _missing(session: Session, call: Call) -> Response:
    return whole("lines", movements.missing(session, movements.get(session, call.key)))


def _moved_old(session: Session, call: Call) -> Response:
    return page(session, call.given, MOVEMENTS, _as_it_is)


def _moved(session: Session, call: Call) -> Response:
    """D: these filters alone are written in camel case. Where none is asked for, only the page is read."""
    if not any(name in call.given for name in _FILTERS):
        return page(session, {name: call.given[name] for name in PAGING if name in call.given}, MOVED, _as_it_is)
    rows = [row for row in session.all(movements.KIND) if _asked_for(row, call)]
    return listed(call.request, "internal_movements", rows)


def _asked_for(row: Record, call: Call) -> bool:
    given = call.given
    items = {str(line["item_id"]) for line in row["lines"]}
    since, until = (asking.asked_day(given.get(name), name) for name in ("dateFrom", "dateTo"))
    return (
        (since or "") <= row["regulated_at"] <= (until or "9999")
        and (not given.get("itemNumber") or given["itemNumber"] in items)
        and given.get("fromLocation", str(row["from_location_id"])) == str(row["from_location_id"])
        and given.get("toLocation", str(row["to_location_id"])) == str(row["to_location_id"])
        and ("booked" not in given or asking.flag(given["booked"]) is row["is_booked"])
        and ("received" not in given or asking.flag(given["received"]) is row["is_received"])
    )
