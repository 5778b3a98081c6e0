"""Every property that was published for a path is answered, save what these books have nothing to say of.

A published schema asks for nearly nothing, so an answer that has lost half of its keys still fits it. The books of
`table.filled` say something under nearly every key; what they are silent about is named here with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from tests.contract.schemas import schema
from tests.sandboxes import Json

Excuse = Callable[[Json], bool]
"""Whether the object that the key is missing from may be without it."""


def _never_said(_holder: Json) -> bool:
    return True


def _without(key: str) -> Excuse:
    return lambda holder: key not in holder


def _unless(key: str, *values: str) -> Excuse:
    return lambda holder: holder.get(key) not in values


def _is_reverse_charge(holder: Json) -> bool:
    kind = holder.get("vatType")
    return isinstance(kind, dict) and kind.get("vatTypeNumber") == 3


SILENT: Final[dict[str, Excuse]] = {
    # economic-api 2.1: false is left out.
    "barred": lambda holder: "blockDirectEntries" not in holder or "accountNumber" in holder,
    "deleted": _never_said,
    # economic-api 6: what nobody has filled in for these records.
    "addressLine2": _never_said,
    "attention": _without("customerContact"),
    "website": lambda holder: "companyIdentificationNumber" in holder,
    "bankName": _never_said,
    "bankSortCode": _never_said,
    "bankAccountNumber": _never_said,
    "bankGiroNumber": _never_said,
    "pbsCustomerGroupNumber": _never_said,
    "pbsFiSupplierNumber": _never_said,
    "defaultPaymentTerm": _never_said,
    "companyAffiliation": _never_said,
    "requiredModules": _never_said,
    "emailNotifications": _never_said,
    "layout": lambda holder: "customerGroupNumber" in holder and "currency" not in holder,
    "inventory": _never_said,
    "accrual": _never_said,
    "description": _unless("paymentTermsType", ""),
    "contraAccountForPrepaidAmount": _never_said,
    "contraAccountForRemainderAmount": _never_said,
    "percentageForPrepaidAmount": _never_said,
    "percentageForRemainderAmount": _never_said,
    "creditCardCompany": _never_said,
    "bankAccount": _never_said,
    "costAccount": _never_said,
    "defaultInvoiceText": _never_said,
    "phone": lambda holder: "employeeNumber" in holder or "supplierNumber" in holder,
    "email": lambda holder: "employeeNumber" in holder,
    "remittanceAdvice": _never_said,
    "supplierContact": _never_said,
    "salesPerson": lambda holder: "supplierNumber" in holder,
    "corporateIdentificationNumber": lambda holder: "supplierNumber" in holder,
    "customerContactnumber": _never_said,  # misspelt in one schema
    # economic-api 6.7, 9.3: what an account or a VAT code of another kind has.
    "contraAccount": lambda holder: "ratePercentage" not in holder or not _is_reverse_charge(holder),
    "department": _never_said,
    "totalFromAccount": _unless("accountType", "totalFrom"),
    "accountsSummed": _unless("accountType", "totalFrom", "sumInterval"),
    "vatAccount": lambda holder: "vatCode" not in holder,
    "departmentalDistribution": lambda holder: "product" not in holder and "productNumber" not in holder,
    # economic-api 6.8: entries of an invoice; one that is open has a due date and a remainder, a line of sale has not.
    "bookedInvoice": lambda holder: holder.get("entryType") != "customerInvoice",
    "dueDate": lambda holder: "entryNumber" in holder,
    "remainder": lambda holder: "entryNumber" in holder,
    "remainderInBaseCurrency": lambda holder: "entryNumber" in holder,
    "supplier": _without("supplierInvoiceNumber"),
    "supplierInvoiceNumber": _never_said,
    "paymentDetails": _never_said,
    "costType": _never_said,
    "unit1": _never_said,
    "unit2": _never_said,
    "quantity1": _never_said,
    "quantity2": _never_said,
    # economic-api 7: documents without a project, and lines of text.
    "project": _never_said,
    "country": lambda holder: "deliveryDate" in holder,
    "deliveryTerms": _never_said,
    "deliveryDate": lambda holder: "lineNumber" in holder or "country" in holder,
    "mobilePhone": lambda holder: "currency" not in holder,
    "customer": lambda holder: "customerContactNumber" in holder,
    **{
        name: _without("product")
        for name in (
            "quantity",
            "unitNetPrice",
            "discountPercentage",
            "unitCostPrice",
            "vatRate",
            "vatAmount",
            "totalNetAmount",
            "marginInBaseCurrency",
            "marginPercentage",
            "unit",
        )
    },
    "product": lambda holder: holder.get("description") == "Tak for handlen",
    # economic-api 8.1: settings members are left out when unset; the schema puts the links one level too deep.
    "metaData": lambda holder: "accountType" in holder or "journalNumber" in holder,
    "pagination": lambda holder: "journalNumber" in holder,
    "maximumVoucherNumber": _never_said,
    "entryTypeRestrictedTo": _never_said,
    "contraAccounts": _never_said,
    "subCollections": _never_said,
}


def left_out(body: Json, name: str) -> list[str]:
    """The published properties that an answer lacks without an excuse."""
    return list(_missing(schema(name), body, ""))


def _missing(content: dict[str, Any], value: object, path: str) -> Iterator[str]:
    properties: dict[str, Any] = content.get("properties") or {}
    if isinstance(value, dict):
        for name, inner in properties.items():
            if name in value:
                yield from _missing(inner, value[name], f"{path}.{name}")
            elif name not in SILENT or not SILENT[name](value):
                yield f"{path}.{name}: published and not answered"
    items = content.get("items")
    if isinstance(value, list) and isinstance(items, dict):
        for item in value:
            yield from _missing(items, item, f"{path}[]")
