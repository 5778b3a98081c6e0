"""Django settings for the tests: the product's own, with fixed keys and a database file in a temporary folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_FOLDER = Path(tempfile.gettempdir()) / f"lagerbro-tests-{os.getuid()}-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
os.environ["LAGERBRO_HOME"] = str(_FOLDER)
os.environ.setdefault("LAGERBRO_ENVIRONMENT", "test")

from lagerbro.app.settings import *  # noqa: E402, F403
from lagerbro.app.settings import DATABASES  # noqa: E402

# A file, not memory: WAL and locking behave as in production.
DATABASES["default"]["TEST"] = {"NAME": _FOLDER / "test.sqlite3"}
