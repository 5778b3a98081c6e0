"""What has ended of itself and is of no more use: sessions, counted tries, browsers nobody has come back with.

A piece at a time, so that a flood of them holds nobody up; each sort by itself, so that one cannot keep the others.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from lagerbro.people.models import CachedValue, KnownBrowser
from lagerbro.web.sign_in.known_browsers import KNOWN_FOR

ROWS_MAX: Final = 2000


def forget_expired(now: datetime, limit: int = ROWS_MAX) -> int:
    """Delete at most `limit` rows of each sort; answers how many altogether."""
    return sum(
        _forget(rows, limit)
        for rows in (
            Session.objects.filter(expire_date__lt=now),
            CachedValue.objects.filter(ends_at__lt=now),
            KnownBrowser.objects.filter(seen_at__lt=now - KNOWN_FOR),
            UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")),
        )
    )


def _forget(rows: QuerySet[Any], limit: int) -> int:
    """The condition is asked again while deleting: a row may have been renewed since it was found."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:limit])
    return rows.filter(pk__in=keys).delete()[0] if keys else 0
