"""What a run keeps of what it saw: value, balance, and the drafts of ours that it left."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.flows.stock_value.earlier_periods import has_changed
from lagerbro.flows.stock_value.known import DRAFT, GONE, REPLACED
from lagerbro.flows.stock_value.mark import text_of
from lagerbro.flows.stock_value.plan import OwnDraft
from lagerbro.flows.stock_value_days import days
from lagerbro.flows.stock_value_days.days import SeenByRun
from lagerbro.sync.models import Link
from tests.flows.stock_value.shop import JOURNAL, OPENING, STOCK, Shop, open_shop, valued_by
from tests.world import Company

pytestmark = pytest.mark.django_db
MON, TUE, WED, THU, FRI = (date(2026, 11, day) for day in range(23, 28))
OCT = date(2026, 10, 31)


def seen(shop: Shop, until: date) -> SeenByRun:
    with agreement_scope(shop.company.agreement.pk):
        found = days.latest_run(shop.company.agreement, STOCK, until)
    assert found is not None
    return found


def figures(shop: Shop, until: date) -> tuple[date, D, D, dict[date, D]]:
    found = seen(shop, until)
    return found.day, found.value, found.booked, dict(found.standing)


def test_a_run_keeps_value_balance_and_the_draft_that_it_made(shop: Shop) -> None:
    shop.run(OCT, OPENING + 100)
    shop.run(MON, OPENING + 12000)
    assert figures(shop, MON) == (MON, OPENING + 12000, OPENING, {OCT: D(100), MON: D(11900)})
    shop.run(TUE, OPENING + 9500)
    assert figures(shop, TUE) == (TUE, OPENING + 9500, OPENING, {OCT: D(100), TUE: D(9400)})
    assert figures(shop, MON)[3] == {OCT: D(100), MON: D(11900)}  # as it was that night
    newest = seen(shop, TUE).newest_entry
    shop.book_all()
    shop.run(WED, OPENING + 9500)
    assert figures(shop, WED) == (WED, OPENING + 9500, OPENING + 9500, {})
    assert seen(shop, WED).newest_entry > newest


def test_a_run_that_posts_nothing_keeps_what_it_saw(shop: Shop) -> None:
    shop.run(TUE)
    assert figures(shop, TUE) == (TUE, OPENING, OPENING, {})


def test_a_run_that_asks_about_the_opening_keeps_what_it_saw(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = valued_by(open_shop(company, stock_post_opening=False), monkeypatch)
    shop.run(TUE, OPENING + 250)
    assert figures(shop, TUE) == (TUE, OPENING + 250, OPENING, {})
    company.decide(stock_post_opening=True)
    shop.run(TUE)
    assert figures(shop, TUE) == (TUE, OPENING + 250, OPENING, {TUE: D(250)})


def test_a_moved_draft_is_kept_under_the_day_that_it_is_of(shop: Shop) -> None:
    shop.run(MON, OPENING + 100)
    (draft,) = shop.drafts()
    shop.edit(draft["entryNumber"], date="2026-11-20T00:00:00")
    shop.run(TUE, OPENING + 150)
    assert figures(shop, TUE)[3] == {MON: D(100), TUE: D(50)}


def test_a_refused_run_has_left_nothing(shop: Shop) -> None:
    shop.company.decide(stock_journal=999)
    shop.run(TUE, OPENING + 100)
    assert figures(shop, TUE) == (TUE, OPENING + 100, OPENING, {})
    shop.company.decide(stock_journal=JOURNAL)
    shop.run(TUE)
    assert figures(shop, TUE)[3] == {TUE: D(100)}


def test_values_of_other_days_are_kept_once_and_never_over_a_run(shop: Shop) -> None:
    shop.run(TUE, OPENING + 5)
    agreement, now = shop.company.agreement, shop.company.systems.clock.now()
    with agreement_scope(agreement.pk):
        days.note_values(agreement, {MON: {STOCK: D(1)}, TUE: {STOCK: D(2)}}, now)
        days.note_values(agreement, {MON: {STOCK: D(3)}}, now)
        assert days.values_between(agreement, STOCK, MON, WED) == {MON: D(1), TUE: OPENING + 5}
        latest = days.latest_run(agreement, STOCK, MON)
    assert latest is None


def test_a_value_that_no_column_holds_is_not_kept_and_is_no_fault(shop: Shop) -> None:
    agreement, now = shop.company.agreement, shop.company.systems.clock.now()
    with agreement_scope(agreement.pk):
        values = {MON: D(10) ** 17, TUE: -(D(10) ** 16), WED: D("-12.50")}
        days.note_values(agreement, {day: {STOCK: amount} for day, amount in values.items()}, now)
        assert days.values_between(agreement, STOCK, MON, WED) == {WED: D("-12.50")}


def fate(shop: Shop, day: date) -> str:
    with agreement_scope(shop.company.agreement.pk):
        return Link.in_scope.get(kind="stock_value", rackbeat_key=str(day)).economic_kind


def test_a_draft_that_a_run_takes_away_is_no_draft_on_its_page_from_then_on(shop: Shop) -> None:
    """Another night, the same night again, and one draft that says the next day's: none waits for the night after."""
    shop.run(MON, OPENING + 5)
    assert fate(shop, MON) == DRAFT
    shop.run(TUE, OPENING)
    assert (shop.drafts(), fate(shop, MON)) == ([], GONE)
    shop.run(WED, OPENING + 7)
    shop.run(WED, OPENING)
    assert (shop.drafts(), fate(shop, WED)) == ([], GONE)
    shop.run(THU, OPENING + 7)
    shop.run(FRI, OPENING + 9)
    assert (len(shop.drafts()), fate(shop, THU), fate(shop, FRI)) == (1, REPLACED, DRAFT)


END, LATER = date(2026, 11, 30), date(2026, 12, 20)
FIRST, SECOND = date(2026, 12, 6), END
LEFT = SeenByRun(END, D(1000), D(1000), 5, {FIRST: D("271.20"), SECOND: D("-271.20")})


def draft(of: date, effect: str, day: date = END) -> OwnDraft:
    return OwnDraft(1, day, D(effect), is_unchanged=False, marked_day=of)


def booked(text: str, amount: str, number: int = 6, day: date = END) -> AccountEntry:
    return AccountEntry(entryNumber=number, amountInBaseCurrency=D(amount), date=str(day), type=5, text=text)


AS_IT_WAS: tuple[list[OwnDraft], list[AccountEntry]] = ([draft(FIRST, "271.20"), draft(SECOND, "-271.20")], [])


@pytest.mark.parametrize(
    ("drafts", "entries", "changed"),
    [
        (*AS_IT_WAS, False),
        ([draft(FIRST, "271.20")], [booked(text_of(SECOND), "-271.20")], False),
        ([draft(FIRST, "271.20"), draft(SECOND, "-271.20"), draft(LATER, "9.00", LATER)], [], False),
        ([draft(FIRST, "271.20"), draft(SECOND, "-271.20")], [booked(text_of(FIRST), "9.00", number=5)], False),
        ([draft(FIRST, "271.20", LATER)], [booked("Lagerregulering efter aftale", "-271.20")], True),
        ([], [], True),
        ([draft(FIRST, "200.00"), draft(SECOND, "-200.00")], [], True),
        ([draft(FIRST, "271.20")], [booked(text_of(SECOND), "-270.00")], True),
    ],
    ids=["as it was", "booked", "one of later", "seen", "moved and reworded", "both gone", "both edited", "rebooked"],
)
def test_two_changes_that_make_up_for_one_another_are_seen(
    drafts: list[OwnDraft], entries: list[AccountEntry], changed: bool
) -> None:
    assert has_changed(LEFT, entries, drafts) is changed
