"""The bodies that registers take: names, types and limits (economic-api 6)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.wire.fields import Flag, Form, Group, Number, Ref, Text, Texts, Whole

TERMS_TYPES: Final = (
    "net",
    "invoiceMonth",
    "paidInCash",
    "prepaid",
    "dueDate",
    "factoring",
    "invoiceWeekStartingSunday",
    "invoiceWeekStartingMonday",
    "creditcard",
)
CURRENCY: Final = Text(required=True, longest=3, shortest=3)
ACCOUNT: Final = Ref(key="accountNumber", kind="accounts", least=None)
CUSTOMER_GROUP: Final = Ref(required=True, key="customerGroupNumber", kind="customer-groups", least=None)
PAYMENT_TERMS: Final = Ref(required=True, key="paymentTermsNumber", kind="payment-terms", least=None, missing="E07080")
VAT_ZONE: Final = Ref(required=True, key="vatZoneNumber", kind="vat-zones", least=None)
LAYOUT: Final = Ref(key="layoutNumber", kind="layouts", least=None)
EMPLOYEE: Final = Ref(key="employeeNumber", kind="employees", least=None)
CONTACT: Final = Ref(key="customerContactNumber", kind="customer-contacts", least=None)
DELIVERY_LOCATION: Final = Ref(key="deliveryLocationNumber", kind="delivery-locations", least=None)
PAYMENT_TYPE: Final = Ref(key="paymentTypeNumber", kind="payment-types", least=None)
DISTRIBUTION: Final = Ref(
    key="departmentalDistributionNumber", kind="departmental-distributions", also=("distributionType",)
)

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
    "creditLimit": Number(decimals=2),
    "barred": Flag(),
    "eInvoicingDisabledByDefault": Flag(),
    "layout": LAYOUT,
    "salesPerson": EMPLOYEE,
    "priceGroup": Ref(key="priceGroupNumber", kind="price-groups", least=None),
}
CUSTOMER_PUT: Final[Form] = {
    **CUSTOMER,
    "attention": CONTACT,
    "customerContact": CONTACT,
    "defaultDeliveryLocation": DELIVERY_LOCATION,
}

CONTACT_FORM: Final[Form] = {
    "name": Text(required=True),
    "email": Text(),
    "phone": Text(longest=50),
    "eInvoiceId": Text(longest=50),
    "notes": Text(longest=2000),
    "emailNotifications": Texts(),
}
DELIVERY_LOCATION_FORM: Final[Form] = {
    "address": Text(),
    "postalCode": Text(longest=15),
    "city": Text(longest=50),
    "country": Text(longest=50),
    "termsOfDelivery": Text(longest=100),
    "sortKey": Whole(),
    "barred": Flag(),
}

PRODUCT: Final[Form] = {
    "productNumber": Text(required=True, longest=25, shortest=1),
    "name": Text(required=True, longest=300, shortest=1),
    "productGroup": Ref(required=True, key="productGroupNumber", kind="product-groups", least=None),
    "description": Text(longest=500),
    "barCode": Text(longest=50),
    "costPrice": Number(decimals=2),
    "recommendedPrice": Number(decimals=2),
    "salesPrice": Number(decimals=2),
    "unit": Ref(key="unitNumber", kind="units", least=None),
    "barred": Flag(),
    "departmentalDistribution": DISTRIBUTION,
    "inventory": Group(fields={"packageVolume": Number(decimals=2), "recommendedCostPrice": Number(decimals=2)}),
}
CURRENCY_PRICE: Final[Form] = {
    "price": Number(required=True, decimals=2),
    "currency": Ref(key="code", kind="currencies", text_key=True),
}

SUPPLIER: Final[Form] = {
    "supplierNumber": Whole(),
    "name": Text(required=True, shortest=1),
    "currency": CURRENCY,
    "supplierGroup": Ref(required=True, key="supplierGroupNumber", kind="supplier-groups"),
    "paymentTerms": Ref(required=True, key="paymentTermsNumber", kind="payment-terms", missing="E07080"),
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
    "costAccount": ACCOUNT,
    "layout": LAYOUT,
    "salesPerson": Ref(key="employeeNumber", kind="employees"),
    "attention": Ref(key="supplierContactNumber", kind="supplier-contacts", least=None),
    "supplierContact": Ref(key="supplierContactNumber", kind="supplier-contacts", least=None),
    "remittanceAdvice": Group(fields={"creditorId": Text(longest=50), "paymentType": PAYMENT_TYPE}),
    "barred": Flag(),
}

CUSTOMER_GROUP_FORM: Final[Form] = {
    "customerGroupNumber": Whole(required=True),
    "name": Text(longest=50),
    "account": Ref(required=True, key="accountNumber", kind="accounts"),
    "layout": LAYOUT,
}
UNIT_FORM: Final[Form] = {"name": Text(required=True, longest=100)}
PAYMENT_TERMS_FORM: Final[Form] = {
    "name": Text(required=True, longest=50),
    "paymentTermsType": Text(required=True, one_of=TERMS_TYPES),
    "daysOfCredit": Whole(least=-999_999_999),
    "description": Text(longest=1000),
    "contraAccountForPrepaidAmount": ACCOUNT,
    "contraAccountForRemainderAmount": ACCOUNT,
    "percentageForPrepaidAmount": Number(decimals=2),
    "percentageForRemainderAmount": Number(decimals=2),
    "creditCardCompany": Ref(key="customerNumber", kind="customers"),
}
SETTING_FORM: Final[Form] = {
    "settingKey": Text(required=True, shortest=1),
    "content": Text(required=True, longest=10_000),
}
