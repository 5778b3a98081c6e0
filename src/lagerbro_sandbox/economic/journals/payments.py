"""A customer's payment, as the bookkeeper would post it: what the invoice views and balances then show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from lagerbro_sandbox.economic.ledger.open_items import pay_named_invoices
from lagerbro_sandbox.economic.money import cents, in_base
from lagerbro_sandbox.economic.sales.booked import KIND
from lagerbro_sandbox.economic.sales.sales_postings import check_date_is_open
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage.entries import Entry
from lagerbro_sandbox.kernel.records import Record

VOUCHERS = "payment vouchers"
_FIRST_VOUCHER = 900_000_000


def receive(
    session: Session,
    number: int,
    amount: Decimal,
    account: int,
    day: date,
    *,
    currency: str | None = None,
    rate: Decimal | None = None,
) -> None:
    """Debit the bank account, credit the debtor's control account, and take it off the invoice. `amount` is in
    `currency`, else in the invoice's; `rate` is base currency per 100, else the invoice's, or the stored one.

    Raises KeyError for an invoice or an account that is not there, and refuses closed years as booking does.
    """
    invoice = session.get(KIND, number)
    if invoice is None or session.get("accounts", account) is None:
        raise KeyError(f"invoice {number} or account {account}")
    if amount != cents(amount):
        raise ValueError("an amount has two decimals")
    check_date_is_open(session, day)
    customer = session.get("customers", invoice["customer"]["customerNumber"]) or {}
    group = session.get("customer-groups", customer["customerGroup"]["customerGroupNumber"]) or {}
    currency = currency or str(invoice["currency"])
    base = in_base(amount, _rate_per_100(session, invoice, currency, rate))
    bank = Entry(
        number=session.store.count_up(session.agreement, "entries", 2) - 1,
        voucher=_FIRST_VOUCHER + session.store.count_up(session.agreement, VOUCHERS),
        account=account,
        date=str(day),
        kind="customerPayment",
        currency=currency,
        amount=amount,
        base_amount=base,
        text=f"Betaling af faktura {number}",
        customer=customer["customerNumber"],
        invoice=number,
    )
    entries = [bank, _on_control(bank, group["account"]["accountNumber"])]
    session.store.entries.add(session.agreement, entries)
    pay_named_invoices(session, entries)


def _on_control(bank: Entry, account: int) -> Entry:
    """The other side, which stands open until it has paid something."""
    amount, base = -bank.amount, -bank.base_amount
    own = replace(bank, number=bank.number + 1, account=account, amount=amount, base_amount=base)
    return replace(own, remainder=amount, base_remainder=base)


def _rate_per_100(session: Session, invoice: Record, currency: str, rate: Decimal | None) -> Decimal:
    """The rate that was given, else the invoice's in its own currency, else the stored one."""
    known: Decimal | None = (
        invoice["exchangeRate"] if currency == invoice["currency"] else session.rate_per_100(currency)
    )
    if known is None:
        raise ValueError(f"currency {currency} is not known")
    return known if rate is None else rate
