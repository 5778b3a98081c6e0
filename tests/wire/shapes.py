"""Every shape that an answer of one of the two systems is read into, and a value that fits it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from types import ModuleType, NoneType
from typing import Annotated, Any, get_args, get_origin

import msgspec

from lagerbro import economic, rackbeat
from lagerbro.wire.constraints import Day

ROOMS: tuple[ModuleType, ...] = tuple(
    import_module(found.name)
    for system in (economic, rackbeat)
    for found in pkgutil.walk_packages(system.__path__, f"{system.__name__}.")
)
Path = tuple[str | int, ...]


def shapes() -> list[type[msgspec.Struct]]:
    """All of them, from both systems' rooms."""
    found = {
        thing
        for room in ROOMS
        for thing in vars(room).values()
        if isinstance(thing, type) and issubclass(thing, msgspec.Struct) and thing is not msgspec.Struct
    }
    return sorted(found, key=lambda shape: (shape.__module__, shape.__name__))


def fitting(shape: Any) -> Any:
    """JSON with every field of the shape, each holding a plain value."""
    plain = {str: "text", int: 7, bool: True, Decimal: Decimal("12.50"), Any: "anything"}
    shape = bare(shape)
    if shape in plain:
        return plain[shape]
    if get_origin(shape) is list:
        return [fitting(get_args(shape)[0])]
    if get_origin(shape) is dict:
        return {"name": fitting(get_args(shape)[1])}
    assert issubclass(shape, msgspec.Struct), shape
    fields = msgspec.structs.fields(shape)
    return {field.encode_name: _plain_text(field.type) or fitting(field.type) for field in fields}


def leaves(shape: Any, at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Where in `fitting(shape)` single values stand, and what each is read as."""
    kind = bare(shape)
    if get_origin(kind) is list:
        yield from leaves(get_args(kind)[0], (*at, 0))
    elif get_origin(kind) is dict:
        yield from leaves(get_args(kind)[1], (*at, "name"))
    elif isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for field in msgspec.structs.fields(kind):
            yield from leaves(field.type, (*at, field.encode_name))
    else:
        yield at, shape


def bare(shape: Any) -> Any:
    """The annotation without null and without limits; of several kinds the first."""
    if get_origin(shape) is Annotated:
        return bare(get_args(shape)[0])
    members = [member for member in get_args(shape) if member is not NoneType]
    return bare(members[0]) if members and get_origin(shape) not in (list, dict) else shape


def kinds_of(shape: Any) -> set[Any]:
    """What may be read there: a single value of one of these kinds."""
    if get_origin(shape) is Annotated:
        return kinds_of(get_args(shape)[0])
    members = get_args(shape)
    return set.union(*map(kinds_of, members)) if members else {shape}


def put(content: Any, path: Path, value: Any) -> Any:
    """The content with something else at the path."""
    if not path:
        return value
    step, *rest = path
    copy: Any = dict(content) if isinstance(content, dict) else list(content)
    copy[step] = put(content[step], tuple(rest), value)
    return copy


def at(thing: Any, path: Path) -> Any:
    """What was read at the path; None where what is above it was dispensed with."""
    for step in path:
        if thing is None:
            return None
        if isinstance(thing, msgspec.Struct):
            field = next(one for one in msgspec.structs.fields(type(thing)) if one.encode_name == step)
            thing = getattr(thing, field.name)
        else:
            thing = thing[step]
    return thing


def _plain_text(shape: Any) -> str:
    """What fits a text that is short or a day."""
    if any(isinstance(limit, Day) for limit in _limits(shape)):
        return "2026-11-24"
    return "DKK" if _is_short(shape) else ""


def _is_short(shape: Any) -> bool:
    lengths = [one.max_length or 99 for one in _limits(shape) if isinstance(one, msgspec.Meta)]
    return bool(lengths) and min(lengths) < len("text")


def _limits(shape: Any) -> Iterator[msgspec.Meta | Day]:
    for part in get_args(shape):
        if isinstance(part, msgspec.Meta | Day):
            yield part
        yield from _limits(part)
