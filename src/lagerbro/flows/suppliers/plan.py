"""Whether a supplier can be transferred, and as what (domain-rules D16, D20, H15)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from lagerbro.books.company_names import may_be_same_name
from lagerbro.books.company_numbers import cvr_in
from lagerbro.books.zones import UnknownZoneError
from lagerbro.flows.refusals import CONFIG, PlanRefusal
from lagerbro.flows.suppliers.mapping import supplier_fields
from lagerbro.rackbeat.supplier_types import Supplier

NUMBER_MAX: Final = 999_999_999  # economic-api 6.3
CVR: Final = "corporateIdentificationNumber"


def plan_supplier(supplier: Supplier, base_currency: str) -> dict[str, Any]:
    """The fields to write; raises `PlanRefusal` with the reason when the supplier lacks what e-conomic demands."""
    number = str(supplier.number)
    if not 1 <= supplier.number <= NUMBER_MAX:
        raise PlanRefusal("supplier_number_unusable", CONFIG, number=number)
    if not supplier.called:
        raise PlanRefusal("supplier_without_name", CONFIG, number=number)
    if supplier.group is None:
        raise PlanRefusal("supplier_without_group", CONFIG, number=number)
    if supplier.terms is None:
        raise PlanRefusal("supplier_without_terms", CONFIG, number=number)
    try:
        return supplier_fields(supplier, group=supplier.group, terms=supplier.terms, base_currency=base_currency)
    except UnknownZoneError as error:
        raise PlanRefusal("supplier_zone_unknown", CONFIG, zone=str(error)) from error


def check_same_company(fields: Mapping[str, Any], existing: Mapping[str, Any]) -> None:
    """Raise `PlanRefusal` when the number is another company's in e-conomic: written over, its invoices would be paid
    to the wrong one. Only two right CVR numbers and two names tell that; one of them alone has been corrected."""
    our_cvr, their_cvr = cvr_in(fields.get(CVR)), cvr_in(str(existing.get(CVR, "")))
    name = str(existing.get("name", ""))
    if our_cvr and their_cvr and our_cvr != their_cvr and not may_be_same_name(str(fields.get("name", "")), name):
        raise PlanRefusal("supplier_number_taken", CONFIG, name=name[:255], cvr=their_cvr, our_cvr=our_cvr)
