"""A key that is lost, empty, damaged or another's: every command that opens the database ends with one sentence, no new
key is made, and with the right key it goes on. Through the real command."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import psycopg
import pytest
from cryptography.fernet import Fernet

from lagerbro.cli import _parser
from lagerbro.demo.children import lagerbro_command
from tests.app.keys.installation import COUNT, FORGET_CANARIES, READ, SEAL, Installation
from tests.postgres import started

pytestmark = pytest.mark.timeout(300)
WITHOUT_DATABASE = {"demo", "sandbox", "keys-lost"}
"""They start the others as processes of their own; the last is the way on (test_starting_over)."""
KEYS_ON_INPUT = '{"rackbeat_token": "a", "economic_grant_token": "b"}'


def fresh_key() -> str:
    return Fernet.generate_key().decode()


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Started once, with the keys of one company."""
    made = Installation(tmp_path_factory.mktemp("pattern") / "home").started()
    made.inside(SEAL)
    return made


@pytest.fixture
def installation(pattern: Installation, tmp_path: Path) -> Installation:
    return pattern.copied(tmp_path / "home")


def state(installation: Installation) -> dict[str, bytes]:
    """Every file of the installation but what SQLite and locks put beside the database."""
    return {
        path.name: path.read_bytes()
        for path in installation.home.iterdir()
        if not path.name.endswith(("-wal", "-shm", ".lock"))
    }


DAMAGES = {
    "deleted": ("is not there and LAGERBRO_KEYS is not set", "Put the file back"),
    "emptied": ("is empty", "put the key back"),
    "blank": ("is empty", "put the key back"),
    "truncated": ("holds no whole key", "put the key back"),
    "garbage": ("holds no whole key", "put the key back"),
    "replaced": ("lacks a key to what this database keeps sealed", "Put the missing key back"),
}


def damage(path: Path, how: str) -> None:
    if how == "deleted":
        path.unlink()
        return
    contents = {
        "emptied": b"",
        "blank": b"\n \n",
        "truncated": path.read_bytes()[:20],
        "garbage": b"\x00\xff\xfe" * 20,
        "replaced": fresh_key().encode(),
    }
    path.write_bytes(contents[how])


def test_the_first_start_makes_a_key_that_we_alone_may_read_and_a_canary(tmp_path: Path) -> None:
    made = Installation(tmp_path / "home").started()
    assert made.key_file.stat().st_mode & 0o777 == 0o600
    Fernet(made.key_file.read_text().strip())
    assert not [path.name for path in made.home.iterdir() if path.suffix == ".new"]
    assert made.inside(COUNT) == "1"
    assert made.started().inside(COUNT) == "1"


@pytest.mark.parametrize("how", DAMAGES)
def test_a_start_without_the_right_key_ends_with_a_sentence_and_goes_on_with_it(
    installation: Installation, how: str
) -> None:
    right = installation.key_file.read_bytes()
    damage(installation.key_file, how)
    before = state(installation)
    installation.assert_refused(installation.run("serve", "--port", "0"), *DAMAGES[how], str(installation.key_file))
    assert state(installation) == before
    installation.key_file.write_bytes(right)
    assert installation.run("rotate-keys").returncode == 0
    assert installation.inside(READ) == "rb-token grant"


ARGUMENTS: Final = {"administrator": ["mette@nordlys.dk"]}
"""What a command does not begin without."""


def commands() -> list[str]:
    (choice,) = (action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction))
    return sorted(set(choice.choices) - WITHOUT_DATABASE)


@pytest.mark.parametrize("name", commands())
def test_every_command_that_opens_the_database_refuses(installation: Installation, name: str) -> None:
    """A new command stands here by itself. `worker` says first that it needs PostgreSQL: see below."""
    installation.key_file.unlink()
    ended = installation.run(name, *ARGUMENTS.get(name, ()), standard_input=KEYS_ON_INPUT)
    if name == "worker":
        assert (ended.returncode, "needs DATABASE_URL" in ended.stderr) == (1, True)
    else:
        installation.assert_refused(ended, "there is no key")
    assert not installation.key_file.exists()


def test_no_key_is_named_in_what_is_said(installation: Installation) -> None:
    wrong = fresh_key()
    installation.key_file.write_text(f"{wrong}\n{wrong[:30]}\n")
    ended = installation.run("rotate-keys")
    installation.assert_refused(ended, "in place 2")
    assert wrong[:12] not in ended.stderr


def test_several_keys_while_they_are_renewed(installation: Installation) -> None:
    old, new = installation.key_file.read_text().strip(), fresh_key()
    installation.key_file.unlink()
    both = installation.having(LAGERBRO_KEYS=f"{new}, {old}")
    assert both.run("connect", standard_input="{").returncode == 1
    assert both.inside(COUNT) == "2"  # from now on the newest may have sealed something too
    for alone in (old, new):
        one = installation.having(LAGERBRO_KEYS=alone)
        one.assert_refused(one.run("rotate-keys"), "LAGERBRO_KEYS lacks a key")
    assert both.run("rotate-keys").returncode == 0
    renewed = installation.having(LAGERBRO_KEYS=new)
    assert renewed.run("rotate-keys").returncode == 0
    assert renewed.inside(READ) == "rb-token grant"
    before = installation.having(LAGERBRO_KEYS=old)
    before.assert_refused(before.run("rotate-keys"), "LAGERBRO_KEYS lacks a key")


def test_environment_and_file_disagree(installation: Installation) -> None:
    right, wrong = installation.key_file.read_text().strip(), fresh_key()
    hiding = installation.having(LAGERBRO_KEYS=wrong)
    hiding.assert_refused(hiding.run("rotate-keys"), f"The key in {installation.key_file} does open it")
    installation.key_file.write_text(wrong)
    given = installation.having(LAGERBRO_KEYS=right)
    assert given.run("rotate-keys").returncode == 0  # what the operator has set counts, and it is the right one
    assert given.inside(READ) == "rb-token grant"
    neither = installation.having(LAGERBRO_KEYS=fresh_key())
    neither.assert_refused(neither.run("rotate-keys"), "LAGERBRO_KEYS lacks a key", "Put the missing key back")


@pytest.mark.parametrize("value", ["", " ", ",", " , "])
@pytest.mark.parametrize("variable", ["LAGERBRO_KEYS", "LAGERBRO_SIGNING_KEY"])
def test_a_variable_that_is_set_and_empty_is_a_lost_key(tmp_path: Path, variable: str, value: str) -> None:
    lost = Installation(tmp_path / "home", {variable: value})
    lost.assert_refused(lost.run("serve", "--port", "0"), f"{variable} is set and holds no key")
    assert not lost.home.exists()


@pytest.mark.parametrize("content", ["", "short"])
def test_a_damaged_signing_key_is_refused_and_a_missing_one_follows_from_the_key(
    installation: Installation, content: str
) -> None:
    path = installation.home / "signing.key"
    path.write_text(content)
    installation.assert_refused(installation.run("rotate-keys"), str(path), "no whole signing key")
    path.unlink()
    assert installation.run("rotate-keys").returncode == 0
    print_it = "from django.conf import settings; print(settings.SECRET_KEY)"
    assert installation.inside(print_it) == installation.inside(print_it) != ""
    assert not path.exists()


DIES = "import os, signal\ndef die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)\n"
MOMENTS = {
    "before the key has its name": "import pathlib\npathlib.Path.rename = die",
    "between the key and the database": "import django.core.management as m\nm.call_command = die",
    "between the database and its canary": "import lagerbro.cli\n"
    "lagerbro.cli._django()\nimport lagerbro.app.keys.opening as o\no.note_keys = die",
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_in_the_first_start_the_next_one_goes_on(tmp_path: Path, moment: str) -> None:
    killed = Installation(tmp_path / "home")
    assert killed.patched(DIES + MOMENTS[moment], "rotate-keys").returncode == -9
    had = killed.key_file.read_bytes() if killed.key_file.exists() else None
    assert (had is None) == (moment == "before the key has its name")
    killed.started()
    assert had in (None, killed.key_file.read_bytes())
    killed.inside(SEAL)
    assert killed.started().inside(READ) == "rb-token grant"
    assert killed.inside(COUNT) == "1"


def test_two_first_starts_at_once_make_one_key(tmp_path: Path) -> None:
    home = tmp_path / "home"
    environment = {"PATH": "/usr/bin:/bin", "LAGERBRO_HOME": str(home)}
    both = [
        subprocess.Popen(lagerbro_command("rotate-keys"), env=environment, stdout=subprocess.PIPE) for _ in range(2)
    ]
    assert [one.wait(120) for one in both] == [0, 0]
    for one in both:
        one.communicate()
    made = Installation(home)
    assert made.started().inside(COUNT) == "1"
    assert len(made.key_file.read_text().split()) == 1


def test_a_database_of_the_release_before_gets_its_canary(installation: Installation) -> None:
    installation.inside(FORGET_CANARIES)
    assert installation.run("rotate-keys").returncode == 0
    assert installation.inside(COUNT) == "1"
    assert installation.inside(READ) == "rb-token grant"


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_a_database_of_the_release_before_is_refused_without_its_key(installation: Installation, how: str) -> None:
    installation.inside(FORGET_CANARIES)
    right = installation.key_file.read_bytes()
    damage(installation.key_file, how)
    before = state(installation)
    installation.assert_refused(installation.run("rotate-keys"), *DAMAGES[how])
    assert state(installation) == before  # not even brought to this release
    installation.key_file.write_bytes(right)
    assert installation.run("rotate-keys").returncode == 0
    assert installation.inside(COUNT) == "1"


def test_a_database_of_the_release_before_with_a_new_key_in_front(installation: Installation) -> None:
    installation.inside(FORGET_CANARIES)
    old, new = installation.key_file.read_text().strip(), fresh_key()
    both = installation.having(LAGERBRO_KEYS=f"{new},{old}")
    both.run("connect", standard_input="{")
    assert both.inside(COUNT) == "2"
    one = installation.having(LAGERBRO_KEYS=new)
    one.assert_refused(one.run("rotate-keys"), "lacks a key")


def test_a_database_with_nothing_sealed_may_have_a_new_key(tmp_path: Path) -> None:
    empty = Installation(tmp_path / "home").started()
    empty.inside(FORGET_CANARIES)
    empty.key_file.unlink()
    assert empty.started().key_file.exists()


def test_other_servers_refuse_too(installation: Installation) -> None:
    """Not only our own command carries the application."""
    installation.key_file.unlink()
    ended = installation._ran([sys.executable, "-c", "import lagerbro.app.wsgi"], "")
    assert ended.returncode != 0
    assert "there is no key to what this database keeps sealed" in ended.stderr


@pytest.fixture(scope="module")
def server() -> str:
    return started(Path(tempfile.mkdtemp(prefix="lagerbro-postgres-")) / "data")


@pytest.fixture
def database(server: str, request: pytest.FixtureRequest) -> str:
    name = f"keys_{abs(hash(request.node.name))}"
    with psycopg.connect(server, autocommit=True) as session:
        session.execute(f"CREATE DATABASE {name}")
    before, _, query = server.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


def test_on_postgresql_with_the_key_in_the_environment_alone(database: str, tmp_path: Path) -> None:
    bare = Installation(tmp_path / "home", {"DATABASE_URL": database})
    made = bare.having(LAGERBRO_KEYS=fresh_key()).started()
    made.inside(SEAL)
    assert not bare.home.exists()  # nothing is kept beside the database
    for name in ("serve", "worker", "connect", "rotate-keys"):
        bare.assert_refused(bare.run(name, standard_input=KEYS_ON_INPUT), "there is no key", "LAGERBRO_KEYS")
        assert not bare.home.exists()
    wrong = bare.having(LAGERBRO_KEYS=fresh_key())
    wrong.assert_refused(wrong.run("worker"), "LAGERBRO_KEYS lacks a key")
    assert made.started().inside(READ) == "rb-token grant"


def test_on_postgresql_two_machines_cannot_each_make_a_key(database: str, tmp_path: Path) -> None:
    one, other = (Installation(tmp_path / name, {"DATABASE_URL": database}) for name in ("one", "other"))
    one.started()
    other.assert_refused(other.run("worker"), "there is no key")
    assert not other.key_file.exists()
    other.home.mkdir()
    other.key_file.write_bytes(one.key_file.read_bytes())
    assert other.started().inside(COUNT) == "1"
