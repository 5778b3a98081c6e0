"""480 requests a minute for each token (C 1.2), as Laravel counts: a minute begins with its first request."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.rackbeat.choices import REQUESTS_PER_MINUTE

RETRY_AFTER: Final = "Retry-After"
WINDOW_S: Final = 60
TOKENS_MAX: Final = 10_000


class Limits:
    """What each token has used of its minute. Kept in memory: a restart forgives."""

    def __init__(self) -> None:
        self.per_minute = REQUESTS_PER_MINUTE
        self._used: dict[str, tuple[float, int]] = {}

    def charge(self, token: str, now_s: float) -> dict[str, str]:
        """The headers for this request (P); `Retry-After` is among them when it is one too many."""
        since, used = self._used.get(token, (now_s, 0))
        if now_s - since >= WINDOW_S:
            since, used = now_s, 0
        if len(self._used) >= TOKENS_MAX:
            self._used = {known: entry for known, entry in self._used.items() if now_s - entry[0] < WINDOW_S}
        self._used[token] = (since, used + 1)
        remaining = self.per_minute - used - 1
        headers = {"X-RateLimit-Limit": str(self.per_minute), "X-RateLimit-Remaining": str(max(remaining, 0))}
        if remaining < 0:
            headers |= {
                RETRY_AFTER: str(max(int(since + WINDOW_S - now_s + 0.999), 1)),
                "X-RateLimit-Reset": str(int(since + WINDOW_S)),
            }
        return headers
