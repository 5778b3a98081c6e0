"""Why nothing can be started with the keys at hand."""

from __future__ import annotations

import os
from typing import Final

EXIT_STATUS: Final = os.EX_CONFIG
"""78, of which service managers can be told that starting again does not help (README)."""


class KeysError(RuntimeError):
    """The keys are missing, damaged or not those of the database. The text says what, why, and what to do."""
