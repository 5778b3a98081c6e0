"""What the person chooses of a start-up sync: which kinds that are not in the article's list, and what becomes of
records that both systems have (domain-rules F9). Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from lagerbro.flows.startup.kinds import OPTIONAL, ORDER, Kind


class OnConflict(StrEnum):
    """What is done with a record whose number both systems have.

    FILL: linked, and what is empty in Rackbeat is filled. LINK: linked, and nothing is written. OVERWRITE: linked, and
    what e-conomic has filled replaces what stands in Rackbeat. LEAVE_OUT: as FILL where the names agree; where they do
    not, neither linked nor written.
    """

    FILL = "fill"
    LINK = "link"
    OVERWRITE = "overwrite"
    LEAVE_OUT = "leave_out"


class StartupChoices(msgspec.Struct, frozen=True, kw_only=True):
    optional_kinds: tuple[Kind, ...] = (Kind.PAYMENT_TERMS, Kind.UNIT)
    """Those of `OPTIONAL` that are carried."""
    on_conflict: dict[str, OnConflict] = {}
    """By kind; FILL where nothing is said."""
    all_groups_stocked: bool = True
    """Whether every product group that is made is kept in stock, or only those whose stock e-conomic keeps."""

    def carries(self, kind: Kind) -> bool:
        return kind not in OPTIONAL or kind in self.optional_kinds

    @property
    def carried(self) -> tuple[Kind, ...]:
        """In their order."""
        return tuple(kind for kind in ORDER if self.carries(kind))

    def on_conflict_of(self, kind: Kind) -> OnConflict:
        return self.on_conflict.get(kind, OnConflict.FILL)


DEFAULT: Final = StartupChoices()
