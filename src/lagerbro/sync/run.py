"""One run of one transfer: call its flow, turn what comes of it into an ending, and store that in one commit."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import structlog
from django.db import transaction

from lagerbro.sync.decisions.acknowledged import apply_acknowledgement
from lagerbro.sync.endings import (
    ending_of_dependency,
    ending_of_doubted_access,
    ending_of_failure,
    ending_of_outcome,
    ending_of_pending_outcome,
    with_reason_and_wait,
)
from lagerbro.sync.faults.access import confirmed_access_error
from lagerbro.sync.faults.failures import ACCESS_DOUBTED, Failure, failure_of, renew_connection
from lagerbro.sync.faults.gone import mark_grant_gone
from lagerbro.sync.flow import record_of
from lagerbro.sync.outcome import ClaimLostError, OutcomePending, Refusal, WaitsFor
from lagerbro.sync.schedules.hastening import NO_CONTACT_CODES, hasten
from lagerbro.sync.storage.claims import Ending, postpone_due, replace_dependencies, store_ending
from lagerbro.sync.storage.enqueueing import enqueue
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, ForbiddenError, RemoteError, UnauthenticatedError

log = structlog.get_logger()

_FAILURES_WITHOUT_CONTACT: Final = (FailureKind.TRANSIENT, FailureKind.LIMITED, FailureKind.GONE)


def run(work: Work) -> bool:
    """Run the transfer once and store the ending; answers whether the claim held and the ending is stored.

    Nothing is raised that the next transfer could suffer from.
    """
    transfer = work.transfer
    try:
        _store_or_end_as_bug(work, _run_flow(work))
    except ClaimLostError:
        log.warning("claim_lost", transfer=transfer.pk, kind=transfer.kind)
        return False
    except Exception:  # nothing could be stored: the claim stays, and the next drain takes the transfer over
        log.exception("ending_lost", transfer=transfer.pk, kind=transfer.kind)
        renew_connection()
        return False
    return True


def _run_flow(work: Work) -> Ending | WaitsFor:
    try:
        work.open()
        return ending_of_outcome(work.runtime.flows[work.transfer.kind].run(work))
    except WaitsFor as waits:
        return waits
    except Refusal as refusal:
        return ending_of_failure(work, Failure(refusal.kind, refusal.code, refusal.details))
    except OutcomePending as rest:
        return ending_of_pending_outcome(work, rest)
    except RemoteError as error:
        return _ending_of_remote_error(work, error)
    except ClaimLostError:
        raise
    except Exception as error:  # the edge of a flow: a fault of ours must not stop the other transfers
        log.exception("flow_failed", transfer=work.transfer.pk, kind=work.transfer.kind)
        renew_connection()
        return ending_of_failure(work, failure_of(error))


def _ending_of_remote_error(work: Work, error: RemoteError) -> Ending:
    if isinstance(error, UnauthenticatedError | ForbiddenError):
        if work.transfer.code != ACCESS_DOUBTED:
            return ending_of_doubted_access(work, error)
        error = confirmed_access_error(error, work.clients)
    return ending_of_failure(work, failure_of(error))


def _store_or_end_as_bug(work: Work, ending: Ending | WaitsFor) -> None:
    """Store the ending. A passing fault of the database is tried once more; what it does not take ends this transfer as
    a bug, with what was learnt of its writes if that can be stored, and never the drain (domain-rules H35)."""
    try:
        _store_ending(work, ending)
    except ClaimLostError:
        raise
    except Exception as error:  # as said: whatever it is, it is this transfer's own affair
        log.exception("ending_not_stored", transfer=work.transfer.pk, kind=work.transfer.kind)
        renew_connection()
        failure = failure_of(error)
        if failure.is_transient:
            _store_ending(work, ending)
        else:
            _store_bug(work, ending_of_failure(work, failure))


def _store_bug(work: Work, ending: Ending) -> None:
    try:
        _store_ending(work, ending)
    except ClaimLostError:
        raise
    except Exception:  # it is what was learnt that cannot be stored; the next run looks at what the writes have made
        log.exception("trace_not_stored", transfer=work.transfer.pk, kind=work.transfer.kind)
        work.forget_results()
        _store_ending(work, ending)


def _store_ending(work: Work, ending: Ending | WaitsFor) -> None:
    now = work.runtime.clock.now()
    with transaction.atomic():
        work.store_results()  # unguarded until `store_ending` below: a claim that was lost takes all of it back
        if isinstance(ending, WaitsFor):
            _store_dependencies(work, ending)
            ending = ending_of_dependency(ending)
        if work.details_while_held and not ending.finished:
            ending = replace(ending, details={**work.details_while_held, **ending.details})
        if ending.link is not None:
            work.links.store(work.transfer, ending.link, now)
        _ask_for(work, ending.follows)
        ending = with_reason_and_wait(work.transfer, ending, now)
        store_ending(work.transfer, apply_acknowledgement(work.transfer, ending), now)
        if work.transfer.code in NO_CONTACT_CODES and ending.failure_kind not in _FAILURES_WITHOUT_CONTACT:
            hasten(work.agreement.pk, work.runtime.routines, now)
        if ending.failure_kind == FailureKind.GONE:
            mark_grant_gone(work.agreement, ending.code)
        elif ending.failure_kind == FailureKind.LIMITED and ending.due_at is not None:
            postpone_due(work.agreement.pk, now, ending.due_at)


def _store_dependencies(work: Work, waits: WaitsFor) -> None:
    replace_dependencies(work.transfer, waits.records)
    # also those that are transferred by now: who ended before this commit could not see that somebody waits for it
    _ask_for(work, waits.records)


def _ask_for(work: Work, records: tuple[tuple[str, str], ...]) -> None:
    """Ask for other records, as urgently as for this one."""
    if not records:
        return
    flows = work.runtime.flows
    enqueue(
        work.agreement.pk,
        # in one order: two runs side by side that need the same records would else lock them crosswise
        [record_of(flows[kind], key) for kind, key in sorted(records)],
        work.runtime.clock.now(),
        priority=work.transfer.priority,
        at_once=work.is_asked_anew,
    )
