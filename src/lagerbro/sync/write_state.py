"""What is known of one write before it is made, as one of six states. Pure; what is done in each is `Work.write`.

nothing            no try of it is known, or the last was definitely refused, or it may be made anew
perhaps forgotten  no try of it is known, but our memory was lost, or what was known has been let go of
in flight          decided by a run that may still have the call on the wire (domain-rules H30)
unanswered         decided, nothing can be on the wire any more, and nobody knows what became of it
made               answered, for this version of the record
made for another   answered, for another version of the record
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from lagerbro.sync.models import Intent, IntentState


class WriteState(StrEnum):
    """See above."""

    NOTHING = "nothing"
    PERHAPS_FORGOTTEN = "perhaps_forgotten"
    IN_FLIGHT = "in_flight"
    UNANSWERED = "unanswered"
    MADE = "made"
    MADE_FOR_ANOTHER = "made_for_another"


def write_state(
    latest: Intent | None, version: str, now: datetime, *, is_once_only: bool, is_memory_lost: bool
) -> WriteState:
    """The state of the write whose `latest` try this is. `is_once_only`: it exists at most once in the record's life,
    so that one which was forgotten must not be made again."""
    if latest is None:
        return WriteState.PERHAPS_FORGOTTEN if is_once_only and is_memory_lost else WriteState.NOTHING
    match latest.state:
        case IntentState.SETTLED:
            return WriteState.PERHAPS_FORGOTTEN if is_once_only else WriteState.NOTHING
        case IntentState.CONFIRMED:
            return WriteState.MADE if latest.version == version else WriteState.MADE_FOR_ANOTHER
        case IntentState.OPEN:
            return WriteState.IN_FLIGHT if now < latest.in_flight_until else WriteState.UNANSWERED
    return WriteState.NOTHING
