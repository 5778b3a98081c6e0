"""Customers: read in Rackbeat, write in e-conomic under the same number."""

from __future__ import annotations

from lagerbro.flows.customers.mapping import cleared_fields
from lagerbro.flows.customers.plan import plan_customer
from lagerbro.flows.economic_refusals import currency_missing, refused
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
        with as_refusal():
            ours = plan_customer(customer, work.agreement.base_currency)
        registers = work.clients.economic.registers
        upsert = Upsert(
            registers.customers, self.kind, str(customer.number), customer.called, ours, cleared_fields(ours)
        )
        try:
            return upsert.run(work)
        except InvalidError as error:
            found = self._missing(work, ours) or currency_missing(error, ours["currency"])
            raise refused(error, FailureKind.CONFIG, found) from error

    def _missing(self, work: Work, ours: dict[str, dict[str, int]]) -> Refusal | None:
        """e-conomic refused: look which of the things that the customer refers to is missing there."""
        registers = work.clients.economic.registers
        group = ours["customerGroup"]["customerGroupNumber"]
        if registers.customer_group(group) is None:
            return Refusal("customer_group_missing", FailureKind.CONFIG, group=str(group))
        terms = ours["paymentTerms"]["paymentTermsNumber"]
        if registers.payment_terms(terms) is None:
            return Refusal("payment_terms_missing", FailureKind.CONFIG, terms=str(terms))
        return None
