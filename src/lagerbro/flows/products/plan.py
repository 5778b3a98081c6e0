"""Whether a product can be transferred, and as what."""

from __future__ import annotations

from lagerbro.flows.refusals import CONFIG, PlanRefusal
from lagerbro.rackbeat.types import Product

NUMBER_LENGTH_MAX = 25  # economic-api 6.4


def check_product(product: Product) -> int:
    """Its group; raises `PlanRefusal` with the reason where it cannot be transferred."""
    if not product.number.strip() or len(product.number) > NUMBER_LENGTH_MAX:
        raise PlanRefusal("product_number_unusable", CONFIG, number=product.number[:60])
    if product.in_group is None:
        raise PlanRefusal("product_without_group", CONFIG, number=product.number)
    return product.in_group
