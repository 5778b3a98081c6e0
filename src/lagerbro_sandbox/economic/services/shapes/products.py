"""What productsapi sends and takes."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.services.properties import (
    ALL,
    EQUAL,
    LIKE,
    LISTS,
    OBJECT_VERSION,
    ORDER,
    Property,
    Shape,
)

PRODUCT: Final[Shape] = {
    "productNumber": Property("string", required=True, longest=25, shortest=1, filters=LIKE, sortable=True),
    "productGroupId": Property("integer", required=True, least=1, filters=ORDER, sortable=True),
    "name": Property("string", required=True, longest=300, shortest=1, filters=LIKE, sortable=True),
    "description": Property("string", longest=500),
    "barCode": Property("string", longest=50),
    "salesPrice": Property("number"),
    "costPrice": Property("number"),
    "recommendedPrice": Property("number"),
    "unitId": Property("integer", least=1),
    "unit2Id": Property("integer", least=1),
    "isAccessible": Property("boolean", required=True, filters=EQUAL),
    "lastUpdated": Property("date-time", filters=ORDER, sortable=True),
    "objectVersion": OBJECT_VERSION,
}

PRODUCT_GROUP: Final[Shape] = {
    "id": Property("integer", required=True, least=1, filters=LISTS, sortable=True),
    "name": Property("string", required=True, longest=50, filters=ALL, sortable=True),
    "domesticAccountId": Property("integer", required=True, least=1),
    "objectVersion": OBJECT_VERSION,
}

ZONE: Final[Shape] = {
    "id": Property("integer", required=True, least=1, filters=LISTS, sortable=True),
    "accountId": Property("integer", required=True, least=1, filters=LISTS, sortable=True),
    "objectVersion": OBJECT_VERSION,
}

ACCRUAL_SETTINGS: Final[Shape] = {
    "accrualAccountId": Property("integer", least=1),
    "objectVersion": OBJECT_VERSION,
}

PROJECT_SETTINGS: Final[Shape] = {
    "isInProject": Property("boolean", required=True),
    "projectAccountId": Property("integer", least=1),
    "objectVersion": OBJECT_VERSION,
}

PRICE_GROUP: Final[Shape] = {
    "number": Property("integer", required=True, least=1, filters=LISTS, sortable=True),
    "name": Property("string", required=True, longest=50, filters=LISTS, sortable=True),
    "objectVersion": OBJECT_VERSION,
}

SALES_PRICE: Final[Shape] = {
    "productNumber": Property("string", filters=LISTS, sortable=True),
    "currency": Property("string", required=True, longest=3, filters=LISTS, sortable=True),
    "salesPrice": Property("number", required=True),
    "objectVersion": OBJECT_VERSION,
}

SPECIAL_PRICE: Final[Shape] = {
    "number": Property("integer", filters=LISTS, sortable=True),
    "productNumber": Property("string", required=True, shortest=1, filters=LISTS),
    "salesPriceBaseCurrency": Property("number"),
    "discountPercentage": Property("number", least=0, most=100),
    "objectVersion": OBJECT_VERSION,
}

SPECIAL_PRICE_IN_CURRENCY: Final[Shape] = {
    "currency": Property("string", required=True, longest=3, filters=LISTS, sortable=True),
    "salesPrice": Property("number", required=True),
    "objectVersion": OBJECT_VERSION,
}
