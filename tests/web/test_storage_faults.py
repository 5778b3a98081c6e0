"""A full disk is said on every page, and ends by itself."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import Error, OperationalError, connection
from django.test import Client

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.app.housekeeping import tidy
from lagerbro.people.models import Membership, Person, Role
from lagerbro.sync.clients import ClientFactory
from lagerbro.web import storage_faults
from lagerbro.web.storage_faults import StorageFault, fault_of
from tests.reading import said
from tests.sandboxes import START
from tests.visiting import given_password

pytestmark = pytest.mark.django_db(transaction=True)
DANISH = {"accept-language": "da"}


@pytest.fixture(autouse=True)
def nothing_noted() -> Iterator[None]:
    yield
    storage_faults.note_stored()


@pytest.fixture
def client() -> Client:
    agreement = Agreement.objects.create(
        public_id="a1", rackbeat_account_id=1, company_name="Nordlys Cykler ApS", created_at=START
    )
    person = Person.objects.create(email="mette@nordlys.dk", name="Mette")
    with agreement_scope(agreement.pk):
        Membership.in_scope.create(agreement=agreement, person=person, role=Role.ADMINISTRATOR, created_at=START)
    client = Client(raise_request_exception=False)
    given_password(client, person)
    return client


@contextmanager
def full_disk() -> Iterator[None]:
    """SQLite's own limit on a file's pages answers as a disk does that has no more; what is free in it goes first."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filler (text BLOB)")
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        for size in (4000, 400, 40, 4):
            with suppress(OperationalError):
                while True:
                    cursor.execute("INSERT INTO filler VALUES (zeroblob(%s))", [size])
        try:
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 4294967294")
            cursor.execute("DROP TABLE filler")


def invited(client: Client, number: int) -> Any:
    form = {"email": f"bogholder-{number}@nordlys.dk", "role": "1"}
    return client.post("/a/a1/connections/people/invite/", form, headers=DANISH)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a limit on pages is SQLite's")
def test_a_full_disk_is_said_and_ends_by_itself(client: Client, factory: ClientFactory) -> None:
    with full_disk():
        answers = (invited(client, number) for number in range(100))  # some find room in pages that are begun
        answer = next(answer for answer in answers if answer.status_code != 302)
        assert answer.status_code == 503
        assert "Lagerbros disk er fuld." in said(answer)
        assert "Bed den, der driver Lagerbro, om at skaffe plads på disken." in said(answer)
        for page in ("/a/a1/", "/", "/account/login/"):
            shown = client.get(page, headers=DANISH, follow=True)
            assert (shown.status_code, "Lagerbros disk er fuld." in said(shown)) == (200, True)
    tidy(factory)
    assert "disk er fuld" not in said(client.get("/a/a1/", headers=DANISH))
    assert invited(client, 100).status_code == 302


def test_housekeeping_finds_it_before_anybody_does(factory: ClientFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("lagerbro.app.housekeeping.advance", full)
    tidy(factory)
    assert storage_faults.present() is StorageFault.FULL
    monkeypatch.undo()
    tidy(factory)
    assert storage_faults.present() is None


class ToldError(Exception):
    def __init__(self, state: str) -> None:
        self.sqlstate = state


def caused(by: BaseException) -> Error:
    error = OperationalError("x")
    error.__cause__ = by
    return error


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (caused(ToldError("53100")), StorageFault.FULL),
        (caused(ToldError("25006")), StorageFault.READ_ONLY),
        (caused(ToldError("XX001")), StorageFault.DAMAGED),
        (caused(ToldError("40001")), None),
        (OSError(errno.EROFS, ""), StorageFault.READ_ONLY),
        (OSError(errno.ECONNRESET, ""), None),
        (sqlite3.OperationalError("without a number"), None),
        (OperationalError("database is locked"), None),
        (None, None),
    ],
)
def test_which_fault_is_which(error: BaseException | None, fault: StorageFault | None) -> None:
    assert fault_of(error) is fault
