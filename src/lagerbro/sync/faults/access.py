"""What a no about the key or the right comes to.

One such answer is not believed: a gateway that is restarted says it too, and who believes it stops a company. Said
again, a 403 is the missing right that it names; a 401 is believed when the system does not know us any more at all.
"""

from __future__ import annotations

from lagerbro.sync.runtime import Clients
from lagerbro.wire.errors import ForbiddenError, RemoteError, UnauthenticatedError


def confirmed_access_error(error: RemoteError, clients: Clients) -> RemoteError:
    """The error that it is, after both systems have been asked who we are: the grant is gone when one of them does not
    know; when both do, only this call is denied."""
    if not isinstance(error, UnauthenticatedError):
        return error
    unknown: RemoteError | None = None
    for ask in (clients.rackbeat.myself, clients.economic.registers.myself):
        try:
            ask()
        except UnauthenticatedError as confirmed:
            return confirmed
        except RemoteError as other:
            unknown = other
    return unknown or ForbiddenError(error.what, error.answered)
