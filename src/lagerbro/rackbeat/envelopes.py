"""Rackbeat wraps what it sends in an envelope, whose first value is the record or the collection (rackbeat-api 1.3)."""

from __future__ import annotations

from typing import Any, TypeVar
from urllib.parse import quote

from lagerbro.wire.errors import UnreadableAnswerError
from lagerbro.wire.numbers import UnreadableError, decode_builtins, read
from lagerbro.wire.transport import Answer

T = TypeVar("T")

SYSTEM = "Rackbeat"
PAGES_DIGITS_MAX = 9


def segment(key: str | int) -> str:
    """One path segment, percent-encoded once (rackbeat-api 1.4)."""
    text = str(key)
    if not text.strip():
        raise ValueError("an empty key never reaches an address")
    return quote(text, safe="")


def content(answer: Answer) -> dict[str, Any]:
    """The answer as an object that is not empty."""
    try:
        found = decode_builtins(answer.body)
    except UnreadableError as fault:
        raise UnreadableAnswerError(f"{SYSTEM}: {fault}") from fault
    if not isinstance(found, dict) or not found:
        raise UnreadableAnswerError(f"{SYSTEM} answered something that is not a record")
    return found


def only(envelope: dict[str, Any]) -> Any:  # noqa: ANN401 - a record or a list of records
    """The envelope's first value, which is the record or the collection."""
    return next(iter(envelope.values()))


def listed(envelope: dict[str, Any]) -> tuple[list[Any], int]:
    """The records of a page, and how many pages there are; where that is not said, this one is the last."""
    records, pages = only(envelope), envelope.get("pages") or 1
    if not isinstance(records, list):
        raise UnreadableAnswerError(f"{SYSTEM} answered something that is not a list")
    if isinstance(pages, str) and pages.isdecimal():
        pages = int(pages[:PAGES_DIGITS_MAX])
    if isinstance(pages, bool) or not isinstance(pages, int):
        raise UnreadableAnswerError(f"{SYSTEM} does not say how many pages there are")
    return records, pages


def shaped(value: object, shape: type[T]) -> T:
    try:
        return read(value, shape)
    except UnreadableError as fault:
        raise UnreadableAnswerError(f"{SYSTEM}: {fault}") from fault
