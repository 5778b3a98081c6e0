"""Shapes are made ready one at a time.

msgspec builds what it knows of a Struct when something is first read into it. Two threads that do so at the same moment
meet a half-built one, and the process ends with a segmentation fault (seen with 0.22.0: four hands that read their
first invoice together). Later readings are safe.
"""

from __future__ import annotations

import threading
from typing import Any, Final, TypeVar

import msgspec

T = TypeVar("T")

_ready: Final[set[Any]] = set()
_making: Final = threading.Lock()


def ready(shape: type[T]) -> type[T]:
    """The shape, once everything in it has been built."""
    if shape not in _ready:
        with _making:
            msgspec.json.Decoder(shape)
            _ready.add(shape)
    return shape
