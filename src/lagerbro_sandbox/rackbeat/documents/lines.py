"""The lines of a document: an item or a text, priced, with the VAT of the item's group in the document's zone (3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents.kinds import Kind
from lagerbro_sandbox.rackbeat.money import cents, line_total
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire import parameters as asking
from lagerbro_sandbox.rackbeat.wire.errors import invalid, invalid_at

LINES_MAX: Final = 1000
AMOUNT_MAX: Final = Decimal(10**9)
"""Prices and quantities stay below it."""
_KEYS: Final = ("item_id", "child_id", "product_id", "lot_id")
"""Names of the item's number on writing: today's, the one on reading, and those of 2018."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line as sent, and what ties it to a line of another document."""

    sent: Any
    link: Record = field(default_factory=dict)


def sent(lines: object) -> list[Wanted]:
    """What a body says of lines."""
    if not isinstance(lines, list) or len(lines) > LINES_MAX:
        raise invalid(lines=f"The lines must be a list of at most {LINES_MAX}.")
    return [Wanted(line) for line in lines]


def resolved(
    session: Session, kind: Kind, head: Record, wanted: Sequence[Wanted], present: Iterable[Record] = ()
) -> list[Record]:
    """Complete lines. One that is sent with the id of a present line keeps what it does not say anew."""
    by_id = {line["id"]: line for line in present}
    return [_line(session, kind, head, _Place(f"lines.{at}"), line, by_id) for at, line in enumerate(wanted)]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the body the line stands: errors name it."""

    path: str

    def number(self, line: Record, name: str, default: object) -> Decimal:
        value = line.get(name)
        number = asking.number_of(default if value is None else value, f"{self.path}.{name}")
        if abs(number) >= AMOUNT_MAX:
            raise invalid_at(f"{self.path}.{name}", f"The value must be below {AMOUNT_MAX}.")
        return number

    def percentage(self, line: Record, name: str, default: object) -> Decimal:
        number = self.number(line, name, default)
        if not 0 <= number <= 100:
            raise invalid_at(f"{self.path}.{name}", "The value must be between 0 and 100.")
        return number


def _line(
    session: Session, kind: Kind, head: Record, place: _Place, wanted: Wanted, by_id: dict[int, Record]
) -> Record:
    line = wanted.sent
    if not isinstance(line, dict):
        raise invalid_at(place.path, "The line must be an object.")
    identity = line.get("id")
    old = by_id.get(identity, {}) if isinstance(identity, int) else {}
    item = _item(session, place, line, old)
    if old and item is not None and str(item["number"]) != str(old["child_id"]):
        # L (MS): another item brings its own name, price and VAT along.
        old = {"id": old["id"], "quantity": old["quantity"]}
    quantity = place.number(line, "quantity", old.get("quantity"))
    price = place.number(line, "line_price", line.get("unit_price", _price(kind, head, item, old)))
    discount = place.percentage(line, "discount_percentage", old.get("discount_percentage", _discount(kind, head)))
    return {
        "id": old.get("id") or session.store.count_up(session.account, f"{kind.path} lines"),
        **_described(session, line, item, old),
        "delivery_date": _day(place, line.get("delivery_date", old.get("delivery_date"))),
        "quantity": quantity,
        "line_price": price,
        "discount_percentage": discount,
        "vat_percentage": place.percentage(line, "vat_percentage", _vat(session, head, item, old)),
        "line_total": line_total(quantity, price, discount),
        "location_id": _location(session, place, line, item, old),
        **{name: old[name] for name in _KEPT if name in old},
        **wanted.link,
    }


_KEPT: Final = (
    *("order_id", "order_line_id", "shipment_id", "purchase_order_id", "purchase_order_line_id"),
    *("credited_line_id", "movements", "quantity_shipped", "quantity_invoiced", "quantity_received"),
)


def _item(session: Session, place: _Place, line: Record, old: Record) -> Record | None:
    """A line without any item is a text, if it has a name."""
    key = next((line[name] for name in _KEYS if line.get(name) not in (None, "")), old.get("child_id"))
    if key is None and (line.get("name") or old.get("name")) and not any(name in line for name in _KEYS[:1]):
        return None
    item = None if key is None else asking.item(session, key)
    if item is None:
        raise invalid_at(f"{place.path}.item_id", "The selected item is invalid.")
    return item


def _described(session: Session, line: Record, item: Record | None, old: Record) -> Record:
    name = line.get("name") or old.get("name") or (item["name"] if item else "")
    variations = line.get("variations", old.get("variations", []))
    described: Record = {
        "name": str(name)[: asking.TEXT_LENGTH_MAX],
        "variations": variations if isinstance(variations, list) else [],
        **dict.fromkeys(("child_id", "child_type", "item", "unit")),
    }
    if item is None:
        return described
    group, unit = asking.group_of(session, item), session.cached("units", item.get("unit_id")) or {}
    brief = {name: item.get(name) for name in ("number", "name", "barcode", "description")}
    return described | {
        "child_id": item["number"],
        "child_type": item.get("type", "product"),
        "item": {**brief, "group": {"number": group.get("number"), "name": group.get("name")}},
        "unit": {"number": unit.get("number"), "name": unit.get("name")} if unit else None,
    }


def _day(place: _Place, value: object) -> str | None:
    return None if value in (None, "") else str(asking.day_of(value, f"{place.path}.delivery_date"))


def _price(kind: Kind, head: Record, item: Record | None, old: Record) -> object:
    """P: what the item costs, in the document's currency to the øre where that is another."""
    if "line_price" in old:
        return old["line_price"]
    if item is None:
        return 0
    price = asking.number_of(
        item.get("recommended_cost_price" if kind.is_purchase else "sales_price") or 0, "line_price"
    )
    return price if head["currency_rate"] == 1 else cents(price / Decimal(head["currency_rate"]))


def _discount(kind: Kind, head: Record) -> object:
    return 0 if kind.is_purchase else (head["customer"].get("general_discount_percentage") or 0)


def _vat(session: Session, head: Record, item: Record | None, old: Record) -> object:
    if old.get("vat_percentage") is not None:
        return old["vat_percentage"]
    return (asking.group_of(session, item).get(f"vat_{head['vat_zone']}") or 0) if item else 0


def _location(session: Session, place: _Place, line: Record, item: Record | None, old: Record) -> int | None:
    wanted = asking.location(session, line.get("location_id", line.get("location")), f"{place.path}.location_id")
    return wanted or old.get("location_id") or (item or {}).get("default_location_id")
