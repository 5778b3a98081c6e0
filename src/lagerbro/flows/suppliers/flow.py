"""Suppliers: read in Rackbeat, write in e-conomic under the same number, behind their group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lagerbro.flows.economic_refusals import currency_refusal, refusal_with_cause
from lagerbro.flows.known_references.payment_terms import terms_of
from lagerbro.flows.known_references.stale import StaleReferenceError, raise_if_stale
from lagerbro.flows.own_number import skipped_if_other
from lagerbro.flows.plan_refusals import as_refusal
from lagerbro.flows.renumbered.guard import NumberGuard
from lagerbro.flows.renumbered.memory import gone_in_rackbeat
from lagerbro.flows.suppliers.mapping import empty_fields
from lagerbro.flows.suppliers.plan import check_same_company, plan_supplier
from lagerbro.flows.upserting import Upsert
from lagerbro.rackbeat.supplier_types import Supplier
from lagerbro.sync.outcome import Outcome, Refusal, Skipped, WaitsFor
from lagerbro.sync.requirements import require
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, InvalidError

GROUP_KIND = "supplier_group"


class SupplierFlow:
    """One supplier, by its number."""

    kind = "supplier"
    rank = 20

    def run(self, work: Work) -> Outcome:
        if not work.choices.suppliers_enabled:
            return Skipped("purchases_off")
        supplier = work.clients.rackbeat.supplier(work.transfer.key)
        if supplier is None:
            return gone_in_rackbeat(work, Refusal("supplier_unknown", FailureKind.REFUSED))
        other = skipped_if_other(work, supplier.number)
        if other is not None:
            return other
        try:
            return self._transferred(work, supplier)
        except StaleReferenceError:  # payment terms that are missing are forgotten by now, and found or made anew
            return self._transferred(work, supplier)

    def _transferred(self, work: Work, supplier: Supplier) -> Outcome:
        with as_refusal():
            fields = plan_supplier(supplier, work.agreement.base_currency)
            require(work, {GROUP_KIND: {str(supplier.group)}})
            terms = terms_of(work, fields["paymentTerms"]["paymentTermsNumber"], "supplier_terms_missing")
            fields = {**fields, "paymentTerms": {"paymentTermsNumber": terms}}
            key = str(supplier.number)
            is_new = work.links.get(self.kind, key) is None
            records = work.clients.economic.registers.suppliers
            upsert = Upsert(
                records,
                self.kind,
                key,
                supplier.called,
                fields,
                empty_fields(fields),
                guard=NumberGuard(work, key, supplier.called, records, self._is_in_rackbeat(work)),
                check=(lambda existing: check_same_company(fields, existing)) if is_new else None,
            )
            try:
                return upsert.run(work)
            except InvalidError as error:
                raise_if_stale(work, error)
                cause = self._missing_reference(work, fields) or currency_refusal(error, fields["currency"])
                raise refusal_with_cause(error, FailureKind.CONFIG, cause) from error

    @staticmethod
    def _is_in_rackbeat(work: Work) -> Callable[[str], bool]:
        return lambda number: work.clients.rackbeat.supplier(number) is not None

    @staticmethod
    def _missing_reference(work: Work, fields: dict[str, Any]) -> Refusal | None:
        """e-conomic refused: look which of the things that the supplier refers to is missing there. A group that was
        deleted is made again."""
        group = fields["supplierGroup"]["supplierGroupNumber"]
        if work.clients.economic.supplier_groups.raw(group) is None:
            work.links.forget(GROUP_KIND, str(group))
            raise WaitsFor(((GROUP_KIND, str(group)),))
        terms = fields["paymentTerms"]["paymentTermsNumber"]
        if work.clients.economic.registers.payment_terms(terms) is None:
            return Refusal("supplier_terms_missing", FailureKind.CONFIG, terms=str(terms))
        return None
