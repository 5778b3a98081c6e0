"""Booking: the draft disappears, a booked invoice and its ledger entries appear. There is no way back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lagerbro.sandbox.economic.books import SaleAccount, check_date_is_open, post_invoice
from lagerbro.sandbox.economic.drafts import KIND as DRAFTS
from lagerbro.sandbox.economic.drafts import read_lines
from lagerbro.sandbox.economic.faulty import ApiError, Problems, not_found
from lagerbro.sandbox.economic.fields import Form, Group, Text, Whole, check
from lagerbro.sandbox.economic.links import number_in_link
from lagerbro.sandbox.economic.money import cents
from lagerbro.sandbox.economic.session import Session
from lagerbro.sandbox.economic.store import Record

KIND = "booked"
_DRAFTS_OWN = frozenset(
    {"draftInvoiceNumber", "lastUpdated", "costPriceInBaseCurrency", "marginInBaseCurrency", "marginPercentage"}
)
"""What a booked invoice does not show (published schema)."""
FORM: Form = {
    "draftInvoice": Group(required=True, fields={"draftInvoiceNumber": Whole()}),
    "bookWithNumber": Whole(),
    "sendBy": Text(),
}


def book(session: Session, body: object, number: int | None = None) -> Record:
    """POST or PUT /invoices/booked. Refuses before anything is changed (economic-api 7.2)."""
    check(body, FORM, "/schema/invoices.booked.post.schema.json")
    assert isinstance(body, dict)
    draft = _draft(session, body["draftInvoice"])
    wanted = number if number is not None else body.get("bookWithNumber")
    _check_number(session, wanted)
    sales = _check(session, draft)
    booked = _booked(session, draft, wanted)
    session.put(KIND, booked["bookedInvoiceNumber"], booked)
    session.store.delete(session.agreement, DRAFTS, draft["draftInvoiceNumber"])
    post_invoice(session, booked, sales)
    return booked


def _draft(session: Session, reference: Record) -> Record:
    key = reference.get("draftInvoiceNumber")
    if key is None and isinstance(reference.get("self"), str):
        key = number_in_link(reference["self"])
    if key is None:
        problems = Problems()
        problems.add(("draftInvoice",), "E04500", "The reference needs 'draftInvoiceNumber' or 'self'.")
        problems.raise_if_any()
    draft = session.get(DRAFTS, str(key))
    if draft is None:
        raise not_found("E06000")
    return draft


def _check_number(session: Session, wanted: int | None) -> None:
    if wanted is not None and session.get(KIND, wanted) is not None:
        problems = Problems()
        problems.add(("bookWithNumber",), "E06010", f"Invoice number {wanted} is already in use.", wanted)
        problems.raise_if_any()


def _check(session: Session, draft: Record) -> list[tuple[SaleAccount, Decimal]]:
    if not any("product" in line for line in draft["lines"]):
        raise ApiError(400, "The invoice has no lines with a product.", "Add lines first.", "E04700")
    check_date_is_open(session, date.fromisoformat(draft["date"]))
    problems = Problems()
    customer = session.get("customers", draft["customer"]["customerNumber"]) or {}
    if customer.get("barred"):
        problems.add(("customer",), "E04620", f"Customer {customer['customerNumber']} is barred.")
    for index, line in enumerate(draft["lines"]):
        product = session.get("products", line["product"]["productNumber"]) if "product" in line else None
        if product and product.get("barred"):
            problems.add(("lines", index, "product"), "E04630", f"Product '{product['productNumber']}' is barred.")
    sales, _ = read_lines(session, draft["lines"], draft["recipient"]["vatZone"], problems)
    for account, _net in sales:
        if (session.get("accounts", account.account) or {}).get("barred"):
            problems.add(("lines",), "E04640", f"Account {account.account} is barred.", account.account)
    problems.raise_if_any()
    return sales


def _booked(session: Session, draft: Record, wanted: int | None) -> Record:
    number = wanted or session.store.next_number(session.agreement, KIND)
    booked = {name: value for name, value in draft.items() if name not in _DRAFTS_OWN}
    problems = Problems()
    sales, _ = read_lines(session, draft["lines"], draft["recipient"]["vatZone"], problems)
    taxed = iter(sales)
    lines = []
    for line in draft["lines"]:
        if "product" not in line:
            lines.append(line)
            continue
        account, net = next(taxed)
        vat = (net * account.percentage / 100).quantize(Decimal("0.0001"))
        lines.append({**line, "vatRate": account.percentage, "vatAmount": vat})
    booked["lines"] = lines
    return {
        "bookedInvoiceNumber": number,
        "orderNumber": draft["draftInvoiceNumber"],
        **booked,
        "remainder": cents(draft["grossAmount"]),
        "remainderInBaseCurrency": cents(draft["grossAmountInBaseCurrency"]),
    }
