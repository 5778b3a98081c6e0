"""What Rackbeat's error bodies say: a map of fields, a sentence, or plain text (rackbeat-api 1.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from lagerbro.wire.errors import Answered, FieldError
from lagerbro.wire.limits import retry_after
from lagerbro.wire.numbers import UnreadableError, decode_answer

ERRORS_MAX: Final = 50
TEXT_MAX: Final = 1000


def explain(status: int, body: bytes, headers: Mapping[str, str]) -> Answered:
    """The answer as data, whatever shape it has; never raises."""
    try:
        content = decode_answer(body)
    except UnreadableError:
        content = body[:TEXT_MAX].decode("utf-8", "replace").strip()
    fields = content if isinstance(content, dict) else {}
    return Answered(
        status=status,
        message=_message(content),
        errors=tuple(_errors(fields.get("errors")))[:ERRORS_MAX],
        retry_after_s=retry_after(headers),
    )


def _message(content: object) -> str:
    if isinstance(content, dict):
        return str(content.get("message") or content.get("error") or "")[:TEXT_MAX]
    return str(content)[:TEXT_MAX] if isinstance(content, str) else ""


def _errors(errors: Any) -> list[FieldError]:  # noqa: ANN401 - it is whatever was sent
    if not isinstance(errors, dict):
        return []
    return [
        FieldError(str(path), str(text)[:TEXT_MAX])
        for path, texts in errors.items()
        for text in (texts if isinstance(texts, list) else [texts])
    ]
