"""An invoice that is booked in e-conomic under a lower number than had been seen: found within a day, taken once."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.flows.economic_invoices.seen import is_within, ranges_of
from lagerbro.sync.models import TransferState
from tests.flows.orders.selling import Seller, line

POLL, KIND = "economic_invoices_poll", "economic_invoice"
DAY_MINUTES = 24 * 60


def booked_as(seller: Seller, number: int) -> int:
    systems = seller.company.systems
    draft = systems.in_economic("POST", "/invoices/drafts", seller.body(line()))["draftInvoiceNumber"]
    systems.in_economic("PUT", f"/invoices/booked/{number}", {"draftInvoice": {"draftInvoiceNumber": draft}})
    return number


@pytest.mark.django_db
def test_one_under_a_lower_number_is_taken_within_a_day_and_once(seller: Seller) -> None:
    booked_as(seller, 480)  # before the first look: not touched
    seller.look(poll=POLL)
    booked_as(seller, 90001)
    seller.look(poll=POLL)
    for number in (470, 510):
        booked_as(seller, number)
    seller.look(poll=POLL)
    assert [seller.has(number, KIND) for number in (470, 510)] == [False, False]
    seller.look(poll=POLL, minutes=DAY_MINUTES)
    for number in (470, 510, 90001):
        assert seller.transfer(number, KIND).state == TransferState.TRANSFERRED
    assert not seller.has(480, KIND)
    taken, runs = len(seller.invoices()), seller.transfer(470, KIND).runs
    assert taken == 3
    seller.look(poll=POLL, minutes=DAY_MINUTES)
    assert (len(seller.invoices()), seller.transfer(470, KIND).runs) == (taken, runs)


@pytest.mark.django_db
def test_the_look_back_costs_one_call_a_day(seller: Seller) -> None:
    asked = seller.company.systems.to_economic.asked
    seller.look(poll=POLL)
    costs = []
    for minutes in (5, DAY_MINUTES, 5, 5):
        before = len(asked)
        seller.look(poll=POLL, minutes=minutes)
        costs.append(len(asked) - before)
    assert costs == [1, 2, 1, 1]


@given(st.sets(st.integers(1, 60)))
def test_ranges_hold_just_the_numbers_that_were_put_in(numbers: set[int]) -> None:
    ranges = ranges_of(numbers)
    assert {number for number in range(62) if is_within(ranges, number)} == numbers
    assert all(after[0] > before[1] + 1 for before, after in pairwise(ranges))
