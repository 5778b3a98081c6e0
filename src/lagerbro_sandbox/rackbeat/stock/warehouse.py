"""The account's warehouse, as documents, reports and products see it: decimals and days instead of millionths."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from decimal import Decimal

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import DEFAULT_LOCATION
from lagerbro_sandbox.rackbeat.platform.webhooks import announce_stock
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock.costing import Costing
from lagerbro_sandbox.rackbeat.stock.micro import decimal, micro, unit_cost
from lagerbro_sandbox.rackbeat.stock.posting import Posting, TooLargeError, Warehouse
from lagerbro_sandbox.rackbeat.stock.queries import Reading, Standing
from lagerbro_sandbox.rackbeat.wire.errors import ApiError


def costing(session: Session) -> Costing:
    return Costing(session.company.get("costing", Costing.AVERAGE))


def books(session: Session) -> Warehouse:
    return Warehouse(session.store.connection, session.account, costing(session))


def stock(session: Session) -> Reading:
    return Reading(session.store.connection, session.account)


def default_location(session: Session) -> int:
    """Where goods lie when nobody says where: the account's default location."""
    row = session.store.connection.execute(
        "SELECT key FROM record WHERE tenant=? AND kind='locations' AND json_extract(body, '$.is_default')"
        " ORDER BY place LIMIT 1",
        (session.account,),
    ).fetchone()
    return DEFAULT_LOCATION if row is None else int(row["key"])


def post(session: Session, posting: Posting) -> int:
    """The id of the movement; 422 when the books cannot hold it."""
    try:
        number = books(session).post(posting, session.timestamp())
    except TooLargeError as error:
        raise ApiError(422, "The quantity or the value is too large.") from error
    announce_stock(session, posting.item, lambda: "product" if session.get("products", posting.item) else "lot")
    return number


def reprice(session: Session, movement: int, cost: int, document: str) -> None:
    """What the movement brought in costs this much per unit, by the document."""
    try:
        books(session).reprice(movement, cost, document, session.timestamp())
    except TooLargeError as error:
        raise ApiError(422, "The value is too large.") from error


def figures(session: Session, item: str) -> Record:
    """What a product tells of its stock (rackbeat-api 3.2). D: without stock there is no cost price."""
    reading = stock(session)
    standing, waiting = reading.standing(item), reading.outstanding(item)
    shown = {
        "stock_quantity": decimal(standing.quantity),
        "in_order_quantity": decimal(waiting.ordered),
        "available_quantity": decimal(standing.quantity - waiting.ordered),
        "purchased_quantity": decimal(waiting.purchased),
    }
    return shown | ({"cost_price": cost_price(standing)} if standing.quantity else {})


def cost_price(standing: Standing) -> Decimal:
    """The cost per unit of what is in stock; below zero the last known one."""
    if standing.quantity > 0:
        return decimal(unit_cost(standing.value, standing.quantity))
    return decimal(standing.cost)


def cost_of(row: sqlite3.Row) -> Decimal:
    """What a unit of a movement's goods costs."""
    return decimal(unit_cost(abs(row["delta"]), abs(row["quantity"])))


def present_cost(session: Session, item: str) -> Decimal:
    """What a unit costs at present: as in stock, or the last known cost."""
    return cost_price(stock(session).standing(item))


def wait(session: Session, ordered: Mapping[str, Decimal], purchased: Mapping[str, Decimal]) -> None:
    """More or less is ordered by customers or from suppliers."""
    for item in dict.fromkeys((*ordered, *purchased)):
        more = (micro(ordered.get(item, Decimal(0))), micro(purchased.get(item, Decimal(0))))
        if more != (0, 0):
            session.store.connection.execute(
                "INSERT INTO outstanding VALUES (?,?,?,?) ON CONFLICT DO UPDATE"
                " SET ordered = ordered + ?, purchased = purchased + ?",
                (session.account, item, *more, *more),
            )
