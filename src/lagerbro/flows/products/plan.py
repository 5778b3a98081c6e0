"""Whether a product can be transferred, and as what."""

from __future__ import annotations

from typing import Any

from lagerbro.flows.products.mapping import product_fields
from lagerbro.flows.refusals import CONFIG, PlanRefusal
from lagerbro.rackbeat.types import Product

NUMBER_LENGTH_MAX = 25


def plan_product(product: Product, unit: int | None) -> dict[str, Any]:
    """The fields to write; raises `PlanRefusal` with the reason."""
    if not product.number.strip() or len(product.number) > NUMBER_LENGTH_MAX:
        raise PlanRefusal("product_number_unusable", CONFIG, number=product.number[:60])
    if product.in_group is None:
        raise PlanRefusal("product_without_group", CONFIG, number=product.number)
    return product_fields(product, group=product.in_group, unit=unit)
