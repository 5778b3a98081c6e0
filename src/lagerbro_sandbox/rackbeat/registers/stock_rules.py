"""What registers must know of the warehouse before they change an item."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import INITIAL_STOCK_IS_AN_ADJUSTMENT, ITEMS_IN_STOCK_STAY
from lagerbro_sandbox.rackbeat.inventory import adjustments
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.storage.records import text_of
from lagerbro_sandbox.rackbeat.wire.errors import ApiError
from lagerbro_sandbox.rackbeat.wire.parameters import has_inventory

_TABLES: Final = ("movement", "stock_item", "stock_level", "outstanding")
"""Where the warehouse names an item."""


def group_has_moved(session: Session, group: object) -> bool:
    """Whether an item of the product group has ever moved."""
    rows = session.store.connection.execute(
        "SELECT 1 FROM stock_item WHERE account=? AND item IN (SELECT key FROM record WHERE tenant=? "  # noqa: S608
        f"AND kind='products' AND {text_of('group_id')}=?) LIMIT 1",
        (session.account, session.account, str(group)),
    )
    return rows.fetchone() is not None


def is_in_lines(session: Session, item: str) -> bool:
    """Whether a line of a document names the item."""
    rows = session.store.connection.execute(
        "SELECT 1 FROM record, json_each(body, '$.lines') AS line WHERE tenant=? AND kind IN "
        "('customer-invoices','supplier-invoices','orders','purchase-orders','lots') AND "
        "(json_extract(line.value, '$.child_id')=? OR json_extract(line.value, '$.product_id')=?) LIMIT 1",
        (session.account, item, item),
    )
    return rows.fetchone() is not None


def begin(session: Session, record: Record, body: Record) -> None:
    """A new product's first stock, as an adjustment at the cost that is expected (choices.INITIAL_STOCK…)."""
    quantity = body.get("stock_quantity")
    if not INITIAL_STOCK_IS_AN_ADJUSTMENT or quantity in (None, "", 0, "0") or not has_inventory(session, record):
        return
    sent = {
        "item_id": record["number"],
        "quantity": quantity,
        "cost_price": record["recommended_cost_price"] or 0,
        "reason": "Startbeholdning",
    }
    adjustments.book(session, str(adjustments.create(session, sent)["id"]))


def moves_no_more(session: Session, item: str) -> None:
    """P: what lies in the warehouse cannot be deleted away; what lay there once can."""
    if ITEMS_IN_STOCK_STAY and warehouse.stock(session).standing(item).quantity:
        raise ApiError(422, "The item is in stock and cannot be deleted.")


def renamed(session: Session, old: str, new: str) -> None:
    """The stock follows the item to its new number."""
    for table in _TABLES:
        session.store.connection.execute(
            f"UPDATE {table} SET item=? WHERE account=? AND item=?",  # noqa: S608 - our own tables
            (new, session.account, old),
        )


def delivery_days(session: Session, supplier: int) -> int | None:
    """Days from purchase to receipt on average; None while nothing was received."""
    row = session.store.connection.execute(
        "SELECT AVG(julianday(substr(json_extract(r.body,'$.received_at'),1,10)) - "
        "julianday(json_extract(p.body,'$.purchase_date'))) FROM record r JOIN record p ON p.tenant = r.tenant AND "
        "p.kind = 'purchase-orders' AND p.key = CAST(json_extract(r.body,'$.purchase_order_id') AS TEXT) "
        "WHERE r.tenant=? AND r.kind='purchase-order-receipts' AND "
        "CAST(json_extract(r.body,'$.supplier_id') AS TEXT)=?",
        (session.account, str(supplier)),
    ).fetchone()
    return None if row[0] is None else round(row[0])
