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

NUMBER_MAX: Final = 999_999_999
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


def check_same(ours: Mapping[str, Any], present: Mapping[str, Any]) -> None:
    """Raise `PlanRefusal` when the number is another company's in e-conomic: written over, its invoices would be paid
    to the wrong one. Only two right CVR numbers and two names tell that; one of them alone has been corrected."""
    mine, theirs = cvr_in(ours.get(CVR)), cvr_in(str(present.get(CVR, "")))
    name = str(present.get("name", ""))
    if mine and theirs and mine != theirs and not may_be_same_name(str(ours.get("name", "")), name):
        raise PlanRefusal("supplier_number_taken", CONFIG, name=name[:255], cvr=theirs, our_cvr=mine)
