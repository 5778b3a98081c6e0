"""One call as it went, fit to be kept and shown: without secrets, and not longer than a page can bear."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lagerbro.wire.texts import clean

BODY_LIMIT_CHARS: Final = 20_000
URL_LIMIT_CHARS: Final = 2_000
HEADER_LIMIT_CHARS: Final = 128

_HIDDEN: Final = "…"
_SECRET_FIELD: Final = re.compile(
    r'("(?:[a-z_]*token|[a-z_]*secret|password|cpr|serviceRecipientCpr)"\s*:\s*")(?:[^"\\]|\\.)*(")', re.IGNORECASE
)
_SECRET_PARAMETER: Final = re.compile(r"([?&/](?:token|accept|cancel)[=/])[^&/?#]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was sent to `system` and what it answered; `status` is None when no answer came."""

    system: str
    method: str
    url: str
    sent: str
    status: int | None
    answered: str
    error_code: str
    started_at: datetime
    duration_ms: int
    request_id: str = ""
    replayed: bool = False
    remote_date: str = ""
    """The remote's own time, as its `Date` header tells it."""


def redacted_body(body: bytes, content_type: str = "application/json") -> str:
    """A body as it may be kept: text only, secrets blotted out, capped."""
    if not body:
        return ""
    if "json" not in content_type and "text" not in content_type:
        return f"({storable_header(content_type) or 'unknown'}, {len(body)} bytes)"
    text = clean(body[: BODY_LIMIT_CHARS * 4].decode("utf-8", "replace"))
    return _SECRET_FIELD.sub(rf"\1{_HIDDEN}\2", text)[:BODY_LIMIT_CHARS]


def redacted_url(url: str) -> str:
    """An address as it may be kept."""
    return _SECRET_PARAMETER.sub(rf"\1{_HIDDEN}", clean(url))[:URL_LIMIT_CHARS]


def storable_header(value: str) -> str:
    """A header of an answer as it may be kept."""
    return clean(value)[:HEADER_LIMIT_CHARS]
