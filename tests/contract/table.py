"""Which path answers with which published schema, and the books in which every one of them has something to say.

`ANSWERS` is plain data, so that other checks (mutations, load) can go through the same paths.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal as D
from typing import Final

from lagerbro_sandbox.kernel.http import Request
from tests.contract.schemas import complaints
from tests.sandboxes import APP_SECRET, GRANT, Json, Sandboxes

TOKENS: Final = {"x-appsecrettoken": APP_SECRET, "x-agreementgranttoken": GRANT}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a GET on `path` is held against: the published schema of that name."""

    path: str
    schema: str


_GET: Final = {
    "/self": "self",
    "/app-roles": "app-roles",
    "/app-roles/2": "app-roles.roleNumber",
    "/customers": "customers",
    "/customers/10001": "customers.customerNumber",
    "/customers/10001/contacts": "customers.customerNumber.contacts",
    "/customers/10001/contacts/1": "customers.customerNumber.contacts.contactNumber",
    "/customers/10001/delivery-locations": "customers.customerNumber.delivery-locations",
    "/customers/10001/delivery-locations/1": "customers.customerNumber.delivery-locations.deliveryLocationNumber",
    "/customers/10001/invoices": "customers.customerNumber.invoices",
    "/customers/10001/invoices/drafts": "customers.customerNumber.invoices.drafts",
    "/customers/10001/invoices/booked": "customers.customerNumber.invoices.booked",
    "/customers/10001/totals": "customers.customerNumber.totals",
    "/customers/10001/templates": "customers.customerNumber.templates",
    "/customers/10001/templates/invoice": "customers.customerNumber.templates.invoice",
    "/customers/10001/templates/invoiceline": "customers.customerNumber.templates.invoiceline",
    "/customers/10001/templates/invoiceline/NL-100": "customers.customerNumber.templates.invoiceline.productNumber",
    "/customer-groups": "customer-groups",
    "/customer-groups/1": "customer-groups.customerGroupNumber",
    "/customer-groups/1/customers": "customer-groups.customerGroupNumber.customers",
    "/products": "products",
    "/products/NL-100": "products.productNumber",
    "/products/NL-100/pricing/currency-specific-sales-prices": (
        "products.productNumber.pricing.currency-specific-sales-prices"
    ),
    "/products/NL-100/pricing/currency-specific-sales-prices/EUR": (
        "products.productNumber.pricing.currency-specific-sales-prices.currencyCode"
    ),
    "/product-groups": "product-groups",
    "/product-groups/1": "product-groups.productGroupNumber",
    "/product-groups/1/products": "product-groups.productGroupNumber.products",
    "/product-groups/1/sales-accounts": "product-groups.productGroupNumber.sales-accounts",
    "/units": "units",
    "/units/1": "units.unitNumber",
    "/layouts": "layouts",
    "/layouts/1": "layouts.layoutNumber",
    "/payment-terms": "payment-terms",
    "/payment-terms/1": "payment-terms.paymentTermsNumber",
    "/payment-types": "payment-types",
    "/payment-types/1": "payment-types.paymentTypeNumber",
    "/vat-zones": "vat-zones",
    "/vat-zones/1": "vat-zones.vatZoneNumber",
    "/vat-accounts": "vat-accounts",
    "/vat-accounts/U25": "vat-accounts.id",
    "/vat-types": "vat-types",
    "/vat-types/1": "vat-types.id",
    "/currencies": "currencies",
    "/currencies/DKK": "currencies.code",
    "/departments": "departments",
    "/departments/1": "departments.departmentNumber",
    "/departmental-distributions": "departmental-distributions",
    "/departmental-distributions/departments": "departmental-distributions.departments",
    "/departmental-distributions/departments/1": (
        "departmental-distributions.departments.departmentalDistributionNumber"
    ),
    "/departmental-distributions/distributions": "departmental-distributions.distributions",
    "/departmental-distributions/distributions/3": (
        "departmental-distributions.distributions.departmentalDistributionNumber"
    ),
    "/employees": "employees",
    "/employees/1": "employees.employeeNumber",
    "/employees/1/customers": "employees.employeeNumber.customers",
    "/suppliers": "suppliers",
    "/suppliers/50001": "suppliers.supplierNumber",
    "/accounts": "accounts",
    "/accounts/1012": "accounts.accountNumber",
    "/accounts/1012/accounting-years": "accounts.accountNumber.accounting-years",
    "/accounts/1012/accounting-years/2026": "accounts.accountNumber.accounting-years.accountingYear",
    "/accounts/1012/accounting-years/2026/entries": "accounts.accountNumber.accounting-years.accountingYear.entries",
    "/accounts/1012/accounting-years/2026/totals": "accounts.accountNumber.accounting-years.accountingYear.totals",
    "/accounts/1012/accounting-years/2026/periods": "accounts.accountNumber.accounting-years.accountingYear.periods",
    "/accounts/1012/accounting-years/2026/periods/11": (
        "accounts.accountNumber.accounting-years.accountingYear.periods.accountingYearPeriod"
    ),
    "/accounts/1012/accounting-years/2026/periods/11/entries": (
        "accounts.accountNumber.accounting-years.accountingYear.periods.accountingYearPeriod.entries"
    ),
    "/accounts/1012/accounting-years/2026/periods/11/totals": (
        "accounts.accountNumber.accounting-years.accountingYear.periods.accountingYearPeriod.totals"
    ),
    "/accounting-years": "accounting-years",
    "/accounting-years/2026": "accounting-years.accountingYear",
    "/accounting-years/2026/entries": "accounting-years.accountingYear.entries",
    "/accounting-years/2026/totals": "accounting-years.accountingYear.totals",
    "/accounting-years/2026/periods": "accounting-years.accountingYear.periods",
    "/accounting-years/2026/periods/11": "accounting-years.accountingYear.periods.accountingYearPeriod",
    "/accounting-years/2026/periods/11/entries": "accounting-years.accountingYear.periods.accountingYearPeriod.entries",
    "/accounting-years/2026/periods/11/totals": "accounting-years.accountingYear.periods.accountingYearPeriod.totals",
    "/journals": "journals",
    "/invoices": "invoices",
    "/invoices/drafts": "invoices.drafts",
    "/invoices/drafts/3": "invoices.drafts.draftInvoiceNumber",
    "/invoices/drafts/3/templates": "invoices.drafts.draftInvoiceNumber.templates",
    "/invoices/drafts/3/templates/booking-instructions": (
        "invoices.drafts.draftInvoiceNumber.templates.booking-instructions"
    ),
    "/invoices/booked": "invoices.booked",
    "/invoices/booked/77": "invoices.booked.bookedInvoiceNumber",
    "/invoices/paid": "invoices.paid",
    "/invoices/unpaid": "invoices.unpaid",
    "/invoices/overdue": "invoices.overdue",
    "/invoices/not-due": "invoices.not-due",
    "/invoices/sent": "invoices.sent",
    "/invoices/sent/1": "invoices.sent.id",
    "/invoices/totals": "invoices.totals",
    "/invoices/totals/drafts": "invoices.totals.drafts",
    "/invoices/totals/drafts/customers": "invoices.totals.drafts.customers",
    "/invoices/totals/drafts/customers/10001": "invoices.totals.drafts.customers.customerNumber",
    "/invoices/totals/drafts/customers/10001/accounting-years/2026": (
        "invoices.totals.drafts.customers.customerNumber.accounting-years.accountingYear"
    ),
    "/invoices/totals/drafts/customers/10001/periods/11": (
        "invoices.totals.drafts.customers.customerNumber.periods.accountingPeriod"
    ),
    "/invoices/totals/drafts/employees": "invoices.totals.drafts.employees",
    "/invoices/totals/drafts/employees/1": "invoices.totals.drafts.employees.employeeNumber",
    "/invoices/totals/drafts/employees/1/accounting-years/2026": (
        "invoices.totals.drafts.employees.employeeNumber.accounting-years.accountingYear"
    ),
    "/invoices/totals/drafts/employees/1/periods/11": (
        "invoices.totals.drafts.employees.employeeNumber.periods.accountingPeriod"
    ),
    "/invoices/totals/booked": "invoices.totals.booked",
    "/invoices/totals/booked/paid": "invoices.totals.booked.paid",
    "/invoices/totals/booked/unpaid": "invoices.totals.booked.unpaid",
    "/invoices/totals/booked/unpaid/overdue": "invoices.totals.booked.unpaid.overdue",
    "/invoices/totals/booked/unpaid/not-overdue": "invoices.totals.booked.unpaid.not-overdue",
    "/orders": "orders",
    "/orders/drafts": "orders.drafts",
    "/orders/drafts/1": "orders.drafts.orderNumber",
    "/orders/drafts/1/templates": "orders.drafts.orderNumber.templates",
    "/orders/sent": "orders.sent",
    "/orders/sent/2": "orders.sent.orderNumber",
    "/orders/archived": "orders.archived",
    "/orders/archived/3": "orders.archived.orderNumber",
    "/quotes": "quotes",
    "/quotes/drafts": "quotes.drafts",
    "/quotes/drafts/1": "quotes.drafts.quoteNumber",
    "/quotes/drafts/1/templates": "quotes.drafts.quoteNumber.templates",
    "/quotes/sent": "quotes.sent",
    "/quotes/sent/2": "quotes.sent.quoteNumber",
    "/quotes/archived": "quotes.archived",
    "/quotes/archived/3": "quotes.archived.quoteNumber",
}
ANSWERS: Final = tuple(Answer(path, f"{name}.get") for path, name in _GET.items())

SEEN: Final = {
    "metaData": "economic-api 2.3: items carry what may be done with them",
    "recipient.vatZone.name": "economic-api 7.1: the zone is expanded in answers",
    "recipient.vatZone.enabledForCustomer": "economic-api 7.1",
    "recipient.vatZone.enabledForSupplier": "economic-api 7.1",
    "orderNumber": "economic-api 7.2: the booked invoice carries the draft's number",
    "products": "economic-api 6.6: units link to their products",
    "customerContact.customerContactNumber": "one schema misspells it with a small n",
    "unit.products": "economic-api 7.1: the unit of a recorded line and of a product links to its products",
    "lines[].unit.products": "economic-api 7.1",
}
"""Keys that were seen in answers and stand in no published schema."""
_NO_SELF: Final = {
    "customers.customerNumber.templates.invoice.get": "self",
    "app-roles.get": "self",
    "app-roles.roleNumber.get": "self",
    "customers.customerNumber.delivery-locations.get": "pagination",
    "departmental-distributions.get": "pagination",
    "departmental-distributions.departments.get": "pagination",
    "departmental-distributions.distributions.get": "pagination",
}
"""Published schemas that name no link to the answer itself, or no paging: every answer has both (economic-api 2.3)."""


def problems(body: Json, name: str) -> list[str]:
    """What is wrong with an answer, save what was seen."""
    return [line for line in complaints(body, name) if not _is_seen(line, name)]


def _is_seen(line: str, name: str) -> bool:
    path, _, what = line.partition(":")
    if "not in the schema" not in what:
        return False
    bare = path.removeprefix(".collection[]").removeprefix(".")
    left_out = _NO_SELF.get(name)
    if left_out is not None and bare in {left_out, "self", "metaData", "pagination"}:
        return True
    return bare in SEEN


CUSTOMER: Final[Json] = {
    "name": "Cykelhjørnet",
    "currency": "DKK",
    "customerGroup": {"customerGroupNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "vatZone": {"vatZoneNumber": 1},
    "address": "Torvet 1",
    "zip": "8000",
    "city": "Aarhus C",
    "country": "Danmark",
    "email": "a@example.com",
    "ean": "5798000000001",
    "publicEntryNumber": "1",
    "corporateIdentificationNumber": "10000009",
    "vatNumber": "10000009",
    "pNumber": "1000000001",
    "telephoneAndFaxNumber": "00000000",
    "mobilePhone": "00000000",
    "website": "https://example.com",
    "creditLimit": D("1000.50"),
    "eInvoicingDisabledByDefault": True,
    "layout": {"layoutNumber": 1},
    "salesPerson": {"employeeNumber": 1},
}
PRODUCT: Final[Json] = {
    "productNumber": "NL-100",
    "name": "Cykel",
    "description": "Rød",
    "productGroup": {"productGroupNumber": 1},
    "unit": {"unitNumber": 1},
    "barCode": "5700000000001",
    "costPrice": D("3.33"),
    "recommendedPrice": D("66.67"),
    "salesPrice": D("33.33"),
    "departmentalDistribution": {"departmentalDistributionNumber": 1, "distributionType": "department"},
}
DRAFT: Final[Json] = {
    "date": "2026-11-24",
    "currency": "DKK",
    "customer": {"customerNumber": 10001},
    "recipient": {
        "name": "Cykelhjørnet",
        "address": "Torvet 1",
        "zip": "8000",
        "city": "Aarhus C",
        "country": "Danmark",
        "ean": "5798000000001",
        "publicEntryNumber": "1",
        "nemHandelType": "ean",
        "attention": {"customerContactNumber": 1},
        "vatZone": {"vatZoneNumber": 1},
    },
    "layout": {"layoutNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "deliveryLocation": {"deliveryLocationNumber": 1},
    "delivery": {"address": "Kajen 2", "zip": "8000", "city": "Aarhus C", "deliveryDate": "2026-11-25"},
    "lines": [
        {
            "description": "Cykel",
            "product": {"productNumber": "NL-100"},
            "unit": {"unitNumber": 1},
            "quantity": D("1.33"),
            "unitNetPrice": D("33.33"),
            "discountPercentage": D("7.77"),
            "departmentalDistribution": {"departmentalDistributionNumber": 1, "distributionType": "department"},
        },
        {"description": "Tak for handlen"},
    ],
    "references": {
        "other": "RB-1",
        "customerContact": {"customerContactNumber": 1},
        "salesPerson": {"employeeNumber": 1},
        "vendorReference": {"employeeNumber": 2},
    },
    "notes": {"heading": "Tak", "textLine1": "1", "textLine2": "2"},
}


def filled() -> Sandboxes:
    """Books with something under every path of the table."""
    systems = Sandboxes.made()
    call = systems.in_economic
    call("PUT", "/customers/10001", CUSTOMER)
    contact = {"name": "Ida", "email": "ida@example.com", "phone": "00000000", "eInvoiceId": "7", "notes": "Ringes op"}
    call("POST", "/customers/10001/contacts", contact)
    place = {"address": "Kajen 2", "postalCode": "8000", "city": "Aarhus C", "country": "Danmark", "barred": True}
    call("POST", "/customers/10001/delivery-locations", {**place, "termsOfDelivery": "Frit leveret"})
    person, where = {"customerContactNumber": 1}, {"deliveryLocationNumber": 1}
    whole = {**CUSTOMER, "attention": person, "customerContact": person, "defaultDeliveryLocation": where}
    call("PUT", "/customers/10001", whole)
    call("POST", "/products", PRODUCT)
    price = {"price": D("4.46"), "currency": {"code": "EUR"}}
    call("POST", "/products/NL-100/pricing/currency-specific-sales-prices", price)
    _invoices(systems)
    _orders(systems, "orders", "orderNumber")
    _orders(systems, "quotes", "quoteNumber")
    return systems


def _invoices(systems: Sandboxes) -> None:
    """One paid, one overdue, one not due and sent, and a draft: number 3."""
    call = systems.in_economic
    euro = {"currency": "EUR", "exchangeRate": D("746.123457")}
    for number, date, by, more in (
        (75, "2026-11-20", "none", {}),
        (76, "2026-11-01", "none", euro),
        (77, "2026-11-24", "ean", {}),
    ):
        draft = call("POST", "/invoices/drafts", {**DRAFT, **more, "date": date})
        reference = {"draftInvoice": {"draftInvoiceNumber": draft["draftInvoiceNumber"]}}
        call("POST", "/invoices/booked", {**reference, "bookWithNumber": number, "sendBy": by})
    systems.admin("economic", "invoices/pay", agreement=1180001, invoice=75, amount="51.11", account=5855)
    for _ in range(3):
        call("POST", "/invoices/drafts", DRAFT)


def _orders(systems: Sandboxes, kind: str, key: str) -> None:
    """One in each state: 1 is a draft, 2 sent, 3 archived."""
    call = systems.in_economic
    for _ in range(3):
        call("POST", f"/{kind}/drafts", DRAFT)
    for number in (2, 3):
        call("POST", f"/{kind}/sent", {**DRAFT, key: number})
    body = call("GET", f"/{kind}/sent/3/templates/upgrade-instructions/draftInvoice")
    made = call("POST", "/invoices/drafts", body)
    systems.economic.handle(Request("DELETE", f"/invoices/drafts/{made['draftInvoiceNumber']}", "", TOKENS))
