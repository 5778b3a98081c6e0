"""Sales orders (rackbeat-api 3.6): drafts, booking, how much of them is shipped and invoiced."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents import goods_movements, lifecycle, order_progress
from lagerbro_sandbox.rackbeat.documents.goods_movements import Present
from lagerbro_sandbox.rackbeat.documents.kinds import ORDER, Kind
from lagerbro_sandbox.rackbeat.documents.totals import profit
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.wire.errors import ApiError

ZERO: Final = Decimal(0)
_FLAGS: Final = ("is_archived", "is_cancelled", "is_shipped", "is_partly_shipped", "is_invoiced", "is_partly_invoiced")
_MOMENTS: Final = ("shipped_at", "invoiced_at", "cancelled_at")


def get(session: Session, key: str) -> Record:
    return lifecycle.get(session, ORDER, key)


def create(session: Session, body: Record, *, book_it: bool) -> Record:
    """I (3.6): a plain POST books, `drafts` does not."""
    record = lifecycle.new_document(session, ORDER, body)
    record |= {**dict.fromkeys(_FLAGS, False), **dict.fromkeys(_MOMENTS), "shipments": [], "invoices": []}
    return save(session, record, *lifecycle.begun(session, ORDER, record, book_it=book_it))


def update(session: Session, key: str, body: Record) -> Record:
    record = get(session, key)
    lifecycle.changed(session, ORDER, record, body)
    return save(session, record, "updated")


def book(session: Session, key: str) -> Record:
    record = get(session, key)
    lifecycle.book(session, ORDER, record)
    return save(session, record, "booked")


def reopen(session: Session, key: str) -> Record:
    """P: as long as nothing was shipped or invoiced."""
    record = get(session, key)
    lifecycle.booked(record)
    if any(line["quantity_shipped"] or line["quantity_invoiced"] for line in record["lines"]):
        raise ApiError(422, "An order that is shipped or invoiced in part cannot be reopened.")
    record |= {"is_booked": False, "booked_at": None}
    return save(session, record, "updated")


def cancel(session: Session, key: str) -> Record:
    """P: what is not shipped is not going to be."""
    record = get(session, key)
    if record["is_cancelled"] or record["is_shipped"]:
        raise ApiError(422, "A cancelled or shipped order cannot be cancelled.")
    record |= {"is_cancelled": True, "cancelled_at": session.timestamp()}
    return save(session, record, "updated")


def copy(session: Session, key: str) -> Record:
    return create(session, lifecycle.copied(get(session, key), ORDER), book_it=False)


def delete(session: Session, key: str) -> None:
    lifecycle.remove(session, ORDER, get(session, key))


def uninvoiced(record: Record) -> list[Record]:
    return [line for line in record["lines"] if line["quantity"] != line["quantity_invoiced"]]


def unshipped(line: Record) -> Decimal:
    """What is still to be shipped of a line."""
    remaining: Decimal = line["quantity"] - line["quantity_shipped"]
    return remaining


def shown(session: Session, record: Record, kind: Kind = ORDER) -> Record:
    body = lifecycle.shown(session, kind, record)
    costs = [goods_movements.cost_of(session, line) for line in record["lines"]]
    for line, cost in zip(body["lines"], costs, strict=True):
        line["item_cost_price"] = cost
    return body | profit(record, _cost(record, costs))


def brought(session: Session, record: Record, present: Present) -> Record:
    """What it costs, and what is left of it."""
    return profit(record, _cost(record, [goods_movements.cost_of(session, line, present) for line in record["lines"]]))


def _cost(record: Record, costs: list[Decimal]) -> Decimal:
    return sum((line["quantity"] * cost for line, cost in zip(record["lines"], costs, strict=True)), ZERO)


def save(session: Session, record: Record, *verbs: str) -> Record:
    """Store it with its flags, and count what customers wait for anew."""
    for line in record["lines"]:
        line.setdefault("quantity_shipped", ZERO)
        line.setdefault("quantity_invoiced", ZERO)
    before = order_progress.waiting(session.get(ORDER.path, record["number"]), "shipped")
    order_progress.flag(session, record, "shipped", "invoiced")
    record["is_ready_for_invoicing"] = record["is_booked"] and not record["is_invoiced"]
    lifecycle.save(session, ORDER, record, *verbs)
    warehouse.wait(session, order_progress.more(before, order_progress.waiting(record, "shipped")), {})
    return record
