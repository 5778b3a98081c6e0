"""Whether a customer can be transferred, and as what (domain-rules D16, D20, H15)."""

from __future__ import annotations

from typing import Any

from lagerbro.books.ean_numbers import EanUnusableError
from lagerbro.flows.customers.mapping import Named, customer_fields
from lagerbro.flows.refusals import CONFIG, PlanRefusal
from lagerbro.rackbeat.types import Customer

NUMBER_MAX = 999_999_999  # economic-api 6.1


def plan_customer(customer: Customer, base_currency: str, zone: int, named: Named) -> dict[str, Any]:
    """The fields to write; raises `PlanRefusal` with the reason when the customer lacks what e-conomic demands.

    `zone` is e-conomic's number.
    """
    if not 1 <= customer.number <= NUMBER_MAX:
        raise PlanRefusal("customer_number_unusable", CONFIG, number=str(customer.number))
    if not customer.called:
        raise PlanRefusal("customer_without_name", CONFIG, number=str(customer.number))
    if customer.group is None:
        raise PlanRefusal("customer_without_group", CONFIG, number=str(customer.number))
    if customer.payment_terms_id is None:
        raise PlanRefusal("payment_terms_not_chosen", CONFIG, number=str(customer.number))
    try:
        return customer_fields(
            customer,
            group=customer.group,
            terms=customer.payment_terms_id,
            zone=zone,
            base_currency=base_currency,
            named=named,
        )
    except EanUnusableError as error:
        raise PlanRefusal("ean_unusable", CONFIG, ean=str(error)[:40]) from error
