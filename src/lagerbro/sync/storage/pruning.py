"""What is let go of, a piece at a time: bodies early, rows late (domain-rules H28).

Activity is kept at least five years after the end of its financial year; bodies hold personal data and may go earlier.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from lagerbro.agreements.scope import every_agreement
from lagerbro.sync.models import UPSERT_STEP, Attempt, Intent, IntentState

BODIES_KEPT: Final = timedelta(days=180)
ROWS_KEPT: Final = timedelta(days=7 * 366)
"""A financial year may last eighteen months, and then five years: seven years are enough for every one."""
ROWS_MAX: Final = 2000


def prune(now: datetime, limit: int = ROWS_MAX) -> int:
    """Let go of at most `limit` rows of each sort; answers of how many altogether, so that 0 means done."""
    with every_agreement("what is old is let go of, whoever it belongs to"):
        return _rows(now - ROWS_KEPT, limit) + _bodies(now - BODIES_KEPT, limit) + _writes(now - BODIES_KEPT, limit)


def _rows(before: datetime, limit: int) -> int:
    old = Attempt.in_scope.filter(started_at__lt=before).order_by("pk").values_list("pk", flat=True)[:limit]
    return Attempt.in_scope.filter(pk__in=list(old)).delete()[0]


def _bodies(before: datetime, limit: int) -> int:
    old = Attempt.in_scope.filter(~Q(sent="", answered=""), started_at__lt=before)
    # two statements: neither database takes a LIMIT in an UPDATE, and without one a year's rows are one transaction
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:limit])
    return Attempt.in_scope.filter(pk__in=keys).update(sent="", answered="")


def _writes(before: datetime, limit: int) -> int:
    """What a settled write said matters no more; an open one is untouched however old it is, and so is what was
    decided of a master record."""
    old = Intent.in_scope.filter(
        ~Q(request="", answer=""), ~Q(step=UPSERT_STEP), state=IntentState.SETTLED, created_at__lt=before
    )
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:limit])
    return Intent.in_scope.filter(pk__in=keys).update(request="", answer="")
