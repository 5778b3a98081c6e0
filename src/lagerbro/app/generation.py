"""Whether the database is as new as what was done with it.

A copy that is put back knows nothing of the documents that were made since, and e-conomic forgets idempotency keys
after an hour (economic-api 4.1): what was made already would be made again. So the database counts its generation up
while the program runs, and a file beside it remembers how far. Where the file has seen more than the database knows, or
there is a used database and no file, memory may be lost: every agreement then looks in e-conomic before it makes
anything (`sync.work`).

The database is counted first: a crash in between leaves it ahead of the file, which is how a newer database looks.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog
from django.db import transaction

from lagerbro.agreements.models import Agreement, DatabaseGeneration

log = structlog.get_logger()

FILE: Final = "generation"
_ROW: Final = 1


def advance(home: Path, now: datetime) -> bool:
    """Count on, and answer whether memory was found to be lost."""
    seen = _seen(home)
    with transaction.atomic():
        DatabaseGeneration.objects.get_or_create(pk=_ROW)
        row = DatabaseGeneration.objects.select_for_update().get(pk=_ROW)
        lost = bool(row.number) if seen is None else seen > row.number
        row.number = max(row.number, seen or 0) + 1
        row.save()
        if lost:
            mark_lost(now)
    _remember(home, row.number)
    if lost:
        log.warning("memory_lost", seen=seen, generation=row.number)
    return lost


def follow(home: Path, now: datetime) -> bool:
    """The same for a process that drains beside the one that serves: an absent file is for that one to judge."""
    return _seen(home) is not None and advance(home, now)


def mark_lost(now: datetime) -> int:
    """From now on every agreement looks before it makes anything; answers how many there are."""
    return Agreement.objects.update(memory_lost_at=now)


def _seen(home: Path) -> int | None:
    """The generation that was remembered; None where nothing readable is."""
    try:
        text = (home / FILE).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _remember(home: Path, number: int) -> None:
    """By rename, so that whoever reads finds the old or the new; several processes may be at it."""
    fresh = home / f".{FILE}.{os.getpid()}"
    with fresh.open("w", encoding="ascii") as file:
        file.write(str(number))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(home / FILE)
