"""One run of one transfer: call its flow, turn what comes of it into an ending, and store that in one commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from lagerbro.sync.failures import BUG
from lagerbro.sync.gone import set_gone
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.sync.outcome import (
    ClaimLostError,
    Drafted,
    Outcome,
    OutcomePending,
    Refusal,
    Skipped,
    Transferred,
    WaitsFor,
)
from lagerbro.sync.overdue import gone_on
from lagerbro.sync.storage.claims import Ending, replace_dependencies, store_ending
from lagerbro.sync.storage.enqueueing import enqueue
from lagerbro.sync.waiting import retry_wait
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, RemoteError

log = structlog.get_logger()

_STATE_OF_FAILURE = {
    FailureKind.CONFIG: TransferState.NEEDS_YOU,
    FailureKind.REFUSED: TransferState.REFUSED,
    FailureKind.BUG: TransferState.NEEDS_YOU,
    FailureKind.TRANSIENT: TransferState.WAITING,
    FailureKind.LIMITED: TransferState.WAITING,
    FailureKind.GONE: TransferState.WAITING,
}
_TOLD = (TransferState.WAITING, TransferState.NEEDS_YOU, TransferState.REFUSED)
"""Where a transfer stands for a reason."""


def run(work: Work) -> bool:
    """Run the transfer once and store the ending; answers whether the claim still held.

    Nothing is raised that the next transfer could suffer from.
    """
    transfer = work.transfer
    try:
        _store(work, _attempt(work))
    except ClaimLostError:
        log.warning("claim_lost", transfer=transfer.pk, kind=transfer.kind)
        return False
    return True


def _attempt(work: Work) -> Ending | WaitsFor:
    try:
        return _ended(work.runtime.flows[work.transfer.kind].run(work))
    except WaitsFor as waits:
        return waits
    except Refusal as refusal:
        return _failed(work, refusal.kind, refusal.code, refusal.details)
    except OutcomePending as rest:
        return _rests(work, rest)
    except RemoteError as error:
        return _remote(work, error)
    except ClaimLostError:
        raise
    except Exception as error:  # the edge of a flow: a fault of ours must not stop the other transfers
        log.exception("flow_failed", transfer=work.transfer.pk, kind=work.transfer.kind)
        return _failed(work, FailureKind.BUG, "bug", {"error": type(error).__name__})


def _ended(outcome: Outcome) -> Ending:
    match outcome:
        case Transferred():
            return Ending(TransferState.TRANSFERRED, outcome.code, outcome.details, link=outcome.link, finished=True)
        case Drafted():
            held = bool(outcome.code) and outcome.needs_person
            state = TransferState.NEEDS_YOU if held else TransferState.DRAFTED
            kind = FailureKind.CONFIG if held else ""
            return Ending(state, outcome.code, outcome.details, failure_kind=kind, link=outcome.link, finished=True)
        case Skipped():
            return Ending(TransferState.CANCELLED, outcome.code, outcome.details, finished=True)


def _failed(
    work: Work, kind: FailureKind, code: str, details: Mapping[str, str], retry_after_s: float | None = None
) -> Ending:
    failures = work.transfer.failures + 1
    return Ending(_STATE_OF_FAILURE[kind], code, details, kind, failures, _due(work, kind, failures, retry_after_s))


def _due(work: Work, kind: FailureKind, failures: int, retry_after_s: float | None) -> datetime | None:
    """When to try again: by itself after a passing fault, at once when the agreement is back, else when asked."""
    now = work.runtime.clock.now()
    if kind in (FailureKind.TRANSIENT, FailureKind.LIMITED):
        return now + max(retry_wait(failures, work.runtime.random), timedelta(seconds=retry_after_s or 0))
    return now if kind is FailureKind.GONE else None


def _rests(work: Work, rest: OutcomePending) -> Ending:
    return Ending(
        TransferState.WAITING, rest.code, {}, FailureKind.TRANSIENT, work.transfer.failures + 1, due_at=rest.until
    )


def _remote(work: Work, error: RemoteError) -> Ending:
    return _failed(work, error.kind, error.code, error.details, error.retry_after_s)


def _store(work: Work, ending: Ending | WaitsFor) -> None:
    now = work.runtime.clock.now()
    with transaction.atomic():
        work.store_results()
        if isinstance(ending, WaitsFor):
            _store_dependencies(work, ending)
            ending = Ending(TransferState.WAITING, "waits_for", {"records": _named(ending)})
        ending = _complete(work.transfer, ending, now)
        if ending.link is not None:
            work.links.store(work.transfer, ending.link)
        store_ending(work.transfer, ending, now)
        if ending.failure_kind == FailureKind.GONE:
            set_gone(work.agreement, ending.code)


def _complete(transfer: Transfer, ending: Ending, now: datetime) -> Ending:
    """The ending with how long the transfer has waited. One that stops or waits says why: an empty code is a bug
    (domain-rules H40)."""
    if ending.state in _TOLD and not ending.code:
        log.error("ending_without_code", transfer=transfer.pk, kind=transfer.kind)
        ending = Ending(
            TransferState.NEEDS_YOU, BUG, {"error": "no code"}, FailureKind.BUG, ending.failures, link=ending.link
        )
    if ending.state != TransferState.WAITING:
        return ending
    failed = bool(ending.failure_kind)
    return replace(ending, wait=gone_on(transfer, ending.code, now, failed=failed))


def _store_dependencies(work: Work, waits: WaitsFor) -> None:
    replace_dependencies(work.transfer, waits.records)
    flows = work.runtime.flows
    enqueue(
        work.agreement.pk,
        [(kind, key, flows[kind].rank) for kind, key in waits.records],
        work.runtime.clock.now(),
        priority=work.transfer.priority,
    )


def _named(waits: WaitsFor) -> str:
    return ", ".join(f"{kind} {key}" for kind, key in waits.records[:10])
