"""Bills of materials, which the API calls lots (rackbeat-api 3.2), and collections."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.registers import custom_fields, products, stock_rules
from lagerbro_sandbox.rackbeat.registers.field_readers import decimal, flag, list_of, number, object_of, reference, text
from lagerbro_sandbox.rackbeat.registers.forms import Field, Form
from lagerbro_sandbox.rackbeat.registers.register import Register, brief
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.wire.errors import invalid, invalid_at

_QUANTITY: Final = number(Decimal("0.000001"))
_LINE: Final = object_of(
    (
        Field("product_id", reference("products"), ("item_id", "child_id"), required=True),
        Field("quantity", _QUANTITY, required=True),
    )
)
_MEMBER: Final = object_of((Field("item_id", text(60), required=True), Field("quantity", _QUANTITY)))
LINES: Final = list_of(_LINE)

_LOT: Final[Form] = (
    *products.ITEM,
    Field("min_produced", products.NOT_NEGATIVE),
    Field("recommended_cost_is_locked", flag, default=False),
    Field("cost_is_locked", flag, default=False),
    Field("adjust_to_zero", flag, default=False),
    Field("add_products_individually", flag, default=False),
    Field("lines", LINES, default=[]),
)


def _lot(session: Session, record: Record) -> Record:
    rows = lines(session, record)
    total = sum((row["line_price"] for row in rows), Decimal(0))
    own = {"type": "lot", "lines": rows, "total_price": total}
    return {**products.shared(session, record, "lots"), **own, **warehouse.figures(session, str(record["number"]))}


def lines(session: Session, record: Record) -> list[Record]:
    """The parts; `unit_price` is for one, `line_price` for the row (S)."""
    rows = []
    for index, line in enumerate(record.get("lines") or []):
        part = session.cached("products", line["product_id"]) or {}
        price: Any = decimal(part.get("sales_price")) or Decimal(0)
        rows.append(
            {
                "id": index + 1,
                "product_id": line["product_id"],
                "product": brief(session, "products", line["product_id"]),
                "quantity": line["quantity"],
                "unit_price": price,
                "line_price": (price * line["quantity"]).quantize(Decimal("0.000001")).normalize() + 0,
            }
        )
    return rows


def _parts_are_other_items(session: Session, record: Record, before: Record | None) -> None:
    for index, line in enumerate(record.get("lines") or []):
        if str(line["product_id"]) == str(record["number"]):
            raise invalid_at(f"lines.{index}.product_id", "The selected product id is invalid.")
    if before is not None and before["number"] != record["number"]:
        products.rename(session, "lots", before["number"], record["number"])


LOTS: Final = Register(
    "lots",
    "lot",
    _LOT,
    _lot,
    _parts_are_other_items,
    lambda session, record: stock_rules.moves_no_more(session, record["number"]),
    text_key=True,
    field_values=lambda session, record: custom_fields.values(session, record, "lots"),
)


def copied(session: Session, record: Record, number_: object) -> Record:
    """A lot like this one, under a number of its own."""
    body = {name: value for name, value in record.items() if name not in ("number", "created_at", "updated_at")}
    return LOTS.create(session, {**body, "number": number_})


def converted(session: Session, number_: str) -> Record:
    """The product as a bill of materials under the same number; 422 in plain words while it is used in lines (L)."""
    record = products.PRODUCTS.get(session, number_)
    if stock_rules.is_in_lines(session, record["number"]):
        raise invalid(product="The product is used in lines and cannot be converted.")
    session.store.delete(session.account, "products", record["number"])
    body = {name: value for name, value in record.items() if name in {field.name for field in _LOT}}
    return LOTS.create(session, {**body, "number": record["number"]})


COLLECTIONS: Final = Register(
    "collections",
    "collection",
    (
        Field("name", text(), required=True),
        Field("items", list_of(_MEMBER), default=[]),
    ),
)
