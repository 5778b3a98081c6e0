"""Custom fields: what an account adds to its records (rackbeat-api 3.2). Lines have none (L)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.registers.field_readers import choice, flag, list_of, text
from lagerbro_sandbox.rackbeat.registers.forms import Field, Form, WrongError
from lagerbro_sandbox.rackbeat.registers.register import Register
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import invalid, invalid_at
from lagerbro_sandbox.rackbeat.wire.listing import whole as whole_list
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

KEPT_IN: Final = "custom_fields"
"""The attribute that holds a record's values by the id of the field, so that lists can be filtered by them."""
_HIDDEN: Final = (KEPT_IN, "agreed_prices", "discount_groups", "supplied")
_FOR: Final = {"products": "item", "lots": "item", "customers": "customer", "suppliers": "supplier"}
_TYPES: Final = ("text", "textarea", "number", "date", "boolean", "dropdown", "url")

FORM: Final[Form] = (
    Field("name", text(), required=True),
    Field("slug", text(60)),
    Field("type", choice(*_TYPES), default="text"),
    Field("available_for", text(60), ("for",), required=True),
    Field("use_in_layouts", flag, default=False),
    Field("default_value", text(1000)),
    Field("options", list_of(text()), default=[]),
)


def _slugged(session: Session, record: Record, before: Record | None) -> None:
    record["slug"] = record["slug"] or "-".join(record["name"].lower().split())
    for field in session.all("fields"):
        if field["slug"] == record["slug"] and (before is None or field["id"] != before["id"]):
            raise invalid(slug="The slug has already been taken.")


FIELDS: Final = Register("fields", "field", FORM, check=_slugged, key="id", other_key="slug")


def hidden(record: Record) -> Record:
    """The record without what is asked for elsewhere."""
    return {name: value for name, value in record.items() if name not in _HIDDEN}


def values(session: Session, record: Record, kind: str) -> list[Record]:
    """Every field that there is for the kind, with the record's value or the field's own (L)."""
    own_values = record.get(KEPT_IN) or {}
    purpose = _FOR.get(kind, kind.replace("-", "_").removesuffix("s"))
    return [
        {
            "field": {name: field[name] for name in ("id", "name", "slug", "type")},
            "value": own_values.get(str(field["id"]), field["default_value"]),
        }
        for field in session.every("fields")
        if field["available_for"] in (purpose, purpose + "s", kind)
    ]


def changed(session: Session, record: Record, sent: object) -> Record:
    """The record with `[{"id": 2, "value": "…"}]` in it (C); an id may also be a slug."""
    if not isinstance(sent, list):
        raise invalid(custom_fields="The custom fields field is required.")
    known = {str(field[name]): field for field in session.all("fields") for name in ("id", "slug")}
    own_values = dict(record.get(KEPT_IN) or {})
    for index, entry in enumerate(sent):
        key = entry.get("id", entry.get("slug")) if isinstance(entry, dict) else None
        field = known.get(str(key))
        if field is None:
            raise invalid_at(f"custom_fields.{index}.id", "The selected id is invalid.")
        own_values[str(field["id"])] = _read(session, field, entry.get("value"), index)
    return {**record, KEPT_IN: own_values}


def _read(session: Session, field: Record, value: object, index: int) -> object:
    if value is None:
        return None
    try:
        read = text(5000)(session, value)
    except WrongError as wrong:
        raise invalid_at(f"custom_fields.{index}.value", f"The value {wrong}") from wrong
    if field["type"] == "dropdown" and read not in field["options"]:
        raise invalid_at(f"custom_fields.{index}.value", "The selected value is invalid.")
    return read


def add_to(router: Router, kind: str, find: Callable[[Session, str], Record]) -> None:
    """`/{kind}/{n}/fields` for the records that `find` gives."""
    fields = _Values(kind, find)
    router.add("GET", f"{kind}/{{}}/fields", fields.shown)
    router.add("PUT", f"{kind}/{{}}/fields", fields.changed)


@dataclass(frozen=True, slots=True)
class _Values:
    kind: str
    find: Callable[[Session, str], Record]

    def shown(self, session: Session, call: Call) -> Response:
        return whole_list("field_values", values(session, self.find(session, call.key), self.kind))

    def changed(self, session: Session, call: Call) -> Response:
        record = changed(session, self.find(session, call.key), call.body.get(KEPT_IN))
        record["updated_at"] = session.timestamp()
        session.put(self.kind, record["number"], record)
        return whole_list("field_values", values(session, record, self.kind))
