"""What a person may do with the work: pause, resume, retry, put aside, take up, cancel."""

from __future__ import annotations

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.registry import ROUTINES
from lagerbro.sync.acts import cancel, hold, pause, release_hold, resume, retry_same
from lagerbro.sync.models import Transfer, TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.world import Company

pytestmark = pytest.mark.django_db


def bar(company: Company, barred: bool) -> None:
    company.systems.admin("economic", "bar", agreement=1180001, kind="customers", key="10001", barred=barred)


def stopped(company: Company, *, invoices: int) -> list[int]:
    """Invoices that stand still because their customer is barred in e-conomic."""
    company.invoiced(company.systems.invoice())
    bar(company, barred=True)
    numbers = [company.systems.invoice() for _ in range(invoices)]
    for number in numbers:
        company.invoiced(number)
    return numbers


def test_a_pause_keeps_the_queue(company: Company) -> None:
    assert pause(company.agreement)
    number = company.systems.invoice()
    assert company.invoiced(number).state == TransferState.WAITING
    assert company.systems.booked() == []
    with agreement_scope(company.agreement.pk):
        assert resume(company.agreement, ROUTINES, company.systems.clock.now())
        assert not resume(company.agreement, ROUTINES, company.systems.clock.now())
    company.drain()
    assert [row["bookedInvoiceNumber"] for row in company.systems.booked()] == [number]


def test_everything_with_the_same_reason_is_tried_again_at_once(company: Company) -> None:
    numbers = stopped(company, invoices=3)
    code = company.transfer("customer_invoice", numbers[0]).code
    bar(company, barred=False)
    with agreement_scope(company.agreement.pk):
        assert retry_same({"code": "something_else"}, company.agreement.pk, company.systems.clock.now()) == 0
        assert retry_same({"code": code}, company.agreement.pk, company.systems.clock.now()) == 3
    company.drain()
    company.systems.clock.sleep_s(60)
    company.drain()
    states = {company.transfer("customer_invoice", number).state for number in numbers}
    assert states == {TransferState.TRANSFERRED}
    assert len(company.systems.booked()) == 4


def test_one_is_put_aside_and_taken_up(company: Company) -> None:
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    transfer = company.transfer("customer_invoice", number)
    with agreement_scope(company.agreement.pk):
        assert hold(transfer, company.systems.clock.now())
    assert company.invoiced(number).state == TransferState.PAUSED
    assert company.systems.booked() == []
    with agreement_scope(company.agreement.pk):
        assert release_hold(transfer, company.systems.clock.now())
        assert not release_hold(transfer, company.systems.clock.now())
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED


def test_what_is_cancelled_stays_away_until_somebody_asks_anew(company: Company) -> None:
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    with agreement_scope(company.agreement.pk):
        assert cancel(company.transfer("customer_invoice", number), company.systems.clock.now())
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.CANCELLED
    assert company.systems.booked() == []
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    with agreement_scope(company.agreement.pk):
        assert not cancel(company.transfer("customer_invoice", number), company.systems.clock.now())


def test_a_write_whose_outcome_is_not_known_cannot_be_cancelled(company: Company) -> None:
    number = company.systems.invoice()
    company.systems.economic.faults.set(Fault("lost", method="POST", path="/invoices/drafts", lose_answer=True))
    assert company.invoiced(number).state == TransferState.WAITING
    with agreement_scope(company.agreement.pk):
        for act in (cancel, hold):
            assert not act(Transfer.in_scope.get(key=str(number)), company.systems.clock.now())
    company.systems.clock.sleep_s(60)
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    assert len(company.systems.booked()) == 1
