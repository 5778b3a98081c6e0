"""Some hundred histories in every test run; `make simulate` lives through as many as one likes."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.simulation.history import LONG, SHORT, lived
from tests.simulation.records import RecordsHistory, lived_records
from tests.simulation.selling import SellingHistory, lived_selling
from tests.simulation.split_stock import lived_split
from tests.simulation.startup.starting import StartupHistory, lived_startup
from tests.simulation.stock import StockHistory, lived_stock

pytestmark = pytest.mark.django_db(transaction=True)
OTHERS: dict[str, Callable[[int], SellingHistory | StockHistory | RecordsHistory | StartupHistory]] = {
    "selling": lived_selling,
    "records": lived_records,
    "stock": lived_stock,
    "split": lived_split,
    "startup": lived_startup,
}


@pytest.mark.parametrize("first", range(0, 120, 20))
def test_short_histories(first: int) -> None:
    crashes = sum(lived(seed).workers.crashes for seed in range(first, first + 20))
    assert crashes > 0


def test_long_histories() -> None:
    for seed in range(3):
        assert len(lived(seed, LONG).booked) == LONG.documents


@pytest.mark.timeout(0)
def test_the_seeds_that_were_asked_for(request: pytest.FixtureRequest) -> None:
    asked: str = request.config.getoption("--seeds")
    if not asked:
        pytest.skip("no seeds were asked for: make simulate SEEDS=0-499")
    first, _, last = asked.partition("-")
    size = {"short": SHORT, "long": LONG}.get(request.config.getoption("--size"))
    started, used = time.monotonic(), time.process_time()
    seeds = range(int(first), int(last or first) + 1)
    if size is None:
        lived_one = OTHERS[request.config.getoption("--size")]
        crashes = sum(lived_one(seed).crashes for seed in seeds)
    else:
        crashes = sum(lived(seed, size).workers.crashes for seed in seeds)
    rate = len(seeds) / (time.monotonic() - started) * 60
    alone = len(seeds) / (time.process_time() - used) * 60
    print(
        f"{len(seeds)} histories with {crashes} crashes, {rate:.0f} a minute ({alone:.0f} a minute of CPU, whatever "
        "else runs): nothing lost, nothing twice, none stuck"
    )


def test_the_same_seed_is_the_same_history() -> None:
    assert [lived(seed).digest() for seed in (1, 2, 3)] == [lived(seed).digest() for seed in (1, 2, 3)]
    assert lived(1).digest() != lived(2).digest()
    assert SHORT.documents >= 5
