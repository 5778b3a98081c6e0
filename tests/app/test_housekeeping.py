"""What has ended goes, a piece at a time; what lasts stays; and a part that fails keeps no other from being done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from lagerbro.app import housekeeping
from lagerbro.app.expired import forget_expired
from lagerbro.app.housekeeping import tidy
from lagerbro.people.models import CachedValue, KnownBrowser, Person
from lagerbro.sync.clients import ClientFactory
from lagerbro.web.sign_in.known_browsers import KNOWN_FOR
from lagerbro.wire.clock import SystemClock

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def filled(now: datetime, count: int = 1) -> None:
    """Of each sort: `count` that ended an hour ago, and one that ends in an hour."""
    person = Person.objects.create(email="mette@nordlys.dk")
    for number in range(count + 1):
        moment = now + (HOUR if number == count else -HOUR)
        Session.objects.create(session_key=f"s{number}", session_data="", expire_date=moment)
        CachedValue.objects.create(pk=f"c{number}", value="1", ends_at=moment)
        KnownBrowser.objects.create(person=person, digest=f"d{number}", seen_at=moment - KNOWN_FOR)
    CachedValue.objects.create(pk="for ever", value="1", ends_at=None)


def left() -> list[list[str]]:
    return [
        sorted(Session.objects.values_list("session_key", flat=True)),
        sorted(CachedValue.objects.values_list("pk", flat=True)),
        sorted(KnownBrowser.objects.values_list("digest", flat=True)),
    ]


def test_what_has_ended_goes_and_what_lasts_stays() -> None:
    filled(NOW)
    assert forget_expired(NOW) == 3
    assert left() == [["s1"], ["c1", "for ever"], ["d1"]]
    assert forget_expired(NOW) == 0


def test_a_piece_at_a_time() -> None:
    filled(NOW, count=5)
    assert [forget_expired(NOW, limit=2) for _ in range(4)] == [6, 6, 3, 0]
    assert left() == [["s5"], ["c5", "for ever"], ["d5"]]


@pytest.mark.parametrize("part", ["advance", "cancel_expired", "confirm_uninstalls", "find_revoked_systems"])
def test_a_part_that_fails_keeps_no_other_from_being_done(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> int:
        raise RuntimeError("planted")

    filled(SystemClock().now())
    done: list[str] = []
    others = {"advance", "cancel_expired", "confirm_uninstalls", "find_revoked_systems"} - {part}
    for name in others:
        monkeypatch.setattr(housekeeping, name, lambda *_, name=name: done.append(name))
    monkeypatch.setattr(housekeeping, part, failing)
    tidy(ClientFactory.from_settings(SystemClock()))
    assert set(done) == others
    assert left()[0] == ["s1"]
