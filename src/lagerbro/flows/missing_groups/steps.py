"""The writes that make a group: the group itself, and the accounts of a product group in the further VAT zones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec

from lagerbro.economic.client import Economic
from lagerbro.sync.work import Step


class NewGroup(msgspec.Struct):
    """A group to make. `account`: the customers' control account, or the domestic sales account of the products.

    `accounts`: the products' sales accounts in the other VAT zones.
    """

    kind: str
    number: int
    source: int
    name: str
    account: int
    accounts: dict[int, int] = {}


@dataclass(frozen=True, slots=True)
class GroupSteps:
    """Both writes find what an earlier try has made."""

    GROUP: ClassVar[str] = "group"
    ACCOUNTS: ClassVar[str] = "group_accounts"
    economic: Economic
    new: NewGroup

    def group(self) -> Step[NewGroup]:
        return Step(
            name=self.GROUP,
            answer=NewGroup,
            request=self.new,
            send=self._create,
            find_existing=lambda: self.new if self._raw() is not None else None,
            is_once_only=False,
        )

    def accounts(self) -> Step[NewGroup]:
        """One write of ours, a call for each account; of those that are there already, none."""
        return Step(
            name=self.ACCOUNTS,
            answer=NewGroup,
            request=self.new,
            send=self._add_accounts,
            find_existing=lambda: None if self._missing() else self.new,
            is_once_only=False,
        )

    def _raw(self) -> dict[str, Any] | None:
        groups = self.economic.customer_groups if self._is_of_customers else self.economic.product_groups
        return groups.raw(self.new.number)

    @property
    def _is_of_customers(self) -> bool:
        return self.new.kind == "customer_group"

    def _create(self, key: str) -> NewGroup:
        new = self.new
        if self._raw() is not None:  # somebody was quicker
            return new
        if self._is_of_customers:
            account = {"accountNumber": new.account}
            record = {"customerGroupNumber": new.number, "name": new.name, "account": account}
            self.economic.customer_groups.create(record, key)
        else:
            self.economic.product_groups.create(new.number, new.name, new.account, key)
        return new

    def _add_accounts(self, key: str) -> NewGroup:
        for zone, account in self._missing().items():
            self.economic.product_groups.add_account(self.new.number, zone, account, f"{key}-{zone}")
        return self.new

    def _missing(self) -> dict[int, int]:
        if not self.new.accounts:
            return {}
        there = self.economic.product_groups.accounts(self.new.number)
        return {zone: account for zone, account in self.new.accounts.items() if zone not in there}
