"""A PostgreSQL for all the trials of kills."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.postgres import started


@pytest.fixture(scope="session")
def server() -> str:
    return started(Path(tempfile.mkdtemp(prefix="lagerbro-postgres-")) / "data")
