"""Which keys an installation has been given: from the environment, else from files beside its state."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet

from lagerbro.app.configuration import KeysError
from lagerbro.app.keys.files import read_lines

VARIABLE: Final = "LAGERBRO_KEYS"
FILE: Final = "encryption.key"
SIGNING_VARIABLE: Final = "LAGERBRO_SIGNING_KEY"
SIGNING_FILE: Final = "signing.key"
SIGNING_LENGTH_MIN: Final = 32
_DERIVED: Final = b"lagerbro.signing"


@dataclass(frozen=True, slots=True)
class Keys:
    """`encryption`: Fernet keys, the newest first, none where none has been made yet. `signing`: Django's secret keys,
    the newest first. `source`: what a person calls the place that the encryption keys come from.
    """

    encryption: tuple[str, ...]
    signing: tuple[str, ...]
    source: str


def configured_keys(environment: Mapping[str, str], folder: Path) -> Keys:
    """From `LAGERBRO_KEYS` and `LAGERBRO_SIGNING_KEY`, several by commas; else from files, one a line.

    Where no signing key is given, each is derived from an encryption key: whoever may share, lose or renew the one does
    the same with the other. Makes nothing. Raises `KeysError` for what is there and is no key.
    """
    given = _keys_in_environment(environment, VARIABLE)
    encryption, source = (given, VARIABLE) if given is not None else (file_keys(folder), str(folder / FILE))
    _check_keys(encryption or (), source)
    return Keys(encryption or (), _signing_keys(environment, folder, encryption or ()), source)


def file_keys(folder: Path) -> tuple[str, ...] | None:
    """What the key file holds; None where there is none. Raises `KeysError` for an empty one."""
    path = folder / FILE
    lines = read_lines(path)
    if lines == ():
        raise KeysError(_damaged_text(str(path), "is empty"))
    return lines


def _keys_in_environment(environment: Mapping[str, str], variable: str) -> tuple[str, ...] | None:
    if variable not in environment:
        return None
    lines = tuple(filter(None, (part.strip() for part in environment[variable].split(","))))
    if not lines:
        raise KeysError(
            f"{variable} is set and holds no key, which looks like one that was lost on the way: give it the key, or"
            " leave it out altogether to have the key in a file."
        )
    return lines


def _check_keys(keys: tuple[str, ...], source: str) -> None:
    for place, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError as error:
            which = "holds no whole key" if len(keys) == 1 else f"holds something else than a key in place {place}"
            raise KeysError(_damaged_text(source, which)) from error


def _damaged_text(source: str, what: str) -> str:
    return (
        f"{source} {what} (a key is 44 letters, digits, - and _, the last of them =), and without its key nothing that"
        " is stored sealed can be opened: put the key back from your backup; or take this away, if nothing has ever"
        " been connected here. Nothing was started or changed."
    )


def _signing_keys(environment: Mapping[str, str], folder: Path, encryption: tuple[str, ...]) -> tuple[str, ...]:
    given, source = _keys_in_environment(environment, SIGNING_VARIABLE), SIGNING_VARIABLE
    if given is None:
        given, source = read_lines(folder / SIGNING_FILE), str(folder / SIGNING_FILE)
    if given is None:
        return tuple(hmac.new(key.encode(), _DERIVED, sha256).hexdigest() for key in encryption)
    if not given or min(map(len, given)) < SIGNING_LENGTH_MIN:
        raise KeysError(
            f"{source} holds no whole signing key (at least {SIGNING_LENGTH_MIN} characters), so that nobody's sign-in"
            " could be trusted: put it back from your backup, or take it away, and everybody signs in once more."
        )
    return given
