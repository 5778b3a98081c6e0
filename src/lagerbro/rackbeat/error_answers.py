"""What Rackbeat's error bodies say: a map of fields, a sentence, or plain text (rackbeat-api 1.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from lagerbro.wire.errors import ErrorAnswer, FieldError
from lagerbro.wire.limits import retry_after_s
from lagerbro.wire.numbers import UnreadableError, decode_answer
from lagerbro.wire.unreadable import shown

ERRORS_MAX: Final = 50
TEXT_MAX: Final = 1000


def error_answer_of(status: int, body: bytes, headers: Mapping[str, str]) -> ErrorAnswer:
    """The answer as data, whatever shape it has; never raises."""
    try:
        content = decode_answer(body)
    except UnreadableError:
        content = body[:TEXT_MAX].decode("utf-8", "replace").strip()
    fields = content if isinstance(content, dict) else {}
    return ErrorAnswer(
        status=status,
        message=_message(content),
        errors=tuple(islice(_errors(fields.get("errors")), ERRORS_MAX)),
        retry_after_s=retry_after_s(headers),
    )


def _message(content: object) -> str:
    if isinstance(content, dict):
        return shown(content.get("message") or content.get("error") or "", TEXT_MAX)
    return shown(content, TEXT_MAX) if isinstance(content, str) else ""


def _errors(errors: object) -> Iterator[FieldError]:
    if isinstance(errors, dict):
        for path, texts in errors.items():
            for text in texts if isinstance(texts, list) else [texts]:
                yield FieldError(shown(path, TEXT_MAX), shown(text, TEXT_MAX))
