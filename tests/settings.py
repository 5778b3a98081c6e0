"""Django settings for the tests: the product's own, with a database in a folder that this process has to itself."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = Path(tempfile.mkdtemp(prefix="lagerbro-tests-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["LAGERBRO_HOME"] = str(_FOLDER)
os.environ.setdefault("LAGERBRO_ENVIRONMENT", "test")

from lagerbro.app.settings import *  # noqa: E402, F403
from lagerbro.app.settings import DATABASES  # noqa: E402

# A file, not memory: WAL and locking behave as in production.
DATABASES["default"]["TEST"] = {"NAME": _FOLDER / "test.sqlite3"}
