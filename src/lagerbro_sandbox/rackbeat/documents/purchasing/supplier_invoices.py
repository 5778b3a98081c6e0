"""Supplier invoices (rackbeat-api 3.9): booking locks what the goods cost, and can receive them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents import credit_notes, goods_movements, invoice_links, lifecycle
from lagerbro_sandbox.rackbeat.documents.kinds import BILL
from lagerbro_sandbox.rackbeat.documents.lines import Wanted
from lagerbro_sandbox.rackbeat.documents.purchasing import landed_cost as landing
from lagerbro_sandbox.rackbeat.documents.purchasing import purchase_orders as purchases
from lagerbro_sandbox.rackbeat.documents.purchasing import receiving
from lagerbro_sandbox.rackbeat.documents.totals import settled
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.parameters import flag

ZERO: Final = Decimal(0)
PLAIN: Final = {"is_creditnote": False, "is_received": False, "credited_invoice_id": None}


def get(session: Session, key: object) -> Record:
    return lifecycle.get(session, BILL, key)


def create(
    session: Session, body: Record, wanted: Sequence[Wanted] | None = None, order_numbers: Sequence[int] = ()
) -> Record:
    """A draft; of the lines that are wanted where a purchase order makes it."""
    record = lifecycle.new_document(session, BILL, body, wanted)
    record |= {**PLAIN, "purchase_orders": list(order_numbers), "payments": [], "credits": [], "receipts": []}
    for number in order_numbers:
        order = purchases.get(session, number)
        purchases.save(session, {**order, "invoices": [*order["invoices"], record["number"]]})
    return save(session, record, "created")


def update(session: Session, key: str, body: Record) -> Record:
    record = get(session, key)
    lifecycle.changed(session, BILL, record, body)
    return save(session, record, "updated")


def delete(session: Session, key: str) -> None:
    record = get(session, key)
    lifecycle.remove(session, BILL, record)
    _update_orders(session, record)
    if record["credited_invoice_id"] is not None:
        original = get(session, record["credited_invoice_id"])
        save(session, {**original, "credits": [one for one in original["credits"] if one != record["number"]]})


def book(session: Session, key: str, body: Record) -> Record:
    """D: `mark_received` receives what has not come yet, on the invoice's date where `use_invoice_date` says so."""
    record = get(session, key)
    lifecycle.book(session, BILL, record)
    if record["is_creditnote"]:
        _send_back(session, record)
        return save(session, record, "booked")
    save(session, record, "booked")
    day = record["invoice_date"] if flag(body.get("use_invoice_date")) else str(session.now().date())
    receiving.after_booking(session, record, day, received=flag(body.get("mark_received")))
    save(session, record)
    _lock(session, record)
    return record


def unbook(session: Session, key: str) -> Record:
    """P: the goods stay; what a purchase order brought costs what the order said again."""
    record = get(session, key)
    lifecycle.booked(record)
    save(session, record | {"is_booked": False, "booked_at": None}, "updated")
    for number in record["purchase_orders"]:
        landing.lock_order(session, purchases.get(session, number))
    return get(session, key)


def copy(session: Session, key: str) -> Record:
    return create(session, lifecycle.copied(get(session, key), BILL))


def credit(session: Session, key: str, body: Record) -> Record:
    """A draft credit note of all or of some quantities; `reverse_inventory` sends the goods back (D ht-00082)."""
    original = get(session, key)
    quantities = credit_notes.creditable(session, BILL, original, body)
    record = credit_notes.note(session, BILL, original, quantities, body) | {"is_received": False, "receipts": []}
    save(session, {**original, "credits": [*original["credits"], record["number"]]})
    return save(session, record, "created")


def save(session: Session, record: Record, *verbs: str) -> Record:
    record |= settled(record)
    lifecycle.save(session, BILL, record, *verbs)
    if verbs:
        _update_orders(session, record)
    return record


def shown(session: Session, record: Record) -> Record:
    return lifecycle.shown(session, BILL, record)


def _lock(session: Session, record: Record) -> None:
    for number in record["purchase_orders"]:
        landing.lock_order(session, purchases.get(session, number))
    landing.lock_bill(session, record)


def _send_back(session: Session, record: Record) -> None:
    """Once, at the cost that stock has (choices.RETURNS_TO_SUPPLIERS_LEAVE_AS_ALL_ELSE)."""
    if record.get("reverse_inventory") and not record["is_received"]:
        path = f"{BILL.path}/{record['number']}"
        for line in record["lines"]:
            goods_movements.arrive(session, line, -line["quantity"], ZERO, record["invoice_date"], path)
        record["is_received"] = True


def _update_orders(session: Session, record: Record) -> None:
    for order in invoice_links.counted_anew(session, invoice_links.PURCHASES, record):
        purchases.save(session, order, "updated")
