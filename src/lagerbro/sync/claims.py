"""Taking due transfers in hand, and giving them back with what became of them.

Whoever drains an agreement is alone with it (the runner sees to that), so a transfer that is still claimed was left
by a dead worker and may be taken. A token in every claim makes sure that a worker that only seemed dead writes
nothing any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Case, Min, Value, When

from lagerbro.agreements.scope import present_agreement_id
from lagerbro.sync.models import Dependency, Intent, IntentState, Transfer, TransferState
from lagerbro.sync.outcome import ClaimLostError, LinkFacts

_COLUMNS: Final = ", ".join(str(field.column) for field in Transfer._meta.concrete_fields)  # noqa: SLF001 - documented
_DUE: Final = "agreement_id = %(agreement)s AND due_at <= %(now)s AND state <> %(paused)s"
_TAKE: Final = f"""
UPDATE sync_transfer SET claim = %(claim)s, state = %(running)s, runs = runs + 1, due_at = %(now)s
WHERE id IN (
    SELECT id FROM sync_transfer
    WHERE {_DUE} AND (priority, rank) = (
        SELECT priority, rank FROM sync_transfer WHERE {_DUE} ORDER BY priority, rank LIMIT 1)
    ORDER BY due_at, id LIMIT %(limit)s)
RETURNING {_COLUMNS}
"""  # noqa: S608 - made of constants


def take(claim: str, now: datetime, limit: int) -> list[Transfer]:
    """Claim the due transfers of the scope's agreement that come first: one priority and one rank at a time.

    One statement, so that nothing can be put aside or cancelled between finding and claiming.
    """
    values = {
        "agreement": present_agreement_id(),
        "now": connection.ops.adapt_datetimefield_value(now),
        "paused": TransferState.PAUSED.value,
        "running": TransferState.RUNNING.value,
        "claim": claim,
        "limit": limit,
    }
    return sorted(Transfer.objects.raw(_TAKE, values), key=lambda transfer: transfer.pk)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended, ready to be written on its transfer."""

    state: TransferState
    code: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    failure_kind: str = ""
    failures: int = 0
    due_at: datetime | None = None
    link: LinkFacts | None = None
    finished: bool = False
    """Whether the intents of the transfer have served their purpose."""


def give_back(transfer: Transfer, ending: Ending, now: datetime) -> None:
    """Write the ending, if the claim still holds. Inside the caller's transaction.

    Whoever asked during the run (`asked` has grown since it was read) makes the transfer due again at once.
    """
    written = Transfer.objects.filter(pk=transfer.pk, claim=transfer.claim).update(
        state=ending.state,
        code=ending.code,
        details=dict(ending.details),
        failure_kind=ending.failure_kind,
        failures=ending.failures,
        done=transfer.asked,
        claim="",
        changed_at=now,
        due_at=Case(When(asked__gt=transfer.asked, then=Value(now)), default=Value(ending.due_at)),
    )
    if written != 1:
        raise ClaimLostError(str(transfer))
    if ending.finished:
        Intent.objects.filter(transfer=transfer).exclude(state=IntentState.SETTLED).update(state=IntentState.SETTLED)
        if transfer.runs > 1:  # a first run that finished has waited for nothing
            Dependency.objects.filter(transfer=transfer).delete()
    if ending.state != TransferState.WAITING:
        wake_dependants(transfer, now)


def wake_dependants(transfer: Transfer, now: datetime) -> None:
    """What waited for this record looks again."""
    waiting = Dependency.objects.filter(kind=transfer.kind, key=transfer.key).values("transfer_id")
    Transfer.objects.filter(pk__in=waiting, due_at__isnull=True).update(due_at=now)


def depend(transfer: Transfer, records: tuple[tuple[str, str], ...]) -> None:
    """The transfer waits for these records and for no others."""
    Dependency.objects.filter(transfer=transfer).delete()
    Dependency.objects.bulk_create(
        Dependency(agreement_id=transfer.agreement_id, transfer=transfer, kind=kind, key=key) for kind, key in records
    )


def next_due() -> datetime | None:
    """When the scope's agreement next has something to do."""
    due: datetime | None = Transfer.objects.exclude(state=TransferState.PAUSED).aggregate(first=Min("due_at"))["first"]
    return due


def release(claim: str, now: datetime) -> None:
    """Make what this claim still holds due again: the drain is stopping."""
    with transaction.atomic():
        Transfer.objects.filter(claim=claim).update(claim="", state=TransferState.WAITING, due_at=now)
