"""One run of one transfer: call its flow, turn what comes of it into an ending, and store that in one commit."""

from __future__ import annotations

from typing import Final

import structlog
from django.db import transaction

from lagerbro.sync.decisions.acknowledged import acknowledged
from lagerbro.sync.endings import DOUBTED, complete, doubted, ended, failed, rests, waits_for
from lagerbro.sync.faults.access import believed
from lagerbro.sync.faults.failures import Failure, failure_of, renew_connection
from lagerbro.sync.faults.gone import set_gone
from lagerbro.sync.outcome import ClaimLostError, OutcomePending, Refusal, WaitsFor
from lagerbro.sync.schedules.hastening import AWAY, hasten
from lagerbro.sync.storage.claims import Ending, put_off, replace_dependencies, store_ending
from lagerbro.sync.storage.enqueueing import enqueue
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, ForbiddenError, RemoteError, UnauthenticatedError

log = structlog.get_logger()

_STILL_AWAY: Final = (FailureKind.TRANSIENT, FailureKind.LIMITED, FailureKind.GONE)


def run(work: Work) -> bool:
    """Run the transfer once and store the ending; answers whether the claim held and the ending is stored.

    Nothing is raised that the next transfer could suffer from.
    """
    transfer = work.transfer
    try:
        _settle(work, _attempt(work))
    except ClaimLostError:
        log.warning("claim_lost", transfer=transfer.pk, kind=transfer.kind)
        return False
    except Exception:  # nothing could be stored: the claim stays, and the next drain takes the transfer over
        log.exception("ending_lost", transfer=transfer.pk, kind=transfer.kind)
        renew_connection()
        return False
    return True


def _attempt(work: Work) -> Ending | WaitsFor:
    try:
        work.open()
        return ended(work.runtime.flows[work.transfer.kind].run(work))
    except WaitsFor as waits:
        return waits
    except Refusal as refusal:
        return failed(work, Failure(refusal.kind, refusal.code, refusal.details))
    except OutcomePending as rest:
        return rests(work, rest)
    except RemoteError as error:
        return _remote(work, error)
    except ClaimLostError:
        raise
    except Exception as error:  # the edge of a flow: a fault of ours must not stop the other transfers
        log.exception("flow_failed", transfer=work.transfer.pk, kind=work.transfer.kind)
        renew_connection()
        return failed(work, failure_of(error))


def _remote(work: Work, error: RemoteError) -> Ending:
    if isinstance(error, UnauthenticatedError | ForbiddenError):
        if work.transfer.code != DOUBTED:
            return doubted(work, error)
        error = believed(error, work.clients)
    return failed(work, failure_of(error))


def _settle(work: Work, ending: Ending | WaitsFor) -> None:
    """Store the ending. A passing fault of the database is tried once more; what it does not take ends this transfer as
    a bug, with what was learnt of its writes if that can be stored, and never the drain (domain-rules H35)."""
    try:
        _store(work, ending)
    except ClaimLostError:
        raise
    except Exception as error:  # as said: whatever it is, it is this transfer's own affair
        log.exception("ending_not_stored", transfer=work.transfer.pk, kind=work.transfer.kind)
        renew_connection()
        failure = failure_of(error)
        if failure.passes:
            _store(work, ending)
        else:
            _store_bug(work, failed(work, failure))


def _store_bug(work: Work, ending: Ending) -> None:
    try:
        _store(work, ending)
    except ClaimLostError:
        raise
    except Exception:  # it is what was learnt that cannot be stored; the next run looks at what the writes have made
        log.exception("trace_not_stored", transfer=work.transfer.pk, kind=work.transfer.kind)
        work.forget_results()
        _store(work, ending)


def _store(work: Work, ending: Ending | WaitsFor) -> None:
    now = work.runtime.clock.now()
    with transaction.atomic():
        work.store_results()
        if isinstance(ending, WaitsFor):
            _store_dependencies(work, ending)
            ending = waits_for(ending)
        if ending.link is not None:
            work.links.store(work.transfer, ending.link)
        _ask_for(work, ending.follows)
        store_ending(work.transfer, acknowledged(work.transfer, complete(work.transfer, ending, now)), now)
        if work.transfer.code in AWAY and ending.failure_kind not in _STILL_AWAY:
            hasten(work.agreement.pk, work.runtime.routines, now)
        if ending.failure_kind == FailureKind.GONE:
            set_gone(work.agreement, ending.code)
        elif ending.failure_kind == FailureKind.LIMITED and ending.due_at is not None:
            put_off(work.agreement.pk, now, ending.due_at)


def _store_dependencies(work: Work, waits: WaitsFor) -> None:
    replace_dependencies(work.transfer, waits.records)
    _ask_for(work, waits.records)


def _ask_for(work: Work, records: tuple[tuple[str, str], ...]) -> None:
    """Ask for other records, as urgently as for this one."""
    if not records:
        return
    flows = work.runtime.flows
    enqueue(
        work.agreement.pk,
        [(kind, key, flows[kind].rank) for kind, key in records],
        work.runtime.clock.now(),
        priority=work.transfer.priority,
        at_once=work.asked_anew,
    )
