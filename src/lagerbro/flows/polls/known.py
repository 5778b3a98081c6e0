"""What is known of the records of a list, read in pieces and not one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lagerbro.flows.after_transfer import TOLD_DELETED, TOLD_UNBOOKED
from lagerbro.flows.polls.mark import moment
from lagerbro.sync.models import Intent, IntentState, Link, Transfer, TransferState

KEYS_MAX: Final = 500
ASKED_MAX: Final = 20
"""Documents that are looked at in one night because they are missing: a list that is cut short must not have
everything read again."""
ENDED: Final = (TransferState.TRANSFERRED, TransferState.DRAFTED, TransferState.NEEDS_YOU, TransferState.REFUSED)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a transfer stands, and why."""

    state: str
    code: str

    @property
    def minds_unbooking(self) -> bool:
        """Whether it is news to it that its document is not booked: something may have been made of it."""
        return self.state != TransferState.CANCELLED and self.code not in TOLD_UNBOOKED


def standings(kind: str, keys: Iterable[str]) -> dict[str, Standing]:
    """Those of the records that have a transfer."""
    found: dict[str, Standing] = {}
    for some in _pieces(keys):
        rows = Transfer.in_scope.filter(kind=kind, key__in=some).values_list("key", "state", "code")
        found |= {key: Standing(state, code) for key, state, code in rows}
    return found


def versions(kind: str, epoch: int, keys: Iterable[str]) -> dict[str, str]:
    """The versions that were transferred, of those that were."""
    found: dict[str, str] = {}
    for some in _pieces(keys):
        rows = Link.in_scope.filter(kind=kind, epoch=epoch, rackbeat_key__in=some)
        found |= dict(rows.values_list("rackbeat_key", "version"))
    return found


def missing(kind: str, epoch: int, listed: Iterable[str], since: datetime) -> list[str]:
    """The documents that were made in e-conomic as booked at or after `since` and are not in the list of all that
    changed since then: they are no more. Costs with what changed since, not with what exists."""
    recent = Transfer.in_scope.filter(kind=kind, changed_at__gte=since, state__in=ENDED).exclude(code__in=TOLD_DELETED)
    absent = set(recent.values_list("key", flat=True)) - set(listed)
    made = _begun(kind, absent) | versions(kind, epoch, absent)
    return sorted(key for key, version in made.items() if (moment(version) or since) >= since)[:ASKED_MAX]


def _begun(kind: str, keys: Iterable[str]) -> dict[str, str]:
    """The versions of those that have something in e-conomic which is not linked yet: a draft that is held."""
    found: dict[str, str] = {}
    for some in _pieces(keys):
        rows = Intent.in_scope.filter(transfer__kind=kind, transfer__key__in=some, state=IntentState.CONFIRMED)
        found |= dict(rows.values_list("transfer__key", "version"))
    return found


def _pieces(keys: Iterable[str]) -> Iterator[Sequence[str]]:
    whole = list(keys)
    return (whole[first : first + KEYS_MAX] for first in range(0, len(whole), KEYS_MAX))
