"""A record is transferred under its own number only, however it was asked for.

Rackbeat finds records by other spellings of a number ("01001", "nl-100"). Transferred by both, a document would be
billed twice, and a record that a document names would be waited for in vain.
"""

from __future__ import annotations

from typing import Final

from lagerbro.sync.outcome import Skipped
from lagerbro.sync.work import Work

ASKED_BY_ANOTHER: Final = "asked_by_another_number"


def skipped_if_other(work: Work, number: int | str) -> Skipped | None:
    """The end of a run for a record whose own `number` is not what it was asked for by."""
    return None if str(number) == work.transfer.key else Skipped(ASKED_BY_ANOTHER, {"number": str(number)})
