"""What a page says after an act."""

from __future__ import annotations

from typing import Final

SAID: Final = {
    "uninstalled": "Appen er afinstalleret. Dens adgang til kontoen er lukket.",
    "installed": "Appen er installeret.",
}
