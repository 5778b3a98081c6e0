"""Numbers of invoices that were seen, kept as ranges: most follow one another. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

Ranges = Sequence[Sequence[int]]
"""First and last of each, in order."""


def ranges_of(numbers: Iterable[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for number in sorted(set(numbers)):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges


def is_within(ranges: Ranges, number: int) -> bool:
    at = bisect_right(ranges, number, key=lambda one: one[0])
    return at > 0 and number <= ranges[at - 1][1]
