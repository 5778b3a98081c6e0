"""The registers: customers, products and the small ones. One table says what each looks like and allows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lagerbro.sandbox.economic.fields import Flag, Form, Group, Number, Ref, Text, Whole

CURRENCY: Final = Text(required=True, longest=3, shortest=3)
CUSTOMER_GROUP: Final = Ref(required=True, key="customerGroupNumber", kind="customer-groups")
PAYMENT_TERMS: Final = Ref(required=True, key="paymentTermsNumber", kind="payment-terms")
VAT_ZONE: Final = Ref(required=True, key="vatZoneNumber", kind="vat-zones")
LAYOUT: Final = Ref(key="layoutNumber", kind="layouts")


@dataclass(frozen=True, slots=True)
class Register:
    """`form` None: read only. `assigned`: the server gives a number when none is sent."""

    name: str
    key: str
    fields: tuple[str, ...]
    form: Form | None = None
    assigned: bool = False
    text_key: bool = False
    stamped: bool = False
    sub: tuple[tuple[str, str], ...] = field(default=())


CUSTOMER: Final[Form] = {
    "customerNumber": Whole(),
    "name": Text(required=True, shortest=1),
    "currency": CURRENCY,
    "customerGroup": CUSTOMER_GROUP,
    "paymentTerms": PAYMENT_TERMS,
    "vatZone": VAT_ZONE,
    "address": Text(longest=510),
    "zip": Text(longest=30),
    "city": Text(longest=50),
    "country": Text(longest=50),
    "email": Text(),
    "ean": Text(longest=13),
    "publicEntryNumber": Text(longest=50),
    "corporateIdentificationNumber": Text(longest=40),
    "vatNumber": Text(longest=20),
    "pNumber": Text(longest=10, shortest=10),
    "telephoneAndFaxNumber": Text(),
    "mobilePhone": Text(longest=50),
    "website": Text(),
    "creditLimit": Number(),
    "barred": Flag(),
    "eInvoicingDisabledByDefault": Flag(),
    "layout": LAYOUT,
}

PRODUCT: Final[Form] = {
    "productNumber": Text(required=True, longest=25, shortest=1),
    "name": Text(required=True, longest=300, shortest=1),
    "productGroup": Ref(required=True, key="productGroupNumber", kind="product-groups"),
    "description": Text(longest=500),
    "barCode": Text(longest=50),
    "costPrice": Number(decimals=2),
    "recommendedPrice": Number(decimals=2),
    "salesPrice": Number(decimals=2),
    "unit": Ref(key="unitNumber", kind="units"),
    "barred": Flag(),
    "inventory": Group(fields={}),
}

SUPPLIER: Final[Form] = {
    "supplierNumber": Whole(),
    "name": Text(required=True, shortest=1),
    "currency": CURRENCY,
    "supplierGroup": Ref(required=True, key="supplierGroupNumber", kind="supplier-groups"),
    "paymentTerms": PAYMENT_TERMS,
    "vatZone": VAT_ZONE,
    "address": Text(),
    "zip": Text(longest=10),
    "city": Text(longest=50),
    "country": Text(longest=50),
    "email": Text(longest=100),
    "phone": Text(longest=20),
    "bankAccount": Text(longest=50),
    "corporateIdentificationNumber": Text(longest=40),
    "defaultInvoiceText": Text(longest=100),
    "costAccount": Ref(key="accountNumber", kind="accounts"),
    "layout": LAYOUT,
    "barred": Flag(),
}

REGISTERS: Final = {
    register.name: register
    for register in (
        Register(
            "customers",
            "customerNumber",
            (
                "customerNumber",
                "name",
                "currency",
                "email",
                "ean",
                "barred",
                "city",
                "zip",
                "country",
                "address",
                "corporateIdentificationNumber",
                "vatNumber",
                "pNumber",
                "lastUpdated",
                "customerGroup.customerGroupNumber",
                "vatZone.vatZoneNumber",
                "paymentTerms.paymentTermsNumber",
            ),
            CUSTOMER,
            assigned=True,
            stamped=True,
            sub=(
                ("contacts", "contacts"),
                ("deliveryLocations", "delivery-locations"),
            ),
        ),
        Register(
            "customer-groups",
            "customerGroupNumber",
            ("customerGroupNumber", "name"),
            {
                "customerGroupNumber": Whole(required=True),
                "name": Text(longest=50),
                "account": Ref(required=True, key="accountNumber", kind="accounts"),
                "layout": LAYOUT,
            },
            sub=(("customers", "customers"),),
        ),
        Register(
            "products",
            "productNumber",
            (
                "productNumber",
                "name",
                "barred",
                "barCode",
                "costPrice",
                "salesPrice",
                "recommendedPrice",
                "lastUpdated",
                "productGroup.productGroupNumber",
                "unit.unitNumber",
            ),
            PRODUCT,
            text_key=True,
            stamped=True,
        ),
        Register(
            "product-groups",
            "productGroupNumber",
            ("productGroupNumber", "name"),
            sub=(("salesAccounts", "sales-accounts"), ("products", "products")),
        ),
        Register(
            "units",
            "unitNumber",
            ("unitNumber", "name"),
            {"unitNumber": Whole(), "name": Text(required=True, longest=100, shortest=1)},
            assigned=True,
            sub=(("products", "products"),),
        ),
        Register(
            "payment-terms",
            "paymentTermsNumber",
            ("paymentTermsNumber", "name", "daysOfCredit", "paymentTermsType"),
            {
                "paymentTermsNumber": Whole(),
                "name": Text(required=True, longest=50, shortest=1),
                "paymentTermsType": Text(
                    required=True,
                    one_of=(
                        "net",
                        "invoiceMonth",
                        "paidInCash",
                        "prepaid",
                        "dueDate",
                        "factoring",
                        "invoiceWeekStartingSunday",
                        "invoiceWeekStartingMonday",
                        "creditcard",
                    ),
                ),
                "daysOfCredit": Whole(least=0),
                "description": Text(longest=1000),
            },
            assigned=True,
        ),
        Register("layouts", "layoutNumber", ("layoutNumber", "name", "deleted")),
        Register("vat-zones", "vatZoneNumber", ("vatZoneNumber", "name", "enabledForCustomer", "enabledForSupplier")),
        Register("vat-types", "vatTypeNumber", ("vatTypeNumber", "name")),
        Register("vat-accounts", "vatCode", ("vatCode", "name", "ratePercentage"), text_key=True),
        Register("currencies", "code", ("code", "name", "isoNumber"), text_key=True),
        Register("employees", "employeeNumber", ("employeeNumber", "name", "barred")),
        Register(
            "suppliers",
            "supplierNumber",
            (
                "supplierNumber",
                "name",
                "currency",
                "email",
                "barred",
                "city",
                "country",
                "corporateIdentificationNumber",
                "supplierGroup.supplierGroupNumber",
                "vatZone.vatZoneNumber",
            ),
            SUPPLIER,
            assigned=True,
            sub=(("contacts", "contacts"),),
        ),
        Register("supplier-groups", "supplierGroupNumber", ("supplierGroupNumber", "name")),
        Register("journals", "journalNumber", ("journalNumber", "name")),
        Register(
            "accounts",
            "accountNumber",
            ("accountNumber", "name", "accountType", "barred", "blockDirectEntries", "debitCredit"),
        ),
    )
}
