"""e-conomic said no: its own words are quoted, the whole of its answer is kept for whoever looks closer."""

from __future__ import annotations

from typing import Final

from lagerbro.sync.outcome import Refusal
from lagerbro.wire.errors import FailureKind, RemoteError

DOES_NOT_EXIST: Final = "E06000"
MESSAGE_MAX: Final = 1000
SYSTEM: Final = "e-conomic"


def refusal_with_cause(error: RemoteError, kind: FailureKind, *causes: Refusal | None) -> Refusal:
    """The first name that was found for the cause, with what e-conomic said kept beside it; else only that."""
    named = next((one for one in causes if one is not None), None)
    return economic_refused(error, kind) if named is None else with_answer(named, error)


def with_answer(named: Refusal, error: RemoteError) -> Refusal:
    """Our own name for a cause, and what e-conomic said: one may be right where the other is not."""
    if not error.said:
        return named
    details = {"said": error.said[:MESSAGE_MAX], "message": str(error)[:MESSAGE_MAX], "system": SYSTEM}
    return Refusal(named.code, named.kind, **{**named.details, **details})


def economic_refused(error: RemoteError, kind: FailureKind) -> Refusal:
    """The refusal where nobody could find a better name for the cause."""
    return Refusal("economic_refused", kind, **{**error.details, "message": str(error)[:MESSAGE_MAX], "system": SYSTEM})


def currency_refusal(error: RemoteError, currency: str) -> Refusal | None:
    """That e-conomic does not have the currency, where that is what it says."""
    is_missing = any(one.path == "currency" and one.code == DOES_NOT_EXIST for one in error.errors)
    return Refusal("currency_missing", FailureKind.CONFIG, currency=currency) if is_missing else None
