"""Decoded JSON read into shapes: a reader is made once for a shape and says by name which field does not fit.

Only the fields that a shape names are looked at; whatever else a record holds is passed over. A field that has a
default may be missing or null, any other must be there. [] stands for an object without fields and an object with
numbered fields for a list, as PHP writes them.
"""

from __future__ import annotations

import threading
import types
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from itertools import repeat
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo

from lagerbro.wire import values
from lagerbro.wire.constraints import Read, constrained
from lagerbro.wire.repair import DEPTH_MAX
from lagerbro.wire.shapes import ready
from lagerbro.wire.texts import clean
from lagerbro.wire.unreadable import UnfitValueError

T = TypeVar("T")

DEMANDED: Final = "demanded"
"""`Annotated[Decimal, DEMANDED] = Decimal(0)`: what is made here has a default, what comes from outside must say it."""

DISPENSABLE: Final = "dispensable"
"""`Annotated[Unit | None, DISPENSABLE] = None`: a value that cannot be read is as good as none. For what makes a record
more complete and decides no amount and no account."""

_SINGLE: Final[Mapping[Any, Read]] = {
    str: values.text,
    int: values.integer,
    bool: values.truth,
    Decimal: values.amount,
    Any: lambda value: value,
    object: lambda value: value,
}
_SEVERAL: Final = (list, set, frozenset)
_UNIONS: Final = (Union, types.UnionType)

_readers: Final[dict[Any, Read]] = {}
_making: Final = threading.RLock()


def reader_of(shape: type[T]) -> Callable[[object], T]:
    """What reads decoded JSON as the shape; it raises `UnfitValueError`."""
    reader = _readers.get(shape)
    if reader is None:
        with _making:  # one thread at a time asks msgspec for a shape's fields (see `shapes`)
            reader = _readers[shape] = _made(shape)
    return reader


def _made(shape: Any) -> Read:  # noqa: ANN401 - any annotation; one line for each kind
    origin, parts = get_origin(shape), get_args(shape)
    if shape in _SINGLE:
        return _SINGLE[shape]
    if origin is Annotated:
        return constrained(_made(parts[0]), parts[1:])
    if origin in _UNIONS:
        return _one_of(parts)
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct):
        return _structure(shape)
    if (origin or shape) is dict:
        return _mapping(*parts) if parts else _whole_object
    if (origin or shape) in _SEVERAL:
        return _several(origin or shape, _made(parts[0] if parts else Any))
    if origin is tuple:
        return _tuple(parts)
    return _by_msgspec(shape)


def _structure(shape: type[msgspec.Struct]) -> Read:
    fields = [
        (field.encode_name, field.name, _reader_of_field(field), _may_be_missing(field), _takes_null(field.type))
        for field in msgspec.structs.fields(shape)
    ]

    def read(value: Any) -> Any:  # noqa: ANN401 - decoded JSON
        if type(value) is not dict:
            value = _without_fields(value)
        given: dict[str, Any] = {}
        for wire_name, name, read_field, may_be_missing, may_be_null in fields:
            value_read = value.get(wire_name)
            if value_read is not None:
                try:
                    given[name] = read_field(value_read)
                except UnfitValueError as fault:
                    fault.under(wire_name)
                    raise
            elif not may_be_missing:
                if not (may_be_null and wire_name in value):
                    raise UnfitValueError(None, "there", missing=True).under(wire_name)
                given[name] = None
        return shape(**given)

    return read


def _reader_of_field(field: FieldInfo) -> Read:
    read = _made(field.type)
    if DISPENSABLE not in get_args(field.type):
        return read

    def read_or_dispense(value: Any) -> Any:  # noqa: ANN401 - decoded JSON
        try:
            return read(value)
        except UnfitValueError:
            return field.default

    return read_or_dispense


def _may_be_missing(field: FieldInfo) -> bool:
    return not field.required and DEMANDED not in get_args(field.type)


def _without_fields(value: object) -> dict[str, Any]:
    if value == [] and type(value) is list:
        return {}
    raise UnfitValueError(value, "an object")


def _takes_null(shape: object) -> bool:
    return get_origin(shape) in _UNIONS and type(None) in get_args(shape)


def _one_of(members: tuple[Any, ...]) -> Read:
    """The member that a value's own type names, else the first that takes it."""
    others = [member for member in members if member is not type(None)]
    in_order = [_made(member) for member in others]
    exactly = {_bare(member): read for member, read in zip(others, in_order, strict=True) if _bare(member) in _SINGLE}
    absent: list[object] = [None, []] if len(others) < len(members) and _is_structure(others[0]) else [None]

    def read(value: Any) -> Any:  # noqa: ANN401 - decoded JSON
        if value in absent:
            return None
        if type(value) in exactly:
            return exactly[type(value)](value)
        for read_member in in_order[:-1]:
            try:
                return read_member(value)
            except UnfitValueError:
                continue
        return in_order[-1](value)

    return read


def _bare(member: Any) -> Any:  # noqa: ANN401 - any annotation
    return get_args(member)[0] if get_origin(member) is Annotated else member


def _is_structure(shape: object) -> bool:
    return isinstance(shape, type) and issubclass(shape, msgspec.Struct)


def _mapping(names: Any, items: Any) -> Read:  # noqa: ANN401 - any annotation
    read_name, read_item = _made(names), _made(items)

    def read(value: Any) -> Any:  # noqa: ANN401 - decoded JSON
        if type(value) is not dict:
            value = _without_fields(value)
        value_read = {}
        for name, item in value.items():
            try:
                value_read[read_name(name)] = read_item(item)
            except UnfitValueError as fault:
                fault.under(name)
                raise
        return value_read

    return read


def _whole_object(value: Any) -> dict[str, Any]:  # noqa: ANN401 - decoded JSON
    """A record with everything that is in it, every text and every name clean."""
    whole = dict(value if type(value) is dict else _without_fields(value))
    inner: list[tuple[Any, int]] = [(whole, 1)]  # a stack of our own: a remote does not decide how deep ours gets
    while inner:
        place, depth = inner.pop()
        if depth > DEPTH_MAX:
            raise UnfitValueError(value, f"an object of at most {DEPTH_MAX} levels")
        for key, held in list(place.items() if type(place) is dict else enumerate(place)):
            if type(held) is str:
                place[key] = clean(held)
            elif type(held) is dict or type(held) is list:
                place[key] = {clean(name): item for name, item in held.items()} if type(held) is dict else list(held)
                inner.append((place[key], depth + 1))
    return {clean(name): item for name, item in whole.items()}


def _several(kind: Any, read_item: Read) -> Read:  # noqa: ANN401 - list, set or frozenset
    def read(value: Any) -> Any:  # noqa: ANN401 - decoded JSON
        value_read = _each(repeat(read_item), items_of(value))
        return value_read if kind is list else kind(value_read)

    return read


def _each(readers: Iterable[Read], items: Iterable[Any]) -> list[Any]:
    read_items: list[Any] = []
    try:
        for read, item in zip(readers, items):  # noqa: B905 - one reader may be repeated without end
            read_items.append(read(item))
    except UnfitValueError as fault:
        fault.under(len(read_items))
        raise
    return read_items


def items_of(value: object) -> list[Any]:
    """A list, also where PHP made an object of it because its numbers had a gap; raises `UnfitValueError`."""
    if type(value) is list:
        return value
    if type(value) is dict and all(name.isascii() and name.isdigit() for name in value):
        return list(value.values())
    raise UnfitValueError(value, "a list")


def _tuple(parts: tuple[Any, ...]) -> Read:
    if len(parts) == 2 and parts[1] is Ellipsis:
        read_all = _several(list, _made(parts[0]))
        return lambda value: tuple(read_all(value))
    readers = [_made(part) for part in parts]

    def read(value: Any) -> Any:  # noqa: ANN401 - decoded JSON
        items = items_of(value)
        if len(items) != len(readers):
            raise UnfitValueError(value, f"a list of {len(readers)}")
        return tuple(_each(readers, items))

    return read


def _by_msgspec(shape: Any) -> Read:  # noqa: ANN401 - any annotation
    """What the wire has no rules of its own for: an enumeration, a literal, a date."""

    def read(value: Any) -> Any:  # noqa: ANN401 - decoded JSON
        try:
            return msgspec.convert(value, ready(shape))
        except msgspec.ValidationError as error:
            raise UnfitValueError(value, str(error)) from error

    return read
