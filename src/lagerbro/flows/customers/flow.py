"""Customers: read in Rackbeat, write in e-conomic under the same number."""

from __future__ import annotations

from typing import Any

from lagerbro.flows.customers.mapping import empty_fields
from lagerbro.flows.customers.plan import plan_customer
from lagerbro.flows.customers.zones import zone_of_customer
from lagerbro.flows.economic_refusals import currency_refusal, refusal_with_cause
from lagerbro.flows.missing_groups.making import run_with_group
from lagerbro.flows.own_number import skipped_if_other
from lagerbro.flows.plan_refusals import as_refusal
from lagerbro.flows.upserting import Upsert
from lagerbro.sync.outcome import Outcome, Refusal, Skipped
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, InvalidError


class CustomerFlow:
    """One customer, by its number."""

    kind = "customer"
    rank = 20

    def run(self, work: Work) -> Outcome:
        if not work.choices.sales_enabled:
            return Skipped("sales_off")
        customer = work.clients.rackbeat.customer(work.transfer.key)
        if customer is None:
            raise Refusal("customer_unknown", FailureKind.REFUSED)
        other = skipped_if_other(work, customer.number)
        if other is not None:
            return other
        with as_refusal():
            fields = plan_customer(customer, work.agreement.base_currency, zone_of_customer(work, customer))
        registers = work.clients.economic.registers
        upsert = Upsert(
            registers.customers, self.kind, str(customer.number), customer.called, fields, empty_fields(fields)
        )
        return run_with_group(work, upsert, lambda error: self._refusal(work, fields, error))

    def _refusal(self, work: Work, fields: dict[str, Any], error: InvalidError) -> Refusal:
        cause = self._missing_reference(work, fields) or currency_refusal(error, fields["currency"])
        return refusal_with_cause(error, FailureKind.CONFIG, cause)

    def _missing_reference(self, work: Work, fields: dict[str, dict[str, int]]) -> Refusal | None:
        """e-conomic refused: look which of the things that the customer refers to is missing there."""
        registers = work.clients.economic.registers
        group = fields["customerGroup"]["customerGroupNumber"]
        if registers.customer_group(group) is None:
            return Refusal("customer_group_missing", FailureKind.CONFIG, group=str(group))
        terms = fields["paymentTerms"]["paymentTermsNumber"]
        if registers.payment_terms(terms) is None:
            return Refusal("payment_terms_missing", FailureKind.CONFIG, terms=str(terms))
        return None
