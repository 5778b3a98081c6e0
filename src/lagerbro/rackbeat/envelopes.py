"""Rackbeat wraps what it sends in an envelope, whose first value is the record or the collection (rackbeat-api 1.3)."""

from __future__ import annotations

from typing import Any, TypeVar
from urllib.parse import quote

from lagerbro.rackbeat.types import Pages
from lagerbro.wire.errors import UnreadableAnswerError, unreadable_answer
from lagerbro.wire.numbers import UnfitValueError, UnreadableError, decode_answer, read
from lagerbro.wire.reading import items_of
from lagerbro.wire.transport import Answer

T = TypeVar("T")

SYSTEM = "Rackbeat"


def segment(key: str | int) -> str:
    """One path segment, percent-encoded once (rackbeat-api 1.4)."""
    text = str(key)
    if not text.strip():
        raise ValueError("an empty key never reaches an address")
    return quote(text, safe="") if text.strip(".") else text.replace(".", "%2E")  # "..", which would lead elsewhere


def content(answer: Answer, *, mend: bool = True) -> dict[str, Any]:
    """The answer as an object that is not empty. Without `mend` it is whole: what is written back must be."""
    try:
        body = decode_answer(answer.body, mend=mend)
    except UnreadableError as fault:
        raise unreadable_answer(SYSTEM, fault) from fault
    if not isinstance(body, dict) or not body:
        raise UnreadableAnswerError(f"{SYSTEM} answered something that is not a record")
    return body


def only(envelope: dict[str, Any]) -> Any:  # noqa: ANN401 - a record or a list of records
    """The envelope's first value, which is the record or the collection."""
    return next(iter(envelope.values()))


def listed(envelope: dict[str, Any]) -> tuple[list[Any], int]:
    """The records of a page, and how many pages there are; where that is not said, this one is the last."""
    try:
        records = items_of(only(envelope))
    except UnfitValueError as fault:
        raise unreadable_answer(SYSTEM, fault.under(next(iter(envelope)))) from fault
    return records, shaped(envelope, Pages).pages or 1


def shaped(value: object, shape: type[T]) -> T:
    try:
        return read(value, shape)
    except UnreadableError as fault:
        raise unreadable_answer(SYSTEM, fault) from fault
