"""Why nothing can be started as it is set up."""

from __future__ import annotations

import os
from typing import Final

EXIT_STATUS: Final = os.EX_CONFIG
"""78, of which service managers can be told that starting again does not help (docs/operating.md)."""


class ConfigurationError(ValueError):
    """Something that the operator has set cannot be right. The text says what, why, and what to do."""

    status: int = EXIT_STATUS


class KeysError(ConfigurationError):
    """The keys are missing, damaged or not those of the database."""


class DatabaseFileError(ConfigurationError):
    """The database's file is damaged, closed to us or another program's."""

    status = 2
