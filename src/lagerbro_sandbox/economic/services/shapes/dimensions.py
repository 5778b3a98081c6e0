"""What dimensionsapi sends and takes."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.services.properties import LIKE, LISTS, OBJECT_VERSION, ORDER, Property, Shape

ACCOUNT: Final[Shape] = {
    "dimensionNumber": Property("integer", required=True, least=1, most=3, filters=LISTS, sortable=True),
    "dimensionKey": Property("integer", required=True, least=1, filters=LISTS, sortable=True),
    "isDistribution": Property("boolean"),
    "objectVersion": OBJECT_VERSION,
    "accountNumber": Property("integer", required=True, filters=LISTS, sortable=True),
}

BOOKED_ENTRY: Final[Shape] = {
    "dimensionNumber": Property("integer", required=True, least=1, most=3, filters=LISTS, sortable=True),
    "dimensionKey": Property("integer", required=True, least=1, filters=LISTS, sortable=True),
    "isDistribution": Property("boolean"),
    "objectVersion": OBJECT_VERSION,
    "entryNumber": Property("integer", required=True, filters=LISTS, sortable=True),
}

BOOKED_INVOICE_LINE: Final[Shape] = {
    "dimensionNumber": Property("integer", required=True, least=1, most=3, filters=LISTS, sortable=True),
    "dimensionKey": Property("integer", required=True, least=1, filters=LISTS, sortable=True),
    "isDistribution": Property("boolean"),
    "objectVersion": OBJECT_VERSION,
    "invoiceNumber": Property("integer", required=True, filters=LISTS, sortable=True),
    "lineNumber": Property("integer", required=True, filters=LISTS, sortable=True),
}

BUDGET_FIGURE: Final[Shape] = {
    "dimensionNumber": Property("integer", required=True, least=1, most=3, filters=LISTS, sortable=True),
    "dimensionKey": Property("integer", required=True, least=1, filters=LISTS, sortable=True),
    "isDistribution": Property("boolean"),
    "objectVersion": OBJECT_VERSION,
    "budgetFigureNumber": Property("integer", required=True, filters=LISTS, sortable=True),
}

DIMENSION: Final[Shape] = {
    "number": Property("integer", least=1, most=3, filters=LISTS, sortable=True),
    "name": Property("string", required=True, longest=255, filters=LIKE),
    "active": Property("boolean", required=True, filters=ORDER),
    "objectVersion": OBJECT_VERSION,
}

DIMENSION_VALUE: Final[Shape] = {
    "dimensionNumber": Property("integer", least=1, most=3, filters=LISTS, sortable=True),
    "key": Property("integer", least=1, most=999999999, filters=LISTS, sortable=True),
    "name": Property("string", longest=255, filters=LIKE),
    "active": Property("boolean", filters=ORDER),
    "objectVersion": OBJECT_VERSION,
}

DIMENSION_DISTRIBUTION: Final[Shape] = {
    "dimensionNumber": Property("integer", least=1, most=3, filters=LISTS, sortable=True),
    "key": Property("integer", least=1, most=999999999, filters=LISTS, sortable=True),
    "name": Property("string", longest=255, filters=LIKE),
    "active": Property("boolean", filters=ORDER),
    "distributions": Property("array"),
    "objectVersion": OBJECT_VERSION,
}

DRAFT_ENTRY: Final[Shape] = {
    "dimensionNumber": Property("integer", required=True, least=1, most=3, filters=LISTS, sortable=True),
    "dimensionKey": Property("integer", required=True, least=1, filters=LISTS, sortable=True),
    "isDistribution": Property("boolean"),
    "objectVersion": OBJECT_VERSION,
    "journalNumber": Property("integer", required=True, filters=LISTS, sortable=True),
    "entryNumber": Property("integer", required=True, filters=LISTS, sortable=True),
}

SALES_DOCUMENT_LINE: Final[Shape] = {
    "dimensionNumber": Property("integer", required=True, least=1, most=3, filters=LISTS, sortable=True),
    "dimensionKey": Property("integer", required=True, least=1, filters=LISTS, sortable=True),
    "isDistribution": Property("boolean"),
    "objectVersion": OBJECT_VERSION,
    "documentNumber": Property("integer", required=True, filters=LISTS, sortable=True),
    "lineNumber": Property("integer", required=True, filters=LISTS, sortable=True),
}
