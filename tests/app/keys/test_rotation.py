"""Renewing the keys: all of it, nothing that somebody writes meanwhile undone, and no "done" before it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet

from lagerbro.agreements.models import Credentials, Installation, KeyCanary
from lagerbro.agreements.secrets import SecretUnreadableError, key_index_of, reseal, seal
from lagerbro.app.configuration import KeysError
from lagerbro.app.keys.canary import check_keys, note_keys
from lagerbro.app.keys.command import report
from lagerbro.app.keys.rotation import rotate
from lagerbro.app.keys.sealed import SEALED, SealedColumn
from lagerbro.web.sign_in.adapters import SecondFactors
from tests.app.keys.everything_sealed import made, opened, person

pytestmark = pytest.mark.django_db
Settings = Any
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def both(settings: Settings) -> dict[str, object]:
    """Everything is sealed with the old key, and the new one has been put in front. Answers what was sealed."""
    settings.LAGERBRO_KEYS = [OLD]
    made()
    sealed = opened()
    settings.LAGERBRO_KEYS = [NEW, OLD]
    note_keys(check_keys())
    return sealed


def test_all_of_it_opens_with_the_newest_key_alone(both: dict[str, object], settings: Settings) -> None:
    settings.LAGERBRO_KEYS = [NEW]
    with pytest.raises(KeysError):
        check_keys()
    with pytest.raises(SecretUnreadableError):
        opened()
    settings.LAGERBRO_KEYS = [NEW, OLD]
    done = rotate()
    assert (done.older, done.unreadable) == (0, 0)
    assert {count.name: count.newest for count in done.counts} == {
        "agreements_credentials.rackbeat_token": 1,
        "agreements_credentials.economic_grant_token": 1,
        "agreements_rackbeatwebhook.token": 1,
        "agreements_installation.request_token": 1,
        "agreements_installation.bearer": 1,
        "agreements_installation.grant": 1,
        "mfa_authenticator.data": 3,
    }
    assert list(report(done))[-1].startswith("Done: everything is under the newest key. The older ones may be taken")
    settings.LAGERBRO_KEYS = [NEW]
    assert check_keys() == {0}
    assert opened() == both
    settings.LAGERBRO_KEYS = [OLD]
    with pytest.raises(KeysError):
        check_keys()


def test_a_second_factor_signs_in_after_the_old_key_is_gone(both: object, settings: Settings) -> None:
    rotate()
    settings.LAGERBRO_KEYS = [NEW]
    mine = Authenticator.objects.get(user=person("mette@nordlys.dk"), type="recovery_codes").wrap()
    code = mine.get_unused_codes()[0]
    assert not mine.validate_code("00000000")
    assert mine.validate_code(code)
    assert not mine.validate_code(code)
    migrated = Authenticator.objects.get(user=person("jens@nordlys.dk")).wrap()
    assert migrated.validate_code("87654321")
    assert migrated.get_unused_codes() == ["12345678"]


def test_empty_values_stay_empty(settings: Settings) -> None:
    settings.LAGERBRO_KEYS = [OLD]
    made()
    Credentials._base_manager.update(economic_grant_token=b"")
    settings.LAGERBRO_KEYS = [NEW, OLD]
    note_keys(check_keys())
    rotate()
    settings.LAGERBRO_KEYS = [NEW]
    assert Credentials._base_manager.get().economic_grant_token.reveal() == ""


@pytest.mark.parametrize("column", SEALED, ids=lambda column: f"{column.table}.{column.column}")
def test_what_is_written_between_our_reading_and_our_writing_stays(both: object, column: SealedColumn) -> None:
    """Somebody stores another value, still with the old key: theirs stays, and the next round seals it anew."""
    key, before = next(column.rows())
    theirs = column.changed(before, lambda _sealed: Fernet(OLD).encrypt(b"theirs"))
    assert column.replace(key, before, theirs)
    ours = column.changed(before, lambda _sealed: Fernet(NEW).encrypt(b"ours"))
    assert not column.replace(key, before, ours)
    assert dict(column.rows())[key] == theirs
    assert rotate().older == 0
    values = column.values(dict(column.rows())[key])
    assert {Fernet(NEW).decrypt(value) for value in values} == {b"theirs"}


def test_nothing_but_what_is_sealed_is_written(both: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever changes the rest of the row while it is sealed anew keeps the change."""

    def while_somebody_writes(sealed: bytes) -> bytes:
        Installation.objects.update(account={"id": 4711}, redirect_to="https://example.dk/")
        return reseal(sealed)

    monkeypatch.setattr("lagerbro.app.keys.rotation.reseal", while_somebody_writes)
    rotate()
    row = Installation.objects.get()
    assert (row.account, row.redirect_to) == ({"id": 4711}, "https://example.dk/")


def test_somebody_goes_on_with_the_old_key_and_it_is_not_done(
    both: object, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(SealedColumn, "replace", lambda *_: False)  # they are always faster
        done = rotate()
    assert done.older == 9
    assert "Not done: 9 are still under an older key" in list(report(done))[-1]
    assert {key_index_of(bytes(row.sealed)) for row in KeyCanary.objects.all()} == {0, 1}
    settings.LAGERBRO_KEYS = [NEW]
    with pytest.raises(KeysError):
        check_keys()
    settings.LAGERBRO_KEYS = [NEW, OLD]
    assert rotate().older == 0
    settings.LAGERBRO_KEYS = [NEW]
    assert check_keys() == {0}


def unreadable() -> Iterator[Any]:
    foreign = Fernet(Fernet.generate_key()).encrypt(b"x")
    yield "a token", lambda: Installation.objects.update(bearer=foreign), "agreements_installation.bearer"
    factor = SecondFactors().encrypt
    mixed = {"migrated_codes": [factor("1"), "no code at all"]}
    yield "a factor", lambda: Authenticator.objects.filter(type="totp").update(data=mixed), "mfa_authenticator.data"


@pytest.mark.parametrize(("act", "name"), [case[1:] for case in unreadable()], ids=[case[0] for case in unreadable()])
def test_what_no_key_opens_is_passed_over_told_and_not_done(both: object, act: Any, name: str) -> None:
    act()
    done = rotate()
    assert (done.older, done.unreadable) == (0, 1)
    assert [count.name for count in done.counts if count.unreadable] == [name]
    lines = list(report(done))
    assert any(line.startswith(f"{name}: ") and "that no key here opens (rows " in line for line in lines)
    assert lines[-1].startswith("Not done: no key here opens 1 of them.")
    assert Credentials._base_manager.get().rackbeat_token.reveal() == "rb-token"


def test_sealing_and_opening_by_place(settings: Settings) -> None:
    settings.LAGERBRO_KEYS = [NEW, OLD]
    assert key_index_of(seal("x")) == 0
    assert key_index_of(Fernet(OLD).encrypt(b"x")) == 1
    assert key_index_of(b"x") is None
