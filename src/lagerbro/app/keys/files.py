"""Files that hold keys: whole or not there, and readable to the account that runs us alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from lagerbro.app.configuration import KeysError

LENGTH_MAX: Final = 64 * 1024


def read_lines(path: Path) -> tuple[str, ...] | None:
    """The keys in the file, one a line; None where there is no file. Raises `KeysError` when it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(LENGTH_MAX)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeysError(
            f"{path} cannot be read ({error.strerror}), and without the key in it nothing that is stored sealed can be"
            " opened: let the account that runs Lagerbro read the file."
        ) from error
    # A damaged file may hold anything; what is no key is refused by whoever knows what a key looks like.
    return tuple(filter(None, (line.strip() for line in content.decode("ascii", "replace").splitlines())))


def write_lines(path: Path, lines: tuple[str, ...]) -> None:
    """Put the lines in the place of what is there: whatever happens meanwhile, one or the other stands there, whole.

    One process at a time.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)  # of one who was killed
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
    new.rename(path)
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """A new name is lost in a power cut until its folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
