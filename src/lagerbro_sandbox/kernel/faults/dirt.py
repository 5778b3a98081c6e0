"""Dirt: what is wrong inside an answer that arrives whole, as servers in loosely typed languages send it.

The dirt is planted on the way out: what the sandbox keeps stays clean, and the same question is answered cleanly when
the switch is off.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from random import Random
from typing import Annotated, Any, Final, Literal

import msgspec

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.json import from_json, to_json

Kind = Literal["control", "long", "double", "missing", "null", "type"]

CONTROLS: Final = "\x00\x00\x00\x01\x07\x08\x1b\x7f\x85\x9f"
"""The zero byte most often: it is the one that databases refuse."""
LENGTH: Final = 3000
NOISE: Final = "5.5511151231257827e-17"
"""What 0.1 + 0.2 - 0.3 is, where a nought was meant."""
_OTHERS: Final[tuple[object, ...]] = ([], {}, False, 17, "?")
_BETWEEN: Final = re.compile(r"[\s,]+")


@dataclass(frozen=True, slots=True)
class Dirt:
    """One kind of dirt.

    `field`: shell patterns, apart by commas or blanks; one with a dot is held against the whole path of names
    ("customer_invoice.lines.quantity"), one without against the last name. `places`: how many of the fields that fit
    are hit in one answer (None: all of them). `length`: characters of a text that is too long.

    control: a control character in a text. long: a text of `length` characters. double: a number written as the double
    it is in the server, or as the one beside it, with up to seventeen digits; whole numbers only where `field` names
    them. missing, null: the field is away, or null. type: a value of another type.
    """

    kind: Kind
    field: str = "*"
    places: Annotated[int, msgspec.Meta(ge=1)] | None = 1
    length: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = LENGTH


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands: in an object under a name, or in a list at a position."""

    container: Any
    key: str | int

    @property
    def value(self) -> Any:  # noqa: ANN401 - JSON
        return self.container[self.key]


def soiled(response: Response, dirt: Dirt, random: Random) -> Response | None:
    """The answer with the dirt in it; None where nothing in it fits: a refusal, a file, a record without the field."""
    if not 200 <= response.status < 300 or not response.body or "json" not in response.headers.get("Content-Type", ""):
        return None
    content = from_json(response.body)
    fitting = [place for place in _places(content, dirt) if _is_suitable(place, dirt)]
    if not fitting:
        return None
    count = len(fitting) if dirt.places is None else min(dirt.places, len(fitting))
    for place in random.sample(fitting, count):
        _plant(place, dirt, random)
    return Response(response.status, response.headers, to_json(content))


def _places(content: object, dirt: Dirt) -> Iterator[_Place]:
    """The values that `field` names, in the order that they stand in."""
    patterns = [pattern for pattern in _BETWEEN.split(dirt.field) if pattern]
    waiting: list[tuple[str, object]] = [("", content)]
    while waiting:
        path, node = waiting.pop()
        items: list[tuple[str | int, object]] = []
        if isinstance(node, dict):
            items = list(node.items())
        elif isinstance(node, list):
            items = list(enumerate(node))
        for key, value in items:
            below = path if isinstance(key, int) else f"{path}.{key}".lstrip(".")
            if any(_path_matches(pattern, below) for pattern in patterns):
                yield _Place(node, key)
            waiting.append((below, value))


def _path_matches(pattern: str, path: str) -> bool:
    return fnmatchcase(path if "." in pattern else path.rpartition(".")[2], pattern)


def _is_suitable(place: _Place, dirt: Dirt) -> bool:
    value = place.value
    if dirt.kind in ("control", "long"):
        return isinstance(value, str) and value != ""
    if dirt.kind == "double":
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return isinstance(value, Decimal) or (is_whole and dirt.field != "*")
    if dirt.kind == "null":
        return value is not None
    return dirt.kind == "type" or isinstance(place.container, dict)


def _plant(place: _Place, dirt: Dirt, random: Random) -> None:
    if dirt.kind == "missing":
        del place.container[place.key]
        return
    place.container[place.key] = _dirty(place.value, dirt, random)


def _dirty(value: Any, dirt: Dirt, random: Random) -> object:  # noqa: ANN401 - JSON
    if dirt.kind == "control":
        at = random.randrange(len(value) + 1)
        return value[:at] + random.choice(CONTROLS) + value[at:]
    if dirt.kind == "long":
        return (value * (dirt.length // len(value) + 1))[: dirt.length]
    if dirt.kind == "double":
        return _double(value, random)
    if dirt.kind == "null":
        return None
    return random.choice([other for other in _OTHERS if _type_of(other) != _type_of(value)])


def _double(value: Decimal | int, random: Random) -> msgspec.Raw:
    """The double nearest to the number, or one of its neighbours, where arithmetic has led past it."""
    if not value:
        return msgspec.Raw(NOISE.encode())
    nearest = float(value)
    near = (nearest, math.nextafter(nearest, math.inf), math.nextafter(nearest, -math.inf))
    written = [f"{double:.17g}" for double in near]
    return msgspec.Raw(random.choice([text for text in written if Decimal(text) != value]).encode())


def _type_of(value: object) -> str:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return "number"
    return type(value).__name__
