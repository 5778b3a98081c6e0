"""What bookedEntriesapi sends and takes."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.services.properties import EQUAL, LIKE, LISTS, OBJECT_VERSION, ORDER, Property, Shape

BOOKED_ENTRY: Final[Shape] = {
    "entryNumber": Property("integer", required=True, readonly=True, filters=LISTS, sortable=True),
    "accountNumber": Property("integer", required=True, filters=LISTS, sortable=True),
    "projectNumber": Property("integer", filters=LISTS, sortable=True),
    "amount": Property("number", filters=ORDER, sortable=True),
    "amountInBaseCurrency": Property("number", filters=ORDER, sortable=True),
    "currencyCode": Property("string", filters=LISTS, sortable=True),
    "date": Property("date-time", filters=ORDER, sortable=True),
    "dueDate": Property("date-time", filters=ORDER, sortable=True),
    "text": Property("string", filters=LIKE),
    "type": Property("integer", filters=EQUAL, sortable=True),
    "vatAccountNumber": Property("string", filters=LISTS, sortable=True),
    "voucherNumber": Property("integer", filters=LISTS),
    "customerNumber": Property("integer", filters=LISTS, sortable=True),
    "customerInvoiceNumber": Property("integer", filters=LISTS),
    "supplierNumber": Property("integer", filters=LISTS),
    "supplierInvoiceNumber": Property("string", filters=LISTS),
    "remainder": Property("number", filters=LISTS),
    "objectVersion": OBJECT_VERSION,
}

MATCHED_PAIR: Final[Shape] = {
    "fromEntry": Property("integer", filters=LISTS, sortable=True),
    "fromEntryDate": Property("date-time", filters=ORDER),
    "fromEntryAmount": Property("number"),
    "fromEntryAmountDKK": Property("number"),
    "toEntry": Property("integer", filters=LISTS, sortable=True),
    "toEntryDate": Property("date-time", filters=ORDER),
    "toEntryAmount": Property("number"),
    "toEntryAmountDKK": Property("number"),
}
