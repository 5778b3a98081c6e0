"""What a draft entry must fulfil, by the code of the rule (economic-api 5.4). Both surfaces ask here."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.journals import number_series as series
from lagerbro_sandbox.economic.journals.draft_entries import year_of
from lagerbro_sandbox.economic.journals.payment_details import payment_complaints
from lagerbro_sandbox.economic.session import BASE_RATE, Session
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.economic.wire.extras import EXTRAS
from lagerbro_sandbox.kernel.records import Record

AMOUNT_DIGITS_MAX: Final = 15
TEXT_MAX: Final = 250  # economic-api 8.2
SUPPLIER_INVOICE_MAX: Final = 30  # economic-api 8.2
INVOICE_MAX: Final = 999_999_999
RATE_DECIMALS_MAX: Final = 6


def entry_complaints(session: Session, journal: Record, row: Record) -> Iterator[Complaint]:
    """Everything that is wrong with the row; its form has been checked."""
    only = journal["settings"].get("entryTypeRestrictedTo")
    if only is not None and row["entryType"] != only:
        yield Complaint("JournalEntryTypeNotCorrect", f"The journal takes {only} entries only.", "entryType")
    yield from _amounts(session, row)
    yield from date_complaints(session, row["date"])
    yield from _accounts(session, row)
    if journal.get(EXTRAS, {}).get("lockVatCodes"):
        yield from _locked_vat_codes(session, row)
    yield from _parties(session, row)
    yield from _number(journal, row)
    yield from payment_complaints(row)


def _amounts(session: Session, row: Record) -> Iterator[Complaint]:
    if _decimals(row["amount"]) > 2 or len(str(int(abs(row["amount"])))) > AMOUNT_DIGITS_MAX - 2:
        text = f"An amount has at most two decimals and {AMOUNT_DIGITS_MAX} digits."
        yield Complaint("JournalEntryAmountExceedsDigitLimit", text, "amount")
    if len(row.get("text") or "") > TEXT_MAX:
        yield Complaint("JournalEntryTextTooLong", f"The text is at most {TEXT_MAX} characters.", "text")
    if session.get("currencies", row["currency"]) is None:
        yield Complaint("JournalEntryCurrencyNotFound", f"Currency {row['currency']} does not exist.", "currency")
    rate = row.get("exchangeRate")
    if rate is None:
        return
    if Decimal(rate) <= 0:
        yield Complaint("JournalEntryExchangeRateError", "The exchange rate is above 0.", "exchangeRate")
    elif _decimals(rate) > RATE_DECIMALS_MAX:
        code = "JournalEntryExchangeRateScalePrecisionError"
        yield Complaint(code, f"The exchange rate has at most {RATE_DECIMALS_MAX} decimals.", "exchangeRate")
    if row["currency"] == session.base_currency and rate != BASE_RATE:
        code = "JournalEntryExchangeRateMustBeOneHundredForBaseCurrency"
        yield Complaint(code, "The exchange rate of the base currency is 100.", "exchangeRate")


def _decimals(value: Decimal | int) -> int:
    exponent = Decimal(value).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def date_complaints(session: Session, day: str) -> Iterator[Complaint]:
    """The date is in a year that exists and is open, and in a period that is neither closed nor barred."""
    year = year_of(session, day)
    if year is None:
        yield Complaint("JournalEntryDateAccountingYearDoesNotExist", f"No accounting year contains {day}.", "date")
    elif year.get("closed"):
        yield Complaint("JournalEntryDateAccountingYearClosed", f"Accounting year {year['year']} is closed.", "date")
    elif day[:7] in (*year.get("closedPeriods", ()), *year.get("barredPeriods", ())):
        yield Complaint("JournalEntryDateAccountingYearPeriodBarred", f"The period of {day} is barred.", "date")


def _accounts(session: Session, row: Record) -> Iterator[Complaint]:
    if row["entryType"] == "financeVoucher":
        if row.get("account") is None and row.get("contraAccount") is None:
            code = "JournalEntryAccountAndContraAccountNotSet"
            yield Complaint(code, "An entry needs an account or a contra account.", "account")
        yield from account_complaints(session, row.get("account"), "account")
    yield from account_complaints(session, row.get("contraAccount"), "contraAccount")


def _locked_vat_codes(session: Session, row: Record) -> Iterator[Complaint]:
    """A journal that locks the VAT codes takes no other than the account's own (economic-api 8.1; how it is refused is
    inferred)."""
    for side, code in (("account", "vatCode"), ("contraAccount", "contraVatCode")):
        account = session.get("accounts", row[side]) if row.get(side) is not None else None
        sent = row.get(code)
        if account is not None and sent and sent != (account.get("vatAccount") or {}).get("vatCode"):
            text = f"The journal locks the VAT codes, and {sent} is not the one of account {row[side]}."
            yield Complaint("JournalVatCodesLocked", text, code)


def account_complaints(session: Session, number: int | None, name: str) -> Iterator[Complaint]:
    """Only profit-and-loss and status accounts are posted to, and none that is barred or closed to entries (6.7)."""
    if number is None:
        return
    side = "ContraAccount" if name == "contraAccount" else "Account"
    account = session.get("accounts", number)
    if account is None:
        yield Complaint(f"JournalEntry{side}NotFound", f"Account {number} does not exist.", name)
    elif account["accountType"] not in ("profitAndLoss", "status"):
        yield Complaint(f"JournalEntryWrong{side}Type", f"Account {number} cannot be posted to.", name)
    elif account.get("barred"):
        yield Complaint(f"JournalEntry{side}NotAccessible", f"Account {number} is barred.", name)
    elif account.get("blockDirectEntries"):
        code = f"JournalEntry{side}IsBlockedForDirectEntries"
        yield Complaint(code, f"Account {number} is closed to direct entries.", name)


def _parties(session: Session, row: Record) -> Iterator[Complaint]:
    if row["entryType"] in ("customerPayment", "manualCustomerInvoice"):
        yield from _party(session, row, "customer")
        invoice = row.get("customerInvoice")
        if invoice is not None and not (str(invoice).isascii() and str(invoice).isdigit()):
            yield Complaint("Customer_Invoice_Is_Not_Numeric", "The invoice number is not a number.", "customerInvoice")
        elif invoice is not None and int(invoice) > INVOICE_MAX:
            yield Complaint("Customer_invoice_too_big", "The invoice number is too big.", "customerInvoice")
    if row["entryType"] in ("supplierInvoice", "supplierPayment"):
        yield from _party(session, row, "supplier")
        if len(row.get("supplierInvoiceNumber") or "") > SUPPLIER_INVOICE_MAX:
            text = f"The supplier's invoice number is at most {SUPPLIER_INVOICE_MAX} characters."
            yield Complaint("JournalEntrySupplierInvoiceTooBig", text, "supplierInvoiceNumber")
    if row.get("dueDate") is not None and row["dueDate"] < row["date"]:
        yield Complaint("JournalEntryDueDateNotInRange", "The due date is before the date.", "dueDate")


def _party(session: Session, row: Record, party: str) -> Iterator[Complaint]:
    number, name = row.get(party), party.capitalize()
    if number is None:
        if row.get("contraAccount") is None:
            yield Complaint(f"JournalEntry{name}AndAccountNotSet", f"A {party} or a contra account is needed.", party)
        elif party == "supplier" and row.get("supplierInvoiceNumber"):
            yield Complaint("JournalEntrySupplierNotSet", "An invoice number needs its supplier.", party)
        return
    record = session.get(f"{party}s", number)
    if record is None:
        yield Complaint(f"JournalEntry{name}NotFound", f"{name} {number} does not exist.", party)
    elif record.get("barred"):
        yield Complaint(f"JournalEntry{name}NotAccessible", f"{name} {number} is barred.", party)


def _number(journal: Record, row: Record) -> Iterator[Complaint]:
    """0 is legal: a voucher without a number (economic-api 8.4)."""
    number, (first, last) = row.get("voucher"), series.bounds(journal)
    if number and not first <= number <= last:
        code = "JournalEntryVoucherNumberNotWithinBoundaries"
        yield Complaint(code, f"Voucher numbers go from {first} to {last}.", "voucher")
