"""Where an installation keeps its state, and the keys that open its secrets."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet


@dataclass(frozen=True, slots=True)
class Keys:
    """`encryption`: Fernet keys, the newest first; `signing`: Django's secret key."""

    encryption: tuple[str, ...]
    signing: str


def home(environment: Mapping[str, str]) -> Path:
    """`LAGERBRO_HOME`, or `.lagerbro` where the command is run."""
    return Path(environment.get("LAGERBRO_HOME") or ".lagerbro").absolute()


def keys(environment: Mapping[str, str], folder: Path) -> Keys:
    """From `LAGERBRO_KEYS` and `LAGERBRO_SIGNING_KEY`; else from files, made on the first start, that only we read."""
    encryption = environment.get("LAGERBRO_KEYS") or _kept(folder / "encryption.key", _fernet_key)
    return Keys(
        encryption=tuple(encryption.split(",")),
        signing=environment.get("LAGERBRO_SIGNING_KEY") or _kept(folder / "signing.key", _signing_key),
    )


def _fernet_key() -> str:
    return Fernet.generate_key().decode()


def _signing_key() -> str:
    return secrets.token_urlsafe(50)


def _kept(path: Path, make: Callable[[], str]) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = make()
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key
