"""Why e-conomic refused an entry of ours, told by its codes (economic-api 5.4), never by its texts."""

from __future__ import annotations

from typing import Final

from lagerbro.economic.finance_entries import NewFinanceEntry
from lagerbro.flows.economic_refusals import refusal_with_cause
from lagerbro.sync.outcome import Refusal
from lagerbro.wire.errors import FailureKind, InvalidError

_CONTRA: Final = "ContraAccount"
_CONFIG: Final = FailureKind.CONFIG


def refusal_of(error: InvalidError, entry: NewFinanceEntry) -> Refusal:
    """The refusal with the name of its cause, as far as it has one, and what e-conomic said."""
    causes = (_of_code(code, entry) for code in sorted(error.codes()))
    return refusal_with_cause(error, _CONFIG, *causes)


def _of_code(code: str, entry: NewFinanceEntry) -> Refusal | None:
    return _of_journal(code, entry) or _of_day(code, entry) or _of_account(code, entry)


def _of_journal(code: str, entry: NewFinanceEntry) -> Refusal | None:
    journal = str(entry.journalNumber)
    match code:
        case "JournalDoesNotExist":
            return Refusal("stock_journal_missing", _CONFIG, journal=journal)
        case "JournalEntryTypeNotCorrect":
            return Refusal("stock_journal_restricted", _CONFIG, journal=journal)
        case "JournalVoucherNextNumberNotWithinBoundaries":
            return Refusal("stock_numbers_used_up", _CONFIG, journal=journal)
        case "JournalEntryAmountExceedsDigitLimit":
            return Refusal("stock_value_too_large", _CONFIG, amount=str(entry.amount))
    return None


def _of_day(code: str, entry: NewFinanceEntry) -> Refusal | None:
    day = entry.date[:10]
    match code.removeprefix("JournalEntryDateAccountingYear"):
        case "DoesNotExist":
            return Refusal("stock_year_missing", _CONFIG, date=day)
        case "Closed":
            return Refusal("stock_year_closed", _CONFIG, date=day)
        case "PeriodBarred":
            return Refusal("stock_period_closed", _CONFIG, date=day)
    return None


def _of_account(code: str, entry: NewFinanceEntry) -> Refusal | None:
    account = str(entry.contraAccountNumber if _CONTRA in code else entry.accountNumber)
    match code.replace(_CONTRA, "Account").removeprefix("JournalEntry"):
        case "AccountNotFound":
            return Refusal("stock_account_missing", _CONFIG, account=account)
        case "AccountNotAccessible":
            return Refusal("stock_account_barred", _CONFIG, account=account)
        case "AccountIsBlockedForDirectEntries":
            return Refusal("stock_account_blocked", _CONFIG, account=account)
        case "WrongAccountType":
            return Refusal("stock_account_unusable", _CONFIG, account=account)
    return None
