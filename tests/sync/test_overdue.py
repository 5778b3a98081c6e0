"""What has waited two hours, or failed five times for one reason, needs somebody, and is tried all the same (H40)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagerbro.agreements.scope import agreement_scope
from lagerbro.app.databases import is_postgresql
from lagerbro.sync.acts import cancel, hold, release_hold, retry
from lagerbro.sync.drain import Slice, drain
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.sync.outcome import Drafted, OutcomePending, Refusal, Skipped, Transferred, WaitsFor
from lagerbro.sync.overdue import REPEATS_MAX, WAIT_MAX, is_overdue, overdue
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, LimitedError, ServerError, UnreachableError
from tests.sync.playing import Act, Played, play, put, raising
from tests.world import Company

pytestmark = pytest.mark.django_db
DOWN, AWAY = ServerError("down"), UnreachableError("away")
SECOND = timedelta(seconds=1)


def one(company: Company) -> Transfer:
    return company.transfer("invoice", "1")


def shown(company: Company, at: datetime | None = None) -> list[str]:
    """What a page lists at that moment."""
    at = at or company.systems.clock.now()
    with agreement_scope(company.agreement.pk):
        rows = list(overdue(at))
        assert [is_overdue(row, at) for row in rows] == [True] * len(rows)
        return sorted(row.key for row in rows)


def begin(company: Company, act: Act) -> datetime:
    play(company, Played("invoice", 50, act))
    put(company, "invoice", "1", 50)
    return company.systems.clock.now()


def again(company: Company) -> Transfer:
    """The next try, when it is due."""
    due_at = one(company).due_at
    assert due_at is not None, "it is tried by itself"
    company.systems.clock.go_to(due_at)
    company.drain()
    return one(company)


def test_the_fifth_failure_with_the_same_code_needs_somebody_and_the_sixth_try_ends_it(company: Company) -> None:
    begin(company, raising(*[DOWN] * REPEATS_MAX))
    for failures in range(1, REPEATS_MAX + 1):
        row = again(company)
        assert (row.state, row.code, row.repeats) == (TransferState.WAITING, "server_error", failures)
        assert shown(company) == (["1"] if failures == REPEATS_MAX else [])
    assert again(company).state == TransferState.TRANSFERRED
    assert shown(company) == []


def test_once_more_for_the_same_reason_does_not_begin_anew(company: Company) -> None:
    begin(company, raising(*[DOWN] * 7))
    for _ in range(REPEATS_MAX):
        since = again(company).overdue_at
    assert [again(company).overdue_at for _ in range(2)] == [since, since]


@pytest.mark.parametrize("refused", [DOWN, LimitedError("slow"), AWAY], ids=lambda error: error.code)
def test_whatever_its_kind(company: Company, refused: Exception) -> None:
    begin(company, raising(*[refused] * REPEATS_MAX))
    for _ in range(REPEATS_MAX):
        again(company)
    assert shown(company) == ["1"]


def test_another_reason_begins_the_count_anew_but_not_the_hours(company: Company) -> None:
    began = begin(company, raising(*[DOWN, DOWN, DOWN, DOWN, AWAY] * 4))
    while company.systems.clock.now() < began + WAIT_MAX - timedelta(hours=1):
        assert again(company).repeats < REPEATS_MAX
    assert shown(company, began + WAIT_MAX - SECOND) == []
    assert shown(company, began + WAIT_MAX) == ["1"]


def test_two_hours_count_from_when_it_was_first_asked_for(company: Company) -> None:
    began = begin(company, raising(DOWN, AWAY))
    again(company)
    company.systems.clock.go_to(began + timedelta(hours=1))
    put(company, "invoice", "1", 50)
    again(company)
    assert (one(company).waiting_since, shown(company)) == (began, [])
    assert shown(company, began + WAIT_MAX) == ["1"]


def test_what_waits_for_another_record_and_is_not_tried_meanwhile(company: Company) -> None:
    def waits(_work: Work) -> Transferred:
        raise WaitsFor((("product", "p"),))

    began = begin(company, waits)
    play(company, Played("invoice", 50, waits), Played("product", 20, raising(Refusal("product_unknown"))))
    company.drain()
    waiting = one(company)
    assert (waiting.state, waiting.code) == (TransferState.WAITING, "waits_for")
    assert (shown(company, began + WAIT_MAX - SECOND), shown(company, began + WAIT_MAX)) == ([], ["1"])
    play(company, Played("invoice", 50, lambda _work: Transferred()))
    put(company, "invoice", "1", 50)
    company.systems.clock.go_to(began + WAIT_MAX)
    company.drain()
    assert shown(company) == []


def test_what_it_has_not_been_the_turn_of(company: Company) -> None:
    began = begin(company, raising())
    assert shown(company, began + WAIT_MAX - SECOND) == []
    assert shown(company, began + WAIT_MAX) == ["1"]
    assert one(company).code == ""
    company.drain()
    assert shown(company, began + WAIT_MAX) == []


def test_a_person_who_tries_again_begins_the_wait_anew(company: Company) -> None:
    began = begin(company, raising(*[DOWN] * 9))
    for _ in range(REPEATS_MAX):
        again(company)
    with agreement_scope(company.agreement.pk):
        retry(Transfer.in_scope.all(), company.agreement.pk, company.systems.clock.now())
    assert shown(company) == []
    assert (again(company).repeats, shown(company)) == (1, [])
    assert shown(company, began + WAIT_MAX) == []
    assert shown(company, company.systems.clock.now() + WAIT_MAX) == ["1"]


def test_what_is_held_or_cancelled_waits_for_nobody(company: Company) -> None:
    began = begin(company, raising())
    with agreement_scope(company.agreement.pk):
        assert hold(one(company), began)
    put(company, "invoice", "1", 50)
    late = began + timedelta(days=1)
    assert shown(company, late) == []
    with agreement_scope(company.agreement.pk):
        assert release_hold(one(company), late)
    assert (shown(company, late), shown(company, late + WAIT_MAX)) == ([], ["1"])
    with agreement_scope(company.agreement.pk):
        assert cancel(one(company), late)
    assert shown(company, late + WAIT_MAX) == []


def test_who_asks_while_it_is_transferred_makes_it_wait_from_then(company: Company) -> None:
    def asked(work: Work) -> Transferred:
        company.systems.clock.sleep_s(3600)
        if work.transfer.runs == 1:
            put(company, "invoice", "1", 50)
        return Transferred()

    began = begin(company, asked)
    drain(company.agreement.pk, company.runtime, lambda: False, Slice(transfers=1))
    row = one(company)
    assert (row.state, row.waiting_since) == (TransferState.TRANSFERRED, began + timedelta(hours=1))
    assert row.overdue_at == began + timedelta(hours=1) + WAIT_MAX
    company.drain()
    assert (one(company).state, one(company).overdue_at) == (TransferState.TRANSFERRED, None)


@pytest.mark.parametrize("kind", [FailureKind.CONFIG, FailureKind.REFUSED, FailureKind.TRANSIENT])
def test_an_ending_without_a_code_is_a_bug(company: Company, kind: FailureKind) -> None:
    begin(company, raising(Refusal("", kind)))
    company.drain()
    row = one(company)
    assert (row.state, row.code, row.failure_kind) == (TransferState.NEEDS_YOU, "bug", "bug")
    assert (row.details, row.due_at) == ({"error": "no code"}, None)
    put(company, "invoice", "1", 50)
    company.drain()
    assert one(company).state == TransferState.TRANSFERRED


OUTCOMES = st.sampled_from(
    [
        lambda _now: Transferred(),
        lambda _now: Skipped("nothing_to_do"),
        lambda _now: Drafted(code="held"),
        lambda _now: Refusal("why", FailureKind.CONFIG),
        lambda _now: Refusal("", FailureKind.CONFIG),
        lambda _now: WaitsFor((("product", "p"),)),
        lambda now: OutcomePending(now + timedelta(seconds=40)),
        lambda _now: DOWN,
        lambda _now: ValueError("ours"),
    ]
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(OUTCOMES, st.booleans(), st.integers(0, 9000)), min_size=1, max_size=8))
def test_it_is_overdue_at_some_time_exactly_while_it_waits(
    company: Company, runs: list[tuple[object, bool, int]]
) -> None:
    """Whatever comes of its runs, and whoever asks meanwhile."""
    clock, waiting_since = company.systems.clock, None
    key = f"{clock.now().timestamp()}"
    for outcome, meanwhile, wait_s in runs:
        asks = [key] * meanwhile

        def act(_work: Work, outcome: object = outcome, asks: list[str] = asks) -> Transferred:
            if asks:
                put(company, "invoice", asks.pop(), 50)
            made = outcome(clock.now())  # type: ignore[operator]  # one of the above
            if isinstance(made, Exception):
                raise made
            return made  # type: ignore[no-any-return]  # or another outcome

        play(company, Played("invoice", 50, act), Played("product", 20, lambda _work: Skipped("nothing_to_do")))
        put(company, "invoice", key, 50)
        company.drain()
        row = company.transfer("invoice", key)
        waits = row.state == TransferState.WAITING or row.due_at is not None
        assert (row.overdue_at is not None, row.waiting_since is not None) == (waits, waits)
        if row.overdue_at is not None and row.waiting_since is not None:
            assert row.overdue_at <= row.waiting_since + WAIT_MAX
            assert waiting_since is None or row.waiting_since >= waiting_since
        waiting_since = row.waiting_since
        clock.sleep_s(wait_s)


def test_pages_count_them_by_one_step_in_the_index(company: Company) -> None:
    with agreement_scope(company.agreement.pk):
        rows = overdue(company.systems.clock.now())
        statement, values = rows.values("pk").query.sql_with_params()
        with connection.cursor() as cursor:
            if is_postgresql(django_settings.DATABASES["default"]):
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute(f"EXPLAIN {statement}", values)
            else:
                cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            plan = " ".join(str(row) for row in cursor.fetchall())
    assert "transfer_overdue" in plan
