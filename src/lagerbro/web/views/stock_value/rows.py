"""The tables of the page: the next voucher in accounting form, and the 90 days of the chart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lagerbro.agreements import directories
from lagerbro.agreements.models import Agreement
from lagerbro.flows.stock_value.mark import text_of
from lagerbro.flows.stock_value_days.days import values_between
from lagerbro.flows.stock_value_report.report import AccountReport, StockReport
from lagerbro.web.views.posting import Row, Table


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the chart. `value` is None where nobody has read it; then there is no difference either."""

    day: date
    value: Decimal | None
    booked: Decimal
    drafts: Decimal

    @property
    def booked_and_drafts(self) -> Decimal:
        return self.booked + self.drafts

    @property
    def difference(self) -> Decimal | None:
        return None if self.value is None else self.value - self.booked


@dataclass(frozen=True, slots=True)
class Names:
    """What e-conomic calls the journal and the accounts; empty where it is not known."""

    journals: Mapping[int, str]
    accounts: Mapping[int, str]

    @classmethod
    def of(cls, agreement: Agreement) -> Names:
        copy = directories.stored_directory(agreement)
        if copy is None:
            return cls({}, {})
        known = copy[0]
        return cls(
            {number: row.name for number, row in known.journals.items()},
            {number: row.name for number, row in known.accounts.items()},
        )


def voucher_table(report: StockReport | AccountReport, names: Names, currency: str) -> Table | None:
    """Debit and credit of the account's next voucher; None where none will be posted."""
    amount = report.next.amount if report.next else Decimal(0)
    if not amount:
        return None
    debit, credit = (report.account, report.contra) if amount > 0 else (report.contra, report.account)
    size = abs(amount)
    rows = [
        Row(debit, names.accounts.get(debit, ""), "", size, None),
        Row(credit, names.accounts.get(credit, ""), "", None, size),
    ]
    return Table(rows, size, size, currency, "", is_made=False, is_booked=False)


def voucher_text(report: StockReport) -> str:
    """What the voucher will be called in the journal."""
    return text_of(report.next.day) if report.next else ""


def chart_days(agreement: Agreement, report: StockReport, shown: AccountReport | None) -> list[Day]:
    """Of one of several accounts, or of all. The latest day first, as a table is read."""
    return list(_days(agreement, report, shown))[::-1]


def _days(agreement: Agreement, report: StockReport, shown: AccountReport | None) -> Iterator[Day]:
    balances = report.balances if shown is None else shown.balances
    if not balances:
        return
    known = values_between(agreement, shown.account if shown is not None else None, balances[0].day, report.day)
    known[report.day] = report.value if shown is None else shown.value
    for row in balances:
        yield Day(row.day, known.get(row.day), row.booked, row.drafts)
