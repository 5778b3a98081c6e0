"""The real `lagerbro rotate-keys` on both databases while other processes write: nothing of theirs is undone, and
whoever goes on with the old key alone is found out."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
from cryptography.fernet import Fernet

from tests.app.keys.installation import Installation
from tests.postgres import started

pytestmark = pytest.mark.timeout(300)
ROWS = 600
FILL = f"""
from django.utils import timezone
from lagerbro.agreements.models import Agreement, Credentials
from lagerbro.agreements.secrets import seal
agreements = Agreement.objects.bulk_create(
    Agreement(public_id=f"a{{n}}", rackbeat_account_id=n, created_at=timezone.now()) for n in range({ROWS})
)
Credentials._base_manager.bulk_create(
    Credentials(agreement=one, rackbeat_token=f"{{one.rackbeat_account_id}}:0", economic_grant_token="grant")
    for one in agreements
)
"""
WRITE = """
import random, sys
from pathlib import Path
from lagerbro.agreements.models import Credentials
chance, stop, written = random.Random(7), Path(sys.argv[1]), {}
keys = list(Credentials._base_manager.values_list("pk", flat=True))
while not stop.exists():
    row = Credentials._base_manager.get(pk=chance.choice(keys))
    name, _, count = row.rackbeat_token.reveal().partition(":")
    row.rackbeat_token = f"{name}:{int(count) + 1}"
    row.save()
    assert int(count) == written.get(row.pk, 0), "what we wrote was undone"
    written[row.pk] = int(count) + 1
    Path(f"{stop}.begun").touch()
for row in Credentials._base_manager.all():
    assert row.rackbeat_token.reveal().endswith(f":{written.get(row.pk, 0)}"), "what we wrote was undone"
print(sum(written.values()))
"""
BEHIND = """
import lagerbro.cli
lagerbro.cli._django()
from cryptography.fernet import Fernet
from django.conf import settings
from lagerbro.agreements.models import Credentials
from lagerbro.app.keys import rotation
count = rotation._counted
def somebody_writes_first(column):
    first = Credentials._base_manager.order_by("pk")[:1].values("pk")
    old = Fernet(settings.LAGERBRO_KEYS[-1]).encrypt(b"written with the old key")
    Credentials._base_manager.filter(pk__in=first).update(rackbeat_token=old)
    return count(column)
rotation._counted = somebody_writes_first
"""
"""A process that was not started anew writes between every renewing and its counting."""
UNDER = """
from collections import Counter
from lagerbro.agreements.secrets import key_index_of
from lagerbro.app.keys.sealed import SEALED
print(sorted(Counter(key_index_of(v) for c in SEALED for _, s in c.rows() for v in c.values(s)).items()))
"""


@pytest.fixture(scope="module")
def server() -> str:
    return started(Path(tempfile.mkdtemp(prefix="lagerbro-postgres-")) / "data")


@pytest.fixture(params=["file", "postgres"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    """With the old key, and many secrets under it."""
    made = Installation(tmp_path / "home")
    if request.param == "postgres":
        server = request.getfixturevalue("server")
        name = f"load_{abs(hash(request.node.name))}"
        with psycopg.connect(server, autocommit=True) as session:
            session.execute(f"CREATE DATABASE {name}")
        before, _, query = server.partition("?")
        made = made.having(DATABASE_URL=f"{before.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else ""))
    made.started().inside(FILL)
    return made


def writing(installation: Installation, stop: Path) -> subprocess.Popen[str]:
    """A process of the program that reads and writes secrets until it is told to stop."""
    program = f"import django\ndjango.setup()\n{WRITE}"
    return installation.begun([sys.executable, "-c", program, str(stop)])


def until(path: Path) -> None:
    ends_at = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < ends_at
        time.sleep(0.01)


def test_nothing_that_is_written_meanwhile_is_undone(installation: Installation, tmp_path: Path) -> None:
    assert installation.run("rotate-keys", "--new").returncode == 0
    stop = tmp_path / "stop"
    writer = writing(installation, stop)
    until(tmp_path / "stop.begun")
    ended = installation.run("rotate-keys")
    stop.touch()
    counted = writer.communicate(timeout=60)[0]
    assert writer.returncode == 0
    assert int(counted) > 0
    assert ended.returncode == 0, ended.stdout
    assert f"agreements_credentials.rackbeat_token: {ROWS} under the newest key" in ended.stdout
    assert ended.stdout.splitlines()[-1].startswith("Done:")
    assert installation.inside(UNDER) == f"[(0, {2 * ROWS})]"
    assert installation.run("rotate-keys", "--drop-older").returncode == 0
    assert installation.inside(UNDER) == f"[(0, {2 * ROWS})]"


def test_a_process_that_seals_with_the_old_key_is_found_out(installation: Installation) -> None:
    old = installation.key_file.read_text().strip()
    assert installation.run("rotate-keys", "--new").returncode == 0
    new = installation.key_file.read_text().split()[0]
    ended = installation.patched(BEHIND, "rotate-keys")
    refused = installation.patched(BEHIND, "rotate-keys", "--drop-older")
    assert (ended.returncode, refused.returncode) == (1, 1), ended.stderr
    assert f"agreements_credentials.rackbeat_token: {ROWS - 1} under the newest key, 1 under an older" in ended.stdout
    assert "Not done: 1 are still under an older key" in ended.stdout.splitlines()[-1]
    assert "the older keys are still needed" in refused.stderr
    assert installation.key_file.read_text().split() == [new, old]
    assert installation.run("rotate-keys", "--drop-older").returncode == 0
    assert installation.key_file.read_text().split() == [new]
    assert installation.inside(UNDER) == f"[(0, {2 * ROWS})]"


def test_the_files_are_changed_in_their_order_and_not_behind_the_environments_back(tmp_path: Path) -> None:
    made = Installation(tmp_path / "home").started()
    (made.home / "signing.key").write_text("s" * 40)
    old = made.key_file.read_text().strip()
    begun = made.run("rotate-keys", "--new")
    assert begun.stdout.startswith(f"A new key stands in front in {made.key_file}.")
    new, behind = made.key_file.read_text().split()
    Fernet(new)
    assert behind == old
    assert (made.home / "signing.key").read_text().split()[1] == "s" * 40
    again = made.run("rotate-keys", "--new")
    assert (again.returncode, made.key_file.read_text().split()) == (1, [new, old])
    assert made.run("rotate-keys", "--drop-older").returncode == 0
    assert made.key_file.read_text().split() == [new]
    assert len((made.home / "signing.key").read_text().split()) == 1
    assert made.key_file.stat().st_mode & 0o777 == 0o600
    given = made.having(LAGERBRO_KEYS=new)
    for option in ("--new", "--drop-older"):
        ended = given.run("rotate-keys", option)
        assert (ended.returncode, "the keys stand in LAGERBRO_KEYS" in ended.stderr) == (1, True)
    assert made.key_file.read_text().split() == [new]
