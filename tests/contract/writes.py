"""Every POST and PUT of REST, each once, and the published schema of its answer: the whole record (economic-api 2.1).

Rows are written in order in one sandbox; what an earlier one makes a later one names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.json import from_json, to_json
from tests.contract.completeness import left_out
from tests.contract.envelopes import oddities
from tests.contract.schemas import complaints
from tests.contract.table import CUSTOMER, DRAFT, PRODUCT, TOKENS, problems
from tests.sandboxes import Json, Sandboxes


@dataclass(frozen=True, slots=True)
class Write:
    """`schema`: of the answer. `asks`: of the body, empty where none is published. `is_array`: a list of records.
    `lacks`: what the body cannot say yet, so that the answer does not either."""

    verb: str
    path: str
    body: Json
    schema: str
    asks: str = ""
    status: int = 201
    is_array: bool = False
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UpsertAnswer:
    """What came of it."""

    write: Write
    status: int
    body: Any


def _twice(kind: str, key: str, schema: str, new: Json, number: object, *, asks: tuple[str, str]) -> list[Write]:
    """POST, then PUT of what it made."""
    return [
        Write("POST", kind, new, schema, asks[0]),
        Write("PUT", f"{kind}/{number}", {**new, key: number}, schema, asks[1], 200),
    ]


def _pair(name: str, key: str) -> tuple[str, str]:
    return f"{name}.post", f"{name}.{key}.put"


_CUSTOMER: Final[Json] = {**CUSTOMER, "customerNumber": 7}
_PERSON: Final[Json] = {"customerContactNumber": 2}
_PLACE: Final[Json] = {"deliveryLocationNumber": 2}
_CONTACT: Final[Json] = {"name": "Bo", "email": "bo@example.com", "phone": "00000000", "eInvoiceId": "8", "notes": "Ja"}
_LOCATION: Final[Json] = {
    "address": "Kajen 3",
    "postalCode": "8000",
    "city": "Aarhus C",
    "country": "Danmark",
    "termsOfDelivery": "Frit leveret",
    "barred": True,
}
_SUPPLIER: Final[Json] = {
    "supplierNumber": 7,
    "name": "Leverandør",
    "currency": "DKK",
    "supplierGroup": {"supplierGroupNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "vatZone": {"vatZoneNumber": 1},
    "address": "Havnen 1",
    "zip": "8000",
    "city": "Aarhus C",
    "country": "Danmark",
    "email": "l@example.com",
    "layout": {"layoutNumber": 1},
}
_PRODUCT: Final[Json] = {**PRODUCT, "productNumber": "W-1"}
_GROUP: Final[Json] = {"customerGroupNumber": 7, "name": "Kæder", "account": {"accountNumber": 5605}}
_PRICES: Final = "/products/NL-100/pricing/currency-specific-sales-prices"
_PRICE: Final = "products.productNumber.pricing.currency-specific-sales-prices"
_TERMS: Final[Json] = {"name": "Netto 5", "paymentTermsType": "net", "daysOfCredit": 5}
_ACCOUNT: Final[Json] = {
    "accountNumber": 1099,
    "name": "Gaver",
    "accountType": "profitAndLoss",
    "debitCredit": "credit",
    "vatAccount": {"vatCode": "U25"},
    "contraAccount": {"accountNumber": 5855},
}
_BOOKED: Final = "invoices.booked.bookedInvoiceNumber.get"
_VOUCHER: Final = "journals.journalNumber.vouchers.accountingYear-voucherNumber.get"
_FINANCE: Final[Json] = {"amount": 10, "date": "2026-11-24", "text": "Gebyr", "account": {"accountNumber": 5820}}
_BILL: Final[Json] = {
    "amount": -10,
    "date": "2026-11-24",
    "supplier": {"supplierNumber": 50001},
    "supplierInvoiceNumber": "A",
    "contraAccount": {"accountNumber": 1310},
}


def _documents(kind: str, key: str, number: int) -> list[Write]:
    """A draft twice; an order or a quote then goes on."""
    state = f"/{kind}/drafts"
    goods, thanks = DRAFT["lines"]
    # The schemas of two kinds ask for the name of a unit, too.
    named = {**DRAFT, "lines": [{**goods, "unit": {"unitNumber": 1, "name": "stk."}}, thanks]}
    rows = [
        Write("POST", state, DRAFT, f"{kind}.drafts.{key}.get", f"{kind}.drafts.post"),
        Write("PUT", f"{state}/{number}", named, f"{kind}.drafts.{key}.get", f"{kind}.drafts.{key}.put", 200),
    ]
    if kind == "orders":
        rows.append(Write("POST", "/orders/sent", {**DRAFT, key: number}, "orders.sent.orderNumber.get"))
    return rows


WRITES: Final = (
    Write(
        "POST",
        "/customers",
        _CUSTOMER,
        "customers.customerNumber.get",
        "customers.post",
        lacks=(".defaultDeliveryLocation:", ".customerContact:", ".attention:"),
    ),
    *_twice(
        "/customers/7/contacts",
        "customerContactNumber",
        "customers.customerNumber.contacts.contactNumber.get",
        _CONTACT,
        2,
        asks=_pair("customers.customerNumber.contacts", "contactNumber"),
    ),
    *_twice(
        "/customers/7/delivery-locations",
        "deliveryLocationNumber",
        "customers.customerNumber.delivery-locations.deliveryLocationNumber.get",
        _LOCATION,
        2,
        asks=_pair("customers.customerNumber.delivery-locations", "deliveryLocationNumber"),
    ),
    Write(
        "PUT",
        "/customers/7",
        {**_CUSTOMER, "attention": _PERSON, "customerContact": _PERSON, "defaultDeliveryLocation": _PLACE},
        "customers.customerNumber.get",
        "customers.customerNo.put",
        200,
    ),
    *_twice(
        "/customer-groups",
        "customerGroupNumber",
        "customer-groups.customerGroupNumber.get",
        _GROUP,
        7,
        asks=("customer-groups.post", "customer-groups.customergroupnumber.put"),
    ),
    *_twice(
        "/suppliers",
        "supplierNumber",
        "suppliers.supplierNumber.get",
        _SUPPLIER,
        7,
        asks=_pair("suppliers", "supplierNumber"),
    ),
    *_twice(
        "/products",
        "productNumber",
        "products.productNumber.get",
        _PRODUCT,
        "W-1",
        asks=_pair("products", "productNumber"),
    ),
    Write("POST", _PRICES, {"price": 2, "currency": {"code": "SEK"}}, f"{_PRICE}.currencyCode.get", f"{_PRICE}.post"),
    Write(
        "PUT",
        f"{_PRICES}/SEK",
        {"price": 3, "currency": {"code": "SEK"}},
        f"{_PRICE}.currencyCode.get",
        f"{_PRICE}.currencyCode.put",
        200,
    ),
    Write("PUT", "/units/77", {"name": "Meter"}, "units.unitNumber.get", "units.unitNumber.put"),
    Write("POST", "/units", {"name": "Palle"}, "units.unitNumber.get", "units.post"),
    Write("POST", "/payment-terms", _TERMS, "payment-terms.paymentTermsNumber.get", "payment-terms.post"),
    Write(
        "PUT",
        "/payment-terms/77",
        _TERMS,
        "payment-terms.paymentTermsNumber.get",
        "payment-terms.paymentTermsNumber.put",
    ),
    *_twice("/accounts", "accountNumber", "accounts.accountNumber.get", _ACCOUNT, 1099, asks=("", "")),
    Write(
        "POST",
        "/accounting-years",
        {"fromDate": "2028-01-01", "toDate": "2028-12-31"},
        "accounting-years.accountingYear.get",
        "accounting-years.post",
    ),
    *_documents("invoices", "draftInvoiceNumber", 4),
    Write(
        "POST",
        "/invoices/booked",
        {"draftInvoice": {"draftInvoiceNumber": 4}, "bookWithNumber": 80},
        _BOOKED,
        "invoices.booked.post",
    ),
    Write(
        "PUT",
        "/invoices/booked/81",
        {"draftInvoice": {"draftInvoiceNumber": 2}},
        _BOOKED,
        "invoices.booked.bookWithNumber.put",
    ),
    *_documents("orders", "orderNumber", 4),
    *_documents("quotes", "quoteNumber", 4),
    Write(
        "POST",
        "/journals/1/vouchers",
        {"accountingYear": {"year": "2026"}, "entries": {"financeVouchers": [_FINANCE], "supplierInvoices": [_BILL]}},
        _VOUCHER,
        is_array=True,
    ),
)
"""The numbers of documents are those that `table.filled` leaves free."""


def written(books: Sandboxes) -> Iterator[UpsertAnswer]:
    """Do them all, one after the other."""
    for write in WRITES:
        headers = {**TOKENS, "content-type": "application/json"}
        answer = books.economic.handle(
            Request(write.verb, write.path, "", headers, to_json(write.body), "sandbox.test")
        )
        yield UpsertAnswer(write, answer.status, from_json(answer.body))


def wrong(write: Write, body: Any) -> list[str]:
    """What is wrong with an answer by what is published. The entries of a voucher say more than that (2.9)."""
    if not write.is_array:
        return _of_record(write, body) if isinstance(body, dict) else ["not a record"]
    if not isinstance(body, list) or not all(isinstance(item, dict) for item in body):
        return ["not a list of records"]
    found = [line for item in body for line in complaints(item, write.schema)]
    return [line for line in found if not (line.startswith(".entries.") and line.endswith("not in the schema"))]


def _of_record(write: Write, body: Json) -> list[str]:
    missing = [line for line in left_out(body, write.schema) if not line.startswith(write.lacks or ("?",))]
    return problems(body, write.schema) + missing + oddities(body)
