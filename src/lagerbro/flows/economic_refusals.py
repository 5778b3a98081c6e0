"""e-conomic said no: its own words are quoted, the whole of its answer is kept for whoever looks closer."""

from __future__ import annotations

from typing import Final

from lagerbro.sync.outcome import Refusal
from lagerbro.wire.errors import FailureKind, RemoteError

DOES_NOT_EXIST: Final = "E06000"
MESSAGE_MAX: Final = 1000


def economic_refused(error: RemoteError, kind: FailureKind) -> Refusal:
    """The refusal where nobody could find a better name for the cause."""
    return Refusal("economic_refused", kind, **{**error.details, "message": str(error)[:MESSAGE_MAX]})


def currency_missing(error: RemoteError, currency: str) -> Refusal | None:
    """That e-conomic does not have the currency, where that is what it says."""
    lacks = any(one.path == "currency" and one.code == DOES_NOT_EXIST for one in error.errors)
    return Refusal("currency_missing", FailureKind.CONFIG, currency=currency) if lacks else None
