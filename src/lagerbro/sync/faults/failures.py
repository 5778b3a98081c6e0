"""What an error comes to: who can do something about it, the code that it is told by, and its details.

Everything that ends a run or a look of a routine comes through here, so that neither holds up what stands behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db import InterfaceError, OperationalError, connection

from lagerbro.agreements.credentials import CredentialsUnreadableError
from lagerbro.agreements.models import Credentials
from lagerbro.wire.errors import FailureKind, RemoteError, UnauthenticatedError

DATABASE_BUSY: Final = "database_busy"
BUG: Final = "bug"
ACCESS_DOUBTED: Final = "access_doubted"
"""The code of a transfer that was told no about the key or the right once."""


@dataclass(frozen=True, slots=True)
class Failure:
    """`retry_after_s`: how long the remote wants to be left alone, if it said so."""

    kind: FailureKind
    code: str
    details: Mapping[str, str] = field(default_factory=dict)
    retry_after_s: float | None = None

    @property
    def is_transient(self) -> bool:
        """Whether it may be gone by itself when it is tried again."""
        return self.kind in (FailureKind.TRANSIENT, FailureKind.LIMITED)


def failure_of(error: Exception) -> Failure:
    """A database that is locked, gone or asks for another try is a passing fault; what it refuses
    for good, and everything else that is not a remote's, is ours. Keys that are not there any more were destroyed when
    somebody ended the connection."""
    if isinstance(error, RemoteError):
        return Failure(error.kind, error.code, error.details, error.retry_after_s)
    if isinstance(error, CredentialsUnreadableError):
        return Failure(FailureKind.GONE, error.code)
    if isinstance(error, Credentials.DoesNotExist):
        return Failure(FailureKind.GONE, UnauthenticatedError.code)
    if isinstance(error, OperationalError | InterfaceError):
        return Failure(FailureKind.TRANSIENT, DATABASE_BUSY, {"error": type(error).__name__})
    return Failure(FailureKind.BUG, BUG, {"error": type(error).__name__})


def renew_connection() -> None:
    """A connection that an error has left unusable is given up, and the next statement makes a new one."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
