"""What an invoice names besides its customer and products, under e-conomic's numbers (economic-api 7.1).

With everything known it costs no call. A layout that the two are not matched for is the one that e-conomic has on the
customer (domain-rules H14), as it was when the customer was last transferred.
"""

from __future__ import annotations

from dataclasses import replace

from lagerbro.flows.customer_invoices.named import NamedOn
from lagerbro.flows.customer_invoices.plan import customer_of
from lagerbro.flows.customers.layouts import CUSTOMER_LAYOUT
from lagerbro.flows.known_references.contacts import contact_of
from lagerbro.flows.known_references.departments import departments_of
from lagerbro.flows.known_references.payment_terms import terms_of
from lagerbro.flows.known_references.people import employee_of
from lagerbro.flows.known_references.units import known_unit
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.sync.outcome import WaitsFor
from lagerbro.sync.work import Work
from lagerbro.wire.errors import NotFoundError


def decided_on(work: Work, invoice: CustomerInvoice, zone: int, terms: int | None) -> NamedOn:
    """What is known without asking anybody."""
    layout = work.links.get(CUSTOMER_LAYOUT, str(customer_of(invoice)))
    of_customer = int(layout.economic_key) if layout is not None and layout.economic_key else None
    return NamedOn(zone, terms, customer_layout=of_customer)


def named_on(work: Work, invoice: CustomerInvoice, decided: NamedOn) -> NamedOn:
    """The rest of it: contacts are made where e-conomic has none of the name. Raises `WaitsFor` where the
    customer has been deleted in e-conomic since we knew of it."""
    customer = customer_of(invoice)
    attention = invoice.customer.attention if invoice.customer is not None else None
    sellers = [
        employee_of(work, number) for number in dict.fromkeys((invoice.our_reference_id, invoice.employee_id)) if number
    ]
    first, second, *_ = (*(one for one in sellers if one is not None), None, None)
    try:
        return replace(
            decided,
            terms=terms_of(work, decided.terms) if decided.terms is not None else None,
            attention=contact_of(work, customer, attention),
            contact=contact_of(work, customer, invoice.their_reference),
            seller=first,
            second_seller=second if second != first else None,
            units=_units(work, invoice),
            departments=departments_of(work, (line.item_number for line in invoice.lines if line.item_number)),
        )
    except NotFoundError as error:
        work.links.forget("customer", str(customer))
        raise WaitsFor((("customer", str(customer)),)) from error


def _units(work: Work, invoice: CustomerInvoice) -> dict[str, int]:
    names = {line.unit.name for line in invoice.lines if line.unit is not None and line.unit.name}
    found = {name: known_unit(work, name) for name in names}
    return {name: number for name, number in found.items() if number is not None}
