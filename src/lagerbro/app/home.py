"""Where an installation keeps its state."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

OURS_ALONE: Final = 0o077
"""What nobody but the account that runs us may do with our files."""


def home(environment: Mapping[str, str]) -> Path:
    """`LAGERBRO_HOME`, or `.lagerbro` where the command is run."""
    return Path(environment.get("LAGERBRO_HOME") or ".lagerbro").absolute()


def make_new_files_private() -> None:
    """Every file and folder that this process makes from now on is closed to everybody else, wherever it is made."""
    os.umask(OURS_ALONE)
