"""One agreement's backlog does not make the others wait. Counted in documents, not in seconds.

The real queue of the runner and real drains; the threads are played, each document takes one tick.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field, replace
from random import Random

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope, every_agreement
from lagerbro.sync.drain import Slice, drain
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.sync.outcome import Outcome, Transferred
from lagerbro.sync.runners.embedded import EmbeddedRunner
from lagerbro.sync.runners.runner import THREADS
from lagerbro.sync.runtime import Runtime
from lagerbro.sync.storage.due import agreements_with_due_work
from lagerbro.sync.storage.enqueueing import PRIORITY_BULK, RankedRecord, enqueue
from lagerbro.sync.work import Work
from tests.world import Company

OTHERS, DOCUMENTS, BACKLOG, SPAN = 12, 120, 300, 200
ENDLESS = Slice(transfers=10_000, seconds=10_000)


@dataclass
class Ticking:
    """A flow that does nothing and says when."""

    kind: str = "document"
    rank: int = 50
    done: list[tuple[int, str]] = field(default_factory=list)

    def run(self, work: Work) -> Outcome:
        self.done.append((work.agreement.pk, work.transfer.key))
        return Transferred()


@dataclass
class Played:
    """So many threads over the runner's own queue. `waits`: ticks from asking to done, of all but the backlog."""

    runtime: Runtime
    threads: int
    limits: Slice | None
    flow: Ticking
    waits: list[int] = field(default_factory=list)
    asked_at: dict[tuple[int, str], int] = field(default_factory=dict)

    def play(self, arrivals: list[tuple[int, int, str]], backlog: int) -> None:
        runner = EmbeddedRunner(lambda _agreement, _stopping: None, lambda _one: [], threads=self.threads)  # type: ignore[arg-type, return-value]
        free: list[tuple[int, int]] = [(0, thread) for thread in range(self.threads)]
        held: dict[int, tuple[int, bool]] = {}
        runner.wake(backlog)
        while arrivals or runner._queue or held:
            now, thread = heapq.heappop(free)
            if thread in held:
                agreement, more = held.pop(thread)
                runner._put_back(agreement, more=more)
            while arrivals and arrivals[0][0] <= now:
                self._arrive(runner, *arrivals.pop(0))
            if runner._queue:
                held[thread], ticks = self._drain(runner, now)
                heapq.heappush(free, (now + ticks, thread))
            else:
                heapq.heappush(free, (now + 1, thread))

    def p95(self) -> int:
        return sorted(self.waits)[int(len(self.waits) * 0.95)]

    def _arrive(self, runner: EmbeddedRunner, at: int, agreement: int, key: str) -> None:
        with agreement_scope(agreement):
            enqueue(agreement, [RankedRecord("document", key, 50)], self.runtime.clock.now())
        self.asked_at[agreement, key] = at
        runner.wake(agreement)

    def _drain(self, runner: EmbeddedRunner, now: int) -> tuple[tuple[int, bool], int]:
        agreement, first = runner._next(), len(self.flow.done)
        assert agreement is not None
        drained = drain(agreement, self.runtime, lambda: False, self.limits)
        for ticks, record in enumerate(self.flow.done[first:], 1):
            if record in self.asked_at:
                self.waits.append(now + ticks - self.asked_at[record])
        return (agreement, drained.more), max(drained.transfers, 1)


def played(company: Company, threads: int, limits: Slice | None, *, backlog: int) -> Played:
    flow = Ticking()
    runtime = replace(company.runtime, flows={"document": flow}, routines={})
    others = [_agreement(company, f"other-{threads}-{backlog}-{number}") for number in range(OTHERS)]
    with agreement_scope(company.agreement.pk):
        Transfer.in_scope.all().delete()
        rows = [RankedRecord("document", f"bulk-{number}", 50) for number in range(backlog)]
        enqueue(company.agreement.pk, rows, company.systems.clock.now(), priority=PRIORITY_BULK)
    random = Random(7)
    arrivals = sorted((random.randrange(SPAN), random.choice(others), str(number)) for number in range(DOCUMENTS))
    made = Played(runtime, threads, limits, flow)
    made.play(arrivals, company.agreement.pk)
    assert len(made.waits) == DOCUMENTS
    return made


def _agreement(company: Company, name: str) -> int:
    now = company.systems.clock.now()
    row = Agreement.objects.create(
        public_id=name[:16],
        company_name=name,
        rackbeat_account_id=hash(name) % 10**9,
        state=AgreementState.ACTIVE,
        created_at=now,
        activated_at=now,
    )
    return row.pk


def test_a_backlog_makes_the_others_wait_at_most_twice_as_long(company: Company) -> None:
    alone = played(company, THREADS, None, backlog=0)
    beside = played(company, THREADS, None, backlog=BACKLOG)
    print(f"p95 alone {alone.p95()} ticks, beside a backlog {beside.p95()} ticks")
    assert beside.p95() <= 2 * alone.p95()
    with every_agreement("the backlog is done as well"):
        assert set(Transfer.in_scope.values_list("state", flat=True)) == {TransferState.TRANSFERRED}


def test_without_slices_a_single_thread_would_be_the_backlogs_own(company: Company) -> None:
    """That the measure above can fail."""
    alone = played(company, 1, ENDLESS, backlog=0)
    beside = played(company, 1, ENDLESS, backlog=BACKLOG)
    assert beside.p95() > 2 * alone.p95()


def test_the_sweep_sees_everybody_behind_a_backlog(company: Company) -> None:
    """However many documents of one agreement wait, and for however long, the others are found in the same look."""
    now = company.systems.clock.now()
    other = _agreement(company, "behind")
    with agreement_scope(company.agreement.pk):
        enqueue(company.agreement.pk, [RankedRecord("document", str(number), 50) for number in range(3000)], now)
    with agreement_scope(other):
        enqueue(other, [RankedRecord("document", "1", 50)], now)
    assert agreements_with_due_work(now, limit=2) == [company.agreement.pk, other]
    assert agreements_with_due_work(now, other) == [other]


def test_documents_go_before_bulk_and_what_others_need_before_them(company: Company) -> None:
    flow = Ticking()
    company.runtime = replace(company.runtime, flows={"document": flow}, routines={})
    now = company.systems.clock.now()
    with agreement_scope(company.agreement.pk):
        enqueue(company.agreement.pk, [RankedRecord("document", "bulk", 10)], now, priority=PRIORITY_BULK)
        enqueue(
            company.agreement.pk,
            [RankedRecord("document", "invoice", 50), RankedRecord("document", "customer", 20)],
            now,
        )
    company.drain()
    assert [key for _, key in flow.done] == ["customer", "invoice", "bulk"]
