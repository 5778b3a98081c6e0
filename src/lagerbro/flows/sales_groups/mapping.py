"""A Rackbeat group in e-conomic's words (economic-api 6.2, 6.5). Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from lagerbro.flows.texts import cut

NAME_MAX: Final = 50  # economic-api 6.2, 6.5


def group_fields(name: str) -> dict[str, Any]:
    """What Rackbeat decides: the name, nothing where it has none. Accounts are e-conomic's own (domain-rules H15)."""
    shown = cut(name, NAME_MAX)
    return {"name": shown} if shown else {}


def plain_rate(rate: Decimal) -> str:
    """A rate in per cent as it is kept for a sentence."""
    return format(rate.normalize(), "f")
