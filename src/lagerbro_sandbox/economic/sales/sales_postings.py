"""The books: which account and VAT code a sale takes, and what booking it does to the ledger (economic-api 9, 7.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lagerbro_sandbox.economic.money import ZERO, cents, in_base
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage.entries import Entry
from lagerbro_sandbox.economic.wire.errors import ApiError, Problems
from lagerbro_sandbox.economic.wire.webhook_events import INVOICE_BOOKED
from lagerbro_sandbox.kernel.records import Record


@dataclass(frozen=True, slots=True)
class SaleAccount:
    """Where the net amount of a line goes, and at which VAT."""

    account: int
    vat_code: str | None
    percentage: Decimal
    vat_account: int | None


def sale_account(
    session: Session, product_group: int, zone: int, path: tuple[str | int, ...], problems: Problems
) -> SaleAccount | None:
    """The group's sales account for the zone; E06605 when there is none (economic-api 9.1)."""
    group = session.get("product-groups", product_group)
    accounts = (group or {}).get("accounts", {})
    number = accounts.get(str(zone))
    if number is None:
        problems.add(
            path,
            "E06605",
            f"Product group {product_group} has no sales account for VAT zone {zone}.",
            product_group,
            f"See /product-groups/{product_group}.",
        )
        return None
    account = session.get("accounts", number) or {}
    code = (account.get("vatAccount") or {}).get("vatCode")
    vat = session.get("vat-accounts", code) if code else None
    if vat is None or not vat["ratePercentage"]:
        return SaleAccount(number, code, ZERO, None)
    return SaleAccount(number, code, Decimal(vat["ratePercentage"]), vat["account"]["accountNumber"])


def check_date_is_open(session: Session, day: date) -> None:
    """Booking needs an accounting year that exists and is open, and a period that is neither closed nor barred."""
    year = next((row for row in session.all("accounting-years") if row["fromDate"] <= str(day) <= row["toDate"]), None)
    if year is None:
        raise ApiError(400, f"No accounting year contains {day}.", "Create the accounting year first.", "E07840")
    if year.get("closed"):
        raise ApiError(400, f"Accounting year {year['year']} is closed.", "Choose a date in an open year.", "E07850")
    if f"{day:%Y-%m}" in (*year.get("closedPeriods", ()), *year.get("barredPeriods", ())):
        raise ApiError(400, f"The period of {day} is closed.", "Choose a date in an open period.", "E07860")


@dataclass(frozen=True, slots=True)
class _Posting:
    """Debit positive, in the invoice's currency."""

    account: int
    amount: Decimal
    vat_code: str | None = None


def post_invoice(session: Session, booked: Record, lines: list[tuple[SaleAccount, Decimal]]) -> None:
    """Debit the debtor's control account with the gross, credit the sales accounts and the VAT accounts."""
    customer = session.get("customers", booked["customer"]["customerNumber"]) or {}
    group = session.get("customer-groups", customer["customerGroup"]["customerGroupNumber"]) or {}
    nets: dict[tuple[int, str | None], Decimal] = {}
    for account, net in lines:
        key = (account.account, account.vat_code)
        nets[key] = nets.get(key, ZERO) + net
    vats = vat_per_account(lines, booked["vatAmount"])
    postings = [
        _Posting(group["account"]["accountNumber"], booked["grossAmount"]),
        *(_Posting(account, -net, code) for (account, code), net in nets.items()),
        *(_Posting(account, -vat) for account, vat in vats.items()),
    ]
    _post(session, booked, [posting for posting in postings if posting.amount])
    session.announce(INVOICE_BOOKED, {"INVOICENO": str(booked["bookedInvoiceNumber"])})


def vat_per_account(lines: list[tuple[SaleAccount, Decimal]], total: Decimal) -> dict[int, Decimal]:
    """The VAT by VAT account in whole cents; what rounding leaves goes to the largest, so the sum is `total`."""
    exact: dict[int, Decimal] = {}
    for account, net in lines:
        if account.vat_account is not None:
            exact[account.vat_account] = exact.get(account.vat_account, ZERO) + net * account.percentage / Decimal(100)
    rounded = {account: cents(amount) for account, amount in exact.items()}
    rest = total - sum(rounded.values(), ZERO)
    if rest and rounded:
        largest = max(rounded, key=lambda account: abs(rounded[account]))
        rounded[largest] += rest
    return rounded


def _post(session: Session, booked: Record, postings: list[_Posting]) -> None:
    rate = Decimal(booked["exchangeRate"])
    bases = [in_base(posting.amount, rate) for posting in postings]
    if bases:
        # Each amount is converted and rounded by itself; the control account takes what that leaves.
        bases[0] -= sum(bases, ZERO)
    number = booked["bookedInvoiceNumber"]
    control = postings[0].account if booked["grossAmount"] else None
    last = session.store.count_up(session.agreement, "entries", len(postings))
    first = last - len(postings) + 1
    session.store.entries.add(
        session.agreement,
        [
            Entry(
                number=first + index,
                voucher=number,
                account=posting.account,
                date=booked["date"],
                kind="customerInvoice",
                currency=booked["currency"],
                amount=posting.amount,
                base_amount=bases[index],
                vat_code=posting.vat_code,
                text=f"Faktura {number}" if booked["grossAmount"] >= 0 else f"Kreditnota {number}",
                customer=booked["customer"]["customerNumber"],
                invoice=number,
                due=booked["dueDate"] if posting.account == control else None,
                remainder=posting.amount if posting.account == control else None,
                base_remainder=bases[index] if posting.account == control else None,
            )
            for index, posting in enumerate(postings)
        ],
    )
