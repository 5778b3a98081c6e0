"""Customers and products: what is sent in, what comes out (rackbeat-api 3.2, 3.4)."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from lagerbro.sandbox.kernel.records import Record
from lagerbro.sandbox.rackbeat import warehouse
from lagerbro.sandbox.rackbeat.choices import FIRST_NUMBER
from lagerbro.sandbox.rackbeat.faulty import invalid, invalid_at, not_found
from lagerbro.sandbox.rackbeat.session import Session

ZONES: Final = ("domestic", "eu", "abroad", "domestic_exempt")
_GROUP: Final = {"customers": "customer-groups", "products": "product-groups"}


def shown(session: Session, kind: str, body: Record) -> Record:
    """The record as it is sent: references as objects, links, both names."""
    record = {**body, "self": f"{session.base}/api/{kind}/{quote(str(body['number']), safe='')}"}
    if kind == "customers":
        record["company_name"] = body["name"]
        record["customer_group"] = _brief(session, "customer-groups", body.get("customer_group_id"))
    elif kind == "products":
        group = session.get("product-groups", body["group_id"]) or {}
        record["urlfriendly_number"] = quote(str(body["number"]), safe="")
        record["group"] = {name: group.get(name) for name in ("number", "name", *(f"vat_{zone}" for zone in ZONES))}
        record["unit"] = _brief(session, "units", body.get("unit_id"))
        record["inventory_enabled"] = bool(group.get("has_inventory"))
        record |= warehouse.figures(session, str(body["number"]))
    return record


def _brief(session: Session, kind: str, key: object) -> Record | None:
    found = session.get(kind, str(key)) if key is not None else None
    return {"number": found["number"], "name": found["name"]} if found else None


def create(session: Session, kind: str, body: Record) -> Record:
    """POST: a name is needed, a number is given where none is sent and must be free where one is."""
    name = str(body.get("name") or body.get("company_name") or "").strip()
    if not name:
        raise invalid(name="The name field is required.")
    number = body.get("number")
    if number is None or number == "":
        number = session.store.next_number(session.account, kind, FIRST_NUMBER)
        number = str(number) if kind == "products" else number
    elif kind != "products":
        number = _whole(number)
    if session.get(kind, str(number)) is not None:
        raise invalid(number="The number has already been taken.")
    now = session.timestamp()
    record = {**body, "number": number, "name": name, "is_barred": bool(body.get("is_barred")), "created_at": now}
    return _stored(session, kind, record)


def update(session: Session, kind: str, key: str, body: Record) -> Record:
    """PUT: only what is sent changes (rackbeat-api 1.1)."""
    present = session.get(kind, key)
    if present is None:
        raise not_found()
    changes = {name: value for name, value in body.items() if name not in ("number", "created_at")}
    if "company_name" in changes and "name" not in changes:
        changes["name"] = changes["company_name"]
    return _stored(session, kind, {**present, **changes})


def _stored(session: Session, kind: str, record: Record) -> Record:
    if kind == "customers" and record.get("vat_zone", "domestic") not in ZONES:
        raise invalid(vat_zone="The selected vat zone is invalid.")
    if kind == "products":
        group = record.pop("group", None)
        record["group_id"] = record.get("group_id") or (group.get("number") if isinstance(group, dict) else group)
        if session.get("product-groups", str(record["group_id"])) is None:
            raise invalid(group="The selected group is invalid.")
    record["updated_at"] = session.timestamp()
    session.put(kind, record["number"], record)
    return record


def _whole(number: object) -> int:
    text = str(number)
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise invalid_at("number", "The number must be an integer.")
    return int(text)
