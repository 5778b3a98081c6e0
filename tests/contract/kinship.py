"""One record is the same wherever it stands: in a list, alone, and behind its own `self`.

A published schema cannot know what a record holds; another reading of the same record does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from tests.sandboxes import Json

Read = Callable[[str], Json | None]
"""The answer under a path; None when nothing is answered there."""

LINKS_ONLY: Final = 2
"""A reference is a number and its `self`: there is nothing more to compare."""

UNREAD: Final = ("/languages/", "/self/application", "/modules/")
"""Addresses that answers name and for which no path was published (economic-api 14)."""


def strangers(body: Json, read: Read) -> list[str]:
    """What differs between the records of an answer and the answers behind their own `self`."""
    return list(_differences(body, read, ""))


def _differences(value: object, read: Read, path: str) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _differences(item, read, f"{path}[]")
    if not isinstance(value, dict):
        return
    yield from _compared(value, read, path)
    for name, inner in value.items():
        yield from _differences(inner, read, f"{path}.{name}")


def _compared(value: Json, read: Read, path: str) -> Iterator[str]:
    own = value.get("self")
    if not isinstance(own, str) or len(value) <= LINKS_ONLY or "collection" in value:
        return
    other = read(own)
    if other is None and not any(name in own for name in UNREAD):
        yield f"{path}.self: nothing answers there"
    for name in value.keys() & (other or {}).keys() - {"metaData"}:
        # A reference inside may be expanded in one of the two; a plain value may not differ.
        if other is not None and not _same(value[name], other[name]):
            yield f"{path}.{name}: differs from what its own address answers"


def _same(one: object, other: object) -> bool:
    """Equal; a link stands for what is behind it."""
    if {type(one), type(other)} == {str, dict}:
        return True
    if {type(one), type(other)} == {str, int}:
        return str(one) == str(other)  # the entries of an account have a number where all others have a text
    if isinstance(one, dict) and isinstance(other, dict):
        return all(_same(one[name], other[name]) for name in one.keys() & other.keys())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    return one == other
