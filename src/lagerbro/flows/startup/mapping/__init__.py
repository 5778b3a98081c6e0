"""e-conomic's records in Rackbeat's words, kind by kind (domain-rules A32, B2; economic-api 6, rackbeat-api 3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from lagerbro.flows.startup.candidate import Candidate, MappingContext
from lagerbro.flows.startup.kinds import Kind
from lagerbro.flows.startup.mapping.parties import customer, supplier
from lagerbro.flows.startup.mapping.products import product, product_group
from lagerbro.flows.startup.mapping.small import employee, named, payment_terms

_MAPPINGS: Final[Mapping[Kind, Callable[[object, MappingContext], Candidate]]] = {
    Kind.PAYMENT_TERMS: payment_terms,
    Kind.UNIT: named(Kind.UNIT),
    Kind.EMPLOYEE: employee,
    Kind.LAYOUT: named(Kind.LAYOUT),
    Kind.PRODUCT_GROUP: product_group,
    Kind.PRODUCT: product,
    Kind.CUSTOMER_GROUP: named(Kind.CUSTOMER_GROUP),
    Kind.CUSTOMER: customer,
    Kind.SUPPLIER_GROUP: named(Kind.SUPPLIER_GROUP),
    Kind.SUPPLIER: supplier,
}


def candidate(kind: Kind, record: object, context: MappingContext) -> Candidate:
    """The record of e-conomic's list, whatever stands there; raises `CannotGoError`."""
    return _MAPPINGS[kind](record, context)
