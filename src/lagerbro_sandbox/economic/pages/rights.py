"""What the chosen user may do: the roles that open a path for an app open it for a person too (economic-api 1.5)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.platform.roles import opens
from lagerbro_sandbox.economic.services.versions import ROLES
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.kernel.records import Record

NO_RIGHT: Final = "NoRight"


def check(user: Record, path: str) -> None:
    """ApiError 403 where none of the user's roles opens the path."""
    own = frozenset(map(str, user["roles"]))
    service = path.strip("/").partition("/")[0].lower()
    if not (ROLES[service] & own if service in ROLES else opens(own, path)):
        raise ApiError(403, "The user has no role that opens this.", "Sign in as another user.", NO_RIGHT)
