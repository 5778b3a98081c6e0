"""What the table of VAT zones asks about, taken from an invoice and its customer (domain-rules H38). Pure."""

from __future__ import annotations

from lagerbro.books.vat_areas import VatPlace, vat_place
from lagerbro.books.vat_numbers import vat_number
from lagerbro.books.zone_rules import ZonedSale
from lagerbro.flows.customer_invoices.plan import zone_of
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.rackbeat.types import InvoicedCustomer


def sale_of(invoice: CustomerInvoice, customer: InvoicedCustomer | None, *, is_oss: bool) -> ZonedSale:
    """The delivery's country counts first, else the invoice address's, else the customer's."""
    home = vat_place(customer.address_country, customer.address_zipcode) if customer else None
    buyer = vat_place(invoice.address_country, invoice.address_zipcode) or home
    number = vat_number(customer.company_vat, home.country if home else None) if customer else None
    goods_to = _delivered(invoice, buyer) or buyer
    return ZonedSale(zone_of(invoice), goods_to, buyer, number, is_oss, charges_vat=bool(invoice.total_vat))


def _delivered(invoice: CustomerInvoice, buyer: VatPlace | None) -> VatPlace | None:
    """A delivery address without a country is in the buyer's: only its postcode is its own."""
    delivery = invoice.delivery_address
    if delivery is None:
        return None
    if (delivery.country or "").strip() or buyer is None:
        return vat_place(delivery.country, delivery.zipcode)
    return vat_place(buyer.country, delivery.zipcode) if (delivery.zipcode or "").strip() else None
