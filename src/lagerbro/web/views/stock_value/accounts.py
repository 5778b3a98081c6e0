"""One stock account as the page shows it: its figures, its next voucher, and where its difference comes from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lagerbro.flows.stock_value_report.report import AccountReport, Explanation, Part, PartKind, StockReport
from lagerbro.web.sentences.stock_value_page import part_words, why_none
from lagerbro.web.sentences.words import Message
from lagerbro.web.views.posting import Table
from lagerbro.web.views.stock_value.rows import Names, voucher_table
from lagerbro.web.views.stock_value.standing import Standing


@dataclass(frozen=True, slots=True)
class PartRow:
    """A row of the explanation."""

    part: Part
    words: str

    @property
    def said(self) -> str:
        """What an entry of somebody else's says of itself."""
        return self.part.text

    @property
    def is_touched(self) -> bool:
        return self.part.kind == PartKind.DRAFT and self.part.is_touched


@dataclass(frozen=True, slots=True)
class ExplainedAccount:
    """Where the difference of an account comes from. `name` is empty where there is only one."""

    account: int
    name: str
    explanation: Explanation
    parts: list[PartRow]


@dataclass(frozen=True, slots=True)
class AccountRow:
    """`posting` is its next voucher, `none` why it has none; both None while they cannot be told."""

    report: AccountReport
    name: str
    drafts: Decimal
    posting: Table | None
    none: Message | None


def account_row(report: AccountReport, names: Names, currency: str, standing: Standing) -> AccountRow:
    """An account of several, in the order of the page."""
    day = standing.report.day if standing.report is not None else standing.now.date()
    posting = voucher_table(report, names, currency) if standing.is_of_today else None
    none = why_none(report.next) if standing.is_of_today and report.next and not report.next.amount else None
    return AccountRow(report, names.accounts.get(report.account, ""), report.drafts_until(day), posting, none)


def explained(report: StockReport | AccountReport, names: Names | None = None) -> ExplainedAccount:
    """Of the only account, or with `names` of one of several."""
    explanation = report.explanation
    parts = [PartRow(part, part_words(part, first=explanation.since is None)) for part in explanation.parts]
    name = "" if names is None else f"{report.account} {names.accounts.get(report.account, '')}".strip()
    return ExplainedAccount(report.account, name, explanation, parts)
