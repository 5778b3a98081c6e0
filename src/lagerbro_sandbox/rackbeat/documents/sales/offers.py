"""Offers: like orders, until they become one (rackbeat-api 3.6)."""

from __future__ import annotations

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents import lifecycle
from lagerbro_sandbox.rackbeat.documents.kinds import OFFER
from lagerbro_sandbox.rackbeat.documents.sales import orders
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import ApiError


def get(session: Session, key: str) -> Record:
    return lifecycle.get(session, OFFER, key)


def create(session: Session, body: Record) -> Record:
    record = lifecycle.new_document(session, OFFER, body)
    return lifecycle.save(session, OFFER, record | {"is_converted": False, "order_id": None}, "created")


def update(session: Session, key: str, body: Record) -> Record:
    record = get(session, key)
    lifecycle.changed(session, OFFER, record, body)
    return lifecycle.save(session, OFFER, record, "updated")


def delete(session: Session, key: str) -> None:
    lifecycle.remove(session, OFFER, get(session, key))


def book(session: Session, key: str) -> Record:
    record = get(session, key)
    lifecycle.book(session, OFFER, record)
    return lifecycle.save(session, OFFER, record, "booked")


def reopen(session: Session, key: str) -> Record:
    record = get(session, key)
    lifecycle.booked(record)
    if record["is_converted"]:
        raise ApiError(422, "The offer has become an order.")
    return lifecycle.save(session, OFFER, record | {"is_booked": False, "booked_at": None}, "updated")


def copy(session: Session, key: str) -> Record:
    return create(session, lifecycle.copied(get(session, key), OFFER))


def to_order(session: Session, key: str, *, book: bool) -> Record:
    """The order; once."""
    offer = get(session, key)
    if offer["is_converted"]:
        raise ApiError(422, "The offer has become an order.")
    order = orders.create(session, lifecycle.copied(offer, OFFER), book_it=book)
    lifecycle.save(session, OFFER, offer | {"is_converted": True, "order_id": order["number"]}, "updated")
    return order


def shown(session: Session, record: Record) -> Record:
    return orders.shown(session, record, OFFER)
