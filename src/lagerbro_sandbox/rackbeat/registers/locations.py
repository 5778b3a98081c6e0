"""Locations, which may lie within each other (rackbeat-api 3.12)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import LOCATION_DEPTH_MAX
from lagerbro_sandbox.rackbeat.registers.field_readers import flag, reference, text
from lagerbro_sandbox.rackbeat.registers.forms import Field
from lagerbro_sandbox.rackbeat.registers.register import Register
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import invalid

KIND: Final = "locations"


def _above(session: Session, record: Record) -> list[Record]:
    """The locations that this one lies within, the outermost first."""
    chain: list[Record] = []
    parent = record.get("parent_id")
    while parent is not None and len(chain) <= LOCATION_DEPTH_MAX:
        location = session.get(KIND, parent)
        if location is None:
            break
        chain.insert(0, location)
        parent = location.get("parent_id")
    return chain


def _children(session: Session, number: int) -> int:
    return session.store.count(session.account, KIND, "parent_id", number)


def _location(session: Session, record: Record) -> Record:
    chain = _above(session, record)
    nest = [
        {"number": place["number"], "name": place["name"], "children_count": _children(session, place["number"])}
        for place in (*chain, record)
    ]
    return {
        **record,
        "children_count": nest[-1]["children_count"],
        "toplevel_parent_id": chain[0]["number"] if chain else None,
        "nesting_level": len(chain),
        "nest_list": nest,
    }


def _check_place(session: Session, record: Record, before: Record | None) -> None:
    """Not within itself, not too deep; the default is one, and there always is one."""
    chain = _above(session, record)
    if any(place["number"] == record["number"] for place in chain):
        raise invalid(parent_id="A location cannot lie within itself.")
    if len(chain) >= LOCATION_DEPTH_MAX:
        raise invalid(parent_id=f"Locations nest at most {LOCATION_DEPTH_MAX} deep.")
    others = [place for place in session.all(KIND) if place.get("is_default") and place["number"] != record["number"]]
    if before is not None and before.get("is_default") and not record["is_default"]:
        raise invalid(is_default="Make another location the default instead.")
    if not record["is_default"]:
        record["is_default"] = not others and before is None
        return
    for place in others:
        session.put(KIND, place["number"], {**place, "is_default": False, "updated_at": session.timestamp()})


LOCATIONS: Final = Register(
    KIND,
    "location",
    (
        Field("name", text(), required=True),
        Field("barcode", text(60)),
        Field("is_default", flag, default=False),
        Field("parent_id", reference(KIND), ("parent",)),
    ),
    _location,
    _check_place,
    drafts=True,
    used_by=((KIND, "parent_id"), ("products", "default_location_id")),
)
