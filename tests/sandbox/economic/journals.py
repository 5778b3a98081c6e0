"""What is sent to journalsapi, and the way from a draft entry to the booked ones."""

from __future__ import annotations

from typing import Any

from tests.sandbox.economic.calling import Caller
from tests.sandboxes import Json

API = "/journalsapi/v15.0.0"
DRAFTS = f"{API}/draft-entries"
BOOKED = "/bookedEntriesapi/v4.0.0/booked-entries"
DAY = "2026-11-24T00:00:00"
JOURNAL: Json = {
    "name": "Ny",
    "balancingBehavior": False,
    "autoApprove": False,
    "isStandingJournal": False,
    "requireAdminApproval": False,
    "lockVatCodes": False,
    "allowPartialBooking": False,
    "requireBalancePerVoucherId": False,
    "repeatText": False,
}
STOCK: Json = {
    "entryTypeNumber": 5,
    "journalNumber": 1,
    "date": DAY,
    "accountNumber": 5820,
    "contraAccountNumber": 1350,
    "amount": 125.5,
    "currency": "DKK",
    "text": "Regulering",
}
BILL: Json = {
    "entryTypeNumber": 3,
    "journalNumber": 1,
    "date": DAY,
    "supplierNumber": 50001,
    "supplierInvoiceNumber": "F-77",
    "contraAccountNumber": 1310,
    "contraVatCode": "I25",
    "amount": -1250,
    "currency": "DKK",
    "dueDate": "2026-12-24",
}
PAYMENT: Json = {
    "entryTypeNumber": 4,
    "journalNumber": 1,
    "date": DAY,
    "supplierNumber": 50001,
    "supplierInvoiceNumber": "F-77",
    "contraAccountNumber": 5855,
    "amount": 1250,
    "currency": "DKK",
}


def booked(call: Caller, first: int = 6) -> list[Json]:
    """The booked entries after the openings, as (account, amount in base currency)."""
    rows: list[Json] = call("GET", f"{BOOKED}?filter=entryNumber$gte:{first}")[1]["items"]
    return rows


def amounts(rows: list[Json]) -> list[tuple[int, Any]]:
    return [(row["accountNumber"], row["amountInBaseCurrency"]) for row in rows]


def draft(call: Caller, body: Json) -> int:
    status, answer = call("POST", DRAFTS, body)
    assert status == 201, answer
    number: int = answer["entryNumber"]
    return number


def sell(call: Caller, number: int) -> None:
    """A customer, a product, and an invoice of 1250 with VAT, booked under this number."""
    customer = {
        "name": "Cykelhjørnet",
        "currency": "DKK",
        "customerGroup": {"customerGroupNumber": 1},
        "paymentTerms": {"paymentTermsNumber": 1},
        "vatZone": {"vatZoneNumber": 1},
    }
    call("PUT", "/customers/10001", customer)
    call(
        "PUT",
        "/products/NL-100",
        {"productNumber": "NL-100", "name": "Cykel", "productGroup": {"productGroupNumber": 1}},
    )
    line = {"description": "Cykel", "product": {"productNumber": "NL-100"}, "quantity": 1, "unitNetPrice": 1000}
    body = {
        "date": "2026-11-24",
        "currency": "DKK",
        "customer": {"customerNumber": 10001},
        "recipient": {"name": "Cykelhjørnet", "vatZone": {"vatZoneNumber": 1}},
        "layout": {"layoutNumber": 1},
        "paymentTerms": {"paymentTermsNumber": 1},
        "lines": [line],
    }
    made = call("POST", "/invoices/drafts", body)[1]
    booked = call(
        "PUT", f"/invoices/booked/{number}", {"draftInvoice": {"draftInvoiceNumber": made["draftInvoiceNumber"]}}
    )
    assert booked[0] == 201, booked
