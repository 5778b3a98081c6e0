"""What e-conomic's error bodies say: four shapes on REST, problem+json on the OpenAPI services (economic-api 5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from itertools import islice
from typing import Any, Final

from lagerbro.wire.errors import ErrorAnswer, FieldError
from lagerbro.wire.limits import retry_after_s
from lagerbro.wire.numbers import UnreadableError, decode_answer
from lagerbro.wire.unreadable import shown

ERRORS_MAX: Final = 50
_PHRASES: Final = {status.value: status.phrase for status in HTTPStatus}
TEXT_MAX: Final = 1000
DEPTH_MAX: Final = 16
"""Levels of a tree of errors that are looked at; a request of ours has four."""


def error_answer_of(status: int, body: bytes, headers: Mapping[str, str]) -> ErrorAnswer:
    """The answer as data, whatever shape it has; never raises."""
    content = _object(body)
    return ErrorAnswer(
        status=status,
        message=_message(status, content),
        remote_code=_text(content.get("errorCode")),
        errors=tuple(islice(_errors(content), ERRORS_MAX)),
        log_id=_text(content.get("logId") or content.get("traceId")),
        retry_after_s=retry_after_s(headers),
    )


def _object(body: bytes) -> dict[str, Any]:
    try:
        content = decode_answer(body)
    except UnreadableError:
        return {}
    return content if isinstance(content, dict) else {}


def _message(status: int, content: dict[str, Any]) -> str:
    """What is said in words. A problem's title is often no more than its status; then its detail is what it says."""
    if content.get("message"):
        return _text(content["message"])
    title, detail = _text(content.get("title")), _text(content.get("detail"))
    if not detail or not title:
        return title or detail
    return detail if title == _PHRASES.get(status) else f"{title.rstrip('.')}. {detail}"


def _text(value: object) -> str:
    return "" if value is None else shown(value, TEXT_MAX)


def _errors(content: dict[str, Any]) -> Iterator[FieldError]:
    errors = content.get("errors")
    if isinstance(errors, dict):  # shapes 1 and 2: a tree that mirrors the request
        yield from _tree(errors, "", DEPTH_MAX)
    elif isinstance(errors, list):
        for error in errors:
            yield _leaf(error, "") if isinstance(error, dict) else FieldError("", _text(error))


def _tree(node: dict[str, Any], path: str, levels: int) -> Iterator[FieldError]:
    if not levels:
        return
    for name, child in node.items():
        if name == "errors" and isinstance(child, list):
            yield from (_leaf(leaf, path) for leaf in child if isinstance(leaf, dict))
        elif name == "items" and isinstance(child, list):
            yield from _items(child, path, levels)
        elif isinstance(child, dict):
            yield from _tree(child, f"{path}.{name}".lstrip("."), levels - 1)
        elif isinstance(child, list):  # shape 2: arrays are plain
            yield from _items(child, f"{path}.{name}".lstrip("."), levels)


def _items(items: list[Any], path: str, levels: int) -> Iterator[FieldError]:
    for item in items:
        if isinstance(item, dict):
            rest = {name: value for name, value in item.items() if name != "arrayIndex"}
            yield from _tree(rest, f"{path}.{_text(item.get('arrayIndex', 0))}", levels - 1)


def _leaf(leaf: dict[str, Any], path: str) -> FieldError:
    return FieldError(
        path=_text(path or leaf.get("propertyName") or leaf.get("property")),
        message=_text(leaf.get("errorMessage") or leaf.get("message")),
        code=_text(leaf.get("errorCode")),
        value=_text(leaf.get("inputValue") if "inputValue" in leaf else leaf.get("value")),
    )
