"""What is said while nothing can be stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.storage_faults import StorageFault

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class StorageMessage:
    what: _StrPromise
    why: _StrPromise
    do: _StrPromise


_WHY: Final = _(
    "Nothing is transferred just now, and nothing can be changed here. What has been booked stays, and what waits goes"
    " on by itself."
)

STORAGE: Final[Mapping[StorageFault, StorageMessage]] = {
    StorageFault.FULL: StorageMessage(
        _("Lagerbro's disk is full."), _WHY, _("Ask whoever runs Lagerbro to make room on the disk.")
    ),
    StorageFault.READ_ONLY: StorageMessage(
        _("Lagerbro can only read its database, not write in it."),
        _WHY,
        _("Ask whoever runs Lagerbro to let it write in its database again."),
    ),
    StorageFault.DAMAGED: StorageMessage(
        _("Lagerbro's database is damaged, or its disk fails."),
        _WHY,
        _("Ask whoever runs Lagerbro to look at the disk, and to put the database back from the backup if need be."),
    ),
}
