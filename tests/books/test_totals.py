"""What may differ between the two systems' totals, and what may not (domain-rules H10, H33)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.books.choices import Choices
from lagerbro.books.totals import Amounts, Comparison, compare_totals
from lagerbro.money import percentage_of, product_of, rounded, total_of

DEFAULT = Choices().vat_rounding_limit
EQUAL, ROUNDING, TOO_LARGE = Comparison.EQUAL, Comparison.VAT_ROUNDING, Comparison.VAT_ROUNDING_TOO_LARGE
VAT, NET = Comparison.VAT_DIFFERS, Comparison.NET_DIFFERS


def amounts(net: str | D, vat: str | D) -> Amounts:
    return Amounts(D(net), D(vat), D(net) + D(vat))


@pytest.mark.parametrize(
    ("ours", "theirs", "lines", "expected"),
    [
        (("100.00", "25.00"), ("100.00", "25.00"), 1, EQUAL),
        (("100.00", "25.00"), ("100.00", "25.01"), 1, VAT),
        (("100.00", "25.00"), ("100.00", "25.01"), 2, ROUNDING),
        (("100.00", "25.00"), ("100.00", "25.02"), 3, VAT),
        (("12083.50", "3021.00"), ("12083.50", "3020.88"), 50, ROUNDING),
        (("100.00", "25.00"), ("100.00", "25.50"), 100, ROUNDING),
        (("100.00", "25.00"), ("100.00", "25.51"), 102, TOO_LARGE),
        (("100.00", "25.00"), ("100.00", "25.51"), 101, VAT),
        (("100.00", "0.00"), ("100.00", "0.01"), 0, VAT),
        (("100.00", "25.00"), ("100.01", "25.00"), 90, NET),
        (("-100.00", "-25.00"), ("-100.00", "-25.01"), 2, ROUNDING),
    ],
)
def test_totals(ours: tuple[str, str], theirs: tuple[str, str], lines: int, expected: Comparison) -> None:
    assert compare_totals(amounts(*ours), amounts(*theirs), taxed_lines=lines, limit=DEFAULT) is expected


def test_a_total_that_rackbeat_rounds_by_itself_is_told_as_rounding() -> None:
    ours = Amounts(D("33.33"), D("8.33"), D("41.67"))
    assert compare_totals(ours, amounts("33.33", "8.33"), taxed_lines=1, limit=D(0)) is ROUNDING


LINES = st.lists(st.decimals("-9999.99", "9999.99", places=2), min_size=1, max_size=60)


@given(lines=LINES, rate=st.sampled_from([D(25), D("25.5"), D(19), D(7)]), limit=st.decimals(0, 5, places=2))
def test_rounding_line_by_line_is_never_taken_for_a_wrong_rate(lines: list[D], rate: D, limit: D) -> None:
    """The other system rounds the VAT of the whole, and the two are held against each other before that rounding."""
    per_line = total_of(rounded(percentage_of(net, rate)) for net in lines)
    whole = percentage_of(total_of(lines), rate)
    assert abs(per_line - whole) <= product_of(D("0.005"), D(len(lines)))
    ours, theirs = amounts(total_of(lines), per_line), amounts(total_of(lines), rounded(whole))
    found = compare_totals(ours, theirs, taxed_lines=len(lines) + 1, limit=limit)
    difference = abs(ours.vat - theirs.vat)
    assert found is (EQUAL if not difference else ROUNDING if difference <= limit else TOO_LARGE)


@given(lines=st.integers(0, 1000), ore=st.integers(1, 1000), limit=st.decimals(0, 5, places=2), more=st.booleans())
def test_both_bounds_hold_to_the_oere_either_way(lines: int, ore: int, limit: D, more: bool) -> None:
    difference = D(ore) / 100
    theirs = amounts("100.00", D("25.00") + (difference if more else -difference))
    found = compare_totals(amounts("100.00", "25.00"), theirs, taxed_lines=lines, limit=limit)
    can_be_rounding = 2 * ore <= lines
    assert found is (VAT if not can_be_rounding else ROUNDING if difference <= limit else TOO_LARGE)
