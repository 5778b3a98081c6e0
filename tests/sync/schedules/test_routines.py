"""What recurs: once however often it was missed, nothing passed over when a system does not answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

import pytest

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.acts import pause, resume
from lagerbro.sync.models import Schedule, Transfer, TransferState
from lagerbro.sync.schedules.hastening import run_soon
from lagerbro.sync.schedules.routine import RoutineContext, RoutineResult
from lagerbro.sync.schedules.running import schedule, schedule_all
from lagerbro.sync.schedules.timing import Daily, Timing, offset
from lagerbro.sync.storage.due import agreements_with_due_work
from lagerbro.sync.storage.enqueueing import RankedRecord
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.world import Company

pytestmark = pytest.mark.django_db


@dataclass
class Noted:
    """A routine that notes what it was run for and asks for a product."""

    name: str = "noted"
    timing: Timing = field(default_factory=lambda: Daily(time(23, 59)))
    stood_for: list[datetime] = field(default_factory=list)

    def run(self, context: RoutineContext) -> RoutineResult:
        self.stood_for.append(context.stands_for)
        return RoutineResult(
            (RankedRecord("product", "NL-100", 30),), remembered={"count": context.remembered.get("count", 0) + 1}
        )


def with_routine(company: Company, routine: Noted | None = None) -> Noted:
    routine = routine or Noted()
    company.runtime = replace(company.runtime, routines={routine.name: routine})
    with agreement_scope(company.agreement.pk):
        Schedule.in_scope.all().delete()
        schedule(company.agreement, company.runtime.routines, company.systems.clock.now(), company.runtime.random)
    return routine


def row(company: Company, name: str) -> Schedule:
    with agreement_scope(company.agreement.pk):
        return Schedule.in_scope.get(routine=name)


def test_it_runs_at_its_hour_and_asks(company: Company) -> None:
    routine = with_routine(company)
    company.drain()
    assert routine.stood_for == []
    company.systems.clock.sleep_s(14 * 3600)  # from 10:00 to 00:00 in Denmark
    assert agreements_with_due_work(company.systems.clock.now()) == [company.agreement.pk]
    company.drain()
    assert routine.stood_for == [datetime.fromisoformat("2026-11-24T22:59:00+00:00")]
    assert company.transfer("product", "NL-100").state == TransferState.TRANSFERRED
    assert row(company, "noted").mark == {"count": 1}
    assert agreements_with_due_work(company.systems.clock.now()) == []


def test_a_spread_routine_runs_in_its_own_minute_and_stands_for_the_same_moment(company: Company) -> None:
    routine = with_routine(company, Noted(timing=Daily(time(23, 59), spread_s=7200)))
    away = offset(routine.timing, company.agreement.public_id, routine.name)
    assert timedelta(0) < away < timedelta(hours=2)
    hour = datetime.fromisoformat("2026-11-24T22:59:00+00:00")
    assert row(company, "noted").due_at == hour + away
    company.systems.clock.go_to(hour + away, -1)
    company.drain()
    assert routine.stood_for == []
    company.systems.clock.sleep_s(1)
    company.drain()
    assert routine.stood_for == [hour]
    assert row(company, "noted").due_at == hour + timedelta(days=1) + away


def test_a_hint_runs_it_at_once_and_one_during_its_run_runs_it_once_more(company: Company) -> None:
    routine = with_routine(company)
    now = company.systems.clock.now()

    def hint() -> None:
        with agreement_scope(company.agreement.pk):
            run_soon("noted", company.agreement.pk, company.systems.clock.now())

    hint()
    assert row(company, "noted").due_at == now
    hints = [hint]

    def during(name: str) -> None:
        if name == "noted.looked" and hints:
            company.systems.clock.sleep_s(1)
            hints.pop()()

    company.runtime = replace(company.runtime, failpoint=during)
    company.drain()
    assert len(routine.stood_for) == 1
    assert row(company, "noted").due_at == now + timedelta(seconds=1)
    company.drain()
    assert len(routine.stood_for) == 2
    assert row(company, "noted").due_at == datetime.fromisoformat("2026-11-24T22:59:00+00:00")


def test_what_was_missed_runs_once_for_the_last_time_it_was_missed(company: Company) -> None:
    routine = with_routine(company)
    company.systems.clock.sleep_s(5 * 24 * 3600)
    company.drain()
    company.drain()
    assert routine.stood_for == [datetime.fromisoformat("2026-11-28T22:59:00+00:00")]


def test_a_paused_agreement_runs_nothing_and_catches_up(company: Company) -> None:
    routine = with_routine(company)
    assert pause(company.agreement)
    assert not pause(company.agreement)
    company.systems.clock.sleep_s(24 * 3600)
    assert agreements_with_due_work(company.systems.clock.now()) == []
    company.drain()
    assert routine.stood_for == []
    with agreement_scope(company.agreement.pk):
        assert resume(company.agreement, company.runtime.routines, company.systems.clock.now())
    company.drain()
    assert len(routine.stood_for) == 1


def test_a_new_release_brings_its_routines_to_everybody_once(company: Company) -> None:
    company.runtime = replace(company.runtime, routines={**company.runtime.routines, "noted": Noted()})
    schedule_all(company.runtime)
    before = row(company, "noted").due_at
    schedule_all(company.runtime)
    assert row(company, "noted").due_at == before


def test_one_that_this_release_does_not_know_is_left_alone(company: Company) -> None:
    with_routine(company)
    company.runtime = replace(company.runtime, routines={})
    company.systems.clock.sleep_s(24 * 3600)
    company.drain()
    assert row(company, "noted").runs == 0


def test_a_poll_finds_what_no_webhook_told_and_reads_nothing_twice(company: Company) -> None:
    number = company.systems.invoice()
    company.systems.clock.sleep_s(601)
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    before = len(company.systems.to_rackbeat.asked)
    company.systems.clock.sleep_s(601)
    company.drain()
    asked = company.systems.to_rackbeat.asked[before:]
    assert [path for path in asked if path != "GET /api/customer-invoices"] == []
    assert len(asked) == 1


def test_a_poll_asks_for_nothing_that_a_webhook_has_brought_already(company: Company) -> None:
    number = company.systems.invoice()
    company.invoiced(number)
    runs = company.transfer("customer_invoice", number).runs
    company.systems.clock.sleep_s(601)
    company.drain()
    assert company.transfer("customer_invoice", number).runs == runs


def test_what_was_booked_before_the_activation_is_not_touched(company: Company) -> None:
    number = company.systems.invoice()
    Agreement.objects.update(activated_at=company.systems.clock.now() + timedelta(seconds=1))
    company.systems.clock.sleep_s(601)
    company.drain()
    with agreement_scope(company.agreement.pk):
        assert not Transfer.in_scope.filter(key=str(number)).exists()


def test_a_poll_that_fails_comes_again_soon_and_passes_nothing_over(company: Company) -> None:
    number = company.systems.invoice()
    company.systems.rackbeat.faults.set(Fault("down", path="/api/customer-invoices", times=9, status=503))
    company.systems.clock.sleep_s(601)
    company.drain()
    failed = row(company, "customer_invoices_poll")
    assert (failed.failures, failed.mark, failed.code != "") == (1, {}, True)
    assert failed.due_at <= company.systems.clock.now() + timedelta(seconds=15)
    company.systems.rackbeat.faults.clear()
    company.systems.clock.sleep_s(20)
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    healed = row(company, "customer_invoices_poll")
    assert (healed.failures, healed.code) == (0, "")


@pytest.mark.parametrize("status", [401, 403])
def test_a_poll_that_is_denied_once_changes_nothing(company: Company, status: int) -> None:
    company.systems.rackbeat.faults.set(Fault("no", path="/api/customer-invoices", times=1, status=status))
    number = company.systems.invoice()
    company.systems.clock.sleep_s(601)
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    assert row(company, "customer_invoices_poll").failures == 0


def test_a_poll_that_alone_is_denied_stops_nothing_else(company: Company) -> None:
    """The system knows us: it is this list that the key does not open."""
    company.systems.rackbeat.faults.set(Fault("no", path="/api/customer-invoices", times=None, status=401))
    number = company.systems.invoice()
    company.systems.clock.sleep_s(601)
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    company.agreement.refresh_from_db()
    assert company.agreement.state == AgreementState.ACTIVE
    failed = row(company, "customer_invoices_poll")
    assert (failed.failures, failed.code, failed.failure_kind) == (1, "access_denied", "config")


def test_a_poll_whose_key_is_gone_pauses_the_agreement(company: Company) -> None:
    company.systems.rackbeat.faults.set(Fault("gone", path="/api/*", times=None, status=401))
    company.systems.clock.sleep_s(601)
    company.drain()
    company.agreement.refresh_from_db()
    assert (company.agreement.state, company.agreement.state_code) == (AgreementState.GONE, "grant_revoked")
    failed = row(company, "customer_invoices_poll")
    assert (failed.failures, failed.failure_kind) == (1, "gone")
