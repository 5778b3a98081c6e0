"""What a document needs before it can go on: links to the records that it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from lagerbro.sync.models import Transfer, TransferState
from lagerbro.sync.outcome import Refusal, WaitsFor
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind

NOT_NAMED = frozenset({"message", "planned"})
"""Details that are of use on the record's own page only."""
STOPPED_STATES = (TransferState.REFUSED, TransferState.NEEDS_YOU, TransferState.CANCELLED, TransferState.PAUSED)


def require(work: Work, records: Mapping[str, Set[str]]) -> None:
    """Go on only when every record (keys by kind) is linked.

    Raises `WaitsFor` with the missing ones, or, when one of them has been tried since this transfer was last asked for
    and stands still, `Refusal` with its reason: retrying the document retries what it needs (DESIGN 3.2).
    """
    needed = {(kind, key) for kind, keys in records.items() for key in keys}
    missing = sorted(needed - work.links.known(needed))
    if not missing:
        return
    if not work.is_asked_anew:  # whoever asked anew may have mended it: then it is tried before it is called stuck
        _refuse_if_stuck(missing)
    raise WaitsFor(tuple(missing))


def _refuse_if_stuck(missing: Sequence[tuple[str, str]]) -> None:
    for kind, key in missing:
        stuck = Transfer.in_scope.filter(kind=kind, key=key, state__in=STOPPED_STATES).first()
        if stuck is not None:
            named = {f"cause_{name}": value for name, value in stuck.details.items() if name not in NOT_NAMED}
            details = {"key": stuck.key, "cause": stuck.code, **named}
            raise Refusal(f"{kind}_not_transferred", FailureKind(stuck.failure_kind or "config"), **details)
