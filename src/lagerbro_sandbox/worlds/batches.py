"""Many in batches, so that memory stays flat however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

BATCH: Final = 2_000
_One = TypeVar("_One")


def batches(rows: Iterable[_One]) -> Iterator[list[_One]]:
    """Lists of at most `BATCH`."""
    remaining = iter(rows)
    while some := list(islice(remaining, BATCH)):
        yield some
