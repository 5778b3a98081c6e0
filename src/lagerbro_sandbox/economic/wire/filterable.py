"""Which properties of each resource may be filtered and sorted by (economic-api 2.4, 2.5, corrected by 2.9).

What the published schemas flag, less what the server was seen to refuse and more what it was seen to take. A few
filters are allowed by both and answered by a fault of the server: they are named in `broken`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

ANY: Final = frozenset({"eq", "ne", "gt", "gte", "lt", "lte", "like", "in", "nin", "null"})


@dataclass(frozen=True, slots=True)
class Fields:
    """`broken`: by property the operators that are 500; `null` stands for a comparison with `$null:`."""

    filter: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    broken: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def below(self, prefix: str, *plain: str) -> Fields:
        """The same properties inside an object."""
        return Fields(
            (*plain, *(f"{prefix}.{name}" for name in self.filter)),
            (*plain, *(f"{prefix}.{name}" for name in self.sort)),
        )


def _same(*names: str, only_filter: tuple[str, ...] = (), only_sort: tuple[str, ...] = ()) -> Fields:
    return Fields((*names, *only_filter), (*names, *only_sort))


_PARTY: Final = (
    "address",
    "balance",
    "city",
    "corporateIdentificationNumber",
    "country",
    "creditLimit",
    "currency",
    "customerNumber",
    "ean",
    "email",
    "name",
    "publicEntryNumber",
    "telephoneAndFaxNumber",
    "mobilePhone",
    "vatNumber",
    "website",
    "zip",
)
_DOCUMENT: Final = (
    "date",
    "currency",
    "paymentTerms.paymentTermsNumber",
    "customer.customerNumber",
    "recipient.name",
    "recipient.address",
    "recipient.zip",
    "recipient.city",
    "recipient.country",
    "recipient.ean",
    "recipient.publicEntryNumber",
    "deliveryLocation.deliveryLocationNumber",
    "delivery.address",
    "delivery.zip",
    "delivery.city",
    "delivery.country",
    "delivery.deliveryTerms",
    "delivery.deliveryDate",
    "notes.heading",
    "notes.textLine1",
    "notes.textLine2",
    "references.salesPerson.employeeNumber",
    "references.vendorReference.employeeNumber",
    "references.other",
)
"""`references.customerContact.customer.customerNumber` is flagged, and refused by the server."""
_ENTRY: Final = (
    "amount",
    "supplierInvoiceNumber",
    "amountInBaseCurrency",
    "currency",
    "date",
    "dueDate",
    "costType.costTypeNumber",
    "entryNumber",
    "text",
    "entryType",
    "customer.customerNumber",
    "supplier.supplierNumber",
    "unit1.unitNumber",
    "unit2.unitNumber",
    "quantity1",
    "quantity2",
    "voucherNumber",
    "remainder",
    "remainderInBaseCurrency",
)
_ACCOUNT: Final = ("accountNumber", "accountType", "balance", "debitCredit", "name")
_PRODUCT: Final = (
    "productNumber",
    "description",
    "name",
    "costPrice",
    "recommendedPrice",
    "salesPrice",
    "barCode",
    "lastUpdated",
)
_PRODUCT_ONLY: Final = (
    "barred",
    "unit.unitNumber",
    "departmentalDistribution.departmentalDistributionNumber",
)
_PRODUCT_BROKEN: Final = {
    "departmentalDistribution.departmentalDistributionNumber": ANY,
    "barred": frozenset({"ne", "null"}),
}
_TERMS_BROKEN: Final = {"paymentTerms.paymentTermsNumber": ANY}

NONE: Final = Fields()
ACCOUNTS: Final = _same(*_ACCOUNT, "blockDirectEntries", only_filter=("barred",))
APP_ROLES: Final = _same("roleNumber")
CONTACTS: Final = _same(
    "customerContactNumber", "email", "name", "phone", "eInvoiceId", "customer.customerNumber", "sortKey"
)
CURRENCY_PRICES: Final = _same("price", "product.productNumber", "currency.code")
CUSTOMER_GROUPS: Final = _same("customerGroupNumber", "name")
CUSTOMERS: Final = _same(*_PARTY, "lastUpdated", only_filter=("barred", "pNumber", "customerGroup.customerGroupNumber"))
CUSTOMERS_OF_EMPLOYEE: Final = _same(*_PARTY, "lastUpdated", only_filter=("customerGroup.customerGroupNumber",))
CUSTOMERS_OF_GROUP: Final = _same(*_PARTY)
DELIVERY_LOCATIONS: Final = _same(
    "address", "city", "country", "deliveryLocationNumber", "postalCode", "sortKey", only_filter=("barred",)
)
DEPARTMENTS: Final = _same("departmentNumber", "name", only_filter=("barred",))
DISTRIBUTIONS: Final = _same("departmentalDistributionNumber", "name")
EMPLOYEES: Final = _same("employeeNumber", "employeeGroup.employeeGroupNumber", "name", only_filter=("barred",))
ENTRIES: Final = _same(*_ENTRY, only_filter=("project.projectNumber", "supplier.supplierGroup.supplierGroupNumber"))
ENTRIES_OF_PERIOD: Final = _same(*_ENTRY, only_filter=("project.projectNumber",))
ENTRIES_OF_ACCOUNT: Final = _same(*_ENTRY)
INVOICE_LINE_TEMPLATES: Final = _same("product.productNumber", only_filter=("description",))
INVOICES_BOOKED: Final = _same("bookedInvoiceNumber", "exchangeRate", *_DOCUMENT, "recipient.vatZone.vatZoneNumber")
INVOICES_BOOKED_OF_CUSTOMER: Final = _same("bookedInvoiceNumber", *_DOCUMENT)
INVOICES_DRAFT: Final = _same(
    "draftInvoiceNumber", "exchangeRate", *_DOCUMENT, "soap.currentInvoiceHandle.id", only_filter=("lastUpdated",)
)
INVOICES_DRAFT_OF_CUSTOMER: Final = _same("draftInvoiceNumber", "exchangeRate", *_DOCUMENT)
INVOICE_VIEWS: Final = _same("bookedInvoiceNumber", *_DOCUMENT, "recipient.vatZone.vatZoneNumber")
JOURNALS: Final = _same("journalNumber", "name")
PERIODS: Final = _same("periodNumber", "fromDate", "toDate")
PERIODS_OF_ACCOUNT: Final = _same("fromDate", "toDate", "closed")
PRODUCTS: Final = Fields((*_PRODUCT, *_PRODUCT_ONLY, "productGroup.productGroupNumber"), _PRODUCT, _PRODUCT_BROKEN)
PRODUCTS_OF_GROUP: Final = Fields((*_PRODUCT, *_PRODUCT_ONLY), _PRODUCT, _PRODUCT_BROKEN)
SALES_ACCOUNTS: Final = ACCOUNTS.below("salesAccount")
SUPPLIERS: Final = Fields(
    (
        "address",
        "bankAccount",
        "barred",
        "city",
        "corporateIdentificationNumber",
        "country",
        "currency",
        "defaultInvoiceText",
        "email",
        "name",
        "supplierGroup.supplierGroupNumber",
        "supplierNumber",
        "zip",
    )
)
VOUCHERS_OF_YEAR: Final = _same("voucherNumber")
YEARS: Final = _same("fromDate", "toDate", "year")
YEARS_OF_ACCOUNT: Final = _same("fromDate", "toDate", "closed", "year")


def orders(key: str, handle: str, *, archived: bool) -> Fields:
    """Of orders and quotes, which differ by the names of their numbers only."""
    stamps = () if archived else ("lastUpdated",)
    names = (key, "exchangeRate", *_DOCUMENT, f"soap.{handle}.id")
    return Fields((*names, *stamps), names, _TERMS_BROKEN)
