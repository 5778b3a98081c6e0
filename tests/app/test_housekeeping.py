"""What has ended goes, a piece at a time; what lasts stays; and a part that fails keeps no other from being done."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db.models import BinaryField
from django.db.models.functions import Cast

from lagerbro.agreements.models import Agreement, AgreementState, Credentials, Installation
from lagerbro.agreements.scope import agreement_scope
from lagerbro.app import housekeeping
from lagerbro.app.expired import forget_expired
from lagerbro.app.housekeeping import tidy
from lagerbro.demo.children import lagerbro_command
from lagerbro.people.models import CachedValue, KnownBrowser, Person
from lagerbro.sync.clients import ClientFactory
from lagerbro.web.sign_in.known_browsers import KNOWN_FOR
from lagerbro.web.status.figures import Figures, Verdict
from lagerbro.wire.clock import SystemClock
from tests.app.keys.installation import Installation as Installed
from tests.web.settings_page import factory
from tests.world import Company

__all__ = ["factory"]
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


def test_rows_that_nobody_can_read_keep_no_other_company_waiting(company: Company, factory: ClientFactory) -> None:
    """An installation that has ended, an uninstall that was heard of, a connection that broke."""
    now, agreement = company.systems.clock.now(), company.agreement
    for number in range(2):
        Installation.objects.create(
            cookie_digest=str(number), request_token="r", created_at=now, expires_at=now - timedelta(hours=number + 1)
        )
    Installation.objects.filter(cookie_digest="0").update(request_token=b"damaged")
    damaged = Agreement.objects.create(
        public_id="damaged", rackbeat_account_id=9, created_at=now, state="gone", state_code="grant_revoked"
    )
    with agreement_scope(damaged.pk):
        Credentials.in_scope.create(agreement=damaged, rackbeat_token="x", economic_grant_token="y")
        Credentials.in_scope.update(economic_grant_token=b"damaged")
    Agreement.objects.filter(pk=agreement.pk).update(state="gone", state_code="grant_revoked")
    Agreement.objects.update(uninstall_heard_at=now)
    tidy(factory)
    assert not Installation.objects.exists()
    agreement.refresh_from_db()
    assert (agreement.state, agreement.state_code) == (AgreementState.ACTIVE, "")


def test_keys_that_cannot_be_read_stop_their_own_agreement_until_they_can_be_again(
    company: Company, factory: ClientFactory
) -> None:
    """No document is lost: what was booked meanwhile goes when the key is back."""
    agreement, number = company.agreement, company.systems.invoice()
    company.runtime = replace(company.runtime, connect=factory.connect)
    with agreement_scope(agreement.pk):
        stored = Credentials._base_manager.annotate(raw=Cast("rackbeat_token", BinaryField())).values_list("raw").get()
        Credentials.in_scope.update(rackbeat_token=b"damaged")
    company.invoiced(number)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.state_code) == (AgreementState.GONE, "keys_unreadable")
    assert company.systems.booked() == []
    assert Figures(agreement.state).verdict is Verdict.GONE
    tidy(factory)
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.GONE
    with agreement_scope(agreement.pk):
        Credentials.in_scope.update(rackbeat_token=bytes(stored[0]))
    tidy(factory)
    company.drain()
    assert [row["bookedInvoiceNumber"] for row in company.systems.booked()] == [number]


def test_files_of_an_installation_are_closed_to_others_in_a_folder_that_was_open(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    home.chmod(0o755)
    installed = Installed(home)
    ended = subprocess.run(
        ["/bin/sh", "-c", 'umask 022; exec "$@"', "sh", *lagerbro_command("restored")],
        env=installed._environment(),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    open_to_others = [path.name for path in home.iterdir() if path.stat().st_mode & 0o077]
    assert open_to_others == []
    assert (home / "lagerbro.sqlite3").exists()


def test_new_events_are_asked_for_at_the_start_and_every_hour(
    factory: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is wrong with it keeps nothing else from being done."""
    asked: list[ClientFactory] = []

    def hear(factory: ClientFactory) -> int:
        asked.append(factory)
        raise RuntimeError("no answer")

    monkeypatch.setattr(housekeeping, "hear_new_events", hear)
    keeper, now = housekeeping.Housekeeping(factory), factory.clock.now()
    due = keeper._hear(now)
    assert len(asked) == 1
    assert due >= now + HOUR
    assert keeper._hear(due) == due
    assert len(asked) == 1
