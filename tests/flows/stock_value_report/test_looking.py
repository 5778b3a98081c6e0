"""A look in any history: what it says of tonight is what the run does, and nothing of the difference is left over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D
from random import Random

import pytest

from lagerbro.agreements.choices import choices_of
from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.stock_value.mark import text_of
from lagerbro.flows.stock_value_report.looking import latest_look, look
from lagerbro.flows.stock_value_report.report import DAYS, StockReport
from lagerbro.sync.models import Schedule
from tests.flows.stock_value.conftest import shop
from tests.flows.stock_value.shop import OPENING, Shop, effect
from tests.flows.stock_value.test_any_history import meddle

__all__ = ["shop"]
pytestmark = pytest.mark.django_db
TUE, WED = date(2026, 11, 24), date(2026, 11, 25)


def looked(shop: Shop, day: date) -> StockReport:
    """At ten in the morning of the day."""
    company = shop.company
    company.systems.clock.go_to(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    with agreement_scope(company.agreement.pk):
        company.agreement.refresh_from_db()
        choices = choices_of(company.agreement)
        clients = company.runtime.connect(company.agreement, lambda _exchange: None)
        report = look(company.agreement, choices, clients, company.systems.clock.now())
        kept = latest_look(company.agreement)
    assert kept is not None
    assert kept[0] == report
    return report


@pytest.mark.parametrize("seed", range(6))
def test_tonights_voucher_is_what_the_run_makes_and_the_parts_come_to_the_difference(shop: Shop, seed: int) -> None:
    """Nine nights over a month's end; a bookkeeper books, changes, moves and deletes in between."""
    random = Random(seed)
    with agreement_scope(shop.company.agreement.pk):  # a night is asked for once, and here by hand
        Schedule.in_scope.filter(routine="stock_value").update(due_at=datetime(2027, 6, 1, tzinfo=UTC))
    for number in range(9):
        day = TUE + timedelta(days=number)
        shop.values[day] = OPENING + D(random.randrange(-50_000, 50_000)) / 100
        if number and random.random() < 0.3:
            shop.values[day - timedelta(days=1)] += D(random.randrange(1, 9000)) / 100  # dated back in Rackbeat
        report = looked(shop, day)
        assert report.explanation.remainder == 0, (seed, day)
        assert report.booked == shop.booked(day), (seed, day)
        assert report.value - report.booked == report.difference
        assert report.booked + report.drafts_until_now == shop.total(day), (seed, day)
        assert report.next is not None
        shop.run(day)
        made = [effect(row) for row in shop.drafts() if row.get("text") == text_of(day)]
        assert sum(made, start=D(0)) == report.next.amount, (seed, day)
        for correction in report.corrections:
            assert correction.amount in [effect(row) for row in shop.drafts() if row["date"] == str(correction.day)]
        assert shop.total(day) == shop.values[day]
        for _ in range(random.randrange(4)):
            meddle(shop, random, day)


def test_the_days_of_the_chart_are_the_ledgers_and_the_drafts(shop: Shop) -> None:
    shop.run(TUE, OPENING + 100)
    shop.book_all()
    shop.run(WED, OPENING + 130)
    report = looked(shop, WED + timedelta(days=1))
    assert len(report.balances) == DAYS
    latest = [(row.day, row.booked, row.drafts) for row in report.balances[-4:]]
    assert latest == [
        (TUE - timedelta(days=1), OPENING, D(0)),
        (TUE, OPENING + 100, D(0)),
        (WED, OPENING + 100, D(30)),
        (WED + timedelta(days=1), OPENING + 100, D(30)),
    ]
    assert all(row.booked == shop.booked(row.day) for row in report.balances)


def test_goods_that_have_come_without_an_invoice_stand_beside_the_difference(shop: Shop) -> None:
    systems = shop.company.systems
    before = looked(shop, TUE).received
    body = {"supplier_id": 50001, "lines": [{"item_id": "NL-100", "quantity": 4, "line_price": "250.00"}]}
    order = systems.in_rackbeat("POST", "purchase-orders", body)["number"]
    assert looked(shop, TUE).received == before
    receipt = systems.in_rackbeat("POST", f"purchase-orders/{order}/create-receipt", {})["number"]
    systems.in_rackbeat("POST", f"purchase-order-receipts/{receipt}/mark-received", {})
    found = looked(shop, WED).received
    assert before is not None
    assert found is not None
    assert (found.amount - before.amount, order in found.orders, found.is_whole) == (D(1000), True, True)
