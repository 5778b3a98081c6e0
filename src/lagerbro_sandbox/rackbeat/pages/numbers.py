"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal

from lagerbro_sandbox.kernel.numbers import danish
from lagerbro_sandbox.rackbeat.wire.errors import invalid


def number(text: str, path: str) -> Decimal:
    """What a person typed as a number; 422 for what is none."""
    found = danish.number(text)
    if found is None:
        raise invalid(**{path.replace(".", "__"): "The value must be a number."})
    return found
