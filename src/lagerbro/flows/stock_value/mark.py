"""The texts by which our adjustments are found again (A26, H26):

Rackbeat Justering 28-11-2026 · RB-L20261128                    the nightly one of a day
Rackbeat Justering 14-02-2026 · RB-B20260214-20260201-20260228  one of a back-fill, with the days that it is for
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

TITLE: Final = "Rackbeat Justering"
"""What Rackbeat's own integration calls them, so that people recognise them (domain-rules A26)."""
MARK: Final = "RB-L"
BACKFILL_MARK: Final = "RB-B"
_NIGHTLY: Final = re.compile(rf"{MARK}(\d{{4}})(\d{{2}})(\d{{2}})(?!\d)")
_BACKFILL: Final = re.compile(rf"{BACKFILL_MARK}(\d{{4}})(\d{{2}})(\d{{2}})(?!\d)")


def text_of(day: date) -> str:
    """The text of the adjustment of that day."""
    return f"{TITLE} {day:%d-%m-%Y} · {MARK}{day:%Y%m%d}"


def backfill_text(day: date, first: date, last: date) -> str:
    """The text of an entry of that day in a back-fill of the days from the one to the other."""
    return f"{TITLE} {day:%d-%m-%Y} · {BACKFILL_MARK}{day:%Y%m%d}-{first:%Y%m%d}-{last:%Y%m%d}"


def day_of(text: str | None) -> date | None:
    """The day whose nightly adjustment bears the text; None where it is none of ours."""
    return _day(_NIGHTLY, text)


def backfill_day_of(text: str | None) -> date | None:
    """The same for an entry of a back-fill."""
    return _day(_BACKFILL, text)


def adjusted_day(text: str | None) -> date | None:
    """The same for either kind."""
    return day_of(text) or backfill_day_of(text)


def _day(mark: re.Pattern[str], text: str | None) -> date | None:
    match = mark.search(text or "")
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None
