"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal

from lagerbro_sandbox.kernel.numbers import danish
from lagerbro_sandbox.rackbeat.wire.errors import invalid


def number(text: str, path: str) -> Decimal:
    """What a person typed as a number; 422 for what is none."""
    amount = danish.number(text)
    if amount is None:
        raise invalid(**{path.replace(".", "__"): "The value must be a number."})
    return amount
