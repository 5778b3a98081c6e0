"""The calls of a transfer by the tries they belong to; tries that went alike one after the other are told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from lagerbro.sync.models import Attempt
from lagerbro.web.views.attempts import Call


@dataclass(frozen=True, slots=True)
class Round:
    """`latest`: the calls of the last of the tries; `earlier`: those of the ones before it, which went the same way."""

    tries: int
    latest: tuple[Call, ...]
    earlier: tuple[Call, ...]

    @property
    def first(self) -> Attempt:
        return (self.earlier or self.latest)[0].attempt

    @property
    def is_wrong(self) -> bool:
        return any(call.attempt.error_code for call in self.latest)


def rounds(shown: Sequence[Call]) -> list[Round]:
    """In the order in which they were made."""
    tries = [tuple(calls) for _run, calls in groupby(shown, key=lambda call: call.attempt.run)]
    alike = [list(same) for _way, same in groupby(tries, key=_way)]
    return [Round(len(same), same[-1], tuple(call for calls in same[:-1] for call in calls)) for same in alike]


def _way(calls: tuple[Call, ...]) -> tuple[tuple[str, str, int | None, str], ...]:
    attempts = [call.attempt for call in calls]
    return tuple((one.method, one.url.partition("?")[0], one.status, one.error_code) for one in attempts)
