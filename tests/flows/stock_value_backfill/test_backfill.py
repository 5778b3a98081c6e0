"""H26 as tables in the local e-conomic's ledger: any past day or range, once, and nothing that was right is moved."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.sync.models import Intent, TransferState
from tests.flows.stock_value.shop import AGREEMENT, OPENING, Shop
from tests.flows.stock_value_backfill.asking import (
    DAILY,
    SINGLE,
    backfilled,
    begun,
    come,
    looked,
    outcomes,
    request,
)

pytestmark = pytest.mark.django_db
AUG, SEP, OCT = date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)
MON, TUE, WED = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
Row = tuple[str, D]


def rows(shop: Shop) -> list[Row]:
    """Date and effect of each draft, by date."""
    return sorted((row["date"], amount) for row, amount in zip(shop.drafts(), shop.amounts(), strict=True))


def shown(shop: Shop, **wanted: object) -> list[Row]:
    return sorted((str(one.day), one.amount) for one in looked(shop, request(**wanted)).vouchers)  # type: ignore[arg-type]


def at_work(shop: Shop) -> None:
    """The values of some past days; the nights have run since the 24th."""
    for day, value in ((OCT, 50), (date(2026, 11, 2), 80), (date(2026, 11, 4), 70), (TUE, 120)):
        shop.values[day] = OPENING + value
    shop.run(TUE)


@pytest.mark.parametrize(
    ("first", "last", "vouchers", "made"),
    [
        (OCT, OCT, DAILY, [("2026-10-31", D(50)), ("2026-11-24", D(-50))]),
        (date(2026, 10, 1), OCT, SINGLE, [("2026-10-31", D(50)), ("2026-11-24", D(-50))]),
        (
            date(2026, 11, 1),
            date(2026, 11, 5),
            DAILY,
            [("2026-11-01", D(50)), ("2026-11-02", D(30)), ("2026-11-04", D(-10)), ("2026-11-24", D(-70))],
        ),
        (date(2026, 11, 1), date(2026, 11, 5), SINGLE, [("2026-11-05", D(70)), ("2026-11-24", D(-70))]),
        (
            OCT,
            date(2026, 11, 2),
            DAILY,
            [("2026-10-31", D(50)), ("2026-11-02", D(30)), ("2026-11-24", D(-50)), ("2026-11-24", D(-30))],
        ),
        (date(2026, 10, 1), date(2026, 10, 30), DAILY, []),
    ],
)
def test_past_days_come_to_their_values_and_later_ones_stay(
    shop: Shop, first: date, last: date, vouchers: object, made: list[Row]
) -> None:
    at_work(shop)
    assert shown(shop, first=first, last=last, vouchers=vouchers) == made
    assert rows(shop) == [("2026-11-24", D(120))]  # looking writes nothing
    assert backfilled(shop, request(first, last, vouchers)).is_finished  # type: ignore[arg-type]
    assert rows(shop) == sorted([("2026-11-24", D(120)), *made])
    assert shop.total(last) == shop.value(last)
    assert shop.total(TUE) == shop.value(TUE)
    shop.book_all()
    assert shop.booked(last) == shop.value(last)
    assert shop.booked() == OPENING + 120


@pytest.mark.parametrize("booked", [False, True])
def test_a_second_run_writes_nothing(shop: Shop, *, booked: bool) -> None:
    at_work(shop)
    wanted = request(date(2026, 10, 1), date(2026, 11, 20))
    backfilled(shop, wanted)
    if booked:
        shop.book_all()
    before = rows(shop)
    assert looked(shop, wanted).vouchers == []
    assert backfilled(shop, wanted).is_finished
    assert rows(shop) == before
    assert set(outcomes(shop)) == {("transferred", "stock_backfill_unchanged")}


def test_the_night_leaves_it_alone_and_counts_it(shop: Shop) -> None:
    at_work(shop)
    backfilled(shop, request(OCT, date(2026, 11, 5)))
    made = [row for row in rows(shop) if row != ("2026-11-24", D(120))]
    shop.run(WED, OPENING + 90)
    assert rows(shop) == sorted([*made, ("2026-11-25", D(90))])
    assert (shop.total(WED), shop.total(OCT)) == (OPENING + 90, OPENING + 50)


def test_before_any_night_nothing_is_taken_back_and_the_night_counts_it(shop: Shop) -> None:
    shop.company.decide(stock_post_opening=False)
    shop.values[OCT] = OPENING + 50
    assert shown(shop, first=OCT, last=OCT) == [("2026-10-31", D(50))]
    backfilled(shop, request(OCT, OCT))
    shop.run(TUE, OPENING + 60)
    assert rows(shop) == [("2026-10-31", D(50)), ("2026-11-24", D(10))]


def test_a_night_that_finds_the_ledger_right_still_sees_what_stands_as_drafts(shop: Shop) -> None:
    shop.values[OCT] = OPENING + 50
    backfilled(shop, request(OCT, OCT))
    shop.run(TUE, OPENING)
    assert shop.total() == OPENING
    assert rows(shop) == [("2026-10-31", D(50)), ("2026-11-24", D(-50))]


@pytest.mark.parametrize("kind", ["closedPeriods", "barredPeriods"])
def test_closed_periods_are_refused_by_name_and_nothing_is_written(shop: Shop, kind: str) -> None:
    at_work(shop)
    store = shop.company.systems.economic.store
    year = store.get(AGREEMENT, "accounting-years", "2026") or {}
    store.put(AGREEMENT, "accounting-years", "2026", {**year, kind: ["2026-10"]})
    wanted = request(OCT, date(2026, 11, 5))
    with pytest.raises(PlanRefusal) as refused:
        looked(shop, wanted)
    assert (refused.value.code, refused.value.details) == (
        "stock_backfill_closed",
        {"periods": "2026-10-01–2026-10-31"},
    )
    found = backfilled(shop, wanted)
    assert (found.done, found.count) == (0, 2)
    assert found.stopped_by is not None
    assert (found.stopped_by.state, found.stopped_by.code) == (TransferState.NEEDS_YOU, "stock_backfill_closed")
    assert rows(shop) == [("2026-11-24", D(120))]
    store.put(AGREEMENT, "accounting-years", "2026", year)
    assert backfilled(shop, wanted).is_finished
    assert shop.total(OCT) == OPENING + 50


def test_a_closed_period_in_which_it_would_be_taken_back_is_refused_too(shop: Shop) -> None:
    at_work(shop)
    store = shop.company.systems.economic.store
    year = store.get(AGREEMENT, "accounting-years", "2026") or {}
    store.put(AGREEMENT, "accounting-years", "2026", {**year, "barredPeriods": ["2026-11"]})
    with pytest.raises(PlanRefusal, match="stock_backfill_closed"):
        looked(shop, request(OCT, OCT))


def test_a_day_before_the_first_accounting_year_is_refused(shop: Shop) -> None:
    day = date(2019, 5, 1)
    shop.values[day] = D(5)
    with pytest.raises(PlanRefusal) as refused:
        looked(shop, request(day, day))
    assert (refused.value.code, refused.value.details) == ("stock_year_missing", {"date": "2019-05-01"})


@pytest.mark.parametrize(
    ("first", "last", "vouchers", "code"),
    [
        (TUE, TUE, DAILY, "stock_backfill_not_past"),
        (MON, OCT, DAILY, "stock_backfill_not_past"),
        (MON - timedelta(days=92), MON, DAILY, "stock_backfill_too_long"),
        (date(2010, 1, 1), MON, SINGLE, "stock_backfill_too_long"),
    ],
)
def test_only_past_days_in_order_and_not_too_many(
    shop: Shop, first: date, last: date, vouchers: object, code: str
) -> None:
    wanted = request(first, last, vouchers)  # type: ignore[arg-type]
    with pytest.raises(PlanRefusal, match=code):
        looked(shop, wanted)
    with pytest.raises(PlanRefusal, match=code):
        begun(shop, wanted)
    assert outcomes(shop) == []


def test_what_a_person_does_to_its_drafts_is_seen_by_the_next_one(shop: Shop) -> None:
    at_work(shop)
    wanted = request(OCT, OCT)
    backfilled(shop, wanted)
    entry = next(row["entryNumber"] for row in shop.drafts() if row["date"] == "2026-10-31")
    shop.edit(entry, amount=20, text="Efter aftale")
    backfilled(shop, wanted)
    assert shop.total(OCT) == OPENING + 50
    assert [amount for day, amount in rows(shop) if day == "2026-10-31"] == [20, 30]
    shop.run(WED, OPENING + 99)
    assert shop.total(WED) == OPENING + 99


@pytest.mark.parametrize("book", [False, True])
def test_its_own_entries_are_booked_by_choice_and_no_others(shop: Shop, *, book: bool) -> None:
    at_work(shop)
    shop.company.decide(stock_book=book)
    assert backfilled(shop, request(OCT, OCT)).is_finished
    assert shop.booked(OCT) - OPENING == (50 if book else 0)
    assert len(rows(shop)) == (1 if book else 3)
    assert shop.total() == OPENING + 120


def test_it_reads_each_day_once_and_writes_once_a_month(shop: Shop) -> None:
    at_work(shop)
    calls: list[str] = []
    looked(shop, request(OCT, date(2026, 11, 5)), calls)
    finance, booked = "GET /journalsapi/v15.0.0/draft-entries", "GET /bookedEntriesapi/v4.0.0/booked-entries"
    assert calls == [
        finance,
        booked,
        "GET /accountingyearsapi/v2.0.1/AccountingYears/periods",
    ]
    backfilled(shop, request(OCT, date(2026, 11, 5)))
    with agreement_scope(shop.company.agreement.pk):
        writes = Intent.in_scope.filter(transfer__kind="stock_backfill")
        assert list(writes.values_list("step", flat=True)) == ["post", "post"]


def test_how_far_it_has_come(shop: Shop) -> None:
    at_work(shop)
    wanted = request(date(2026, 9, 1), date(2026, 11, 5))
    assert come(shop, wanted) is None
    begun(shop, wanted)
    found = come(shop, wanted)
    assert found is not None
    assert (found.done, found.count, found.is_finished) == (0, 3, False)
    assert backfilled(shop, wanted).is_finished
    shop.company.systems.clock.sleep_s(60)
    begun(shop, wanted)  # once more: what was done before does not count
    again = come(shop, wanted)
    assert again is not None
    assert (again.done, again.count) == (0, 3)
