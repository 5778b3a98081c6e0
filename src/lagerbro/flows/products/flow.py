"""Products: read in Rackbeat, write in e-conomic under the same number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lagerbro.flows.economic_refusals import refusal_with_cause
from lagerbro.flows.known_references.departments import department_of, remember_department
from lagerbro.flows.known_references.stale import StaleReferenceError, raise_if_stale
from lagerbro.flows.known_references.units import unit_of
from lagerbro.flows.missing_groups.making import run_with_group
from lagerbro.flows.own_number import skipped_if_other
from lagerbro.flows.plan_refusals import as_refusal
from lagerbro.flows.products.mapping import cost_price, empty_fields, product_fields
from lagerbro.flows.products.plan import check_product
from lagerbro.flows.renumbered.guard import NumberGuard
from lagerbro.flows.renumbered.memory import gone_in_rackbeat
from lagerbro.flows.upserting import Upsert
from lagerbro.rackbeat.types import Product
from lagerbro.sync.outcome import Outcome, Refusal, Skipped
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, InvalidError


class ProductFlow:
    """One product, by its number."""

    kind = "product"
    rank = 20

    def run(self, work: Work) -> Outcome:
        if not work.choices.sales_enabled:
            return Skipped("sales_off")
        product = work.clients.rackbeat.product(work.transfer.key)
        if product is None:
            return gone_in_rackbeat(work, Refusal("product_unknown", FailureKind.REFUSED))
        with as_refusal():
            group = check_product(product)
        other = skipped_if_other(work, product.number)
        if other is not None:
            return other
        try:
            return self._transferred(work, product, group)
        except StaleReferenceError:  # what is missing is forgotten by now, and found or made anew
            return self._transferred(work, product, group)

    def _transferred(self, work: Work, product: Product, group: int) -> Outcome:
        unit = unit_of(work, product.unit.name if product.unit is not None else None)
        fields = product_fields(product, group=group, unit=unit, department=department_of(work, product.department_id))
        cost = cost_price(product, use_actual_cost=work.choices.use_actual_cost)
        costs = {} if cost is None else {"costPrice": cost}
        if work.choices.update_cost:
            fields = {**fields, **costs}
        records, number = work.clients.economic.registers.products, product.number
        upsert = Upsert(
            records,
            self.kind,
            number,
            product.name,
            fields,
            empty_fields(fields),
            at_creation=lambda: costs,
            seen=lambda record: remember_department(work, number, record),
            guard=NumberGuard(work, number, product.name, records, self._is_in_rackbeat(work)),
        )
        return run_with_group(work, upsert, lambda error: self._refusal(work, fields, error))

    @staticmethod
    def _is_in_rackbeat(work: Work) -> Callable[[str], bool]:
        return lambda number: work.clients.rackbeat.product(number) is not None

    def _refusal(self, work: Work, fields: Mapping[str, Any], error: InvalidError) -> Refusal:
        raise_if_stale(work, error)
        return refusal_with_cause(error, FailureKind.CONFIG, self._missing_reference(work, fields))

    def _missing_reference(self, work: Work, fields: Mapping[str, Any]) -> Refusal | None:
        """e-conomic refused: look which of the things that the product refers to is missing there."""
        group = fields["productGroup"]["productGroupNumber"]
        if work.clients.economic.registers.product_group(group) is None:
            return Refusal("product_group_missing", FailureKind.CONFIG, group=str(group))
        return None
