"""Whether a supplier group can be transferred, and onto which account (domain-rules A9, H6)."""

from __future__ import annotations

from typing import Any, Final

from lagerbro.economic.types import Account
from lagerbro.flows.refusals import CONFIG, PlanRefusal
from lagerbro.flows.supplier_groups.mapping import group_fields
from lagerbro.rackbeat.supplier_types import SupplierGroup

NUMBER_MAX: Final = 999_999_999
BALANCE: Final = "status"


def plan_group(group: SupplierGroup) -> dict[str, Any]:
    """The fields to write; raises `PlanRefusal` with the reason when the group lacks what e-conomic demands."""
    if not 1 <= group.number <= NUMBER_MAX:
        raise PlanRefusal("supplier_group_number_unusable", CONFIG, number=str(group.number))
    if not group.name.strip():
        raise PlanRefusal("supplier_group_without_name", CONFIG, number=str(group.number))
    return group_fields(group)


def check_account(number: int, account: Account | None) -> None:
    """Raise `PlanRefusal` when no group can have this account: it has to be an open one of the balance sheet. That it
    is blocked for direct entries is as it should be (H6)."""
    if account is None:
        raise PlanRefusal("supplier_group_account_missing", CONFIG, account=str(number))
    named = f"{number} {account.name}".strip()
    if account.accountType != BALANCE:
        raise PlanRefusal("supplier_group_account_unfit", CONFIG, account=named)
    if account.barred:
        raise PlanRefusal("supplier_group_account_barred", CONFIG, account=named)
