"""Django settings for the tests: the product's own, with a database that this process has to itself.

On a file unless `LAGERBRO_TEST_POSTGRES` is set; then on a PostgreSQL that is started for this process.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet

from lagerbro.app.keys.files import write_lines
from tests.postgres import ASKED, started

_FOLDER = Path(tempfile.mkdtemp(prefix="lagerbro-tests-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["LAGERBRO_HOME"] = str(_FOLDER)
write_lines(_FOLDER / "encryption.key", (Fernet.generate_key().decode(),))  # pytest's database is not opened by us
os.environ.setdefault("LAGERBRO_ENVIRONMENT", "test")
if os.environ.get(ASKED):
    os.environ["DATABASE_URL"] = started(Path(tempfile.mkdtemp(prefix="lagerbro-postgres-")) / "data")

from lagerbro.app.settings import *  # noqa: E402, F403
from lagerbro.app.settings import DATABASES, PASSWORD_HASHERS  # noqa: E402

if not os.environ.get(ASKED):
    # A file, not memory: WAL and locking behave as in production.
    DATABASES["default"]["TEST"] = {"NAME": _FOLDER / "test.sqlite3"}

# Hundreds of sign-ins need no slow hash; the product's own is held by `web/people/test_passwords.py`.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
