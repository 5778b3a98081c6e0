"""What stands around the records: paging and what may be done with them (economic-api 2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tests.sandboxes import Json

_COUNTS: Final = ("maxPageSizeAllowed", "skipPages", "pageSize", "results", "resultsWithoutFilter")
_ENDS: Final = ("firstPage", "lastPage")
_NEIGHBOURS: Final = ("previousPage", "nextPage")
_ACTION: Final = ("description", "href", "httpMethod")


def oddities(body: Json) -> list[str]:
    """What is wrong with the envelope of an answer and with the actions of its records."""
    return [*_pagination(body), *_actions(body, "")]


def _pagination(body: Json) -> Iterator[str]:
    if "collection" not in body:
        return
    found = body.get("pagination")
    if not isinstance(found, dict):
        yield ".pagination: missing"
        return
    for name in _COUNTS:
        if type(found.get(name)) is not int:
            yield f".pagination.{name}: not a count"
    links = ("developerHint",) if found.get("results") == 0 else _ENDS
    for name in links:
        if not isinstance(found.get(name), str):
            yield f".pagination.{name}: missing"
    for name in found.keys() - {*_COUNTS, *links, *_NEIGHBOURS}:
        yield f".pagination.{name}: unknown"


def _actions(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _actions(item, f"{path}[]")
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name == "metaData":
                yield from _meta(inner, f"{path}.metaData")
            else:
                yield from _actions(inner, f"{path}.{name}")


def _meta(found: Any, path: str) -> Iterator[str]:
    for name, action in found.items() if isinstance(found, dict) else ():
        texts = isinstance(action, dict) and all(isinstance(text, str) for text in action.values())
        if not texts or set(action) != set(_ACTION):
            yield f"{path}.{name}: an action is a description, an address and a verb"
