"""What journalsapi sends and takes."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.services.properties import LISTS, OBJECT_VERSION, ORDER, Property, Shape

JOURNAL: Final[Shape] = {
    "number": Property("integer", readonly=True, filters=LISTS, sortable=True),
    "balancingBehavior": Property("boolean", required=True, filters=ORDER),
    "autoApprove": Property("boolean", required=True),
    "isStandingJournal": Property("boolean", required=True, filters=ORDER),
    "requireAdminApproval": Property("boolean", required=True),
    "lockVatCodes": Property("boolean", required=True),
    "nextVoucherNumber": Property("integer"),
    "minimumVoucherNumber": Property("integer"),
    "maximumVoucherNumber": Property("integer"),
    "customerContraAccount": Property("integer"),
    "supplierContraAccount": Property("integer"),
    "customerPaymentText": Property("string"),
    "supplierPaymentText": Property("string"),
    "name": Property("string", required=True, longest=50, shortest=1),
    "priority": Property("integer"),
    "allowPartialBooking": Property("boolean", required=True),
    "requireBalancePerVoucherId": Property("boolean", required=True),
    "repeatText": Property("boolean", required=True),
    "paymentMessageText": Property("string"),
    "defaultDepartment": Property("integer"),
    "allowedEntryType": Property("integer"),
    "objectVersion": OBJECT_VERSION,
}

DRAFT_ENTRY: Final[Shape] = {
    "entryNumber": Property("integer", readonly=True, filters=LISTS, sortable=True),
    "entryTypeNumber": Property("integer", required=True, filters=LISTS, sortable=True),
    "voucherNumber": Property("integer", least=0, most=999999999, filters=LISTS, sortable=True),
    "journalNumber": Property("integer", required=True, filters=LISTS, sortable=True),
    "date": Property("date-time", required=True, filters=ORDER),
    "accountNumber": Property("integer", filters=LISTS),
    "vatCode": Property("string"),
    "amount": Property("number", required=True),
    "currency": Property("string", required=True, shortest=1, filters=LISTS),
    "exchangeRate": Property("number", takes_null=True),
    "contraAccountNumber": Property("integer", filters=LISTS),
    "contraVatCode": Property("string"),
    "text": Property("string"),
    "projectNumber": Property("integer", filters=LISTS),
    "costTypeNumber": Property("integer"),
    "customerNumber": Property("integer", filters=LISTS),
    "customerInvoiceNumber": Property("string"),
    "supplierNumber": Property("integer", filters=LISTS),
    "supplierInvoiceNumber": Property("string"),
    "supplierPaymentType": Property("integer"),
    "supplierPaymentBank": Property("string"),
    "supplierPaymentMessage": Property("string"),
    "dueDate": Property("date-time"),
    "objectVersion": OBJECT_VERSION,
}

ACCRUAL: Final[Shape] = {
    "entryNumber": Property("integer", required=True, filters=LISTS, sortable=True),
    "journalNumber": Property("integer", required=True, filters=LISTS, sortable=True),
    "accountNumber": Property("integer", required=True, filters=LISTS, sortable=True),
    "startDate": Property("date-time", required=True),
    "endDate": Property("date-time", required=True),
    "months": Property("integer", readonly=True),
    "objectVersion": OBJECT_VERSION,
}
