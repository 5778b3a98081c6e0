"""Variations, their types and the options of a type (rackbeat-api 3.3)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.registers.field_readers import text
from lagerbro_sandbox.rackbeat.registers.forms import Field, filled
from lagerbro_sandbox.rackbeat.registers.products import PRODUCTS
from lagerbro_sandbox.rackbeat.registers.register import Register
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import done, one
from lagerbro_sandbox.rackbeat.wire.errors import not_found
from lagerbro_sandbox.rackbeat.wire.listing import whole
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

_NAME: Final = (Field("name", text(), required=True),)
TYPES, OPTIONS = "variation-types", "variation-options"


def _shown(session: Session, record: Record) -> Record:
    return {**record, "types": types(session, record["number"])}


VARIATIONS: Final = Register("variations", "variation", _NAME, _shown, used_by=(("products", "variation_id"),))


def types(session: Session, variation: object) -> list[Record]:
    """The types of a variation with their options."""
    return [
        {**kind, "options": [row for row in session.all(OPTIONS) if row["type_id"] == kind["id"]]}
        for kind in session.all(TYPES)
        if kind["variation_id"] == variation
    ]


def add_to(router: Router) -> None:
    VARIATIONS.add_to(router)
    router.add("GET", "variations/{}/types", _types)
    router.add("POST", "variations/{}/types", _type_made)
    router.add("PUT", "variations/{}/types/{}", _type_changed)
    router.add("DELETE", "variations/{}/types/{}", _type_removed)
    router.add("GET", "variations/{}/types/{}/options", _options)
    router.add("POST", "variations/{}/types/{}/options", _option_made)
    router.add("DELETE", "variations/{}/types/{}/options/{}", _option_removed)
    router.add("GET", "types/{}/options", _options_of_type)
    router.add("GET", "products/{}/variations", _of_product)
    router.add("GET", "products/{}/variation-types", _types_of_product)
    router.add("GET", "products/{}/variation-matrix", _matrix)


def _types(session: Session, call: Call) -> Response:
    return whole("types", types(session, VARIATIONS.get(session, call.key)["number"]))


def _type(session: Session, call: Call) -> Record:
    variation = VARIATIONS.get(session, call.key)["number"]
    record = session.get(TYPES, call.values[1])
    if record is None or record["variation_id"] != variation:
        raise not_found()
    return record


def _type_made(session: Session, call: Call) -> Response:
    variation = VARIATIONS.get(session, call.key)["number"]
    return _store(session, TYPES, "type", {"variation_id": variation, **filled(session, _NAME, call.body)})


def _type_changed(session: Session, call: Call) -> Response:
    record = filled(session, _NAME, call.body, _type(session, call))
    session.put(TYPES, record["id"], record)
    return one("type", record)


def _type_removed(session: Session, call: Call) -> Response:
    record = _type(session, call)
    for option in session.all(OPTIONS):
        if option["type_id"] == record["id"]:
            session.store.delete(session.account, OPTIONS, option["id"])
    session.store.delete(session.account, TYPES, record["id"])
    return done()


def _options(session: Session, call: Call) -> Response:
    type_id = _type(session, call)["id"]
    return whole("options", (row for row in session.all(OPTIONS) if row["type_id"] == type_id))


def _options_of_type(session: Session, call: Call) -> Response:
    if session.get(TYPES, call.key) is None:
        raise not_found()
    return whole("options", (row for row in session.all(OPTIONS) if str(row["type_id"]) == call.key))


def _option_made(session: Session, call: Call) -> Response:
    variation_type = _type(session, call)
    content = {
        "variation_id": variation_type["variation_id"],
        "type_id": variation_type["id"],
        **filled(session, _NAME, call.body),
    }
    return _store(session, OPTIONS, "option", content)


def _option_removed(session: Session, call: Call) -> Response:
    variation_type = _type(session, call)
    option = session.get(OPTIONS, call.values[2])
    if option is None or option["type_id"] != variation_type["id"]:
        raise not_found()
    session.store.delete(session.account, OPTIONS, option["id"])
    return done()


def _store(session: Session, kind: str, name: str, content: Record) -> Response:
    record = {"id": session.store.count_up(session.account, kind), **content}
    session.put(kind, record["id"], record)
    return one(name, record, 201)


def _variation(session: Session, call: Call) -> Record | None:
    number = PRODUCTS.get(session, call.key).get("variation_id")
    return None if number is None else session.get("variations", number)


def _of_product(session: Session, call: Call) -> Response:
    variation = _variation(session, call)
    return whole("variations", [] if variation is None else [VARIATIONS.whole(session, variation)])


def _types_of_product(session: Session, call: Call) -> Response:
    variation = _variation(session, call)
    return whole("variation_types", [] if variation is None else types(session, variation["number"]))


def _matrix(session: Session, call: Call) -> Response:
    """Every combination of options (the shape is not public: P)."""
    variation = _variation(session, call)
    rows: list[list[Record]] = [[]]
    for kind in [] if variation is None else types(session, variation["number"]):
        rows = [
            [*row, {"variation_type": _short(kind), "variation_option": _short(option)}]
            for row in rows
            for option in kind["options"]
        ]
    return whole("variation_matrix", ({"variations": row} for row in rows if row))


def _short(record: Record) -> Record:
    return {"id": record["id"], "name": record["name"]}
