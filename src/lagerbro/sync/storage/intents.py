"""The writes of one transfer: which were decided, which are known to have happened."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection

from lagerbro.sync.models import Intent, IntentState, Transfer
from lagerbro.sync.storage.insertion import Insertion
from lagerbro.sync.storage.reading import Reading

_INSERTION: Final = Insertion(Intent)
_READING: Final = Reading(Intent)
_OF_TRANSFER: Final = "transfer_id = %s ORDER BY try_epoch"
_STORE_OUTCOME: Final = """
UPDATE sync_intent SET state = %s, answer = %s, failed_status = %s, rests_until = %s, looked_at = %s WHERE id = %s
"""


def store_outcome(intent: Intent) -> None:
    """Store what has been learnt of a write. Inside the caller's transaction."""
    moment = connection.ops.adapt_datetimefield_value
    values = (
        str(intent.state),
        intent.answer,
        intent.failed_status,
        moment(intent.in_flight_until),
        moment(intent.looked_at),
        intent.pk,
    )
    with connection.cursor() as cursor:
        cursor.execute(_STORE_OUTCOME, values)


class Intents:
    """The intents of one transfer as they were when its run began, and those that the run adds.

    What was decided before `since` was written in a ledger that the agreement has moved away from: nothing of it stands
    in the present one, and only its tries are counted on (domain-rules H4).
    """

    def __init__(self, transfer: Transfer, since: datetime) -> None:
        # a first run has nothing behind it
        rows = _READING.where(_OF_TRANSFER, (transfer.pk,)) if transfer.runs > 1 else []
        self._latest = {row.step: row for row in rows if row.created_at >= since}
        self._tries = {row.step: row.try_epoch for row in rows}

    def latest(self, step: str) -> Intent | None:
        return self._latest.get(step)

    def add(self, intent: Intent) -> None:
        """Store a new one. Inside the caller's transaction."""
        _INSERTION.one(intent)
        self._latest[intent.step] = intent

    def next_try(self, step: str) -> int:
        latest = self._latest.get(step)
        return max(latest.try_epoch if latest else 0, self._tries.get(step, 0)) + 1

    def unfinished(self) -> list[Intent]:
        """Those whose outcome still matters."""
        return [row for row in self._latest.values() if row.state in (IntentState.OPEN, IntentState.CONFIRMED)]
