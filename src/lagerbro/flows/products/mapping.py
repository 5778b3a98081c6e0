"""A Rackbeat product in e-conomic's words (domain-rules B2, A22, F8; economic-api 6.4)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from lagerbro.flows.texts import cut, without_empty
from lagerbro.money import rounded
from lagerbro.rackbeat.types import Product

OPTIONAL_FIELDS: Final = frozenset({"description", "barCode", "unit", "departmentalDistribution"})
"""What Rackbeat decides: what has been emptied there is cleared in e-conomic."""


def product_fields(product: Product, *, group: int, unit: int | None, department: int | None = None) -> dict[str, Any]:
    """The fields that Rackbeat decides on every transfer. `barred` is e-conomic's own to decide. `unit` and
    `department` are e-conomic's numbers; None where the product has none, or e-conomic has it not."""
    fields: dict[str, Any] = {
        "productNumber": product.number,
        "name": cut(product.name, 300) or product.number,
        "productGroup": {"productGroupNumber": group},
        "salesPrice": rounded(product.sales_price or Decimal(0)),
        **without_empty({"description": cut(product.description, 500), "barCode": cut(product.barcode, 50)}),
    }
    if unit is not None:
        fields["unit"] = {"unitNumber": unit}
    if department is not None:
        fields["departmentalDistribution"] = {"departmentalDistributionNumber": department}
    return fields


def cost_price(product: Product, *, use_actual_cost: bool) -> Decimal | None:
    """The cost price of a product that is made, or by an extra choice changed (domain-rules A22, H16); None: not known.

    An item without stock has no cost price; the suggested one is sent instead, and a zero never (F8).
    """
    actual = product.cost_price if product.stock_quantity else None
    chosen = actual if use_actual_cost and actual else product.recommended_cost_price
    return rounded(chosen) if chosen else None


def empty_fields(fields: Mapping[str, Any]) -> frozenset[str]:
    """What Rackbeat decides to be empty."""
    return OPTIONAL_FIELDS - fields.keys()
