"""The bodies of sales documents: draft invoices, orders and quotes share them (economic-api 7.1, 7.5)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.registers.forms import CONTACT, CURRENCY, DELIVERY_LOCATION, TERMS_TYPES
from lagerbro_sandbox.economic.wire.fields import Day, Form, Group, Listed, Number, Ref, Text, Whole

RATE_MOST: Final = Decimal(999_999_999_999)
CUSTOMER: Final = Ref(required=True, key="customerNumber", kind="customers")
LAYOUT: Final = Ref(required=True, key="layoutNumber", kind="layouts")
TERMS: Final = Ref(
    required=True,
    key="paymentTermsNumber",
    kind="payment-terms",
    missing="E07080",
    own={"daysOfCredit": Whole(least=0), "paymentTermsType": Text(one_of=(*TERMS_TYPES, "avtaleGiro"))},
)
ZONE: Final = Ref(required=True, key="vatZoneNumber", kind="vat-zones", least=None)
PRODUCT: Final = Ref(key="productNumber", kind="products", text_key=True)
UNIT: Final = Ref(key="unitNumber", kind="units")
EMPLOYEE: Final = Ref(key="employeeNumber", kind="employees")
PROJECT: Final = Ref(key="projectNumber", kind="projects")
DISTRIBUTION: Final = Ref(
    key="departmentalDistributionNumber",
    kind="departmental-distributions",
    also=("distributionType",),
    own={"distributionType": Text()},
)
NEM_HANDEL_TYPES: Final = ("ean", "corporateIdentificationNumber", "pNumber", "peppol")

RECIPIENT: Final[Form] = {
    "name": Text(required=True, longest=250, shortest=1),
    "address": Text(longest=250),
    "zip": Text(longest=50),
    "city": Text(longest=250),
    "country": Text(longest=50),
    "ean": Text(longest=13),
    "publicEntryNumber": Text(longest=40),
    "mobilePhone": Text(longest=50),
    "nemHandelType": Text(one_of=NEM_HANDEL_TYPES, nullable=True),
    "attention": CONTACT,
    "vatZone": ZONE,
}
DELIVERY: Final[Form] = {
    "address": Text(),
    "zip": Text(longest=30),
    "city": Text(longest=50),
    "country": Text(longest=50),
    "deliveryTerms": Text(longest=100),
    "deliveryDate": Day(),
}
NOTES: Final[Form] = {
    "heading": Text(longest=250),
    "textLine1": Text(longest=1000),
    "textLine2": Text(longest=1000),
}
REFERENCES: Final[Form] = {
    "customerContact": CONTACT,
    "salesPerson": EMPLOYEE,
    "vendorReference": EMPLOYEE,
    "other": Text(longest=250),
}


def line_form(least: int) -> Form:
    """A line; `least` is the lowest number of a line, which a POST and a PUT disagree on."""
    return {
        "lineNumber": Whole(least=least),
        "sortKey": Whole(least=least),
        "description": Text(longest=2500),
        "accrual": Group(fields={"startDate": Day(), "endDate": Day()}),
        "product": PRODUCT,
        "quantity": Number(decimals=2),
        "unitNetPrice": Number(decimals=2),
        "discountPercentage": Number(decimals=2),
        "unitCostPrice": Number(decimals=2),
        "unit": UNIT,
        "departmentalDistribution": DISTRIBUTION,
    }


def document_form(least: int) -> Form:
    """A whole document."""
    return {
        "date": Day(required=True),
        "currency": CURRENCY,
        "exchangeRate": Number(decimals=6, most=RATE_MOST),
        "dueDate": Day(),
        "layout": LAYOUT,
        "paymentTerms": TERMS,
        "customer": CUSTOMER,
        "recipient": Group(required=True, fields=RECIPIENT),
        "deliveryLocation": DELIVERY_LOCATION,
        "delivery": Group(fields=DELIVERY),
        "notes": Group(fields=NOTES),
        "references": Group(fields=REFERENCES),
        "project": PROJECT,
        "lines": Listed(fields=line_form(least)),
    }


LINE: Final = line_form(1)
POST: Final = document_form(1)
PUT: Final = document_form(0)
ADDED_LINES: Final[Form] = {"lines": Listed(required=True, fields=LINE)}
