"""The text by which our adjustments are found again: `Rackbeat Justering 28-11-2026 · RB-L20261128` (A26)."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

TITLE: Final = "Rackbeat Justering"
"""What Rackbeat's own integration calls them, so that people recognise them (domain-rules A26)."""
MARK: Final = "RB-L"
_FOUND: Final = re.compile(rf"{MARK}(\d{{4}})(\d{{2}})(\d{{2}})(?!\d)")


def text_of(day: date) -> str:
    """The text of the adjustment of that day."""
    return f"{TITLE} {day:%d-%m-%Y} · {MARK}{day:%Y%m%d}"


def day_of(text: str | None) -> date | None:
    """The day whose adjustment bears the text; None where it is none of ours."""
    found = _FOUND.search(text or "")
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None
