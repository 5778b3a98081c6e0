"""What accountsapi sends and takes."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.services.properties import LIKE, LISTS, OBJECT_VERSION, ORDER, Property, Shape

ACCOUNT: Final[Shape] = {
    "number": Property("integer", required=True, filters=LISTS, sortable=True),
    "name": Property("string", longest=125, filters=LIKE, sortable=True),
    "isBarred": Property("boolean", required=True, filters=ORDER),
    "type": Property("integer", required=True),
    "vatAccountNumber": Property("integer"),
    "contraAccountNumber": Property("integer"),
    "totalFromAccountNumber": Property("integer"),
    "openingAccountNumber": Property("integer"),
    "realisationAccountNumber": Property("integer"),
    "totalIntervals": Property("string", readonly=True),
    "isBlockedForDirectEntries": Property("boolean", required=True, filters=ORDER),
    "isCredit": Property("boolean", takes_null=True, filters=ORDER),
    "currency": Property("string", longest=3, filters=LIKE, sortable=True),
    "assetGroupNumber": Property("integer", filters=LISTS, sortable=True),
    "displayNumber": Property("string", longest=20, filters=LIKE, sortable=True),
    "isDepartmentMandatory": Property("boolean", required=True, filters=ORDER),
    "isUnitMandatory": Property("boolean", required=True, filters=ORDER),
    "keyFigureCodeNumber": Property("integer"),
    "vatCode": Property("string", longest=5, filters=LISTS),
    "lastUpdated": Property("date-time", readonly=True, filters=LISTS),
    "note": Property("string", longest=100),
    "objectVersion": OBJECT_VERSION,
}

TOTAL_INTERVAL: Final[Shape] = {
    "accountNumber": Property("integer", required=True, filters=LISTS, sortable=True),
    "fromAccountNumber": Property("integer", required=True, filters=LISTS, sortable=True),
    "toAccountNumber": Property("integer", required=True, filters=LISTS, sortable=True),
    "objectVersion": OBJECT_VERSION,
}

KEY_FIGURE_CODE: Final[Shape] = {
    "number": Property("integer", required=True, filters=LISTS, sortable=True),
    "name": Property("string", required=True, shortest=1, filters=LIKE, sortable=True),
    "sumFrom1": Property("integer", required=True, filters=LISTS, sortable=True),
    "sum1Text": Property("string", required=True, shortest=1),
    "sumFrom2": Property("integer", required=True, filters=LISTS, sortable=True),
    "sum2Text": Property("string", required=True, shortest=1),
    "isBalance": Property("boolean", required=True),
}
