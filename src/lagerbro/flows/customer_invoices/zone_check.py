"""The VAT zone of an invoice: Rackbeat's, held against countries and the customer's number, or a consumer's country's.

domain-rules H38, H13 and, while One Stop VAT is on, F7. Costs nothing while nothing contradicts; then the customer is
read, because the invoice carries it as it was. A consumer in the EU costs a look at e-conomic's zones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lagerbro.agreements.approvals import VAT_ZONE, is_approved
from lagerbro.books.one_stop import ConsumerCountry, zone_of_sale
from lagerbro.books.vat_areas import VatPlace
from lagerbro.books.vat_rates import is_known_rate, standard_rate
from lagerbro.books.zone_rules import ZonedSale, ZoneObjection, zone_objection
from lagerbro.books.zones import Zone, zone_number
from lagerbro.flows.country_zones import zone_of_country
from lagerbro.flows.customer_invoices.plan import customer_of
from lagerbro.flows.customer_invoices.totals_verdict import TotalsVerdict
from lagerbro.flows.customer_invoices.zone_facts import sale_of
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.rackbeat.types import InvoicedCustomer
from lagerbro.sync.work import Work


@dataclass(frozen=True, slots=True)
class ZoneVerdict:
    """`number`: e-conomic's zone. `verdicts`: what is to be held or told of it."""

    number: int
    verdicts: tuple[TotalsVerdict, ...] = ()


def judge_zone(work: Work, invoice: CustomerInvoice) -> ZoneVerdict:
    """Nothing is said where the zone agrees with what is known or has been called right; what a person called right is
    Rackbeat's zone. Raises `PlanRefusal` where e-conomic has no zone for the consumer's country."""
    customer = invoice.customer
    sale, zone = _judged(work, invoice, customer)
    if zone is not None and not _is_right(sale, invoice):
        customer = work.clients.rackbeat.customer(customer_of(invoice)) or customer
        sale, zone = _judged(work, invoice, customer)
    rackbeats = zone_number(sale.zone)
    if zone is None:
        return _taxed_by_table(work, invoice, sale) or ZoneVerdict(rackbeats)
    if _is_right(sale, invoice):
        return ZoneVerdict(rackbeats)
    verdict = TotalsVerdict(zone.is_blocking, zone.code, _details(sale, invoice, customer))
    return ZoneVerdict(rackbeats, (verdict,))


def _taxed_by_table(work: Work, invoice: CustomerInvoice, sale: ZonedSale) -> ZoneVerdict | None:
    """A consumer's country, where One Stop VAT is on: every other zone of the table is Rackbeat's own by now (H13)."""
    if not sale.is_oss or sale.zone is not Zone.EU or sale.goods_to is None:
        return None
    country = zone_of_sale(sale.goods_to, sale.number)
    if not isinstance(country, ConsumerCountry):
        return None
    number = zone_of_country(work, country, sale.goods_to)
    return ZoneVerdict(number, _judge_rates(invoice, country, sale.goods_to))


def _judge_rates(invoice: CustomerInvoice, country: ConsumerCountry, place: VatPlace) -> tuple[TotalsVerdict, ...]:
    """domain-rules H31: e-conomic's rate books; ours only warns of a rate that the country did not have that day."""
    day = date.fromisoformat(invoice.invoice_date)
    rates = {line.vat_percentage for line in invoice.lines if line.vat_percentage}
    unknown = sorted(rate for rate in rates if not is_known_rate(country.code, rate, day))
    if not unknown:
        return ()
    details = {
        "country": place.text,
        "rate": _plain(unknown[0]),
        "expected": _plain(standard_rate(country.code, day) or Decimal(0)),
        "date": invoice.invoice_date,
    }
    return (TotalsVerdict(code="oss_rate_unlikely", details=details),)


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


def _plain(rate: Decimal) -> str:
    return format(rate.normalize(), "f")
