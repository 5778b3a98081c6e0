"""Purchase orders (rackbeat-api 3.10): drafts, booking, how much of them is received and invoiced."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents import lifecycle, order_progress
from lagerbro_sandbox.rackbeat.documents.kinds import PURCHASE
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.wire.errors import ApiError

ZERO: Final = Decimal(0)
_FLAGS: Final = ("is_sent", "is_cancelled")


def get(session: Session, key: object) -> Record:
    return lifecycle.get(session, PURCHASE, key)


def create(session: Session, body: Record, *, book_it: bool) -> Record:
    """I: a plain POST books, `drafts` does not, as with orders."""
    record = lifecycle.new_document(session, PURCHASE, body)
    record |= {**dict.fromkeys(_FLAGS, False), "cancelled_at": None, "receipts": [], "invoices": []}
    return save(session, record, *lifecycle.begun(session, PURCHASE, record, book_it=book_it))


def update(session: Session, key: str, body: Record) -> Record:
    record = get(session, key)
    lifecycle.changed(session, PURCHASE, record, body)
    return save(session, record, "updated")


def book(session: Session, key: str) -> Record:
    record = get(session, key)
    lifecycle.book(session, PURCHASE, record)
    return save(session, record, "booked")


def reopen(session: Session, key: str) -> Record:
    """P: as long as nothing was received or invoiced."""
    record = get(session, key)
    lifecycle.booked(record)
    if any(line["quantity_received"] or line["quantity_invoiced"] for line in record["lines"]):
        raise ApiError(422, "A purchase order that is received or invoiced in part cannot be reopened.")
    return save(session, record | {"is_booked": False, "booked_at": None}, "updated")


def send(session: Session, key: str) -> Record:
    """P: no mail leaves; the order says that it was sent."""
    record = get(session, key)
    lifecycle.booked(record)
    return save(session, record | {"is_sent": True}, "updated")


def cancel(session: Session, key: str) -> Record:
    record = get(session, key)
    if record["is_cancelled"] or record["is_received"]:
        raise ApiError(422, "A cancelled or received purchase order cannot be cancelled.")
    return save(session, record | {"is_cancelled": True, "cancelled_at": session.timestamp()}, "updated")


def copy(session: Session, key: str) -> Record:
    return create(session, lifecycle.copied(get(session, key), PURCHASE), book_it=False)


def delete(session: Session, key: str) -> None:
    lifecycle.remove(session, PURCHASE, get(session, key))


def shown(session: Session, record: Record) -> Record:
    return lifecycle.shown(session, PURCHASE, record)


def save(session: Session, record: Record, *verbs: str) -> Record:
    """Store it with its flags, and count what is to come anew."""
    for line in record["lines"]:
        line.setdefault("quantity_received", ZERO)
        line.setdefault("quantity_invoiced", ZERO)
    before = order_progress.waiting(session.get(PURCHASE.path, record["number"]), "received")
    order_progress.flag(session, record, "received", "invoiced")
    record |= {
        "is_ready_for_receiving": record["is_booked"] and not record["is_received"],
        "is_ready_for_invoicing": record["is_booked"] and not record["is_invoiced"],
    }
    lifecycle.save(session, PURCHASE, record, *verbs)
    warehouse.wait(session, {}, order_progress.more(before, order_progress.waiting(record, "received")))
    return record
