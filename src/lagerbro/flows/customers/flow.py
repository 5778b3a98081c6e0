"""Customers: read in Rackbeat, write in e-conomic under the same number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lagerbro.flows.customers.layouts import remember_layout
from lagerbro.flows.customers.mapping import Named, empty_fields
from lagerbro.flows.customers.naming import named_by_customer, names_parts, with_contacts_and_location
from lagerbro.flows.customers.plan import plan_customer
from lagerbro.flows.customers.zones import zone_of_customer
from lagerbro.flows.economic_refusals import currency_refusal, refusal_with_cause
from lagerbro.flows.known_references.stale import StaleReferenceError, raise_if_stale
from lagerbro.flows.missing_groups.making import run_with_group
from lagerbro.flows.own_number import skipped_if_other
from lagerbro.flows.plan_refusals import as_refusal
from lagerbro.flows.renumbered.guard import NumberGuard
from lagerbro.flows.renumbered.memory import gone_in_rackbeat
from lagerbro.flows.upserting import Upsert, combined_outcome
from lagerbro.rackbeat.types import Customer
from lagerbro.sync.outcome import Outcome, Refusal, Skipped
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, InvalidError, NotFoundError


class CustomerFlow:
    """One customer, by its number."""

    kind = "customer"
    rank = 20

    def run(self, work: Work) -> Outcome:
        if not work.choices.sales_enabled:
            return Skipped("sales_off")
        customer = work.clients.rackbeat.customer(work.transfer.key)
        if customer is None:
            return gone_in_rackbeat(work, Refusal("customer_unknown", FailureKind.REFUSED))
        other = skipped_if_other(work, customer.number)
        if other is not None:
            return other
        try:
            return self._transferred(work, customer)
        except StaleReferenceError:  # what is missing is forgotten by now, and found or made anew
            return self._transferred(work, customer)

    def _transferred(self, work: Work, customer: Customer) -> Outcome:
        with as_refusal():
            zone = zone_of_customer(work, customer)
            plan_customer(customer, work.agreement.base_currency, zone, Named())  # nothing is asked for one that cannot
        named = named_by_customer(work, customer)
        if not names_parts(customer):
            return self._upserted(work, customer, zone, named)
        first: Outcome | None = None
        if work.links.get(self.kind, work.transfer.key) is None:
            first = self._upserted(work, customer, zone, named)  # contacts and locations belong to one that is there
        try:
            named = with_contacts_and_location(work, customer, named)
        except NotFoundError:  # deleted in e-conomic since we knew of it
            first = self._upserted(work, customer, zone, named)
            named = with_contacts_and_location(work, customer, named)
        return combined_outcome(first, self._upserted(work, customer, zone, named))

    def _upserted(self, work: Work, customer: Customer, zone: int, named: Named) -> Outcome:
        with as_refusal():
            fields = plan_customer(customer, work.agreement.base_currency, zone, named)
        records = work.clients.economic.registers.customers
        key = str(customer.number)
        upsert = Upsert(
            records,
            self.kind,
            key,
            customer.called,
            fields,
            empty_fields(fields),
            guard=NumberGuard(work, key, customer.called, records, self._is_in_rackbeat(work)),
            seen=lambda record: remember_layout(work, key, record),
        )
        return run_with_group(work, upsert, lambda error: self._refusal(work, fields, error))

    @staticmethod
    def _is_in_rackbeat(work: Work) -> Callable[[str], bool]:
        return lambda number: work.clients.rackbeat.customer(number) is not None

    def _refusal(self, work: Work, fields: Mapping[str, Any], error: InvalidError) -> Refusal:
        raise_if_stale(work, error)
        cause = self._missing_reference(work, fields) or currency_refusal(error, fields["currency"])
        return refusal_with_cause(error, FailureKind.CONFIG, cause)

    def _missing_reference(self, work: Work, fields: Mapping[str, Mapping[str, int]]) -> Refusal | None:
        """e-conomic refused: look which of the things that the customer refers to is missing there."""
        registers = work.clients.economic.registers
        group = fields["customerGroup"]["customerGroupNumber"]
        if registers.customer_group(group) is None:
            return Refusal("customer_group_missing", FailureKind.CONFIG, group=str(group))
        terms = fields["paymentTerms"]["paymentTermsNumber"]
        if registers.payment_terms(terms) is None:
            return Refusal("payment_terms_missing", FailureKind.CONFIG, terms=str(terms))
        layout = fields.get("layout", {}).get("layoutNumber")
        if layout is not None and registers.layout(layout) is None:
            return Refusal("layout_missing", FailureKind.CONFIG, layout=str(layout))
        return None
