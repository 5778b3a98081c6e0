"""e-conomic's number of what Rackbeat knows by another: looked for once and remembered as a link, so that a document
that names it costs no call. What was not found is believed for a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from lagerbro.sync.work import Work

ABSENT_FOR: Final = timedelta(days=1)


def known_number(work: Work, kind: str, key: str, find: Callable[[], int | None]) -> int | None:
    """The number as it is remembered, else what `find` answers; None: e-conomic has none."""
    link, now = work.links.get(kind, key), work.runtime.clock.now()
    if link is not None and (link.economic_key or now < link.changed_at + ABSENT_FOR):
        return int(link.economic_key) if link.economic_key else None
    found = find()
    work.links.remember(kind, key, "" if found is None else str(found), now)
    return found


def folded(text: str) -> str:
    """A name as it is compared: without the difference between capitals and small letters, with single blanks."""
    return " ".join(text.split()).casefold()
