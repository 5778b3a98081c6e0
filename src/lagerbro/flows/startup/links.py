"""Which records are the same, remembered for the flows that come after; and which states of them we wrote ourselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lagerbro.flows.startup.kinds import LINKED, Kind
from lagerbro.flows.startup.models import RecordState, StartupRecord, StartupRun
from lagerbro.sync.models import Link
from lagerbro.sync.storage.insertion import Insertion

UNWRITTEN: Final = "startup"
"""The version of a link to a record that was there already."""
_OWN: Final = "startup "
_LINKS: Final = Insertion(
    Link,
    ("agreement_id", "epoch", "kind", "rackbeat_key"),
    ("economic_kind", "economic_key", "version", "name", "changed_at"),
)


@dataclass(frozen=True, slots=True)
class OwnWrite:
    """A write of ours, by the moment that Rackbeat gave the record with it."""

    updated_at: str

    @property
    def version(self) -> str:
        return own_version(self.updated_at)


def own_version(updated_at: str | None) -> str:
    """How a link says that the record is as we wrote it; never the version of anything where no moment is told."""
    return f"{_OWN}{updated_at}"[:64] if updated_at else ""


def is_own_write(version: str | None, updated_at: str | None) -> bool:
    """Whether a record that a list names is as the start-up sync wrote it: our own writes are no news."""
    return bool(updated_at) and version == own_version(updated_at)


def under_way(kind: str, keys: Collection[str]) -> set[str]:
    """Those of the records whose write by the start-up sync has no stored outcome: nobody knows yet whether what a list
    says of them is news. Inside the agreement's scope."""
    if not keys or kind not in LINKED:
        return set()
    rows = StartupRecord.in_scope.filter(kind=kind, state=RecordState.SENDING)
    return {target or number for number, target in rows.values_list("number", "target")} & set(keys)


def store_links(
    run: StartupRun, kind: Kind, rows: Iterable[StartupRecord], written: Mapping[str, OwnWrite], now: datetime
) -> None:
    """Inside the caller's transaction."""
    _LINKS.all(
        Link(
            agreement_id=run.agreement_id,
            epoch=run.epoch,
            kind=kind.value,
            rackbeat_key=row.target or row.number,
            economic_kind=kind.value,
            economic_key=row.number,
            version=(written[row.number].version or UNWRITTEN) if row.number in written else UNWRITTEN,
            name=row.name,
            created_at=now,
            changed_at=now,
        )
        for row in rows
    )
