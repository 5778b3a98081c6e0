"""What chance decides, all of it from one seed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

_One = TypeVar("_One")


class Draws:
    """Only `random()` is drawn from: its sequence is promised to stay as it is from one Python to the next."""

    def __init__(self, *seeds: object) -> None:
        self._random = Random(":".join(map(str, seeds))).random  # noqa: S311 - a world, not a secret

    def chance(self, probability: float) -> bool:
        return self._random() < probability

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both included."""
        return least + int(self._random() * (most - least + 1))

    def factor(self, least: float, most: float) -> float:
        return least + self._random() * (most - least)

    def of(self, choices: Sequence[_One]) -> _One:
        return choices[int(self._random() * len(choices))]

    def rank(self, count: int) -> int:
        """A place from 0 to `count` - 1, the first ones far more often: a fifth of them get almost three quarters."""
        return int(count * self._random() ** 5)

    def whole(self, expected: float) -> int:
        """A whole number that is `expected` on average."""
        low = int(expected)
        return low + (self._random() < expected - low)
