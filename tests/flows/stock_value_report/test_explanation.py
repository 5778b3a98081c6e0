"""Any ledger and any history: the parts come to the difference, and nothing is left unexplained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from lagerbro.economic.booked_entries import OPENING, TRANSFERRED_OPENING, AccountEntry
from lagerbro.flows.stock_value.balance import balance_at, day_booked
from lagerbro.flows.stock_value.mark import text_of
from lagerbro.flows.stock_value_days.days import SeenByRun
from lagerbro.flows.stock_value_report.explanation import NAMED_MAX, PresentState, explain
from lagerbro.flows.stock_value_report.report import Draft, Explanation, PartKind

FIRST = date(2026, 8, 30)
TODAY = date(2026, 11, 28)
RUN = date(2026, 11, 27)
amounts = st.decimals("-99999.99", "99999.99", places=2)
days = st.dates(FIRST, TODAY)
texts = st.one_of(st.just("Manuel"), st.just(None), days.map(text_of))
types = st.sampled_from([5, 5, 5, 3, OPENING, TRANSFERRED_OPENING])
rows = st.tuples(days, amounts, types, texts)
drafts = st.tuples(days, days, amounts)


def sum_of(explanation: Explanation, kind: PartKind) -> D:
    return sum((part.amount for part in explanation.parts if part.kind == kind), start=D(0))


def entry(number: int, day: date, amount: D, type_: int = 5, text: str | None = "Manuel") -> AccountEntry:
    return AccountEntry(
        entryNumber=number,
        amountInBaseCurrency=amount,
        date=f"{day}T00:00:00",
        type=type_,
        text=text,
        voucherNumber=number,
    )


def draft(number: int, day: date, effect: D, of: date | None = None) -> Draft:
    return Draft(
        entry=number, voucher=50000 + number, journal=2, day=day, of=of or day, effect=effect, is_touched=False
    )


@dataclass
class History:
    """`ledger` in the order of booking; the run on `RUN` saw the first `known` of it."""

    ledger: list[AccountEntry]
    known: int
    value_seen: D
    left: dict[date, D]

    @property
    def seen(self) -> SeenByRun:
        read = [one for one in self.ledger[: self.known] if day_booked(one) <= RUN]
        newest = max((one.entryNumber for one in read), default=0)
        return SeenByRun(RUN, self.value_seen, balance_at(read, RUN), newest, self.left)


@st.composite
def histories(draw: st.DrawFn) -> History:
    ledger = [entry(number, *row) for number, row in enumerate(draw(st.lists(rows, max_size=12)), start=1)]
    known = draw(st.integers(0, len(ledger)))
    return History(ledger, known, draw(amounts), draw(st.dictionaries(days, amounts, max_size=4)))


def explained(history: History, found: list[tuple[date, date, D]], value: D, value_at_run: D) -> Explanation:
    standing = [draft(number, day, effect, of) for number, (day, of, effect) in enumerate(found, start=1)]
    return explain(PresentState(TODAY, value, value_at_run, history.ledger, standing), history.seen)


@given(histories(), st.lists(drafts, max_size=4), amounts, amounts)
def test_the_parts_come_to_the_difference_and_nothing_is_left(
    history: History, found: list[tuple[date, date, D]], value: D, value_at_run: D
) -> None:
    told = explained(history, found, value, value_at_run)
    assert told.difference == value - balance_at(history.ledger, TODAY)
    assert sum((part.amount for part in told.parts), start=D(0)) == told.difference
    assert told.remainder == 0
    assert sum_of(told, PartKind.DRAFT) == sum((effect for _, _, effect in found), start=D(0))


@given(st.lists(rows, max_size=8), st.lists(drafts, max_size=3), amounts)
def test_before_the_first_run_everything_is_stock_drafts_and_what_others_have_booked(
    ledger: list[tuple[date, D, int, str | None]], found: list[tuple[date, date, D]], value: D
) -> None:
    entries = [entry(number, *row) for number, row in enumerate(ledger, start=1)]
    standing = [draft(number, day, effect, of) for number, (day, of, effect) in enumerate(found, start=1)]
    told = explain(PresentState(TODAY, value, value, entries, standing), None)
    assert told.difference == value - balance_at(entries, TODAY)
    assert told.remainder == 0
    assert sum_of(told, PartKind.MOVED) == value
    assert {part.kind for part in told.parts} <= {PartKind.DRAFT, PartKind.OTHERS, PartKind.MADE, PartKind.MOVED}


@given(histories(), amounts)
def test_an_entry_that_is_gone_from_the_ledger_is_left_unexplained(history: History, value: D) -> None:
    """Nothing else moved: the remainder is what the entry counted, and never hidden in another part."""
    seen = history.seen
    before = balance_at((one for one in history.ledger if _seen(one, seen)), RUN)
    missing = history.ledger[1:]
    after = balance_at((one for one in missing if _seen(one, seen)), RUN)
    told = explain(PresentState(TODAY, value, value, missing, []), seen)
    assert told.remainder == before - after
    assert sum((part.amount for part in told.parts), start=told.remainder) == told.difference


def _seen(one: AccountEntry, seen: SeenByRun) -> bool:
    return one.entryNumber <= seen.newest_entry and day_booked(one) <= RUN


def told_of(history: History, found: list[Draft], value: D, value_at_run: D) -> list[tuple[str, D, date | None, int]]:
    told = explain(PresentState(TODAY, value, value_at_run, history.ledger, found), history.seen)
    return [(part.kind.value, part.amount, part.day, part.voucher) for part in told.parts]


def test_each_part_by_name() -> None:
    """112,000 in Rackbeat at the run and 100,000 booked: a draft of 11,900 and 100 left. Since then somebody has posted
    1,000 dated back and 250 today, booked our draft as 11,500, and goods have moved."""
    october = date(2026, 10, 31)
    ledger = [
        entry(1, FIRST, D(100000)),
        entry(7, october, D(1000)),
        entry(8, RUN, D(11500), text=text_of(RUN)),
        entry(9, TODAY, D(250)),
    ]
    history = History(ledger, 1, D(112000), {RUN: D(11900)})
    assert told_of(history, [draft(3, TODAY, D(40))], D(115000), D(112300)) == [
        ("draft", D(40), TODAY, 50003),
        ("others", D(-250), TODAY, 9),
        ("others", D(-1000), october, 7),
        ("changed", D(400), RUN, 0),
        ("made", D(-40), TODAY, 0),
        ("dated_back", D(300), RUN, 0),
        ("moved", D(2700), RUN, 0),
        ("left", D(100), RUN, 0),
    ]


def test_an_entry_dated_before_the_opening_takes_the_opening_out_of_the_balance() -> None:
    ledger = [entry(1, date(2026, 9, 1), D(500), OPENING), entry(2, FIRST, D(500))]
    history = History(ledger, 1, D(500), {})
    assert told_of(history, [], D(500), D(500)) == [
        ("others", D(500), date(2026, 9, 1), 1),
        ("others", D(-500), FIRST, 2),
    ]


def test_very_many_entries_of_others_are_named_up_to_a_limit_and_the_rest_summed() -> None:
    ledger = [entry(number, TODAY - timedelta(days=number % 9), D(number)) for number in range(1, 211)]
    told = explain(PresentState(TODAY, D(0), D(0), ledger, []), SeenByRun(FIRST, D(0), D(0), 0, {}))
    others = [part for part in told.parts if part.kind == PartKind.OTHERS]
    assert (len(others), others[-1].count) == (NAMED_MAX + 1, 210 - NAMED_MAX)
    assert told.remainder == 0
