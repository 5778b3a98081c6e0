"""Draft entries of journals: the same rows for REST's vouchers and for journalsapi (economic-api 8).

A row is flat: `entryNumber`, `entryType` (the name on REST), `journal`, `year`, `voucher`, `date`, `amount`,
`currency`, `exchangeRate`, and where they are set `account`, `vatCode`, `vatAmount`, `contraAccount`, `contraVatCode`,
`contraVatAmount`, `text`, `customer`, `customerInvoice`, `supplier`, `supplierInvoiceNumber`, `dueDate`, `approved`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.journals.postings import balances, own_account, postings
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.extras import EXTRAS
from lagerbro_sandbox.kernel.records import Record

_SIDES: Final = {
    "customerPayment": "customerPayments",
    "supplierPayment": "supplierPayments",
    "financeVoucher": "financeVouchers",
}


def with_usual(journal: Record, row: Record) -> Record:
    """A new row with what the journal says of entries that name none: the contra account, the text of a payment
    (economic-api 8.1)."""
    settings, extras = journal["settings"], journal.get(EXTRAS, {})
    contra = settings.get("contraAccounts", {}).get(_SIDES.get(row["entryType"], ""), {}).get("accountNumber")
    text = extras.get(f"{row['entryType']}Text")
    usual = {"contraAccount": contra, "text": text or None}
    return {**row, **{name: value for name, value in usual.items() if value is not None and not row.get(name)}}


def add(session: Session, journal: Record, row: Record) -> Record:
    """Give the row its number and keep it. In a journal that asks for approval it waits, unless the journal approves
    by itself what an administrator makes, as an app with all roles does."""
    number = session.store.count_up(session.agreement, "journal-entries")
    settings = journal.get(EXTRAS, {})
    approved = not settings.get("requireAdminApproval") or bool(settings.get("autoApprove"))
    stored_row = {"entryNumber": number, **row, "approved": approved, "madeAt": session.clock.now().isoformat()}
    store(session, stored_row)
    return stored_row


def store(session: Session, row: Record) -> None:
    """Write the row, and what it would do to the accounts."""
    session.store.draft_entries.put(session.agreement, row, balances(postings(session, row)))


def completed(session: Session, row: Record) -> Record:
    """The row with what the server fills in: the rate of the currency, the control account of a party."""
    rate = row.get("exchangeRate") or session.rate_per_100(row["currency"])
    full = {**row, "exchangeRate": Decimal(rate or 100), "amount": Decimal(row["amount"])}
    account = own_account(session, full)
    return full if account is None else {**full, "account": account}


def year_of(session: Session, day: str) -> Record | None:
    """The accounting year that the date is in."""
    return next((row for row in session.all("accounting-years") if row["fromDate"] <= day <= row["toDate"]), None)
