"""Whether the keys at hand are those of the database: looked at before anything else is, noted for the next time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import connection
from django.utils import timezone

from lagerbro.agreements.models import KeyCanary
from lagerbro.agreements.secrets import key_index_of
from lagerbro.app.configuration import KeysError
from lagerbro.app.keys.configured import FILE, VARIABLE, file_keys
from lagerbro.app.keys.sealed import CANARIES, SEALED, SealedColumn

TEXT: Final = b"lagerbro"
_SEALED: Final = "access to Rackbeat and e-conomic, second factors"


def check_keys() -> frozenset[int]:
    """The places among our keys of those that have sealed something, once it is certain that none of them is missing.

    Raises `KeysError` when one is. A database from before there were canaries is read through instead. Changes
    nothing, and may be asked before the database has been brought to this release.
    """
    canaries = list(_values(existing_columns([CANARIES])))
    used = [key_index_of(value) for value in canaries or _values(existing_columns(SEALED))]
    if None in used:
        raise KeysError(_missing_key_text(canaries) if settings.LAGERBRO_KEYS else _no_key_text())
    return frozenset(place for place in used if place is not None)


def note_keys(used: frozenset[int]) -> None:
    """See to it that each of these keys, and the newest, has its canary."""
    noted = {key_index_of(value) for value in _values([CANARIES])}
    for place in sorted({0, *used} - noted):
        sealed = Fernet(settings.LAGERBRO_KEYS[place]).encrypt(TEXT)
        KeyCanary.objects.create(sealed=sealed, made_at=timezone.now())


def _values(columns: Iterable[SealedColumn]) -> Iterator[bytes]:
    for column in columns:
        for _key, stored in column.rows():
            yield from column.values(stored)


def existing_columns(columns: Sequence[SealedColumn]) -> list[SealedColumn]:
    """Those that this database has: it may be new, or an earlier release's."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        return [
            column
            for column in columns
            if column.table in tables
            and column.column
            in {one.name for one in connection.introspection.get_table_description(cursor, column.table)}
        ]


def _no_key_text() -> str:
    path = settings.LAGERBRO_HOME / FILE
    return (
        f"there is no key to what this database keeps sealed ({_SEALED}): {path} is not there and {VARIABLE} is not"
        " set. A new key would open none of it, so none was made and nothing was started. Put the file back from your"
        f" backup, or set {VARIABLE} to the key that it held."
    )


def _missing_key_text(canaries: Sequence[bytes]) -> str:
    source = settings.LAGERBRO_KEYS_SOURCE
    problem = (
        f"{source} lacks a key to what this database keeps sealed ({_SEALED}): it is another installation's, or an"
        " older key was taken away before `lagerbro rotate-keys` said that it may be. Nothing was started or changed. "
    )
    path = settings.LAGERBRO_HOME / FILE
    if source == VARIABLE and all(_opens(file_keys(settings.LAGERBRO_HOME) or (), value) for value in canaries):
        return f"{problem}The key in {path} does open it: take {VARIABLE} away, or put that key behind yours in it."
    return f"{problem}Put the missing key back, behind the one that is there."


def _opens(keys: Sequence[str], sealed: bytes) -> bool:
    for key in keys:
        try:
            Fernet(key).decrypt(sealed)
        except (InvalidToken, ValueError):  # not its key, or no key at all
            continue
        return True
    return False
