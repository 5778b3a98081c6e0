"""How far a poll has come, and what of a list is news. Pure.

Rackbeat's records are listed by the moment they last changed, by Rackbeat's own clock. Each poll begins a while before
the newest moment of the one before (the overlap), because a record may become visible later than the moment it bears,
and because an hour of the wall clock happens twice in autumn. What was seen there already is remembered and left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from lagerbro.rackbeat.types import Changed
from lagerbro.sync.schedules.timing import COPENHAGEN

OVERLAP: Final = timedelta(hours=2)
SEEN_MAX: Final = 5000
YEARS: Final = range(2000, 2101)
UNBOOKED: Final = " -"


@dataclass(frozen=True, slots=True)
class PollPosition:
    """`reached`: the newest change seen, None before the first poll; `seen`: changes within the overlap, by key."""

    reached: datetime | None
    seen: Mapping[str, str]

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> PollPosition:
        reached = stored.get("reached")
        return cls(datetime.fromisoformat(reached) if reached else None, stored.get("seen", {}))

    def stored(self) -> dict[str, Any]:
        return {"reached": self.reached and self.reached.isoformat(), "seen": dict(self.seen)}

    def since(self, earliest: datetime) -> datetime:
        """Where the next poll begins: never before `earliest`, where the very first one does."""
        return max(earliest, self.reached - OVERLAP) if self.reached else earliest

    def news(self, records: Iterable[Changed], now: datetime) -> tuple[list[Changed], PollPosition]:
        """The records that were not seen as they are now, and the position after them.

        A record from the future brings it no further than the present, and one that does not say when it was
        changed does not move it at all.
        """
        listed = [(parsed_moment(record.updated_at), record) for record in records]
        moments = [min(when, now) for when, _ in listed if when]  # a clock that is ahead must not hide what comes next
        reached = max([*moments, *([self.reached] if self.reached else [])], default=None)
        news = [record for _, record in listed if self.seen.get(record.key) != _state_of(record)]
        since = reached - OVERLAP if reached else None
        within_overlap = [(when or now, record) for when, record in listed if not when or not since or when >= since]
        within_overlap.sort(key=lambda pair: pair[0])
        return news, PollPosition(reached, {record.key: _state_of(record) for _, record in within_overlap[-SEEN_MAX:]})


def _state_of(record: Changed) -> str:
    """What tells one state of a record from another: one that was booked and unbooked within a second bears the same
    moment."""
    return f"{record.updated_at or ''}{UNBOOKED if record.is_booked is False else ''}"


def parsed_moment(text: str | None) -> datetime | None:
    """Rackbeat's time: with an offset, or Danish wall-clock time without one (rackbeat-api 1.7). None for what is no
    time, or not one of our days."""
    try:
        when = datetime.fromisoformat((text or "").replace(" ", "T"))
    except ValueError:
        return None
    if when.year not in YEARS:
        return None
    return when if when.tzinfo else when.replace(tzinfo=COPENHAGEN)


def filter_moment(when: datetime) -> str:
    """A moment as Rackbeat's filters take it: Danish wall-clock time (rackbeat-api 1.5)."""
    return when.astimezone(COPENHAGEN).strftime("%Y-%m-%d %H:%M:%S")
