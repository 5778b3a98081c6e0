"""Making in e-conomic what a record names and nobody has there: one write, found again by what it says."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from lagerbro.sync.work import Step, Work


class NumberMade(msgspec.Struct):
    """What is kept of the answer: e-conomic numbers these records itself."""

    number: int


def found_or_made(
    work: Work,
    step: str,
    version: str,
    request: msgspec.Struct,
    find: Callable[[], int | None],
    make: Callable[[str], int],
) -> int:
    """The number that `find` answers, else of what is made; `find` looks again where an answer was lost."""
    found = find()
    return found if found is not None else made(work, step, version, request, find, make)


def made(
    work: Work,
    step: str,
    version: str,
    request: msgspec.Struct,
    find: Callable[[], int | None],
    make: Callable[[str], int],
) -> int:
    """The number of what is made, by whoever has looked already. `make` takes the idempotency key."""

    def existing() -> NumberMade | None:
        found = find()
        return None if found is None else NumberMade(found)

    writing = Step(
        name=step,
        answer=NumberMade,
        request=request,
        send=lambda key: NumberMade(make(key)),
        find_existing=existing,
        is_once_only=False,
    )
    return work.write(writing, version).number
