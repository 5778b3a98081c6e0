"""`lagerbro rotate-keys`: what it does in which order, and what it says."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from typing import Final

from cryptography.fernet import Fernet
from django.conf import settings
from django.utils import timezone

from lagerbro.app.keys.configured import FILE, SIGNING_FILE, SIGNING_VARIABLE, VARIABLE
from lagerbro.app.keys.files import read_lines, write_lines
from lagerbro.app.keys.rotation import Count, Rotation, rotate

SIGNING_BYTES: Final = 50
SHOWN_MAX: Final = 5
"""Keys of rows that are listed one by one."""


class NotRotatedError(RuntimeError):
    """It cannot be done in this order, or in this place; the text says what to do instead."""


def add_key() -> str:
    """Put new keys in front of those in the files. Raises `NotRotatedError`."""
    _refuse_keys_in_environment()
    if len(settings.LAGERBRO_KEYS) > 1:
        raise NotRotatedError("there is an older key already: run `lagerbro rotate-keys`, then with --drop-older.")
    signing = read_lines(settings.LAGERBRO_HOME / SIGNING_FILE)
    if signing and SIGNING_VARIABLE not in os.environ:
        write_lines(settings.LAGERBRO_HOME / SIGNING_FILE, (secrets.token_urlsafe(SIGNING_BYTES), *signing))
    write_lines(settings.LAGERBRO_HOME / FILE, (Fernet.generate_key().decode(), *settings.LAGERBRO_KEYS))
    return (
        f"A new key stands in front in {settings.LAGERBRO_HOME / FILE}. Start every process of this installation anew,"
        " then run `lagerbro rotate-keys`."
    )


def drop_older_keys() -> str:
    """Take the older keys out of the files once nothing is left under them. Raises `NotRotatedError`."""
    _refuse_keys_in_environment()
    done = rotate()
    if done.older or done.unreadable:
        raise NotRotatedError("\n".join(["the older keys are still needed:", *report(done)]))
    for name in (FILE, SIGNING_FILE):
        lines = read_lines(settings.LAGERBRO_HOME / name)
        if lines:
            write_lines(settings.LAGERBRO_HOME / name, lines[:1])
    return "The older keys are gone from the files. Start every process of this installation anew."


def _refuse_keys_in_environment() -> None:
    if VARIABLE in os.environ:
        raise NotRotatedError(f"the keys stand in {VARIABLE}: put the new one in front, or take the older away, there.")


def report(done: Rotation) -> Iterator[str]:
    """What is under which key, table by table, and whether the older ones may go."""
    yield from (_line(count) for count in done.counts)
    if done.unreadable:
        yield (
            f"Not done: no key here opens {done.unreadable} of them. Put the key that they were sealed with behind the"
            " others and run this again; or, if it is lost, have the companies connect again."
        )
    elif done.older:
        yield (
            f"Not done: {done.older} are still under an older key, as somebody goes on writing with it. Start every"
            " process anew with the new key in front, then run this again."
        )
    elif len(settings.LAGERBRO_KEYS) == 1:
        yield "Done: everything is under the one key there is."
    else:
        until = timezone.localtime(done.links_until)
        yield (
            "Done: everything is under the newest key. The older ones may be taken away; until"
            f" {until:%Y-%m-%d %H:%M} that ends links in letters that were sent before the new key."
        )


def _line(count: Count) -> str:
    parts = [f"{count.newest} under the newest key"]
    if count.older:
        parts.append(f"{count.older} under an older one")
    if count.unreadable:
        shown = ", ".join(map(str, count.unreadable[:SHOWN_MAX]))
        more = ", …" if len(count.unreadable) > SHOWN_MAX else ""
        parts.append(f"{len(count.unreadable)} that no key here opens (rows {shown}{more})")
    return f"{count.name}: {', '.join(parts)}"
