"""An invoice's VAT zone held against its countries and its customer's number, unless a person has called it right.

domain-rules H38. Costs nothing while nothing contradicts. Then the customer is read, because the invoice carries it as
it was.
"""

from __future__ import annotations

from lagerbro.agreements.approvals import VAT_ZONE, is_approved
from lagerbro.books.zone_rules import ZonedSale, ZoneObjection, zone_objection
from lagerbro.flows.customer_invoices.plan import customer_of
from lagerbro.flows.customer_invoices.totals_verdict import TotalsVerdict
from lagerbro.flows.customer_invoices.zone_facts import sale_of
from lagerbro.rackbeat.types import CustomerInvoice, InvoicedCustomer
from lagerbro.sync.work import Work


def judge_zone(work: Work, invoice: CustomerInvoice) -> TotalsVerdict:
    """What is to be held or told; nothing where the zone agrees with what is known or has been called right."""
    customer = invoice.customer
    sale, found = _judged(work, invoice, customer)
    if found is not None and not _is_right(sale, invoice):
        customer = work.clients.rackbeat.customer(customer_of(invoice)) or customer
        sale, found = _judged(work, invoice, customer)
    if found is None or _is_right(sale, invoice):
        return TotalsVerdict()
    return TotalsVerdict(found.is_blocking, found.code, _details(sale, invoice, customer))


def _judged(
    work: Work, invoice: CustomerInvoice, customer: InvoicedCustomer | None
) -> tuple[ZonedSale, ZoneObjection | None]:
    sale = sale_of(invoice, customer, is_oss=work.choices.oss_enabled)
    return sale, zone_objection(sale)


def _is_right(sale: ZonedSale, invoice: CustomerInvoice) -> bool:
    return is_approved(VAT_ZONE, str(customer_of(invoice)), sale.facts)


def _details(sale: ZonedSale, invoice: CustomerInvoice, customer: InvoicedCustomer | None) -> dict[str, str]:
    place = sale.goods_to
    buyer = sale.buyer
    return {
        "customer": f"{customer_of(invoice)} {customer.called if customer else ''}".strip(),
        "country": place.text if place else "",
        "buyer": buyer.text if buyer else "",
        "number": (customer.company_vat or "").strip()[:40] if customer else "",
        "facts": sale.facts,
    }
