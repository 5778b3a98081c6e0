"""Everything that can go wrong between us and one of the two systems, as one tree.

    RemoteError
    ├── UnreachableError        no answer at all
    │   └── AnswerLostError     the request went out, the answer did not come
    ├── UnreadableAnswerError   an answer that is not what it should be
    │   └── UnusableValueError      one field of it that is wanted is not: somebody has to correct it there
    ├── LimitedError            429: wait as told
    ├── ServerError             5xx
    └── RefusedError            4xx: a definite no
        ├── UnauthenticatedError    401: the token is revoked or wrong
        ├── ForbiddenError          403: a right or a module is missing; ReadOnlyError: the subscription only reads
        ├── NotFoundError           404
        ├── ConflictError           409: somebody else changed it first
        └── InvalidError            400, 405, 415, 422: the request itself

Every error says what happened (`what`), what the remote said (`message`, `errors`), under which `code` we know it, of
which `FailureKind` it is, how long to wait if the remote said so, and whether the effect of a write is unknown.
Nothing secret is in them: they are built from answers, never from requests' headers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

from lagerbro.wire.unreadable import UnfitValueError, UnreadableError

SAID_MAX: Final = 2000
"""Characters of what a remote said that are kept with a transfer; the whole answer stands with the attempt."""


class FailureKind(StrEnum):
    """Who can do something about a failure, and when (DESIGN 4)."""

    CONFIG = "config"
    REFUSED = "refused"
    TRANSIENT = "transient"
    LIMITED = "limited"
    GONE = "gone"
    BUG = "bug"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One complaint about one place in a request: `path` is dotted, `code` is the remote's own."""

    path: str
    message: str
    code: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """What the remote said when it did not do as asked."""

    status: int | None = None
    message: str = ""
    remote_code: str = ""
    errors: tuple[FieldError, ...] = ()
    log_id: str = ""
    retry_after_s: float | None = None
    replayed: bool = False
    """Said earlier, to another call with the same idempotency key, and remembered (economic-api 4.1)."""


class RemoteError(Exception):
    """The root of the tree."""

    kind: ClassVar[FailureKind] = FailureKind.BUG
    code: ClassVar[str] = "remote_error"

    def __init__(self, what: str, answered: ErrorAnswer | None = None, *, outcome_unknown: bool = False) -> None:
        self.what = what
        self.answered = answered or ErrorAnswer()
        self.outcome_unknown = outcome_unknown
        super().__init__(what)

    @property
    def status(self) -> int | None:
        return self.answered.status

    @property
    def message(self) -> str:
        return self.answered.message or self.what

    @property
    def errors(self) -> Sequence[FieldError]:
        return self.answered.errors

    @property
    def retry_after_s(self) -> float | None:
        return self.answered.retry_after_s

    @property
    def replayed(self) -> bool:
        return self.answered.replayed

    @property
    def details(self) -> Mapping[str, str]:
        """What its sentence needs: `said` is quoted to people, `message` is for whoever looks closer."""
        return {"message": self.message, **({"said": self.said} if self.said else {})}

    @property
    def said(self) -> str:
        """What the remote said to people, without paths and codes; empty where it said nothing."""
        complaints = dict.fromkeys(error.message for error in self.errors if error.message)
        return " ".join(complaints) or self.answered.message

    def codes(self) -> frozenset[str]:
        """The remote's own codes, wherever in the answer they stood."""
        return frozenset({self.answered.remote_code, *(error.code for error in self.errors)} - {""})

    def __str__(self) -> str:
        parts = [self.what, self.answered.message, *(f"{e.path}: {e.message} {e.code}".strip() for e in self.errors)]
        return " · ".join(part for part in parts if part)[:SAID_MAX]


class UnreachableError(RemoteError):
    """The connection could not be made, so nothing was done."""

    kind = FailureKind.TRANSIENT
    code = "unreachable"


class AnswerLostError(UnreachableError):
    """The request was sent and no complete answer came: a write may or may not have been done."""

    code = "answer_lost"


class UnreadableAnswerError(RemoteError):
    """A success whose body we cannot read: a write was done, and what it made must be looked up."""

    kind = FailureKind.TRANSIENT
    code = "unreadable_answer"


class AnswerTooLongError(UnreadableAnswerError):
    """A success with a body longer than we read."""


class UnusableValueError(UnreadableAnswerError):
    """A field that we need holds what it cannot hold: asked again it would say the same (domain-rules H34)."""

    kind = FailureKind.CONFIG
    code = "value_unusable"

    def __init__(self, system: str, fault: UnfitValueError, *, outcome_unknown: bool = False) -> None:
        super().__init__(f"{system}: {fault}", outcome_unknown=outcome_unknown)
        self._named = {"system": system, "field": fault.field, "value": fault.stood}

    @property
    def details(self) -> Mapping[str, str]:
        return {**super().details, **self._named}


class MissingValueError(UnusableValueError):
    """A field that we need holds nothing."""

    code = "value_missing"


class LimitedError(RemoteError):
    """Too many calls. Nothing was done."""

    kind = FailureKind.LIMITED
    code = "rate_limited"


class ServerError(RemoteError):
    """The remote failed. A write may or may not have been done."""

    kind = FailureKind.TRANSIENT
    code = "server_error"


class RefusedError(RemoteError):
    """A definite no: nothing was done, and the same request will not do better."""

    kind = FailureKind.REFUSED
    code = "remote_refused"


class UnauthenticatedError(RefusedError):
    kind = FailureKind.GONE
    code = "grant_revoked"


class ForbiddenError(RefusedError):
    kind = FailureKind.CONFIG
    code = "access_denied"


class ReadOnlyError(ForbiddenError):
    """The subscription lets programs read only (domain-rules D14). No code is known for it: its words are."""

    code = "license_read_only"


class NotFoundError(RefusedError):
    code = "not_found"


class ConflictError(RefusedError):
    kind = FailureKind.TRANSIENT
    code = "changed_meanwhile"


class InvalidError(RefusedError):
    code = "request_refused"


_READ_ONLY: Final = "read-only"
_BY_STATUS: dict[int, type[RefusedError]] = {
    401: UnauthenticatedError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
}


def remote_error_of(what: str, answered: ErrorAnswer, *, write: bool) -> RemoteError:
    """The error that an unsuccessful answer is."""
    status = answered.status or 0
    if status == 429:
        return LimitedError(what, answered)
    if status >= 500:
        return ServerError(what, answered, outcome_unknown=write)
    if 400 <= status < 500:
        error = _BY_STATUS.get(status, InvalidError)(what, answered)
        is_read_only = (
            write and isinstance(error, ForbiddenError) and _READ_ONLY in f"{error.said} {error.message}".lower()
        )
        return ReadOnlyError(what, answered) if is_read_only else error
    return UnreadableAnswerError(what, answered, outcome_unknown=write)


def unreadable_answer(system: str, fault: UnreadableError, *, wrote: bool = False) -> UnreadableAnswerError:
    """The error that an answer is which was read in vain. `wrote`: it answered a write, which was done."""
    if isinstance(fault, UnfitValueError):
        shape = MissingValueError if fault.missing else UnusableValueError
        return shape(system, fault, outcome_unknown=wrote)
    return UnreadableAnswerError(f"{system}: {fault}", outcome_unknown=wrote)
