"""Django's cache in the database does what Django's own does."""

from __future__ import annotations

import threading
import time

import pytest
from django.core.cache import cache
from django.db import connections

from lagerbro.people.models import CachedValue

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_set_is_there_until_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.set("a", [1.5, 2.5], 60)
    assert cache.get("a") == [1.5, 2.5]
    assert (cache.get("b", "absent"), "a" in cache, "b" in cache) == ("absent", True, False)
    cache.set("a", {"x": True}, 0)
    assert cache.get("a") is None
    cache.set("a", 1, None)
    assert cache.get("a") == 1
    cache.set("c", 1, 60)
    assert cache.touch("c", 0)
    assert cache.get("c") is None
    assert not cache.touch("c")
    assert cache.delete("a")
    assert not cache.delete("a")
    cache.set("d", 1)
    cache.clear()
    assert not CachedValue.objects.exists()


def test_add_is_true_once_and_again_when_the_first_has_ended() -> None:
    assert cache.add("lock", 1, 60)
    assert not cache.add("lock", 2, 60)
    assert cache.get("lock") == 1
    CachedValue.objects.update(ends_at="2026-01-01T00:00Z")
    assert cache.add("lock", 3, 60)
    assert cache.get("lock") == 3


def test_of_many_who_add_at_once_one_is_told_so() -> None:
    told: list[bool] = []
    ready = threading.Barrier(6)

    def add() -> None:
        try:
            ready.wait(10)
            told.append(cache.add("lock", 1, 60))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=add) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(told) == [False] * 5 + [True]


def test_a_long_key_and_a_time_that_is_a_fraction() -> None:
    cache.set("x" * 1000, 1, 0.05)
    cache.set("y" * 1000, 2, 60)
    assert cache.get("y" * 1000) == 2
    time.sleep(0.06)
    assert cache.get("x" * 1000) is None
