"""Booking: the draft disappears, a booked invoice and its ledger entries appear. There is no way back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.money import cents
from lagerbro_sandbox.economic.registers.rules import POSTABLE
from lagerbro_sandbox.economic.sales import attachments, sending
from lagerbro_sandbox.economic.sales.booked import KEY, KIND
from lagerbro_sandbox.economic.sales.document_lines import Sales, read_lines
from lagerbro_sandbox.economic.sales.drafts import KIND as DRAFTS
from lagerbro_sandbox.economic.sales.sales_postings import SaleAccount, check_date_is_open, post_invoice
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.errors import ApiError, Problems, not_found
from lagerbro_sandbox.economic.wire.fields import Form, Group, Text, Whole, check
from lagerbro_sandbox.economic.wire.links import number_in_link
from lagerbro_sandbox.kernel.records import Record

_DRAFTS_OWN: Final = frozenset(
    {
        "draftInvoiceNumber",
        "soap",
        "lastUpdated",
        "costPriceInBaseCurrency",
        "marginInBaseCurrency",
        "marginPercentage",
    }
)
"""What a booked invoice does not show (published schema)."""
_LINES_OWN: Final = ("marginInBaseCurrency", "marginPercentage", "accrual")
_NUMBER_MOST: Final = 999_999_999
FORM: Final[Form] = {
    "draftInvoice": Group(required=True, fields={"draftInvoiceNumber": Whole()}),
    "bookWithNumber": Whole(),
    "sendBy": Text(),
}


def book(session: Session, body: object, number: int | None = None, *, strict: bool = False) -> Record:
    """POST or PUT /invoices/booked. Refuses before anything is changed (economic-api 7.2).

    `strict`: `sendBy` only in the casing of the published schema.
    """
    sent = check(body, FORM, "/schema/invoices.booked.post.schema.json")
    way = sending.sending_method(sent.get("sendBy"), strict=strict)
    draft = _draft(session, sent["draftInvoice"])
    wanted = number if number is not None else sent.get("bookWithNumber")
    _check_number(session, wanted)
    sales = _check(session, draft, way)
    booked = _booked(session, draft, sales, wanted)
    session.put(KIND, booked[KEY], booked)
    session.store.delete(session.agreement, DRAFTS, draft["draftInvoiceNumber"])
    attachments.remove(session, attachments.owner(DRAFTS, draft["draftInvoiceNumber"]))
    post_invoice(session, booked, sales)
    sending.record(session, booked, way)
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


def _check(session: Session, draft: Record, way: str) -> Sales:
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
    sales, _ = read_lines(session, draft["lines"], draft["recipient"]["vatZone"], draft["exchangeRate"], problems)
    _check_accounts(session, customer, sales, problems)
    sending.check(session, draft, customer, way, problems)
    problems.raise_if_any()
    return sales


def _check_accounts(session: Session, customer: Record, sales: Sales, problems: Problems) -> None:
    """What is posted to must take postings; that an account is blocked for direct entries does not matter here."""
    group = session.get("customer-groups", customer["customerGroup"]["customerGroupNumber"]) or {}
    used = [(group.get("account") or {}).get("accountNumber")]
    used += [account.account for account, _net in sales]
    used += [account.vat_account for account, _net in sales if account.vat_account is not None]
    for number in dict.fromkeys(used):
        account = session.get("accounts", number) if number is not None else None
        if account is None or account["accountType"] not in POSTABLE:
            problems.add(("lines",), "E04641", f"Account {number} cannot be posted to.", number)
        elif account.get("barred"):
            problems.add(("lines",), "E04640", f"Account {number} is barred.", number)


def _booked(session: Session, draft: Record, sales: Sales, wanted: int | None) -> Record:
    number = wanted or session.store.next_number(session.agreement, KIND)
    if number > _NUMBER_MOST:
        raise ApiError(400, "The series of invoice numbers is used up.", "Book with a lower number.", "E04650")
    booked = {name: value for name, value in draft.items() if name not in _DRAFTS_OWN}
    booked["recipient"] = {name: value for name, value in draft["recipient"].items() if name not in _RECIPIENTS_OWN}
    return {
        KEY: number,
        "orderNumber": draft["draftInvoiceNumber"],
        **booked,
        "lines": _lines(draft["lines"], sales),
        "remainder": cents(draft["grossAmount"]),
        "remainderInBaseCurrency": cents(draft["grossAmountInBaseCurrency"]),
    }


_RECIPIENTS_OWN: Final = ("nemHandelType", "mobilePhone")


def _lines(lines: list[Record], sales: list[tuple[SaleAccount, Decimal]]) -> list[Record]:
    taxed = iter(sales)
    rows = []
    for line in lines:
        row = {name: value for name, value in line.items() if name not in _LINES_OWN}
        if "departmentalDistribution" in row:
            given = row["departmentalDistribution"]
            row["departmentalDistribution"] = {k: v for k, v in given.items() if k != "distributionType"}
        if "product" in line:
            account, net = next(taxed)
            vat = (net * account.percentage / Decimal(100)).quantize(Decimal("0.0001"))
            row |= {"vatRate": account.percentage, "vatAmount": vat}
        rows.append(row)
    return rows
