"""`make mutate-contract`: plant faults in answers, one at a time, and count how many the contract's checks notice."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from tests.contract.mutations import mutated
from tests.contract.subjects import Subject, subjects

MUTATIONS: Final = 500
WANTED_PERCENT: Final = 90


@dataclass(frozen=True, slots=True)
class Tried:
    """One fault in one answer, and whether it was noticed."""

    seed: int
    subject: str
    fault: str
    noticed: bool


def tries(about: Sequence[Subject], seeds: range) -> Iterator[Tried]:
    """One fault for each seed, in an answer that the seed chooses."""
    harmable = [subject for subject in about if mutated(subject.body, Random(0)) is not None]
    for seed in seeds:
        random = Random(seed)
        subject = random.choice(harmable)
        made = mutated(subject.body, random)
        assert made is not None
        yield Tried(seed, subject.name, made[1], bool(subject.wrong(made[0])))


def main() -> int:
    started = time.monotonic()
    with subjects() as about:
        healthy = [subject.name for subject in about if subject.wrong(subject.body)]
        found = list(tries(about, range(MUTATIONS)))
    missed = [tried for tried in found if not tried.noticed]
    for tried in missed:
        print(f"not noticed: seed {tried.seed}: {tried.fault} in {tried.subject}")
    print("not noticed by kind:", dict(Counter(tried.fault.split()[0] for tried in missed)))
    score = 100 * (len(found) - len(missed)) / len(found)
    print(
        f"{len(found) - len(missed)} of {len(found)} faults noticed ({score:.1f} %) in {len(about)} answers, "
        f"{len(healthy)} of which are wrong without one; {time.monotonic() - started:.0f} s"
    )
    return 0 if score >= WANTED_PERCENT and not healthy else 1


if __name__ == "__main__":
    sys.exit(main())
