"""One company's backlog beside nine with a trickle: how much longer the nine wait for it. `make bench`.

The real runner of a file, real threads, a flow that does nothing but take its time as the two systems do. The figure
that counts is the ratio: p95 of the nine beside the backlog to p95 of the nine alone (goal: at most 2).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

import pytest

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.app.runtime import drains, due_work, system_runtime
from lagerbro.sync.models import Transfer
from lagerbro.sync.outcome import Outcome, Transferred
from lagerbro.sync.runners.embedded import EmbeddedRunner
from lagerbro.sync.runtime import Runtime
from lagerbro.sync.storage.enqueueing import RankedRecord, enqueue
from lagerbro.sync.work import Work
from tests.world import Company

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(0)]
OTHERS, TRICKLE, BACKLOG = 9, 300, 50_000
BETWEEN_S = 0.1
"""Seconds between two documents of the nine, on average."""
TAKES_S = 0.1
"""What the calls of a document take."""
ASKED_AT_ONCE = 1000


@dataclass
class Slow:
    """A flow that waits for both systems and says when it was done."""

    kind: str = "document"
    rank: int = 50
    done: dict[tuple[int, str], float] = field(default_factory=dict)

    def run(self, work: Work) -> Outcome:
        time.sleep(TAKES_S)
        self.done[work.agreement.pk, work.transfer.key] = time.monotonic()
        return Transferred()


def test_a_backlog_beside_a_trickle(request: pytest.FixtureRequest, company: Company) -> None:
    if not request.config.getoption("--bench"):
        pytest.skip("only when it is asked for: make bench")
    others = [_agreement(company, number) for number in range(1, OTHERS + 1)]
    with system_runtime() as real:
        runtime = replace(real, connect=company.runtime.connect, routines={})
        alone = _p95_s(runtime, others, "alone")
        began = time.monotonic()
        _ask(company.agreement.pk, [str(number) for number in range(BACKLOG)], runtime)
        asked_s = time.monotonic() - began
        beside = _p95_s(runtime, others, "beside", backlog=company.agreement.pk)
    with agreement_scope(company.agreement.pk):
        left = Transfer.in_scope.filter(due_at__isnull=False).count()
    print(
        f"\n{OTHERS} companies with a trickle: p95 {alone * 1000:.0f} ms alone, {beside * 1000:.0f} ms beside a backlog"
        f" of {BACKLOG} (asked for in {asked_s:.1f} s, {left} still left): {beside / alone:.2f} times (goal: 2)"
    )
    assert 0 < left < BACKLOG, "the backlog was there all the time, and was worked at"


def _agreement(company: Company, number: int) -> int:
    now = company.systems.clock.now()
    made = Agreement.objects.create(
        public_id=f"other-{number}",
        company_name=f"Other {number}",
        rackbeat_account_id=9000 + number,
        state=AgreementState.ACTIVE,
        created_at=now,
        activated_at=now,
    )
    return made.pk


def _ask(agreement: int, keys: Sequence[str], runtime: Runtime) -> None:
    with agreement_scope(agreement):
        for first in range(0, len(keys), ASKED_AT_ONCE):
            rows = [RankedRecord("document", key, 50) for key in keys[first : first + ASKED_AT_ONCE]]
            enqueue(agreement, rows, runtime.clock.now())


def _p95_s(runtime: Runtime, others: Sequence[int], prefix: str, backlog: int | None = None) -> float:
    """Seconds from asking to done, of the nine."""
    flow, random, asked = Slow(), Random(5), {}
    runtime = replace(runtime, flows={flow.kind: flow})
    runner = EmbeddedRunner(drains(runtime), due_work(runtime))
    runner.start()
    if backlog is not None:
        runner.wake(backlog)
    for number in range(TRICKLE):
        agreement, key = random.choice(others), f"{prefix}-{number}"
        asked[agreement, key] = time.monotonic()
        _ask(agreement, [key], runtime)
        runner.wake(agreement)
        time.sleep(random.expovariate(1 / BETWEEN_S))
    ends_at = time.monotonic() + 120
    while any(one not in flow.done for one in asked):
        assert time.monotonic() < ends_at, "the nine are waiting for more than two minutes"
        time.sleep(0.05)
    assert runner.stop()
    waits = sorted(flow.done[one] - at for one, at in asked.items())
    return waits[int(len(waits) * 0.95)]
