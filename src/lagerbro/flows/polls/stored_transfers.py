"""What is known of the records of a list, read in pieces and not one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lagerbro.flows.after_transfer import DELETED_CODES, UNBOOKED_CODES
from lagerbro.flows.polls.position import parsed_moment
from lagerbro.sync.models import Intent, IntentState, Link, Transfer, TransferState

KEYS_MAX: Final = 500
ASKED_MAX: Final = 20
"""Documents that are looked at in one night because they are missing: a list that is cut short must not have
everything read again."""
ENDED: Final = (TransferState.TRANSFERRED, TransferState.DRAFTED, TransferState.NEEDS_YOU, TransferState.REFUSED)


@dataclass(frozen=True, slots=True)
class TransferStatus:
    """Where a transfer stands, and why."""

    state: str
    code: str

    @property
    def is_unbooking_news(self) -> bool:
        """Whether it is news to it that its document is not booked: something may have been made of it."""
        return self.state != TransferState.CANCELLED and self.code not in UNBOOKED_CODES


def transfer_statuses(kind: str, keys: Iterable[str]) -> dict[str, TransferStatus]:
    """Those of the records that have a transfer."""
    rows_by_key: dict[str, TransferStatus] = {}
    for some in _batches(keys):
        rows = Transfer.in_scope.filter(kind=kind, key__in=some).values_list("key", "state", "code")
        rows_by_key |= {key: TransferStatus(state, code) for key, state, code in rows}
    return rows_by_key


def transferred_versions(kind: str, epoch: int, keys: Iterable[str]) -> dict[str, str]:
    """The versions that were transferred, of those that were."""
    rows_by_key: dict[str, str] = {}
    for some in _batches(keys):
        rows = Link.in_scope.filter(kind=kind, epoch=epoch, rackbeat_key__in=some)
        rows_by_key |= dict(rows.values_list("rackbeat_key", "version"))
    return rows_by_key


def missing_documents(kind: str, epoch: int, listed: Iterable[str], since: datetime) -> list[str]:
    """The documents that were made in e-conomic as booked at or after `since` and are not in the list of all that
    changed since then: they are no more. Costs with what changed since, not with what exists."""
    recent = Transfer.in_scope.filter(kind=kind, changed_at__gte=since, state__in=ENDED).exclude(code__in=DELETED_CODES)
    absent = set(recent.values_list("key", flat=True)) - set(listed)
    versions = _held_versions(kind, absent) | transferred_versions(kind, epoch, absent)
    return sorted(key for key, version in versions.items() if (parsed_moment(version) or since) >= since)[:ASKED_MAX]


def _held_versions(kind: str, keys: Iterable[str]) -> dict[str, str]:
    """The versions of those that have something in e-conomic which is not linked yet: a draft that is held."""
    rows_by_key: dict[str, str] = {}
    for some in _batches(keys):
        rows = Intent.in_scope.filter(transfer__kind=kind, transfer__key__in=some, state=IntentState.CONFIRMED)
        rows_by_key |= dict(rows.values_list("transfer__key", "version"))
    return rows_by_key


def _batches(keys: Iterable[str]) -> Iterator[Sequence[str]]:
    whole = list(keys)
    return (whole[first : first + KEYS_MAX] for first in range(0, len(whole), KEYS_MAX))
