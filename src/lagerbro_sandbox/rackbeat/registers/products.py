"""Products (rackbeat-api 3.2). Stock and cost are the warehouse's to tell, never a client's to write."""

from __future__ import annotations

from decimal import Decimal
from typing import Final
from urllib.parse import quote

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.registers import custom_fields, stock_rules
from lagerbro_sandbox.rackbeat.registers.field_readers import choice, decimal, flag, number, object_of, reference, text
from lagerbro_sandbox.rackbeat.registers.forms import Field, Form
from lagerbro_sandbox.rackbeat.registers.register import Register, brief
from lagerbro_sandbox.rackbeat.registers.simple_registers import ZONES
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.wire.errors import ApiError, invalid

NOT_NEGATIVE: Final = number(Decimal(0))
_SIZE: Final = number(Decimal(0), decimals=2)
HIDDEN: Final = ("item_units", "currency_prices", "translations", custom_fields.KEPT_IN)
"""What belongs to an item and is asked for under paths of its own."""
RATES: Final = tuple(f"vat_{zone}" for zone in ZONES)

_PHYSICAL: Final = object_of(
    (
        Field("weight", _SIZE),
        Field("weight_unit", choice("g", "kg", "lb", "oz")),
        *(Field(side, _SIZE) for side in ("height", "width", "depth")),
        Field("size_unit", choice("mm", "cm", "m", "in")),
    )
)
_ACTIVE: Final = object_of((Field("is_active", flag, default=False),))

ITEM: Final[Form] = (
    Field("name", text(), required=True),
    Field("group_id", reference("product-groups"), ("group",), required=True),
    Field("sales_price", number(), default=Decimal(0)),
    Field("recommended_sales_price", number()),
    Field("recommended_cost_price", NOT_NEGATIVE, default=Decimal(0)),
    Field("barcode", text(60)),
    Field("description", text(20_000)),
    Field("goods_code", text(40)),
    Field("country_code", text(2)),
    Field("unit_id", reference("units"), ("unit",)),
    Field("discount_group_id", reference("discount-groups"), ("discount_group",)),
    Field("default_location_id", reference("locations"), ("default_location",)),
    Field("department_id", text(20), ("department",)),
    Field("min_sales", NOT_NEGATIVE),
    Field("min_stock", NOT_NEGATIVE),
    Field("physical", _PHYSICAL),
    Field("image_url", text(2000)),
    Field("is_barred", flag, default=False),
)
PRODUCT: Final[Form] = (
    *ITEM,
    Field("cost_addition_percentage", number()),
    Field("min_order", NOT_NEGATIVE),
    Field("default_supplier_id", reference("suppliers"), ("default_supplier",)),
    Field("supplier_product_number", text(60)),
    Field("variation_id", reference("variations"), ("variation",)),
    Field("serial_numbers", _ACTIVE),
    Field("batch_control", _ACTIVE),
    Field("should_assure_quality", flag, default=False),
)


def shared(session: Session, record: Record, kind: str) -> Record:
    """What products and bills of materials show alike."""
    number_ = str(record["number"])
    friendly = quote(number_, safe="")
    group = session.cached("product-groups", record["group_id"]) or {}
    picture = record.get("image_url")
    return {
        **{name: value for name, value in record.items() if name not in HIDDEN},
        "urlfriendly_number": friendly,
        "group": brief(session, "product-groups", record["group_id"], *RATES),
        "unit": brief(session, "units", record.get("unit_id")),
        "discount_group": brief(session, "discount-groups", record.get("discount_group_id")),
        "default_location": brief(session, "locations", record.get("default_location_id")),
        "inventory_enabled": bool(group.get("has_inventory")),
        "is_sellable": bool(group.get("is_sellable", True)),
        "picture_url": picture,
        "pictures": dict.fromkeys(("thumb", "display", "large", "original"), picture) if picture else None,
        "metadata": [
            {"slug": entry["field"]["slug"], "name": entry["field"]["name"], "value": entry["value"]}
            for entry in custom_fields.values(session, record, kind)
        ],
        "pdf_url": f"{session.base}/api/{kind}/{friendly}.pdf",
        "deleted_at": None,
    }


def _product(session: Session, record: Record) -> Record:
    shown = shared(session, record, "products")
    sales, cost = decimal(record.get("sales_price")), decimal(record.get("recommended_cost_price"))
    shown |= {
        "type": "product",
        "id": None,
        "sales_profit": None if sales is None or cost is None else sales - cost,
        "default_supplier": brief(session, "suppliers", record.get("default_supplier_id")),
        "variation": brief(session, "variations", record.get("variation_id")),
        "is_convertable": True,
        "is_draft": bool(record.get("is_draft")),
    }
    return shown | warehouse.figures(session, str(record["number"]))


def _whole_sizes(session: Session, record: Record, before: Record | None) -> None:
    """D: a size needs its unit. An item that gets another number keeps its stock (D: rename by PUT)."""
    physical = record.get("physical") or {}
    if physical.get("weight") is not None and not physical.get("weight_unit"):
        raise invalid(physical__weight_unit="The weight unit field is required.")
    if any(physical.get(side) is not None for side in ("height", "width", "depth")) and not physical.get("size_unit"):
        raise invalid(physical__size_unit="The size unit field is required.")
    if before is not None and before["number"] != record["number"]:
        rename(session, "products", before["number"], record["number"])


def rename(session: Session, kind: str, old: str, new: str) -> None:
    """The record leaves its old number with its stock; the caller writes it under the new one."""
    session.store.delete(session.account, kind, old)
    stock_rules.renamed(session, old, new)


PRODUCTS: Final = Register(
    "products",
    "product",
    PRODUCT,
    _product,
    _whole_sizes,
    lambda session, record: stock_rules.moves_no_more(session, record["number"]),
    text_key=True,
    field_values=lambda session, record: custom_fields.values(session, record, "products"),
    drafts=True,
    begun=stock_rules.begin,
)


def bulk_delete(session: Session, register: Register, ids: object) -> int:
    """All of them or none (P)."""
    if not isinstance(ids, list) or not ids:
        raise invalid(ids="The ids field is required.")
    if len(ids) > 1000:
        raise invalid(ids="The ids may not have more than 1000 items.")
    for index, key in enumerate(ids):
        try:
            register.delete(session, str(key))
        except ApiError as error:
            if error.status != 404:
                raise
            raise invalid(**{f"ids__{index}": "The selected id is invalid."}) from error
    return len(ids)
