"""Real SIGKILL at every named step of a night of the stock value, and at random moments: by `make crash` alone.

After each kill there is one voucher for every night and account, and ledger and drafts come to Rackbeat's stock value.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lagerbro.demo.children import Children
from tests.crash.nightly import Nights, command
from tests.crash.running import Configuration, Running, new_database
from tests.crash.test_kills import KEYS

pytestmark = pytest.mark.timeout(0)
RANDOM_KILLS = 4
"""A round's kills of all processes at once, at any moment of a night."""
NIGHT_S = 3.0
"""A sweep comes after two seconds at the latest; so long a night may take."""
MOMENTS = ("decided", "answered")
KILLS_A_ROUND = 1 + 4 * len(MOMENTS) + RANDOM_KILLS


@pytest.fixture
def nights(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nights]:
    if request.config.getoption("--rounds") == "1":
        pytest.skip("only with rounds: make crash ROUNDS=10")
    database, _, keys = request.param.partition("-")
    address = ""
    if database == "postgres":
        address = new_database(request.getfixturevalue("server"), f"nights_{keys}")
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setattr("lagerbro.demo.children.lagerbro_command", command)
    with Children(tmp_path / "logs") as children:
        running = Running(tmp_path / "demo", children, Configuration(request.param, address, KEYS[keys]))
        made = Nights(running)
        made.fall()  # so that the next one is a day away, whatever the time is
        _settled(made)
        yield made
        running.hands.close()


@pytest.mark.parametrize("nights", ["file-on", "file-off", "postgres-on", "postgres-off"], indirect=True)
def test_killed_at_night(nights: Nights, request: pytest.FixtureRequest) -> None:
    rounds = int(request.config.getoption("--rounds"))
    chance = random.Random(20261128)
    for _ in range(rounds):
        _at_every_step(nights)
        _at_any_moment(nights, chance)
    print(
        f"\n{nights.running.configuration.name}: {rounds * KILLS_A_ROUND} kills in {nights.count} nights of the stock "
        f"value, {len(nights.booked) + len(nights.drafts)} vouchers: none lost, none twice, every night in balance"
    )


def _at_every_step(nights: Nights) -> None:
    _die_at(nights, "looked", nights.change)
    for moment in MOMENTS:
        nights.book_all()
        _die_at(nights, f"post.{moment}", nights.change)
    for moment in MOMENTS:
        _with_a_draft(nights)
        _die_at(nights, f"replace.{moment}", nights.change)
    for moment in MOMENTS:
        entry = _with_a_draft(nights)
        _die_at(nights, f"withdraw.{entry}.{moment}", nights.post_by_hand)
    nights.book_ourselves(is_on=True)
    for moment in MOMENTS:
        _die_at(nights, f"book.{moment}", nights.change)
    nights.book_ourselves(is_on=False)


def _at_any_moment(nights: Nights, chance: random.Random) -> None:
    for _ in range(RANDOM_KILLS):
        if chance.random() < 0.5:
            nights.book_all()
        nights.change()
        nights.fall()
        time.sleep(chance.random() * NIGHT_S)
        with nights.running.killed():
            pass
        _settled(nights)


def _with_a_draft(nights: Nights) -> int:
    """Nights that nobody disturbs, until the next one finds a draft of its own month; answers its number."""
    while not (entry := nights.standing):
        nights.book_all()
        nights.change()
        nights.fall()
        _settled(nights)
    return entry


def _die_at(nights: Nights, step: str, act: Callable[[], None]) -> None:
    act()
    nights.running.die_at(f"stock_value.{step}", nights.fall)
    _settled(nights)


def _settled(nights: Nights) -> None:
    nights.settle()
    nights.judge()
