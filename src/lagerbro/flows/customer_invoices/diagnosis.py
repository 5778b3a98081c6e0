"""Why e-conomic refused an invoice: known codes first, then a look at the things it refers to.

Codes are trusted, texts never (economic-api 5.3). Some refusals of a booking come as a bare server error, so what can
be looked up is looked up: it costs a few reads, and only when something is wrong.
"""

from __future__ import annotations

from lagerbro.books.zones import is_country_zone
from lagerbro.economic.client import Economic
from lagerbro.economic.invoice_types import NewDraft
from lagerbro.flows.economic_refusals import DOES_NOT_EXIST, currency_refusal, refusal_with_cause, with_answer
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.sync.outcome import Refusal
from lagerbro.wire.errors import FailureKind, RemoteError

SALES_ACCOUNT_MISSING = "E06605"
NUMBER_TAKEN = "E06010"
PERIOD_CLOSED = "E07860"
ACCOUNT_BARRED = "E04640"
DUE_DATE_UNUSABLE = ("E04042", "E04760")
"""Terms that leave the due date to the sender got none, or one before the invoice's own (economic-api 7.1)."""


def refusal_of(
    error: RemoteError, invoice: CustomerInvoice, economic: Economic, draft: NewDraft | None = None
) -> Refusal:
    """The refusal with the name of its cause, as far as it can be found. `draft`: what was to be made."""
    if SALES_ACCOUNT_MISSING in error.codes():
        zone, group = invoice.vat_zone or "", _value(error)
        if draft is not None and is_country_zone(draft.recipient.vatZone.vatZoneNumber):
            number = str(draft.recipient.vatZone.vatZoneNumber)
            return with_answer(Refusal("oss_account_missing", FailureKind.CONFIG, zone=number, group=group), error)
        return with_answer(Refusal("sales_account_missing", FailureKind.CONFIG, zone=zone, group=group), error)
    return refusal_with_cause(error, FailureKind.REFUSED, cause(invoice, economic), _coded(error, invoice))


def cause(invoice: CustomerInvoice, economic: Economic) -> Refusal | None:
    """The first thing that stands in the way of booking; None when nothing that can be read does."""
    return _dates(invoice, economic) or _customer(invoice, economic) or _products(invoice, economic)


def missing_records(error: RemoteError, invoice: CustomerInvoice) -> list[tuple[str, str]]:
    """The (kind, key) records that turned out to be missing in e-conomic: they were deleted there."""
    missing: list[tuple[str, str]] = []
    for complaint in error.errors:
        if complaint.code != DOES_NOT_EXIST:
            continue
        if complaint.path.startswith("customer"):
            missing.append(("customer", str(invoice.customer_number)))
        elif ".product" in complaint.path:
            missing.append(("product", complaint.value))
    return missing


def setting_missing(error: RemoteError, draft: NewDraft, due_date: str) -> Refusal | None:
    """A layout, a currency or payment terms that e-conomic does not have, or terms that need another due date."""
    for complaint in error.errors:
        if complaint.code in DUE_DATE_UNUSABLE:
            return Refusal("due_date_unusable", FailureKind.CONFIG, due=due_date, date=draft.date)
        if complaint.path.startswith("layout"):
            return Refusal("layout_missing", FailureKind.CONFIG, layout=str(draft.layout.layoutNumber))
        if complaint.path.startswith("paymentTerms"):
            return Refusal(
                "payment_terms_missing", FailureKind.CONFIG, terms=str(draft.paymentTerms.paymentTermsNumber)
            )
    return currency_refusal(error, draft.currency)


def _value(error: RemoteError, code: str = SALES_ACCOUNT_MISSING) -> str:
    return next((complaint.value for complaint in error.errors if complaint.code == code), "")


def _coded(error: RemoteError, invoice: CustomerInvoice) -> Refusal | None:
    """What e-conomic's code alone says: REST does not tell which periods are barred (economic-api 6.8)."""
    if PERIOD_CLOSED in error.codes():
        return Refusal("period_barred", FailureKind.CONFIG, date=invoice.invoice_date)
    if ACCOUNT_BARRED in error.codes():
        return Refusal("sales_account_barred", FailureKind.CONFIG, account=_value(error, ACCOUNT_BARRED))
    return None


def _dates(invoice: CustomerInvoice, economic: Economic) -> Refusal | None:
    day = invoice.invoice_date
    year = next((year for year in economic.registers.years() if year.fromDate <= day <= year.toDate), None)
    if year is None:
        return Refusal("year_missing", FailureKind.CONFIG, date=day)
    if year.closed:
        return Refusal("year_closed", FailureKind.CONFIG, date=day)
    for period in economic.registers.periods(year.year):
        if period.fromDate <= day <= period.toDate and (period.closed or period.barred):
            return Refusal("period_closed" if period.closed else "period_barred", FailureKind.CONFIG, date=day)
    return None


def _customer(invoice: CustomerInvoice, economic: Economic) -> Refusal | None:
    customer = economic.registers.customer(invoice.customer_number or 0) if invoice.customer_number else None
    if customer is not None and customer.barred:
        return Refusal("customer_barred", FailureKind.CONFIG, customer=f"{customer.customerNumber} {customer.name}")
    return None


def _products(invoice: CustomerInvoice, economic: Economic) -> Refusal | None:
    for number in dict.fromkeys(line.item_number for line in invoice.lines if line.item_number):
        product = economic.registers.product(number)
        if product is not None and product.barred:
            return Refusal("product_barred", FailureKind.CONFIG, product=f"{product.productNumber} {product.name}")
    return None
