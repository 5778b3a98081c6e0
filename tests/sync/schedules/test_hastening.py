"""Looking sooner: what was booked while nobody listened is found at the start and when a connection comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from lagerbro.agreements.history import record_event
from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope, every_agreement
from lagerbro.app.databases import is_postgresql
from lagerbro.connections.probe import probe
from lagerbro.flows.registry import ROUTINES
from lagerbro.sync.acts import pause, resume
from lagerbro.sync.clients import ClientFactory
from lagerbro.sync.models import Schedule, TransferState
from lagerbro.sync.runners.holding import parameters
from lagerbro.sync.schedules.hastening import (
    AGREEMENTS_A_SECOND,
    LOOK_INTERVAL_MIN,
    OVERDUE_MOVED_AFTER,
    SPREAD_MAX_S,
    hasten,
    hasten_all,
)
from lagerbro.sync.schedules.timing import Every
from lagerbro.sync.storage.due import agreements_with_due_work
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.connections.setting import before_activation
from tests.web.settings_page import factory
from tests.world import Company

__all__ = ["factory"]

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
POLLS = {name for name, routine in ROUTINES.items() if isinstance(routine.timing, Every)}
OF_ECONOMIC = {"accounts_reading", "drafts_poll"}
MANY = 10_000


def due(company: Company) -> dict[str, datetime]:
    with agreement_scope(company.agreement.pk):
        return dict(Schedule.in_scope.values_list("routine", "due_at"))


def looked(company: Company) -> datetime:
    """Every poll has looked a minute ago and is due again in its own time; answers the present."""
    company.systems.clock.sleep_s(601)
    company.drain()
    company.systems.clock.sleep_s(60)
    assert agreements_with_due_work(company.systems.clock.now()) == []
    return company.systems.clock.now()


def lists(company: Company) -> int:
    """How often Rackbeat's invoices have been listed."""
    return company.systems.to_rackbeat.asked.count("GET /api/customer-invoices")


def resumed(company: Company) -> None:
    with agreement_scope(company.agreement.pk):
        pause(company.agreement)
        resume(company.agreement, ROUTINES, company.systems.clock.now())


def activated_again(company: Company) -> None:
    with agreement_scope(company.agreement.pk):
        kept = list(Schedule.in_scope.all())
    since = company.agreement.activated_at
    setting = before_activation(company)
    with agreement_scope(company.agreement.pk):
        Schedule.in_scope.bulk_create(kept)
    Agreement.objects.update(activated_at=since)
    setting.activate()


def started(company: Company) -> None:
    assert hasten_all(company.runtime) == len(POLLS)


@pytest.mark.parametrize("back", [started, resumed, activated_again])
def test_what_was_booked_while_nobody_listened_is_found_at_once(
    company: Company, back: Callable[[Company], None]
) -> None:
    looked(company)
    number = company.systems.invoice()
    before = due(company)
    back(company)
    now = company.systems.clock.now()
    assert due(company) == {**before, **dict.fromkeys(POLLS, now)}, "the nightly sweep keeps its hour"
    assert agreements_with_due_work(now) == [company.agreement.pk]
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED


def test_a_draft_that_a_person_booked_meanwhile_is_found_at_once(company: Company) -> None:
    """The look at e-conomic catches up as those at Rackbeat do."""
    company.decide(book_on_booking=False)
    number = company.systems.invoice()
    assert company.invoiced(number).state == TransferState.DRAFTED
    looked(company)
    (draft,) = company.systems.drafts()
    company.systems.in_economic(
        "POST", "/invoices/booked", {"draftInvoice": {"draftInvoiceNumber": draft["draftInvoiceNumber"]}}
    )
    hasten_all(company.runtime)
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED


def test_a_mended_grant_looks_at_once(company: Company, factory: ClientFactory) -> None:
    now = looked(company)
    with agreement_scope(company.agreement.pk):
        Agreement.objects.update(state=AgreementState.GONE, state_code="grant_revoked")
        company.agreement.refresh_from_db()
        record_event(company.agreement, "activated", by="Mette", at=now)
        assert probe(company.agreement, factory).is_fine
        assert company.agreement.state == AgreementState.ACTIVE
        before = due(company)
        company.systems.clock.sleep_s(30)
        probe(company.agreement, factory)
    assert {before[name] for name in POLLS} == {now}
    assert due(company) == before, "one that was not broken is not mended"


def test_a_system_that_answers_again_is_looked_at(company: Company) -> None:
    number = company.systems.invoice()
    company.invoiced(number)
    looked(company)
    number = company.systems.invoice()
    company.systems.economic.faults.set(Fault("away", path="/*", times=None, drop_connection=True))
    row = company.invoiced(number)
    assert (row.state, row.code) == (TransferState.WAITING, "unreachable")
    before = due(company)
    assert row.due_at is not None
    company.systems.clock.go_to(row.due_at)
    company.drain()
    assert company.transfer("customer_invoice", number).code == "unreachable"
    assert due(company) == before, "it is still away"
    company.systems.economic.faults.clear()
    row = company.transfer("customer_invoice", number)
    assert row.due_at is not None
    company.systems.clock.go_to(row.due_at)
    unheard = company.systems.invoice()
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    now = company.systems.clock.now()
    assert due(company) == {**before, **dict.fromkeys(POLLS, now)}
    company.drain()
    assert company.transfer("customer_invoice", unheard).state == TransferState.TRANSFERRED


def test_a_poll_that_gets_through_again_hastens_those_that_failed_beside_it(company: Company) -> None:
    now = looked(company)
    with agreement_scope(company.agreement.pk):
        away = Schedule.in_scope.filter(routine__in=POLLS - OF_ECONOMIC)
        away.update(code="unreachable", failures=9, failing_since=now, due_at=now + timedelta(seconds=900))
        away.filter(routine="customer_invoices_poll").update(due_at=now)
    before = due(company)
    company.drain()
    after = dict.fromkeys(POLLS - OF_ECONOMIC, now) | {"customer_invoices_poll": now + timedelta(seconds=600)}
    assert due(company) == {**before, **after}, "the one that has just looked, and one that never failed, keep theirs"


def test_a_process_that_starts_every_second_does_not_look_every_second(company: Company) -> None:
    looked(company)
    before = lists(company)
    for _ in range(600):
        hasten_all(company.runtime)
        company.drain()
        company.systems.clock.sleep_s(1)
    assert lists(company) - before == 600 // LOOK_INTERVAL_MIN.seconds


def test_a_look_is_never_later_than_it_would_have_been(company: Company) -> None:
    now = looked(company)
    soon = dict.fromkeys(POLLS, now + SECOND)
    with agreement_scope(company.agreement.pk):
        Schedule.in_scope.filter(routine__in=POLLS).update(due_at=now + SECOND, changed_at=now)
        before = due(company)
        for act in (lambda: hasten_all(company.runtime), lambda: hasten(company.agreement.pk, ROUTINES, now)):
            act()
            assert due(company) == {**before, **soon}


def test_a_pause_that_was_asked_for_is_not_cut_short(company: Company) -> None:
    looked(company)
    slow = Fault("slow", path="/api/customer-invoices", times=None, status=429, headers={"Retry-After": "300"})
    company.systems.rackbeat.faults.set(slow)
    company.systems.clock.go_to(due(company)["customer_invoices_poll"])
    company.drain()
    until = due(company)["customer_invoices_poll"]
    assert until == company.systems.clock.now() + timedelta(seconds=300)
    company.systems.clock.sleep_s(60)
    hasten_all(company.runtime)
    resumed(company)
    assert due(company)["customer_invoices_poll"] == until


@pytest.mark.parametrize("state", [state for state in AgreementState if state != AgreementState.ACTIVE])
def test_who_is_not_active_is_left_alone_by_the_start(company: Company, state: AgreementState) -> None:
    looked(company)
    before = due(company)
    Agreement.objects.update(state=state)
    assert hasten_all(company.runtime) == 0
    assert due(company) == before


def many(company: Company, count: int, due_at: datetime, changed_at: datetime) -> None:
    """So many agreements beside ours, each with two polls and a nightly look."""
    now = company.systems.clock.now()
    Agreement.objects.bulk_create(
        Agreement(
            public_id=f"other-{number}",
            company_name="Other",
            rackbeat_account_id=100_000 + number,
            base_currency="DKK",
            state=AgreementState.ACTIVE,
            created_at=now,
        )
        for number in range(count)
    )
    others = Agreement.objects.exclude(pk=company.agreement.pk)
    with every_agreement("a test fills them"):
        Schedule.in_scope.bulk_create(
            Schedule(agreement=other, routine=name, due_at=due_at, changed_at=changed_at)
            for other in others
            for name in ("customer_invoices_poll", "customers_poll", "customer_invoices_sweep")
        )


def moments(routine: str, *, beside: Company) -> list[datetime]:
    with every_agreement("a test looks at them"):
        rows = Schedule.in_scope.filter(routine=routine).exclude(agreement=beside.agreement)
        return list(rows.order_by("agreement_id").values_list("due_at", flat=True))


@pytest.mark.parametrize("ago", [timedelta(hours=-1), timedelta(hours=1)], ids=["not due yet", "overdue"])
def test_ten_thousand_agreements_are_spread(company: Company, ago: timedelta) -> None:
    now = looked(company)
    many(company, MANY, now - ago, now - timedelta(hours=2))
    turn = now + SECOND * (company.agreement.pk % SPREAD_MAX_S)
    later = [name for name, moment in due(company).items() if name in POLLS and moment > turn]
    assert hasten_all(company.runtime) == 2 * MANY + len(later)
    turns = Counter(moment - now for moment in moments("customer_invoices_poll", beside=company))
    assert turns.keys() == {SECOND * number for number in range(SPREAD_MAX_S)}
    assert set(turns.values()) <= {MANY // SPREAD_MAX_S, MANY // SPREAD_MAX_S + 1}
    assert moments("customers_poll", beside=company) == moments("customer_invoices_poll", beside=company)
    assert set(moments("customer_invoices_sweep", beside=company)) == {now - ago}


def test_a_few_hundred_come_sixteen_a_second(company: Company) -> None:
    now = looked(company)
    many(company, 20 * AGREEMENTS_A_SECOND - 1, now + timedelta(hours=1), now - timedelta(hours=1))
    hasten_all(company.runtime)
    turns = Counter(moment - now for moment in moments("customer_invoices_poll", beside=company))
    turns[due(company)["customer_invoices_poll"] - now] += 1
    assert turns == {SECOND * number: AGREEMENTS_A_SECOND for number in range(20)}


def test_an_overdue_poll_is_put_off_once_in_ten_minutes(company: Company) -> None:
    """Else a process that starts again and again before it comes to it would put it off for ever."""
    start = looked(company)
    many(company, 10 * AGREEMENTS_A_SECOND, start - timedelta(hours=1), start - timedelta(hours=1))
    hasten_all(company.runtime)
    first = moments("customer_invoices_poll", beside=company)
    assert max(first) == start + 10 * SECOND
    for _ in range(OVERDUE_MOVED_AFTER.seconds // 7):
        company.systems.clock.sleep_s(7)
        hasten_all(company.runtime)
        assert moments("customer_invoices_poll", beside=company) == first
    company.systems.clock.go_to(start + OVERDUE_MOVED_AFTER)
    hasten_all(company.runtime)
    assert min(moments("customer_invoices_poll", beside=company)) == start + OVERDUE_MOVED_AFTER


@pytest.mark.skipif(not is_postgresql(settings.DATABASES["default"]), reason="a file has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_two_processes_that_start_together_do_not_wait_for_one_another(company: Company) -> None:
    looked(company)
    with closing(psycopg.connect(**parameters())) as other:
        other.execute("SELECT id FROM sync_schedule WHERE routine = 'customers_poll' FOR UPDATE")
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        assert hasten_all(company.runtime) == len(POLLS) - 1
