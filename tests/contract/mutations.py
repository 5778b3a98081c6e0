"""Planted faults in answers: one key dropped, renamed, retyped, blurred or added, at any depth, by a seed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from random import Random
from typing import Any, Final

KINDS: Final = ("drop", "rename", "retype", "blur", "add")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def mutated(body: Any, random: Random) -> tuple[Any, str] | None:
    """A copy with one fault in it and what the fault is; None where there is no key to harm."""
    copy = deepcopy(body)
    places = list(_places(copy, ""))
    if not places:
        return None
    holder, name, path = random.choice(places)
    kind = random.choice(KINDS)
    if kind == "add":
        holder["surplus"] = 1
    elif kind == "retype":
        holder[name] = _other(holder[name])
    elif kind == "blur":
        holder[name] = _blurred(holder[name])
    else:
        value = holder.pop(name)
        if kind == "rename":
            holder[f"{name}X"] = value
    return copy, f"{kind} {path}"


def _places(value: Any, path: str) -> Iterator[tuple[dict[str, Any], str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield value, name, f"{path}.{name}"
            yield from _places(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for item in value:
            yield from _places(item, f"{path}[]")


def _other(value: Any) -> Any:
    """The same under another type."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return 7
        case dict():
            return [value]
        case list():
            return {"items": value}
        case _:
            return str(value)


def _blurred(value: Any) -> Any:
    """The same type, but an amount that no books keep or a day that no year has; of any other, another type."""
    match value:
        case bool():
            return _other(value)
        case int() | Decimal():
            return value + Decimal("0.000000001")
        case str() if _DAY.match(value):
            return f"{value[:4]}-02-30{value[10:]}"
        case _:
            return _other(value)
