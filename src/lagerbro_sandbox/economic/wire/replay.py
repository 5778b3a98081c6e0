"""How long e-conomic remembers the answer to an idempotency key."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

KEY_LIFE: Final = timedelta(hours=1)
"""economic-api 4.1."""
