"""Days as they come over the wire: a day of the calendar in Denmark, or nothing.

A server may write a day as the moment at which it begins. One that names its zone can be another day in Denmark:
PHP writes 24 November as 2026-11-23T23:00:00.000000Z, and the first ten characters would be the wrong VAT period.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from lagerbro.wire.unreadable import UnfitValueError

COPENHAGEN: Final = ZoneInfo("Europe/Copenhagen")
_MOMENT: Final = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?P<time>[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_NOTHING: Final = frozenset({"", "0000-00-00"})
"""What MySQL keeps where there is no date comes along with or without its time."""


def day(text: str) -> str:
    """The day as `2026-11-24`; raises `UnfitValueError` for another order, for no day and for one that no year has."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise UnfitValueError(text, "a day")
    try:
        if match["zone"]:
            return datetime.fromisoformat(text).astimezone(COPENHAGEN).date().isoformat()
        if match["time"]:
            datetime.fromisoformat(text)
        return date.fromisoformat(match["day"]).isoformat()
    except (ValueError, OverflowError) as error:
        raise UnfitValueError(text, "a day") from error


def day_if_any(text: str) -> str:
    """The same; empty where nothing stands."""
    return "" if text[:10].strip() in _NOTHING else day(text)
