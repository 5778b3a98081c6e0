"""Checking drafts: what was counted, kept until it is booked (rackbeat-api 3.12). Booking one adjusts the level."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.inventory import adjustments
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import ApiError, not_found

KIND: Final = "checking-drafts"
_REASON: Final = "Optælling"


def get(session: Session, key: str) -> Record:
    count = session.get(KIND, key)
    if count is None:
        raise not_found()
    return count


def create(session: Session, body: Record) -> Record:
    """P: item, location and the counted quantity; checked when it is booked, as goods move while people count."""
    record: Record = {
        "id": session.store.count_up(session.account, KIND),
        **{name: body.get(name) for name in ("item_id", "quantity", "reason", "regulated_at")},
        "location_id": body.get("location", body.get("location_id")),
        "created_at": session.timestamp(),
        "updated_at": session.timestamp(),
    }
    adjustments.check(session, _as_adjustment(record))
    session.put(KIND, record["id"], record)
    return record


def delete(session: Session, key: str) -> None:
    session.store.delete(session.account, KIND, str(get(session, key)["id"]))


def delete_all(session: Session) -> int:
    rows = session.all(KIND)
    for row in rows:
        session.store.delete(session.account, KIND, row["id"])
    return len(rows)


def book(session: Session, key: str) -> Record | None:
    """The adjustment that was booked; None where the count is what the books say."""
    record = get(session, key)
    session.store.delete(session.account, KIND, record["id"])
    try:
        adjustment = adjustments.create(session, _as_adjustment(record))
    except ApiError as error:
        if error.message == adjustments.NO_CHANGE:
            return None
        raise
    return adjustments.book(session, str(adjustment["id"]))


def book_all(session: Session) -> list[Record]:
    """All or none."""
    booked = [book(session, str(row["id"])) for row in session.all(KIND)]
    return [row for row in booked if row is not None]


def _as_adjustment(record: Record) -> Record:
    return {
        "item_id": record["item_id"],
        "location": record["location_id"],
        "quantity": record["quantity"],
        "regulated_at": record["regulated_at"],
        "reason": record["reason"] or _REASON,
        "adjustment_type": "quantity",
    }
