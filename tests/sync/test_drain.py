"""Draining with flows that a test plays: order, slices, faults of our own, claims that are lost, asking meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.agreements.models import AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.acts import retry
from lagerbro.sync.drain import Slice, drain
from lagerbro.sync.identity import WriteIdentity
from lagerbro.sync.models import Attempt, Intent, Link, Transfer, TransferState
from lagerbro.sync.outcome import LinkFacts, Outcome, Refusal, Skipped, Transferred, WaitsFor
from lagerbro.sync.storage.claims import BACKLOG_FROM, claim_due_in_scope
from lagerbro.sync.storage.due import ABANDONED_AFTER, KnownNames, agreements_with_due_work
from lagerbro.sync.storage.enqueueing import PRIORITY_BULK, PRIORITY_HINT, RankedRecord, enqueue
from lagerbro.sync.waiting import LONGEST_WAIT_S, retry_wait
from lagerbro.sync.work import Step, Work
from tests.sync.playing import InOrder, Played, done, play, put
from tests.world import Company

pytestmark = pytest.mark.django_db


def test_what_others_need_comes_first_and_documents_before_bulk(company: Company) -> None:
    order: list[str] = []

    def note(work: Work) -> Outcome:
        order.append(str(work.transfer))
        return Transferred()

    play(company, Played("product", 20, note), Played("invoice", 50, note))
    put(company, "product", "bulk", 20, PRIORITY_BULK)
    put(company, "invoice", "a", 50)
    put(company, "product", "b", 20)
    assert company.drain().transfers == 3
    assert order == ["product b", "invoice a", "product bulk"]


def test_what_builds_on_each_other_is_not_run_side_by_side(company: Company) -> None:
    order: list[str] = []
    jobs_at_once: list[int] = []

    def note(work: Work) -> Outcome:
        order.append(work.transfer.key)
        return Transferred()

    def run_all(jobs: Sequence[Callable[[], None]]) -> None:
        jobs_at_once.append(len(jobs))
        for job in reversed(jobs):
            job()

    play(company, InOrder("night", 80, note), Played("invoice", 80, note))
    company.runtime = replace(company.runtime, run_all=run_all)
    for key in ("2026-11-30", "2026-12-02", "2026-11-29"):
        put(company, "night", key, 80)
    put(company, "invoice", "a", 80)
    company.drain()
    assert (jobs_at_once, order) == ([2], ["a", "2026-11-29", "2026-11-30", "2026-12-02"])


def noted(company: Company, order: list[str]) -> None:
    """Flows that do nothing but say whose turn it was."""

    def note(work: Work) -> Outcome:
        order.append(work.transfer.key)
        return Transferred()

    play(company, Played("customer", 20, note), Played("invoice", 50, note))


def turn(company: Company, transfers: int = 8) -> None:
    drain(company.agreement.pk, company.runtime, lambda: False, Slice(transfers=transfers))


def test_three_invoices_do_not_wait_for_three_thousand_hints(company: Company) -> None:
    order: list[str] = []
    noted(company, order)
    with agreement_scope(company.agreement.pk):
        hints = [RankedRecord("customer", str(number), 20) for number in range(3000)]
        enqueue(company.agreement.pk, hints, company.systems.clock.now(), priority=PRIORITY_HINT)
    for number in ("a", "b", "c"):
        put(company, "invoice", number, 50)
    turn(company)
    assert order == ["a", "b", "c", "0", "1", "2", "3", "2999"]


def test_what_a_person_asked_for_goes_first_whatever_it_is(company: Company) -> None:
    order: list[str] = []
    noted(company, order)
    put(company, "invoice", "document", 50)
    put(company, "customer", "polled", 20, PRIORITY_BULK)
    put(company, "customer", "hinted", 20, PRIORITY_HINT)
    put(company, "customer", "asked", 20, PRIORITY_BULK)
    put(company, "customer", "needed", 20, PRIORITY_HINT)
    put(company, "customer", "needed", 20)  # by the document
    put(company, "customer", "needed", 20, PRIORITY_BULK)  # which makes it no less urgent
    with agreement_scope(company.agreement.pk):
        assert retry(Transfer.in_scope.filter(key="asked"), company.agreement.pk, company.systems.clock.now()) == 1
    company.drain()
    assert order == ["asked", "needed", "document", "hinted", "polled"]
    put(company, "customer", "asked", 20, PRIORITY_BULK)
    assert company.transfer("customer", "asked").priority == PRIORITY_BULK, "each time as urgent as it is asked for"


@pytest.mark.parametrize(
    ("waiting", "first"),
    [
        (BACKLOG_FROM - 1, [0, 1, 2, 3, 4, 5, 6, 7]),
        (BACKLOG_FROM, [0, 1, 2, 3, 4, 5, BACKLOG_FROM - 2, BACKLOG_FROM - 1]),
    ],
)
def test_the_newest_of_a_backlog_have_a_share(company: Company, waiting: int, first: list[int]) -> None:
    order: list[str] = []
    noted(company, order)
    for number in range(waiting):
        put(company, "invoice", str(number), 50)
        company.systems.clock.sleep_s(0.01)
    turn(company)
    assert order == [str(number) for number in first]


def test_the_oldest_of_a_backlog_go_on_however_many_come(company: Company) -> None:
    """Eight new ones for each eight that are done, for ever: six of those are the oldest."""
    order: list[str] = []
    noted(company, order)
    old = [f"old-{number}" for number in range(2 * BACKLOG_FROM)]
    for key in old:
        put(company, "invoice", key, 50)
    for batch in range(-(-len(old) // 6)):
        for number in range(8):
            put(company, "invoice", f"new-{batch}-{number}", 50)
        company.systems.clock.sleep_s(1)
        turn(company)
    assert [key for key in order if key.startswith("old")] == old
    assert order[6:8] == ["new-0-6", "new-0-7"]


def test_a_drain_is_sliced_and_says_that_there_is_more(company: Company) -> None:
    play(company, Played("invoice", 50, done))
    for number in range(25):
        put(company, "invoice", str(number), 50)
    first = drain(company.agreement.pk, company.runtime, lambda: False, Slice(transfers=20))
    assert (first.transfers, first.more) == (20, True)
    assert agreements_with_due_work(company.systems.clock.now()) == [company.agreement.pk]
    rest = drain(company.agreement.pk, company.runtime, lambda: False, Slice(transfers=20))
    assert (rest.transfers, rest.more) == (5, False)
    assert agreements_with_due_work(company.systems.clock.now()) == []


def test_time_ends_a_slice_too(company: Company) -> None:
    def slow(_work: Work) -> Outcome:
        company.systems.clock.sleep_s(30)
        return Transferred()

    play(company, Played("invoice", 50, slow))
    for number in range(20):
        put(company, "invoice", str(number), 50)
    drained = company.drain()
    assert (drained.transfers, drained.more) == (8, True)


def test_stopping_takes_nothing_more(company: Company) -> None:
    play(company, Played("invoice", 50, done))
    put(company, "invoice", "1", 50)
    assert drain(company.agreement.pk, company.runtime, lambda: True).transfers == 0
    assert company.drain().transfers == 1


def test_a_fault_of_ours_stops_one_transfer_and_says_so(company: Company) -> None:
    def faulty(work: Work) -> Outcome:
        if work.transfer.key == "bad":
            raise ZeroDivisionError("ours")
        return Transferred()

    play(company, Played("invoice", 50, faulty))
    for key in ("bad", "good"):
        put(company, "invoice", key, 50)
    company.drain()
    bad, good = company.transfer("invoice", "bad"), company.transfer("invoice", "good")
    assert (bad.state, bad.code, bad.failure_kind, bad.details) == (
        TransferState.NEEDS_YOU,
        "bug",
        "bug",
        {"error": "ZeroDivisionError"},
    )
    assert good.state == TransferState.TRANSFERRED


def test_who_asks_during_a_run_is_heard(company: Company) -> None:
    asked: list[str] = []

    def meanwhile(work: Work) -> Outcome:
        if not asked:
            asked.append(work.transfer.key)
            enqueue(company.agreement.pk, [RankedRecord("invoice", "1", 50)], company.systems.clock.now())
        return Transferred()

    play(company, Played("invoice", 50, meanwhile))
    put(company, "invoice", "1", 50)
    assert company.drain().transfers == 2
    transfer = company.transfer("invoice", "1")
    assert (transfer.asked, transfer.done, transfer.due_at) == (2, 2, None)


def test_a_worker_whose_claim_was_taken_stores_nothing_and_steps_back(company: Company) -> None:
    def overtaken(work: Work) -> Outcome:
        Transfer.in_scope.filter(pk=work.transfer.pk).update(claim="another worker")
        return Transferred(LinkFacts("invoice", "1", "v1"))

    play(company, Played("invoice", 50, overtaken))
    for key in ("1", "2"):
        put(company, "invoice", key, 50)
    company.drain()
    transfer = company.transfer("invoice", "1")
    assert (transfer.state, transfer.claim) == (TransferState.RUNNING, "another worker")
    with agreement_scope(company.agreement.pk):
        assert Link.in_scope.count() == 0
    play(company, Played("invoice", 50, done))
    company.drain()  # the other one died: its rows are due and are taken over
    assert company.transfer("invoice", "1").state == TransferState.TRANSFERRED


class Thing(msgspec.Struct):
    number: int


def one_step(calls: list[str], version: str) -> Callable[[Work], Outcome]:
    def act(work: Work) -> Outcome:
        def send(key: str) -> Thing:
            calls.append(key)
            return Thing(7)

        made = work.write(Step("make", Thing, Thing(0), send, lambda: None), version)
        if len(calls) == 1:
            raise Refusal("stopped_after_the_write")
        return Transferred(LinkFacts("thing", str(made.number), version))

    return act


def test_a_confirmed_write_is_not_made_again(company: Company) -> None:
    calls: list[str] = []
    play(company, Played("invoice", 50, one_step(calls, "v1")))
    put(company, "invoice", "1", 50)
    company.drain()
    assert company.transfer("invoice", "1").code == "stopped_after_the_write"
    calls.append("the second run does not stop")
    put(company, "invoice", "1", 50)
    company.drain()
    assert company.transfer("invoice", "1").state == TransferState.TRANSFERRED
    assert len(calls) == 2


def test_a_document_that_changes_after_its_write_is_shown(company: Company) -> None:
    calls: list[str] = []
    play(company, Played("invoice", 50, one_step(calls, "v1")))
    put(company, "invoice", "1", 50)
    company.drain()
    play(company, Played("invoice", 50, one_step(calls, "v2")))
    put(company, "invoice", "1", 50)
    company.drain()
    transfer = company.transfer("invoice", "1")
    assert (transfer.code, transfer.details) == ("changed_during_transfer", {"before": "v1", "now": "v2"})
    assert len(calls) == 1


def test_what_is_in_hand_stays_due_and_is_found_when_it_was_left(company: Company) -> None:
    """`due_at` says when it was due, `claimed_at` since when somebody has it in hand."""
    play(company, Played("invoice", 50, done))
    put(company, "invoice", "1", 50)
    asked_at = company.systems.clock.now()
    company.systems.clock.sleep_s(60)
    claimed_at = company.systems.clock.now()
    with agreement_scope(company.agreement.pk):
        (taken,) = claim_due_in_scope("a" * 32, claimed_at, 8, ("invoice",))
    assert (taken.due_at, taken.claimed_at) == (asked_at, claimed_at)
    known = KnownNames(("invoice",), ())
    assert agreements_with_due_work(claimed_at, known=known) == []
    assert agreements_with_due_work(claimed_at + ABANDONED_AFTER, known=known) == [company.agreement.pk]
    with agreement_scope(company.agreement.pk):
        Transfer.in_scope.update(claimed_at=None)  # as the release before leaves it
    assert agreements_with_due_work(claimed_at, known=known) == [company.agreement.pk]
    company.drain()
    assert company.transfer("invoice", "1").state == TransferState.TRANSFERRED


def test_records_are_asked_for_in_one_order_whoever_needs_them(company: Company) -> None:
    """Two runs side by side that named them crosswise would lock each other's rows (PostgreSQL ends one of them)."""
    needs = [("customer", "2"), ("customer", "1"), ("customer", "3")]

    def waits(_work: Work) -> Outcome:
        raise WaitsFor(tuple(needs))

    play(company, Played("customer", 20, done), Played("invoice", 50, waits))
    put(company, "invoice", "1", 50)
    turn(company, transfers=1)
    with agreement_scope(company.agreement.pk):
        found = list(Transfer.in_scope.filter(kind="customer").order_by("pk").values_list("key", flat=True))
    assert found == ["1", "2", "3"]


def test_a_paused_transfer_and_a_paused_agreement_are_left_alone(company: Company) -> None:
    play(company, Played("invoice", 50, done))
    put(company, "invoice", "1", 50)
    with agreement_scope(company.agreement.pk):
        Transfer.in_scope.update(state=TransferState.PAUSED)
    put(company, "invoice", "1", 50)
    assert company.drain().transfers == 0
    with agreement_scope(company.agreement.pk):
        Transfer.in_scope.update(state=TransferState.WAITING)
    company.agreement.state = AgreementState.PAUSED
    company.agreement.save()
    assert (company.drain().transfers, agreements_with_due_work(company.systems.clock.now())) == (0, [])
    company.agreement.state = AgreementState.ACTIVE
    company.agreement.save()
    assert company.drain().transfers == 1


def test_a_skipped_dependency_stops_its_dependants_by_name(company: Company) -> None:
    def waits(work: Work) -> Outcome:
        if work.is_asked_anew:
            raise WaitsFor((("product", "p"),))
        raise Refusal("product_not_transferred", key="p")

    play(company, Played("product", 20, lambda _work: Skipped("nothing_to_do")), Played("invoice", 50, waits))
    put(company, "invoice", "1", 50)
    company.drain()
    assert company.transfer("product", "p").state == TransferState.CANCELLED
    assert company.transfer("invoice", "1").code == "product_not_transferred"


def test_attempts_are_kept_with_their_run(company: Company) -> None:
    number = company.systems.invoice()
    company.invoiced(number)
    with agreement_scope(company.agreement.pk):
        assert list(
            Attempt.in_scope.filter(transfer__kind="customer").values_list("system", "method", "status", "run")
        ) == [
            ("Rackbeat", "GET", 200, 1),  # the customer, and its payment terms on both sides, which are remembered
            ("Rackbeat", "GET", 200, 1),
            ("e-conomic", "GET", 200, 1),
            ("e-conomic", "GET", 404, 1),
            ("e-conomic", "PUT", 201, 1),
        ]
        keys = list(Intent.in_scope.values_list("idempotency_key", flat=True))
    assert len(keys) == len(set(keys)) == 4


@given(st.integers(1, 10**6), st.integers())
def test_waits_grow_and_have_a_ceiling(failures: int, seed: int) -> None:
    wait = retry_wait(failures, Random(seed))
    assert timedelta(seconds=7) <= wait <= timedelta(seconds=LONGEST_WAIT_S)
    assert retry_wait(failures + 1, Random(seed)) >= wait


IDENTITIES = st.builds(
    WriteIdentity,
    environment=st.text(max_size=3),
    agreement=st.text(max_size=3),
    epoch=st.integers(1, 3),
    kind=st.text(max_size=3),
    key=st.text(max_size=3),
    version=st.text(max_size=3),
    step=st.text(max_size=3),
    try_epoch=st.integers(1, 3),
)


@given(IDENTITIES, IDENTITIES)
def test_the_same_write_has_the_same_key_and_no_other_has_it(one: WriteIdentity, other: WriteIdentity) -> None:
    assert (one.idempotency_key() == other.idempotency_key()) == (one == other)
    assert len(one.idempotency_key()) == 48
