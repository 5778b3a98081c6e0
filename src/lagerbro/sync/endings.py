"""From what came of a run to how its transfer stands: the state, the reason, and when it is tried again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from lagerbro.sync.faults.failures import ACCESS_DOUBTED, BUG, Failure
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.sync.outcome import Drafted, Outcome, OutcomePending, Skipped, Transferred, WaitsFor
from lagerbro.sync.overdue import continued_wait
from lagerbro.sync.storage.claims import Ending
from lagerbro.sync.waiting import ACCESS_RETRY_WAIT_S, aligned_pause_end, limited_wait, retry_wait
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, RemoteError

log = structlog.get_logger()

RECORDS_NAMED_MAX: Final = 10
_STATE_OF_FAILURE: Final[Mapping[FailureKind, TransferState]] = {
    FailureKind.CONFIG: TransferState.NEEDS_YOU,
    FailureKind.REFUSED: TransferState.REFUSED,
    FailureKind.BUG: TransferState.NEEDS_YOU,
    FailureKind.TRANSIENT: TransferState.WAITING,
    FailureKind.LIMITED: TransferState.WAITING,
    FailureKind.GONE: TransferState.WAITING,
}
_STATES_WITH_REASON: Final = (TransferState.WAITING, TransferState.NEEDS_YOU, TransferState.REFUSED)
"""Where a transfer stands for a reason."""


def ending_of_outcome(outcome: Outcome) -> Ending:
    """The flow has come to an end of its own."""
    follows = () if isinstance(outcome, Skipped) else outcome.follows
    match outcome:
        case Transferred():
            state = TransferState.NEEDS_YOU if outcome.needs_person else TransferState.TRANSFERRED
            kind = FailureKind.CONFIG if outcome.needs_person else ""
            return Ending(state, outcome.code, outcome.details, kind, link=outcome.link, finished=True, follows=follows)
        case Drafted():
            held = bool(outcome.code) and outcome.needs_person
            state = TransferState.NEEDS_YOU if held else TransferState.DRAFTED
            kind = FailureKind.CONFIG if held else ""
            return Ending(state, outcome.code, outcome.details, kind, link=outcome.link, finished=True, follows=follows)
        case Skipped():
            return Ending(
                TransferState.CANCELLED, outcome.code, outcome.details, finished=True, is_forgotten=outcome.is_forgotten
            )


def ending_of_failure(work: Work, failure: Failure) -> Ending:
    failures = work.transfer.failures + 1
    state = _STATE_OF_FAILURE[failure.kind]
    return Ending(state, failure.code, failure.details, failure.kind, failures, _retry_at(work, failure, failures))


def ending_of_pending_outcome(work: Work, rest: OutcomePending) -> Ending:
    """A write whose outcome is not known is left alone for a while."""
    failures = work.transfer.failures + 1
    return Ending(TransferState.WAITING, rest.code, {}, FailureKind.TRANSIENT, failures, due_at=rest.until)


def ending_of_dependency(waits: WaitsFor) -> Ending:
    named = ", ".join(f"{kind} {key}" for kind, key in waits.records[:RECORDS_NAMED_MAX])
    return Ending(TransferState.WAITING, "waits_for", {"records": named})


def with_reason_and_wait(transfer: Transfer, ending: Ending, now: datetime) -> Ending:
    """The ending with how long the transfer has waited. One that stops or waits says why: an empty code is a bug
    (domain-rules H40)."""
    if ending.state in _STATES_WITH_REASON and not ending.code:
        log.error("ending_without_code", transfer=transfer.pk, kind=transfer.kind)
        details = {"error": "no code"}
        ending = Ending(TransferState.NEEDS_YOU, BUG, details, FailureKind.BUG, ending.failures, link=ending.link)
    if ending.state != TransferState.WAITING:
        return ending
    return replace(ending, wait=continued_wait(transfer, ending.code, now, failed=bool(ending.failure_kind)))


def ending_of_doubted_access(work: Work, error: RemoteError) -> Ending:
    """A no about the key or the right that was said for the first time: asked for once more before it is believed."""
    due_at = work.runtime.clock.now() + timedelta(seconds=ACCESS_RETRY_WAIT_S + work.runtime.random.random())
    failures = work.transfer.failures + 1
    return Ending(TransferState.WAITING, ACCESS_DOUBTED, error.details, FailureKind.TRANSIENT, failures, due_at)


def _retry_at(work: Work, failure: Failure, failures: int) -> datetime | None:
    """When to try again: by itself after a passing fault, at once when the agreement is back, else when asked."""
    now, random = work.runtime.clock.now(), work.runtime.random
    if failure.kind is FailureKind.LIMITED:
        return aligned_pause_end(now + limited_wait(failure.retry_after_s, failures, random), work.agreement.pk)
    if failure.kind is FailureKind.TRANSIENT:
        return now + max(retry_wait(failures, random), timedelta(seconds=failure.retry_after_s or 0))
    return now if failure.kind is FailureKind.GONE else None
