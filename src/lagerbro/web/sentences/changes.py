"""What somebody changed in our draft, in words: `VAT zone: 1 → 3; line 2, unit price: 200.00 → 180.00`.

The rows come from `flows.field_changes`: field, what was sent or stood before,
what stands there now, apart by tabs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lagerbro.web import formats
from lagerbro.wire.texts import isolated

FIELDS: Final[Mapping[str, str | Promise]] = {
    "currency": _("currency"),
    "customer.customerNumber": _("customer"),
    "date": _("invoice date"),
    "delivery": _("delivery address"),
    "dueDate": _("due date"),
    "exchangeRate": _("exchange rate for 100"),
    "grossAmount": _("amount with VAT"),
    "layout.layoutNumber": _("layout"),
    "lines": _("number of lines"),
    "netAmount": _("amount without VAT"),
    "notes": _("text on the invoice"),
    "paymentTerms.paymentTermsNumber": _("payment terms"),
    "recipient.ean": _("EAN number"),
    "recipient.nemHandelType": _("kind of e-invoice"),
    "recipient.vatZone.vatZoneNumber": _("VAT zone"),
    "recipient": _("recipient"),
    "references.other": _("other reference"),
    "vatAmount": _("VAT"),
}
"""By the field as it is sent; a field below one of these has its word."""
RECORD_FIELDS: Final[Mapping[str, str | Promise]] = {
    "address": _("address"),
    "barCode": _("barcode"),
    "barred": _("barred"),
    "city": _("town"),
    "corporateIdentificationNumber": _("CVR number"),
    "costPrice": _("cost price"),
    "country": _("country"),
    "customerGroup": _("customer group"),
    "description": _("text"),
    "ean": _("EAN number"),
    "email": _("email"),
    "name": _("name"),
    "paymentTerms": _("payment terms"),
    "phone": _("telephone"),
    "productGroup": _("product group"),
    "salesPrice": _("sales price"),
    "supplierGroup": _("supplier group"),
    "telephoneAndFaxNumber": _("telephone"),
    "unit": _("unit"),
    "vatZone": _("VAT zone"),
    "zip": _("postcode"),
}
"""Fields of a customer, a supplier or a product."""
LINE_FIELDS: Final[Mapping[str, str | Promise]] = {
    "amount": _("amount"),
    "contraAccount.accountNumber": _("account"),
    "contraVatAccount.vatCode": _("VAT code"),
    "currency.code": _("currency"),
    "date": _("date"),
    "description": _("text"),
    "discountPercentage": _("discount in per cent"),
    "dueDate": _("due date"),
    "exchangeRate": _("exchange rate for 100"),
    "product.productNumber": _("product"),
    "quantity": _("quantity"),
    "supplier.supplierNumber": _("supplier"),
    "supplierInvoiceNumber": _("the supplier's invoice number"),
    "unitCostPrice": _("cost price"),
    "unitNetPrice": _("unit price"),
    "unit.unitNumber": _("unit"),
}
AMOUNTS: Final = frozenset(
    {"amount", "grossAmount", "netAmount", "vatAmount", "unitNetPrice", "unitCostPrice", "salesPrice", "costPrice"}
)
FIGURES: Final = frozenset({"quantity", "exchangeRate", "discountPercentage"})
OF_LINE: Final = _("line %(position)s, %(field)s")
OTHER: Final = _("something else")
NOTHING: Final = pgettext_lazy("a field of an invoice", "nothing")
_LINE: Final = re.compile(r"lines\.(\d+)\.(.+)")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")


def in_words(rows: str) -> str:
    """Every change in the reader's language."""
    changes = [row.split("\t") for row in rows.split("\n") if row.count("\t") == 2]
    return "; ".join(
        f"{_named(field)}: {_value_words(field, sent)} → {_value_words(field, now)}" for field, sent, now in changes
    )


def _named(field: str) -> str:
    line = _LINE.fullmatch(field)
    if line is None:
        head = field.partition(".")[0]
        return str(FIELDS.get(field) or RECORD_FIELDS.get(field) or FIELDS.get(head) or OTHER)
    return str(OF_LINE) % {"position": line[1], "field": LINE_FIELDS.get(line[2], OTHER)}


def _value_words(field: str, value: str) -> str:
    """Amounts, figures and dates as the reader writes them; texts as they are."""
    name = field.rpartition(".")[2]
    if not value:
        return str(NOTHING)
    if _DATE.fullmatch(value):
        return formats.day(date.fromisoformat(value))
    if name in AMOUNTS and _NUMBER.fullmatch(value):
        return formats.amount(Decimal(value))
    return formats.number(Decimal(value)) if name in FIGURES and _NUMBER.fullmatch(value) else isolated(value)
