"""Where the stock value of an agreement stands, and the page's first sentence that follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.books.choices import Choices
from lagerbro.flows.stock_value.accounts import StockAccounts
from lagerbro.flows.stock_value.known import BACKFILL, KIND
from lagerbro.flows.stock_value.schedule import next_stock_run
from lagerbro.flows.stock_value.sides import OPENING
from lagerbro.flows.stock_value_report.looking import accounts_of, latest_look
from lagerbro.flows.stock_value_report.report import StockReport
from lagerbro.sync.acts import STOPPED
from lagerbro.sync.models import Transfer
from lagerbro.sync.schedules.timing import COPENHAGEN
from lagerbro.web import formats
from lagerbro.web.sentences.stock_value_page import ENDS, posts, posts_several, why_none
from lagerbro.web.status.overdue import overdue

STALE_AFTER: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Standing:
    """`report` is the latest look that still answers the question: of these accounts, and `read_at` when it was."""

    agreement: Agreement
    choices: Choices
    now: datetime
    accounts: StockAccounts | None
    report: StockReport | None = None
    read_at: datetime | None = None
    stopped: list[Transfer] = field(default_factory=list)
    changed_at: datetime | None = None
    """When something last became of a run."""

    @property
    def is_on(self) -> bool:
        return self.choices.stock_value_enabled

    @property
    def is_chosen(self) -> bool:
        return self.accounts is not None and self.choices.stock_frequency is not None

    @property
    def runs_at(self) -> datetime | None:
        """The next run; None while none comes by itself."""
        runs = self.is_on and self.is_chosen and self.agreement.state == AgreementState.ACTIVE
        frequency = self.choices.stock_frequency
        return next_stock_run(frequency, self.now) if runs and frequency else None

    @property
    def is_stale(self) -> bool:
        """Whether a new look may show something else than this one."""
        if self.report is None or self.read_at is None:
            return True
        is_old = self.now - self.read_at > STALE_AFTER
        is_overtaken = self.changed_at is not None and self.changed_at > self.read_at
        return is_old or is_overtaken or self.report.choices_version != self.choices.version

    @property
    def is_of_today(self) -> bool:
        """What the next run will do is told by a look at the same day and settings only."""
        return (
            self.report is not None
            and self.report.choices_version == self.choices.version
            and self.report.day == self.now.astimezone(COPENHAGEN).date()
        )

    @property
    def opening(self) -> bool:
        """Whether the first difference waits for an answer."""
        coming = self.report.next if self.report is not None and self.is_of_today else None
        return any(one.code == OPENING for one in self.stopped) or (coming is not None and coming.code == OPENING)

    @property
    def failed(self) -> list[Transfer]:
        """Runs that need somebody, besides the question about the first difference."""
        return [one for one in self.stopped if one.code != OPENING]


def standing_of(agreement: Agreement, choices: Choices, now: datetime) -> Standing:
    """From what is kept; nobody outside is asked. Inside the agreement's scope."""
    accounts = accounts_of(choices)
    looked_at = latest_look(agreement) if accounts else None
    if looked_at is not None and accounts is not None and looked_at[0].account != accounts.account:
        looked_at = None
    return Standing(
        agreement=agreement,
        choices=choices,
        now=now,
        accounts=accounts,
        report=looked_at[0] if looked_at else None,
        read_at=looked_at[1] if looked_at else None,
        stopped=list(needing(agreement, now).order_by("-key")[:5]),
        changed_at=Transfer.in_scope.filter(kind__in=(KIND, BACKFILL)).aggregate(latest=Max("changed_at"))["latest"],
    )


def needing(agreement: Agreement, now: datetime) -> QuerySet[Transfer]:
    """The runs that need somebody."""
    return Transfer.in_scope.filter(Q(state__in=STOPPED) | overdue(agreement, now), kind=KIND)


def first_sentence(standing: Standing) -> str:
    """What the page answers first."""
    if not standing.is_on:
        return _("The stock value is not transferred: it is switched off in the settings.")
    if not standing.is_chosen:
        return _("The stock value is not transferred yet: journal, accounts and frequency have not all been chosen.")
    if standing.agreement.state != AgreementState.ACTIVE:
        return _("The stock value is not transferred just now: the integration is not active.")
    if standing.failed:
        return _("A run of the stock value needs you.")
    return _of_next(standing)


def _of_next(standing: Standing) -> str:
    report, runs_at = standing.report, standing.runs_at
    if report is None or report.next is None or runs_at is None:
        return _("The figures have not been fetched yet.")
    if not standing.is_of_today:
        return _("The figures are of %(day)s. Fetch them again to see what will be posted.") % {
            "day": formats.day(report.day)
        }
    if report.vouchers > 1:
        when = formats.minute(runs_at)
        return posts_several(report.vouchers, report.next.amount, when, is_booked=standing.choices.stock_book)
    if report.next.amount:
        when = formats.minute(runs_at)
        return posts(report.next.amount, when, is_booked=standing.choices.stock_book)
    message = why_none(report.next)
    return message.what if report.next.code in ENDS else f"{message.what} {message.why}"
