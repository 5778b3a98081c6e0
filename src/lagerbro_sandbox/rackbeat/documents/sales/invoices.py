"""Customer invoices: drafts, booking, which ships what is not shipped, payments (rackbeat-api 3.8, 6)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents import goods_movements, invoice_links, lifecycle
from lagerbro_sandbox.rackbeat.documents.kinds import INVOICE
from lagerbro_sandbox.rackbeat.documents.lines import Wanted
from lagerbro_sandbox.rackbeat.documents.sales import invoice_shipping, orders
from lagerbro_sandbox.rackbeat.documents.totals import profit, settled
from lagerbro_sandbox.rackbeat.money import ZERO, cents
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import ApiError
from lagerbro_sandbox.rackbeat.wire.parameters import flag

PLAIN: Final = {
    **dict.fromkeys(("is_creditnote", "is_shipped"), False),
    **dict.fromkeys(("shipped_at", "credited_invoice_id")),
}


def get(session: Session, key: object) -> Record:
    return lifecycle.get(session, INVOICE, key)


def create(
    session: Session, body: Record, wanted: Sequence[Wanted] | None = None, order_numbers: Sequence[int] = ()
) -> Record:
    """A draft; of the lines that are wanted where another document makes it."""
    record = lifecycle.new_document(session, INVOICE, body, wanted)
    record |= {**PLAIN, "orders": list(order_numbers), "payments": [], "credits": []}
    for number in order_numbers:
        order = orders.get(session, str(number))
        orders.save(session, {**order, "invoices": [*order["invoices"], record["number"]]})
    return save(session, record, "created")


def update(session: Session, key: str, body: Record) -> Record:
    """Drafts only; booked figures are fixed."""
    record = get(session, key)
    before = record["lines"]
    lifecycle.changed(session, INVOICE, record, body)
    invoice_shipping.give_back(session, record, before, record["lines"])
    return save(session, record, "updated")


def delete(session: Session, key: str) -> None:
    record = get(session, key)
    lifecycle.remove(session, INVOICE, record)
    invoice_shipping.give_back(session, record, record["lines"], [])
    _update_orders(session, record)
    if record["credited_invoice_id"] is not None:
        original = get(session, record["credited_invoice_id"])
        remaining = [number for number in original["credits"] if number != record["number"]]
        save(session, {**original, "credits": remaining})


def book(session: Session, key: str, body: Record) -> Record:
    """Fix the figures, move the goods, tell who listens."""
    record = get(session, key)
    lifecycle.book(session, INVOICE, record)
    if record["is_creditnote"]:
        invoice_shipping.take_back(session, record)
    elif flag(body.get("mark_shipped"), default=True):
        invoice_shipping.ship(session, record)
    return save(session, record, "booked")


def mark_shipped(session: Session, key: str) -> Record:
    """P (3.8): of a booked invoice whose goods have not left yet."""
    record = get(session, key)
    lifecycle.booked(record)
    if record["is_shipped"] or record["is_creditnote"]:
        raise ApiError(422, "The invoice is shipped.")
    invoice_shipping.ship(session, record)
    return save(session, record, "updated")


def unbook(session: Session, key: str) -> Record:
    """Used by support staff only (C). P: the goods stay where they are; booking again moves the difference only."""
    record = get(session, key)
    lifecycle.booked(record)
    record |= {"is_booked": False, "booked_at": None}
    return save(session, record, "updated")


def copy(session: Session, key: str) -> Record:
    return create(session, lifecycle.copied(get(session, key), INVOICE))


def save(session: Session, record: Record, *verbs: str) -> Record:
    record |= settled(record)
    lifecycle.save(session, INVOICE, record, *verbs)
    if verbs:
        _update_orders(session, record)
    return record


def shown(session: Session, record: Record) -> Record:
    """P: costs are in base currency; those of what has moved are as the warehouse has them now."""
    body = lifecycle.shown(session, INVOICE, record)
    total = Decimal(0)
    for line, whole in zip(body["lines"], record["lines"], strict=True):
        cost = goods_movements.cost_of(session, invoice_shipping.mover(session, whole))
        line["item_cost_price"] = cost
        line["line_gross_profit_percentage"] = _margin(line, record["currency_rate"], cost)
        total += line["quantity"] * cost
    return body | profit(record, total)


def _update_orders(session: Session, record: Record) -> None:
    for order in invoice_links.counted_anew(session, invoice_links.SALES, record):
        orders.save(session, order, "updated")


def _margin(line: Record, rate: Decimal, cost: Decimal) -> Decimal:
    revenue = line["line_total"] * rate
    return cents((revenue - line["quantity"] * cost) * 100 / Decimal(revenue)) if revenue else ZERO
