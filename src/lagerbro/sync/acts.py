"""What a person may do with an agreement's work: pause, resume, cancel, retry. Inside the agreement's scope.

An act changes what is due; it never touches a write that is under way, whose outcome must still become known.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.sync.models import Dependency, Intent, IntentState, Transfer, TransferState
from lagerbro.sync.overdue import NO_WAIT, new_wait
from lagerbro.sync.schedules.hastening import hasten
from lagerbro.sync.schedules.routine import Routine
from lagerbro.sync.storage.enqueueing import PRIORITY_PERSON
from lagerbro.sync.waking import wake_on_commit

STOPPED = (TransferState.REFUSED, TransferState.NEEDS_YOU)
"""What only a person, or a change that they make, sets going again."""


def pause(agreement: Agreement) -> bool:
    """Stop draining and keep the queue. Documents in hand are finished."""
    return _turn(agreement, AgreementState.ACTIVE, AgreementState.PAUSED)


def resume(agreement: Agreement, routines: Mapping[str, Routine], now: datetime) -> bool:
    """Go on with everything that was asked for meanwhile, and look at once for what nobody has asked for."""
    with transaction.atomic():
        turned = _turn(agreement, AgreementState.PAUSED, AgreementState.ACTIVE)
        if turned:
            hasten(agreement.pk, routines, now)
            wake_on_commit(agreement.pk)
    return turned


def retry(transfers: QuerySet[Transfer], agreement_id: int, now: datetime) -> int:
    """Try these again at once, with their waits begun anew; answers how many of them could be."""
    # what is in hand ends by itself, and what was put aside stays there until somebody releases it
    again = transfers.exclude(state__in=(TransferState.RUNNING, TransferState.PAUSED)).update(
        asked=F("asked") + 1,
        priority=PRIORITY_PERSON,
        due_at=now,
        failures=0,
        state=TransferState.WAITING,
        changed_at=now,
        **new_wait(now).columns(),
    )
    if again:
        wake_on_commit(agreement_id)
    return again


def retry_same(cause: Mapping[str, Any], agreement_id: int, now: datetime) -> int:
    """Try again everything that stands still for the same cause: a filter of its code and of what it names."""
    return retry(Transfer.in_scope.filter(**cause, agreement_id=agreement_id, state__in=STOPPED), agreement_id, now)


def retry_because_of(kind: str, key: str, agreement_id: int, now: datetime) -> int:
    """Somebody has changed this record: try again what stands still because of it, itself included.

    A document names what holds it up in its details: the number, or the number and the name.
    """
    named = Q(**{f"details__{kind}": key}) | Q(**{f"details__{kind}__startswith": f"{key} "})
    waiting_for_it = Q(code=f"{kind}_not_transferred", details__key=key)
    stopped_by_it = Q(kind=kind, key=key) | named | waiting_for_it
    stopped = Transfer.in_scope.filter(stopped_by_it, agreement_id=agreement_id, state__in=STOPPED)
    return retry(stopped, agreement_id, now)


def hold(transfer: Transfer, now: datetime) -> bool:
    """Sat på pause: leave this one alone until somebody takes it up. False when it is in hand or under way."""
    return _settle(transfer, TransferState.PAUSED, "put_aside", now)


def release_hold(transfer: Transfer, now: datetime) -> bool:
    """Go on with one that was put aside."""
    taken = Transfer.in_scope.filter(pk=transfer.pk, state=TransferState.PAUSED).update(
        state=TransferState.WAITING,
        asked=F("asked") + 1,
        priority=PRIORITY_PERSON,
        due_at=now,
        code="",
        changed_at=now,
        **new_wait(now).columns(),
    )
    if taken:
        wake_on_commit(transfer.agreement_id)
    return bool(taken)


def cancel(transfer: Transfer, now: datetime) -> bool:
    """Annulleret: a person says that it shall not be transferred. A new webhook or *Prøv igen* asks anew.

    False when it is in hand, has been transferred, or a write of it has an outcome that is not known yet.
    """
    return _settle(transfer, TransferState.CANCELLED, "cancelled_by_person", now)


def _settle(transfer: Transfer, state: TransferState, code: str, now: datetime) -> bool:
    open_write = Intent.in_scope.filter(transfer=transfer, state__in=(IntentState.OPEN, IntentState.CONFIRMED))
    if open_write.exists():
        return False
    is_unsettled = ~Q(state__in=(TransferState.RUNNING, TransferState.TRANSFERRED, TransferState.DRAFTED))
    settled = Transfer.in_scope.filter(is_unsettled, pk=transfer.pk, claim="").update(
        state=state,
        code=code,
        failure_kind="",
        due_at=None,
        done=F("asked"),
        changed_at=now,
        **NO_WAIT.columns(),
    )
    if settled:
        Dependency.in_scope.filter(transfer=transfer).delete()
    return bool(settled)


def _turn(agreement: Agreement, before: AgreementState, after: AgreementState) -> bool:
    turned = Agreement.objects.filter(pk=agreement.pk, state=before).update(state=after, state_code="")
    agreement.refresh_from_db(fields=["state", "state_code"])
    return bool(turned)
