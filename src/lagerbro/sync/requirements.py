"""What a document needs before it can go on: links to the records that it names."""

from __future__ import annotations

from collections.abc import Iterable

from lagerbro.sync.models import Transfer, TransferState
from lagerbro.sync.outcome import Refusal, WaitsFor
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind

STUCK = (TransferState.REFUSED, TransferState.NEEDS_YOU, TransferState.CANCELLED, TransferState.PAUSED)


def require(work: Work, kind: str, keys: Iterable[str]) -> None:
    """Go on only when every record of `kind` in `keys` is linked.

    Raises `WaitsFor` with the missing ones, or, when one of them has been tried since this transfer was last asked for
    and stands still, `Refusal` with its reason: retrying the document retries what it needs (DESIGN 3.2).
    """
    wanted = set(keys)
    missing = sorted(wanted - work.links.known(kind, wanted))
    if not missing:
        return
    if not work.asked_anew:
        stuck = Transfer.objects.filter(kind=kind, key__in=missing, state__in=STUCK).order_by("key").first()
        if stuck is not None:
            raise Refusal(
                f"{kind}_not_transferred", FailureKind(stuck.failure_kind or "config"), key=stuck.key, cause=stuck.code
            )
    raise WaitsFor(tuple((kind, key) for key in missing))
