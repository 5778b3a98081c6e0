"""Parts of an order that are shipped or received by themselves: which quantities of which of its lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import invalid, invalid_at, not_found
from lagerbro_sandbox.rackbeat.wire.parameters import number_of

ZERO: Final = Decimal(0)
_COPIED: Final = ("child_id", "child_type", "item", "name", "unit", "location_id", "variations")


def get(session: Session, kind: str, key: object) -> Record:
    record = session.get(kind, str(key))
    if record is None:
        raise not_found()
    return record


def wanted(body: Record, free: dict[int, Decimal], line_id: str) -> dict[int, Decimal]:
    """The quantities by line of the order: what the body names, by `id` or by `line_id`, or all that is free (P)."""
    lines: Any = body.get("lines")
    if lines is None:
        return {key: max(quantity, ZERO) for key, quantity in free.items()}
    if not isinstance(lines, list):
        raise invalid(lines="The lines must be a list.")
    quantities: dict[int, Decimal] = {}
    for at, line in enumerate(lines):
        key = line.get("id", line.get(line_id)) if isinstance(line, dict) else None
        if not isinstance(key, int) or key not in free:
            raise invalid_at(f"lines.{at}.id", "The selected line is invalid.")
        quantity = number_of(line.get("quantity", free[key]), f"lines.{at}.quantity")
        if not 0 <= quantity <= free[key]:
            raise invalid_at(f"lines.{at}.quantity", "The quantity is more than is left.")
        quantities[key] = quantity
    return quantities


def line(of: Record, quantity: Decimal, line_id: str) -> Record:
    """So much of a line; `line_id` is the name under which it says which one."""
    return {"id": of["id"], line_id: of["id"], **{name: of[name] for name in _COPIED}, "quantity": quantity}
