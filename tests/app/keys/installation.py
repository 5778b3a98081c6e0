"""An installation with something sealed in it, and the real command to start it with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

from lagerbro.demo.children import lagerbro_command

WITHIN_S = 120
SEAL = """
from django.utils import timezone
from lagerbro.agreements.models import Agreement, Credentials
agreement = Agreement.objects.create(public_id="nordlys", rackbeat_account_id=1, created_at=timezone.now())
Credentials._base_manager.create(agreement=agreement, rackbeat_token="rb-token", economic_grant_token="grant")
"""
READ = """
from lagerbro.agreements.models import Credentials
found = Credentials._base_manager.get()
print(found.rackbeat_token.reveal(), found.economic_grant_token.reveal())
"""
COUNT = "from lagerbro.agreements.models import KeyCanary; print(KeyCanary.objects.count())"
FORGET_CANARIES = """
from django.core.management import call_command
from django.db import connection
call_command("migrate", "agreements", "0010", verbosity=0)
with connection.cursor() as cursor:
    cursor.execute("DROP TABLE agreements_keycanary")
    cursor.execute("ALTER TABLE agreements_capability DROP COLUMN secret_digest")
    cursor.execute("DROP TABLE agreements_databasegeneration")
    cursor.execute("ALTER TABLE agreements_agreement DROP COLUMN memory_lost_at")
    cursor.execute("DELETE FROM django_migrations WHERE app = 'agreements' AND name >= '0009'")
"""
"""What a database of the release before looks like."""


@dataclass(frozen=True)
class Installation:
    """`environment`: what the operator has set. `copied`: a database that another test may use too."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def key_file(self) -> Path:
        return self.home / "encryption.key"

    def having(self, **environment: str) -> Installation:
        return replace(self, environment={**self.environment, **environment})

    def copied(self, home: Path) -> Installation:
        shutil.copytree(self.home, home)
        return replace(self, home=home)

    def run(self, *arguments: str, standard_input: str = "") -> subprocess.CompletedProcess[str]:
        """`lagerbro` with these arguments."""
        return self._ran(lagerbro_command(*arguments), standard_input)

    def inside(self, program: str) -> str:
        """What a program that has Django at hand prints."""
        ended = self._ran([sys.executable, "-c", f"import django\ndjango.setup()\n{program}"], "")
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()

    def patched(self, patch: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`lagerbro` with something done to it beforehand."""
        program = f"import sys\n{patch}\nfrom lagerbro.cli import main\nsys.exit(main())"
        return self._ran([sys.executable, "-c", program, *arguments], "")

    def begun(self, arguments: list[str]) -> subprocess.Popen[str]:
        """A process beside us."""
        return subprocess.Popen(arguments, env=self._environment(), stdout=subprocess.PIPE, text=True)

    def _ran(self, arguments: list[str], standard_input: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            arguments,
            env=self._environment(),
            input=standard_input,
            capture_output=True,
            text=True,
            timeout=WITHIN_S,
            check=False,
        )

    def _environment(self) -> dict[str, str]:
        inherited = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "XDG_RUNTIME_DIR") if name in os.environ}
        given = {"DJANGO_SETTINGS_MODULE": "lagerbro.app.settings", "LAGERBRO_HOME": str(self.home)}
        return {**inherited, **given, **self.environment}

    def started(self) -> Installation:
        """A first start, which must go well."""
        ended = self.run("rotate-keys")
        assert ended.returncode == 0, ended.stderr
        return self

    def assert_refused(self, ended: subprocess.CompletedProcess[str], *words: str) -> None:
        """One line that says why, the status that says it is the keys, and nothing done."""
        assert (ended.returncode, ended.stdout) == (78, ""), ended.stderr
        assert ended.stderr.startswith("lagerbro: ")
        assert ended.stderr.count("\n") == 1, ended.stderr
        for word in words:
            assert word in ended.stderr
