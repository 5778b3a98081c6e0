"""Keeping what was seen of a day, and finding it again. Inside the agreement's scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.db.models import F, Max

from lagerbro.agreements.models import Agreement
from lagerbro.flows.stock_value_days.models import StockValueDay

if TYPE_CHECKING:
    from django.db.models import QuerySet

KEPT_MAX: Final = Decimal(10) ** 16
"""What is not below it is a slip of the pen in Rackbeat, and more than a column of amounts holds."""
UNFINISHED: Final = 0
"""In the place of the settings' version: the run has looked at the account, and has not written on it."""


@dataclass(frozen=True, slots=True)
class SeenByRun:
    """What a run saw of its day, and what of ours it left unbooked, by the day that each draft is of."""

    day: date
    value: Decimal
    booked: Decimal
    newest_entry: int
    standing: Mapping[date, Decimal]
    choices_version: int | None = None
    """The settings by which the account had a part of the stock value; None where a release before this one ran."""


def note_run(agreement: Agreement, account: int, seen: SeenByRun, at: datetime) -> None:
    """Keep it. A later run of the same day knows better."""
    StockValueDay.in_scope.update_or_create(
        agreement=agreement,
        epoch=agreement.ledger_epoch,
        account=account,
        day=seen.day,
        defaults={
            "value": seen.value,
            "booked": seen.booked,
            "newest_entry": seen.newest_entry,
            "standing": {str(day): str(effect) for day, effect in seen.standing.items()},
            "choices_version": seen.choices_version,
            "read_at": at,
        },
    )


def note_values(agreement: Agreement, values: Mapping[date, Mapping[int, Decimal]], at: datetime) -> None:
    """Keep the values of days of which nothing is known, by stock account; what is known of a day stays as it is, with
    the accounts that it was split onto then."""
    rows = StockValueDay.in_scope.filter(epoch=agreement.ledger_epoch, day__in=list(values))
    known = set(rows.values_list("day", flat=True))
    StockValueDay.in_scope.bulk_create(
        (
            StockValueDay(
                agreement=agreement, epoch=agreement.ledger_epoch, account=account, day=day, value=value, read_at=at
            )
            for day, by_account in values.items()
            for account, value in by_account.items()
            if day not in known and abs(value) < KEPT_MAX
        ),
        ignore_conflicts=True,
    )


def note_split(agreement: Agreement, days: Iterable[date], choices_version: int) -> None:
    """These days are split by these settings from now on, whichever they were run with."""
    rows = StockValueDay.in_scope.filter(epoch=agreement.ledger_epoch, day__in=list(days), booked__isnull=False)
    rows.exclude(choices_version=UNFINISHED).update(choices_version=choices_version)


def values_between(agreement: Agreement, account: int | None, first: date, last: date) -> dict[date, Decimal]:
    """The values that are known, by day, from the one to the other: of a stock account, or of all together."""
    rows = StockValueDay.in_scope.filter(epoch=agreement.ledger_epoch, day__gte=first, day__lte=last)
    if account is not None:
        rows = rows.filter(account=account)
    found: dict[date, Decimal] = {}
    for day, value in rows.order_by("day").values_list("day", "value"):
        found[day] = found.get(day, Decimal(0)) + value
    return found


def latest_run(agreement: Agreement, account: int, until: date) -> SeenByRun | None:
    """What the run of the latest day saw; None before the first one."""
    row = _of(agreement, account).filter(day__lte=until, booked__isnull=False).order_by("-day").first()
    return None if row is None else _seen(row)


def runs_of(agreement: Agreement, days: list[date]) -> dict[date, list[StockValueDay]]:
    """What runs saw of these days, on each account."""
    runs: dict[date, list[StockValueDay]] = {}
    rows = StockValueDay.in_scope.filter(epoch=agreement.ledger_epoch, day__in=days, booked__isnull=False)
    for row in rows.order_by("account"):
        runs.setdefault(row.day, []).append(row)
    return runs


def runs_on(agreement: Agreement, day: date) -> dict[int, SeenByRun]:
    """What the runs of a day saw, by stock account."""
    rows = StockValueDay.in_scope.filter(epoch=agreement.ledger_epoch, day=day, booked__isnull=False)
    return {row.account: _seen(row) for row in rows.order_by("account")}


def runs_between(agreement: Agreement, first: date, last: date) -> dict[int, SeenByRun]:
    """What the latest run of those days saw on each stock account that held something then."""
    rows = StockValueDay.in_scope.filter(
        epoch=agreement.ledger_epoch, day__gte=first, day__lte=last, booked__isnull=False
    )
    return {row.account: _seen(row) for row in rows.exclude(value=0, booked=0).order_by("day")}


def latest_day(agreement: Agreement, until: date = date.max) -> date | None:
    """The latest day that a run has seen, on whichever account."""
    rows = StockValueDay.in_scope.filter(epoch=agreement.ledger_epoch, booked__isnull=False, day__lte=until)
    latest: date | None = rows.aggregate(latest=Max("day"))["latest"]
    return latest


def has_agreed(agreement: Agreement, account: int) -> bool:
    """Whether a run has found the account booked as it should be, with stock on it and no draft of ours."""
    rows = _of(agreement, account).filter(booked=F("value"), standing={})
    return rows.exclude(booked=0).exists()


def _of(agreement: Agreement, account: int) -> QuerySet[StockValueDay]:
    return StockValueDay.in_scope.filter(epoch=agreement.ledger_epoch, account=account)


def _seen(row: StockValueDay) -> SeenByRun:
    standing = {date.fromisoformat(day): Decimal(effect) for day, effect in row.standing.items()}
    assert row.booked is not None
    return SeenByRun(row.day, row.value, row.booked, row.newest_entry or 0, standing, row.choices_version)
