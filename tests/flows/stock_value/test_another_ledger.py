"""After the company has moved to another ledger, nothing that stood in the one before is ours (domain-rules H4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Intent, IntentState, TransferState
from tests.flows.stock_value.shop import AGREEMENT, OPENING, Shop

pytestmark = pytest.mark.django_db
TUE, WED = date(2026, 11, 24), date(2026, 11, 25)


def move(shop: Shop) -> None:
    """A new generation of the ledger, with the same opening balance and an empty journal, activated by and by."""
    store, clock = shop.company.systems.economic.store, shop.company.systems.clock
    for row in shop.drafts():
        store.draft_entries.delete(AGREEMENT, row["entryNumber"])
    clock.sleep_s(600)
    Agreement.objects.update(ledger_epoch=2, activated_at=clock.now())
    shop.company.agreement.refresh_from_db()


def test_the_first_difference_is_asked_about_again(shop: Shop) -> None:
    shop.run(TUE, OPENING + 10)
    move(shop)
    shop.company.decide(stock_post_opening=False)
    transfer = shop.run(WED, OPENING + 12)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "stock_opening_difference")
    assert transfer.details["difference"] == "12.00"
    assert shop.drafts() == []
    shop.company.decide(stock_post_opening=True)
    assert shop.run(WED).state == TransferState.DRAFTED
    assert shop.amounts() == [12]


def test_a_later_day_of_the_ledger_before_overtakes_nothing(shop: Shop) -> None:
    shop.run(WED, OPENING + 10)
    move(shop)
    assert shop.run(TUE, OPENING + 7).code == "stock_adjusted"
    assert [(row["date"], row["amount"]) for row in shop.drafts()] == [("2026-11-24", 7)]
    assert shop.run(WED, OPENING + 10).code == "stock_adjusted"
    assert [(row["date"], row["amount"]) for row in shop.drafts()] == [("2026-11-25", 10)]


@pytest.mark.parametrize("state", [IntentState.CONFIRMED, IntentState.OPEN])
def test_what_was_made_there_is_made_here_too(shop: Shop, state: IntentState) -> None:
    """A run that ended half-way in the ledger before: the same day with the same amount is not held to be made."""
    shop.run(TUE, OPENING + 10)
    with agreement_scope(shop.company.agreement.pk):
        Intent.in_scope.update(state=state, in_flight_until=shop.company.systems.clock.now() + timedelta(days=9))
        before = Intent.in_scope.get()
    move(shop)
    assert shop.run(TUE, OPENING + 10).state == TransferState.DRAFTED
    assert shop.amounts() == [10]
    with agreement_scope(shop.company.agreement.pk):
        made = Intent.in_scope.exclude(pk=before.pk).get()
    assert (made.step, made.try_epoch) == (before.step, before.try_epoch + 1)
    assert made.idempotency_key != before.idempotency_key
