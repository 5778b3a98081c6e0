"""Taking due transfers in hand, and giving them back with what became of them.

Whoever drains an agreement is alone with it (the runner sees to that), so a transfer that is still claimed was left
by a dead worker and may be taken. A token in every claim makes sure that a worker that only seemed dead writes
nothing any more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from lagerbro.agreements.scope import current_agreement_id
from lagerbro.sync.models import Dependency, IntentState, Transfer, TransferState
from lagerbro.sync.outcome import ClaimLostError, LinkFacts
from lagerbro.sync.overdue import NO_WAIT, Wait, new_wait
from lagerbro.sync.storage.reading import Reading

_READING: Final = Reading(Transfer)
_DUE: Final = "agreement_id = %(agreement)s AND due_at <= %(now)s AND state <> %(paused)s AND kind IN ({kinds})"
BACKLOG_FROM: Final = 100
"""So many of one priority and rank are a backlog; up to there the order in which they came is kept."""
NEWEST_OF: Final = 4
"""Of a backlog every fourth is the newest, so that who has just asked does not wait for thousands of others; the rest
are the oldest, so that these go on as well."""
_FIRST: Final = f"""
{_DUE} AND (priority, rank) = (SELECT priority, rank FROM sync_transfer WHERE {_DUE} ORDER BY priority, rank LIMIT 1)
"""  # noqa: S608 - made of constants
# an offset and not a count: a count walks through the whole backlog, this stops at the hundredth row
_IS_BACKLOG: Final = f"EXISTS (SELECT 1 FROM sync_transfer WHERE {_FIRST} LIMIT 1 OFFSET %(backlog)s)"  # noqa: S608 - as above
# `runs` counts here and not at the end: a run that a crash cut short has been one, and what it left is looked for
# (`Work.is_resumed`). The two halves never overlap: there is a newest one only where a hundred rows wait.
_CLAIM_DUE: Final = f"""
UPDATE sync_transfer SET claim = %(claim)s, state = %(running)s, runs = runs + 1, claimed_at = %(now)s
WHERE id IN (
    SELECT id FROM (
        SELECT id, 1 AS turn FROM (
            SELECT id FROM sync_transfer WHERE {_FIRST} AND {_IS_BACKLOG}
            ORDER BY due_at DESC, id DESC LIMIT %(newest)s) AS newest
        UNION ALL
        SELECT id, 2 FROM (
            SELECT id FROM sync_transfer WHERE {_FIRST} ORDER BY due_at, id LIMIT %(limit)s) AS oldest
    ) AS found ORDER BY turn LIMIT %(limit)s)
RETURNING {_READING.columns}
"""  # noqa: S608 - made of constants


def claim_due_in_scope(claim: str, now: datetime, limit: int, kinds: Collection[str]) -> list[Transfer]:
    """Claim the due transfers of the scope's agreement that come first: one priority and one rank at a time, the oldest
    and, of a backlog, some of the newest.

    Only of these kinds: others are a newer release's, whose own workers take them.

    One statement, so that nothing can be put aside or cancelled between finding and claiming.
    """
    if not kinds:
        return []
    statement, values = _bound_to_kinds(_CLAIM_DUE, kinds, now)
    values |= {
        "running": TransferState.RUNNING.value,
        "claim": claim,
        "limit": limit,
        "newest": limit // NEWEST_OF,
        "backlog": BACKLOG_FROM - 1,
    }
    # RETURNING promises no order, and a simulation replays a seed only if the batch is the same each time
    return sorted(_READING.rows(statement, values), key=lambda transfer: transfer.pk)


def is_anything_due_in_scope(now: datetime, kinds: Collection[str]) -> bool:
    """Whether `claim_due_in_scope` would find something: what only a newer release knows is none of our business."""
    if not kinds:
        return False
    with connection.cursor() as cursor:
        cursor.execute(*_bound_to_kinds(_IS_DUE, kinds, now))
        return cursor.fetchone() is not None


def _bound_to_kinds(statement: str, kinds: Collection[str], now: datetime) -> tuple[str, dict[str, Any]]:
    """The statement for what is due of these kinds, and its values."""
    names = {f"kind_{index}": kind for index, kind in enumerate(kinds)}
    values = {
        "agreement": current_agreement_id(),
        "now": _database_time(now),
        "paused": TransferState.PAUSED.value,
        **names,
    }
    return statement.format(kinds=", ".join(f"%({name})s" for name in names)), values


POSTPONED_MAX: Final = 1000
_POSTPONE_DUE: Final = """
UPDATE sync_transfer SET due_at = %(until)s
WHERE id IN (
    SELECT id FROM sync_transfer
    WHERE agreement_id = %(agreement)s AND due_at <= %(now)s AND state <> %(paused)s AND claim = ''
    ORDER BY priority, rank, due_at, id LIMIT %(limit)s)
"""


def postpone_due(agreement_id: int, now: datetime, until: datetime) -> None:
    """What is next waits for the same pause, in the order that it stands in, so that not each has to be told and what
    was told first is not the last. Inside the caller's transaction."""
    values = {
        "agreement": agreement_id,
        "now": _database_time(now),
        "until": _database_time(until),
        "paused": TransferState.PAUSED.value,
        "limit": POSTPONED_MAX,
    }
    with connection.cursor() as cursor:
        cursor.execute(_POSTPONE_DUE, values)


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
    wait: Wait = NO_WAIT
    follows: tuple[tuple[str, str], ...] = ()
    """The (kind, key) records that are asked for with it."""
    is_forgotten: bool = False
    """Whether no transfer is kept of it."""


_STORE_ENDING: Final = """
UPDATE sync_transfer
SET state = %s, code = %s, details = %s, failure_kind = %s, failures = %s, done = %s, claim = '', changed_at = %s,
    repeats = %s, due_at = CASE WHEN asked > %s THEN %s ELSE %s END,
    waiting_since = CASE WHEN asked > %s THEN %s ELSE %s END, overdue_at = CASE WHEN asked > %s THEN %s ELSE %s END
WHERE id = %s AND claim = %s
"""
_SETTLE_INTENTS: Final = "UPDATE sync_intent SET state = %s WHERE transfer_id = %s AND state <> %s"
_DELETE_DEPENDENCIES: Final = "DELETE FROM sync_dependency WHERE transfer_id = %s"
# only who has no moment of its own: a pause that a system asked for, or a try that failed, is not cut short by this
_WAKE_DEPENDANTS: Final = """
UPDATE sync_transfer SET due_at = %s
WHERE due_at IS NULL
  AND id IN (SELECT transfer_id FROM sync_dependency WHERE agreement_id = %s AND kind = %s AND key = %s)
"""


def store_ending(transfer: Transfer, ending: Ending, now: datetime) -> None:
    """Write the ending, if the claim still holds. Inside the caller's transaction.

    Whoever asked during the run (`asked` has grown since it was read) makes the transfer due again at once. Written by
    hand: every document ends here, and making these statements anew would cost more than carrying them out.
    """
    at, wait = _database_time(now), ending.wait
    again = wait if wait.since else new_wait(now)
    with connection.cursor() as cursor:
        cursor.execute(
            _STORE_ENDING,
            (
                ending.state.value,
                ending.code,
                connection.ops.adapt_json_value(dict(ending.details), None),
                str(ending.failure_kind),
                ending.failures,
                transfer.asked,
                at,
                wait.repeats,
                transfer.asked,
                at,
                _database_time(ending.due_at),
                transfer.asked,
                _database_time(again.since),
                _database_time(wait.since),
                transfer.asked,
                _database_time(again.overdue_at),
                _database_time(wait.overdue_at),
                transfer.pk,
                transfer.claim,
            ),
        )
        if cursor.rowcount != 1:
            raise ClaimLostError(str(transfer))
        if ending.finished:  # in the same commit: a write that is still open makes the next run look for it
            settled = IntentState.SETTLED.value
            cursor.execute(_SETTLE_INTENTS, (settled, transfer.pk, settled))
            if transfer.runs > 1:  # a first run that finished has waited for nothing
                cursor.execute(_DELETE_DEPENDENCIES, (transfer.pk,))
    if ending.state != TransferState.WAITING:
        wake_dependants(transfer, now)
    if ending.is_forgotten:  # unless somebody has asked for it again meanwhile
        Transfer.in_scope.filter(pk=transfer.pk, asked=transfer.asked).delete()


def wake_dependants(transfer: Transfer, now: datetime) -> None:
    """What waited for this record looks again."""
    with connection.cursor() as cursor:
        cursor.execute(_WAKE_DEPENDANTS, (_database_time(now), transfer.agreement_id, transfer.kind, transfer.key))


_IS_DUE: Final = f"SELECT 1 FROM sync_transfer WHERE {_DUE} LIMIT 1"  # noqa: S608 - made of constants
_LOCK_CLAIM: Final = "UPDATE sync_transfer SET changed_at = %s WHERE id = %s AND claim = %s"


def lock_claim(transfer: Transfer, now: datetime) -> None:
    """Raise `ClaimLostError` unless the claim still holds. Inside the caller's transaction, where it locks the row."""
    # an update where one would read FOR UPDATE: SQLite has none, and a check without a lock is worth nothing
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_CLAIM, (_database_time(now), transfer.pk, transfer.claim))
        if cursor.rowcount != 1:
            raise ClaimLostError(str(transfer))


def _database_time(moment: datetime | None) -> str | datetime | None:
    """A moment as this database takes it."""
    adapted: str | datetime | None = connection.ops.adapt_datetimefield_value(moment)
    return adapted


def replace_dependencies(transfer: Transfer, records: tuple[tuple[str, str], ...]) -> None:
    """The transfer waits for these records and for no others."""
    Dependency.in_scope.filter(transfer=transfer).delete()
    Dependency.in_scope.bulk_create(
        Dependency(agreement_id=transfer.agreement_id, transfer=transfer, kind=kind, key=key) for kind, key in records
    )


def release(claim: str, now: datetime) -> None:
    """Make what this claim still holds due again: the drain is stopping."""
    with transaction.atomic():
        Transfer.in_scope.filter(claim=claim).update(claim="", state=TransferState.WAITING, due_at=now)
