"""Bodies go after half a year, rows after seven; what is open or new stays, and never more than a piece at a time."""

from __future__ import annotations

from datetime import timedelta

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import UPSERT_STEP, Attempt, Intent, IntentState
from lagerbro.sync.storage.pruning import BODIES_KEPT, ROWS_KEPT, prune
from tests.world import Company


def test_what_goes_when(company: Company) -> None:
    number = company.systems.invoice()
    transfer = company.invoiced(number)
    now = company.systems.clock.now()
    with agreement_scope(company.agreement.pk):
        rows, writes = Attempt.in_scope.count(), Intent.in_scope.count()
        assert prune(now + BODIES_KEPT - timedelta(minutes=1)) == 0
        assert prune(now + BODIES_KEPT + timedelta(minutes=1)) > 0
        assert Attempt.in_scope.count() == rows
        assert set(Attempt.in_scope.values_list("sent", "answered")) == {("", "")}
        assert Attempt.in_scope.filter(url__contains="invoices").exists()
        of_documents = Intent.in_scope.exclude(step=UPSERT_STEP)
        assert set(of_documents.values_list("request", "answer")) == {("", "")}
        assert "" not in Intent.in_scope.filter(step=UPSERT_STEP).values_list("request", flat=True)
        assert prune(now + ROWS_KEPT - timedelta(days=1)) == 0
        assert prune(now + ROWS_KEPT + timedelta(days=1)) == rows
        assert Attempt.in_scope.count() == 0
        assert Intent.in_scope.count() == writes
    assert timedelta(days=365 * (5 + 1.5)) < ROWS_KEPT
    company.ask("customer_invoice", number)
    company.drain()
    assert company.transfer("customer_invoice", number).state == transfer.state
    assert len(company.systems.booked()) == 1


def test_a_write_whose_outcome_is_open_keeps_what_it_said(company: Company) -> None:
    company.invoiced(company.systems.invoice())
    with agreement_scope(company.agreement.pk):
        Intent.in_scope.filter(step="book").update(state=IntentState.OPEN)
        prune(company.systems.clock.now() + BODIES_KEPT * 2)
        assert Intent.in_scope.get(step="book").request != ""


def test_a_piece_at_a_time(company: Company) -> None:
    company.invoiced(company.systems.invoice())
    later = company.systems.clock.now() + BODIES_KEPT + timedelta(days=1)
    with agreement_scope(company.agreement.pk):
        with_bodies = Attempt.in_scope.exclude(sent="", answered="").count()
        assert prune(later, limit=2) == 4  # two calls, two writes
        assert Attempt.in_scope.exclude(sent="", answered="").count() == with_bodies - 2
        while prune(later, limit=2):
            pass
        assert not Attempt.in_scope.exclude(sent="", answered="").exists()
