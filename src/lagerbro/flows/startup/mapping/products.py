"""Products and their groups (economic-api 6.4, 6.5; rackbeat-api 3.1, 3.2). Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import msgspec

from lagerbro.flows.startup.candidate import Candidate, MappingContext
from lagerbro.flows.startup.kinds import Kind
from lagerbro.flows.startup.mapping.identity import identity
from lagerbro.flows.startup.mapping.texts import fitting
from lagerbro.money import rounded

PRICE_DECIMALS: Final = 6


class _Group(msgspec.Struct):
    inventoryEnabled: bool = False


class _GroupRef(msgspec.Struct):
    productGroupNumber: int | None = None


class _UnitRef(msgspec.Struct):
    unitNumber: int | None = None


class _Product(msgspec.Struct):
    description: str | None = None
    barCode: str | None = None
    salesPrice: Decimal | None = None
    recommendedPrice: Decimal | None = None
    costPrice: Decimal | None = None
    productGroup: _GroupRef | None = None
    unit: _UnitRef | None = None


def product_group(record: object, context: MappingContext) -> Candidate:
    """The VAT of each zone is that of the group's sales account there; a domestic rate is never guessed."""
    found = identity(Kind.PRODUCT_GROUP, record)
    group, vat = found.as_shape(_Group), context.vat.get(int(found.number))
    if vat is None:
        raise found.cannot("group_vat_unknown")
    fields = {
        "name": found.name,
        "has_inventory": context.all_groups_stocked or group.inventoryEnabled,
        **{f"vat_{zone}": rate for zone, rate in vat.rates.items()},
    }
    return Candidate(Kind.PRODUCT_GROUP, found.number, found.name, fields)


def product(record: object, _context: MappingContext) -> Candidate:
    """e-conomic's cost price becomes the expected one: the actual cost is the stock's to tell (rackbeat-api 6)."""
    found = identity(Kind.PRODUCT, record)
    item = found.as_shape(_Product)
    group = item.productGroup.productGroupNumber if item.productGroup is not None else None
    if group is None:
        raise found.cannot("no_group")
    texts, left_out = fitting({"description": (item.description, 20_000), "barcode": (item.barCode, 60)})
    prices: dict[str, Any] = {"sales_price": _price(item.salesPrice) or Decimal(0)}
    for name, price in (("recommended_sales_price", item.recommendedPrice), ("recommended_cost_price", item.costPrice)):
        if price is not None and price > 0:
            prices[name] = _price(price)
        elif price is not None and price < 0:
            left_out = (*left_out, name)
    unit = item.unit.unitNumber if item.unit is not None else None
    return Candidate(
        Kind.PRODUCT,
        found.number,
        found.name,
        {"name": found.name, **prices, **texts},
        needs={"group_id": (Kind.PRODUCT_GROUP, str(group))},
        may_name={} if unit is None else {"unit_id": (Kind.UNIT, str(unit))},
        left_out=left_out,
    )


def _price(price: Decimal | None) -> Decimal | None:
    return None if price is None else rounded(price, PRICE_DECIMALS)
