"""The daily stock value: what would make it wrong, and what would keep it from running at all (A26–A30, H27)."""

from __future__ import annotations

from typing import Final

from lagerbro.checks.check import Area, Faults, Remedy, Severity, check, fault_if
from lagerbro.checks.facts import Facts
from lagerbro.checks.grid import shortened_list


@check("stock_frequency_not_chosen", Severity.BLOCKS, Area.STOCK_VALUE, field="stock_frequency")
def frequency_not_chosen(facts: Facts) -> Faults:
    return fault_if(facts.choices.stock_frequency is None)


@check("stock_accounts_equal", Severity.BLOCKS, Area.STOCK_VALUE, field="stock_contra_account")
def accounts_equal(facts: Facts) -> Faults:
    """Debit and credit on the same account would say nothing, every night."""
    stock, contra = facts.choices.stock_account, facts.choices.stock_contra_account
    return fault_if(stock is not None and stock == contra, number=stock)


@check("economic_inventory_on", Severity.BLOCKS, Area.STOCK_VALUE, remedy=Remedy.ECONOMIC_APPS)
def inventory_on(facts: Facts) -> Faults:
    """e-conomic posts the cost of goods itself then, and the stock would be posted twice (economic-api 10)."""
    groups = facts.product_groups
    if groups is None:
        return None
    names = [group.name or str(group.number) for group in groups.values() if group.inventory_enabled]
    return fault_if(bool(names), groups=shortened_list(names))


CHECKS: Final = (frequency_not_chosen, accounts_equal, inventory_on)
