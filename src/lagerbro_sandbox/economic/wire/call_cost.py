"""What calls cost: an agreement has a bucket of tokens a minute, and every call takes some of it (economic-api 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

CALL_COST: Final = 3
WINDOW_S: Final = 60


@dataclass(slots=True)
class TokenBuckets:
    """What each agreement has used of its minute. Kept in memory: a restart forgives."""

    _used: dict[int, tuple[int, int]] = field(default_factory=dict)

    def charge(self, agreement: int, size: int, now: datetime) -> tuple[Mapping[str, str], bool]:
        """The headers of this call, and whether it is one too many for a bucket of that size."""
        window = int(now.timestamp()) // WINDOW_S
        since, used = self._used.get(agreement, (window, 0))
        used = CALL_COST if since != window else used + CALL_COST
        self._used[agreement] = (window, used)
        headers = {
            "X-CallCost": str(CALL_COST),
            "X-RateLimiting": f"token-limit-{size}-per-{WINDOW_S}-seconds: {min(used, size)}/{size}",
        }
        return headers, used > size
