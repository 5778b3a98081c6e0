"""Supplier groups: read in Rackbeat, made in e-conomic under the same number with the account of the settings.

A group that e-conomic has keeps its account (domain-rules A9); of it only the name follows Rackbeat.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lagerbro.flows.economic_refusals import refusal_with_cause
from lagerbro.flows.own_number import skipped_if_other
from lagerbro.flows.plan_refusals import as_refusal
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.flows.supplier_groups.mapping import account_fields
from lagerbro.flows.supplier_groups.plan import check_account, plan_group
from lagerbro.flows.upserting import Upsert
from lagerbro.sync.outcome import Outcome, Refusal, Skipped
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, InvalidError


class SupplierGroupFlow:
    """One group, by its number."""

    kind = "supplier_group"
    rank = 10

    def run(self, work: Work) -> Outcome:
        if not work.choices.suppliers_enabled:
            return Skipped("purchases_off")
        group = work.clients.rackbeat.supplier_group(work.transfer.key)
        if group is None:
            raise Refusal("supplier_group_unknown", FailureKind.REFUSED)
        other = skipped_if_other(work, group.number)
        if other is not None:
            return other
        groups = work.clients.economic.supplier_groups
        with as_refusal():
            fields = plan_group(group)
            upsert = Upsert(
                groups,
                self.kind,
                str(group.number),
                group.name,
                fields,
                at_creation=lambda: self._new_group_fields(work),
            )
            try:
                return upsert.run(work)
            except InvalidError as error:
                raise refusal_with_cause(
                    error, FailureKind.CONFIG, self._account_refusal(work, groups.raw(group.number))
                ) from error

    def _new_group_fields(self, work: Work) -> Mapping[str, Any]:
        """The account of a group that is made, looked at as it is now: once in the group's life."""
        chosen = work.choices.supplier_group_account
        if chosen is None:
            raise Refusal("supplier_group_account_not_chosen", FailureKind.CONFIG)
        self._check_account(work, chosen)
        return account_fields(chosen)

    def _account_refusal(self, work: Work, existing: Mapping[str, Any] | None) -> Refusal | None:
        """What is wrong with the account of the group that stands there."""
        try:
            if existing is not None:
                self._check_account(work, existing["accountNumber"])
        except PlanRefusal as refusal:
            return Refusal(refusal.code, FailureKind(refusal.kind), **refusal.details)
        return None

    @staticmethod
    def _check_account(work: Work, number: int) -> None:
        check_account(number, work.clients.economic.registers.account(number))
