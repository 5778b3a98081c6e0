"""Some histories of a start-up sync beside documents in every test run, and defects planted on purpose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lagerbro.economic.surfaces import ListPage
from lagerbro.flows.polls import rackbeat as polls
from lagerbro.flows.startup import sending
from lagerbro.flows.startup.kinds import Kind
from lagerbro.flows.startup.reading import Reading
from tests.simulation.startup.starting import lived_startup

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
SEEDS = 100
Plant = Callable[[pytest.MonkeyPatch], None]


def test_short_histories_of_a_startup() -> None:
    assert sum(lived_startup(seed).crashes for seed in range(3)) > 0


def a_page_is_lost_between_two_reads(patch: pytest.MonkeyPatch) -> None:
    def credulous(self: Reading, kind: Kind, listed: ListPage) -> None:
        self._store_planned(kind, listed.records)
        self.run.seen += len(listed.records)
        self.run.page += 1
        if listed.is_last:
            self._go_on_after(kind)

    patch.setattr(Reading, "_plan", credulous)


def a_number_that_is_taken_is_linked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sending, "is_ours", lambda _fields, _standing: True)


def our_own_writes_are_news(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(polls, "is_own_write", lambda _version, _updated_at: False)


PLANTS: dict[Plant, int] = {
    a_page_is_lost_between_two_reads: 12,
    a_number_that_is_taken_is_linked: 0,
    our_own_writes_are_news: 0,
}
"""Where each was seen first; from there on it is looked for."""


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_a_planted_defect_is_caught(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    for seed in range(PLANTS[plant], SEEDS):
        try:
            lived_startup(seed)
        except AssertionError:
            print(f"{plant.__name__} caught at seed {seed}")
            return
    pytest.fail(f"{plant.__name__} was not caught within {SEEDS} histories")
