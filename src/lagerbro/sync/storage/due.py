"""Which agreements have something to do. The sweep asks this every few seconds; a wake is only a hint.

One statement by hand: it is asked more often than anything else, and a backlog of any length may stand behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from lagerbro.agreements.models import AgreementState
from lagerbro.sync.models import TransferState

ABANDONED_AFTER: Final = timedelta(seconds=10)
"""What is in hand for longer may have been left by a dead worker: the sweep wakes, and the lock says whether."""
AGREEMENTS_MAX: Final = 1000

Value = str | int | datetime | None

_ABANDONED: Final = "claimed_at IS NULL OR claimed_at <= %(left)s"
"""Without a moment: claimed by the release before, which does not note one."""
_DUE: Final = f"""
SELECT work.agreement_id, MIN(work.due_at) AS since
FROM (SELECT agreement_id, due_at, kind FROM sync_transfer
      WHERE due_at <= %(now)s AND state <> %(paused)s AND (claim = '' OR {_ABANDONED}) {{kinds}}
      UNION ALL
      SELECT agreement_id, due_at, '' FROM sync_schedule WHERE due_at <= %(now)s {{routines}}) AS work
JOIN agreements_agreement ON agreements_agreement.id = work.agreement_id
WHERE (agreements_agreement.state = %(active)s {{or_starting}})
"""  # noqa: S608 - made of constants
_OF_ONE_AGREEMENT: Final = " AND work.agreement_id = %(one)s"
_LONGEST_WAITING: Final = " GROUP BY work.agreement_id ORDER BY since, work.agreement_id LIMIT %(limit)s"


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What this release can do. What a newer one has asked for is left to its own workers, by the sweep as well."""

    kinds: tuple[str, ...]
    routines: tuple[str, ...]
    while_starting: tuple[str, ...] = ()
    """The kinds that are drained while the agreement is STARTING."""


def agreements_with_due_work(
    now: datetime, one: int | None = None, limit: int = AGREEMENTS_MAX, known: KnownNames | None = None
) -> list[int]:
    """Active agreements with a transfer or a routine that is due, the one that has waited longest first.

    `one`: ask for that one only. What is in hand does not count until it has been there for a while, else every
    sweep would wake whoever is at work.
    """
    adapted = connection.ops.adapt_datetimefield_value
    values: dict[str, Value] = {
        "now": adapted(now),
        "left": adapted(now - ABANDONED_AFTER),
        "paused": TransferState.PAUSED.value,
        "active": AgreementState.ACTIVE.value,
        "starting": AgreementState.STARTING.value,
        "one": one,
        "limit": limit,
    }
    kinds = _among("kind", known.kinds, values) if known else ""
    routines = _among("routine", known.routines, values) if known else ""
    early = known.while_starting if known else ()
    or_starting = f"OR (state = %(starting)s {_among('work.kind', early, values, 'early')})" if early else ""
    due = _DUE.format(kinds=kinds, routines=routines, or_starting=or_starting)
    statement = f"{due}{'' if one is None else _OF_ONE_AGREEMENT}{_LONGEST_WAITING}"
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [agreement_id for agreement_id, _since in cursor.fetchall()]


def _among(column: str, names: Sequence[str], values: dict[str, Value], label: str = "") -> str:
    """A clause for one of these names, which are added to the values under the label, or the column."""
    label = label or column
    values.update({f"{label}_{index}": name for index, name in enumerate(names)})
    signs = ", ".join(f"%({label}_{index})s" for index in range(len(names)))
    # PostgreSQL takes no empty list: nothing is known, so nothing is found
    return f"AND {column} IN ({signs})" if names else "AND 1 = 0"
