"""A Rackbeat supplier group in e-conomic's words (economic-api 6.3)."""

from __future__ import annotations

from typing import Any, Final

from lagerbro.flows.texts import cut
from lagerbro.rackbeat.supplier_types import SupplierGroup

NAME_MAX: Final = 50  # economic-api 6.3


def group_fields(group: SupplierGroup) -> dict[str, Any]:
    """What Rackbeat decides on every transfer. The account is said once, when the group is made, and then
    e-conomic's own (domain-rules A9)."""
    return {"number": group.number, "name": cut(group.name, NAME_MAX)}


def account_fields(account: int) -> dict[str, Any]:
    """What is said of the account of a group that is made."""
    return {"accountNumber": account}
