"""Opening the database, which every command does before it does anything else with it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from lagerbro.app.databases import is_postgresql
from lagerbro.app.keys.canary import check_keys, note_keys
from lagerbro.app.keys.configured import FILE, configured_keys
from lagerbro.app.keys.files import write_lines
from lagerbro.app.sqlite.checking import check_database_file, reporting_file_faults

_ONE_AT_A_TIME: Final = 5_027_001
"""The number of our advisory lock on PostgreSQL."""
WAITS_S: Final = 60


def open_database() -> None:
    """Bring the database to this release, once it is certain that the keys at hand open what is sealed in it.

    A key is made only where neither a key nor anything sealed is. Raises `KeysError` or
    `DatabaseFileError`, and has then changed nothing.
    """
    check_database_file()
    with one_process_at_a_time(), reporting_file_faults():
        load_keys()  # another process may have made them since ours were read
        used = check_keys()
        if not settings.LAGERBRO_KEYS:
            write_lines(settings.LAGERBRO_HOME / FILE, (Fernet.generate_key().decode(),))
            load_keys()
        # A release's migrations only add, so that the one before goes on working.
        call_command("migrate", interactive=False, verbosity=0)
        note_keys(used)


def load_keys() -> None:
    keys = configured_keys(os.environ, settings.LAGERBRO_HOME)
    settings.LAGERBRO_KEYS = keys.encryption
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "".join(keys.signing[:1]), list(keys.signing[1:])


@contextmanager
def one_process_at_a_time() -> Iterator[None]:
    """One process at a time, whichever machines they run on."""
    if is_postgresql(settings.DATABASES["default"]):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{WAITS_S}s"])
            cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
            cursor.execute("RESET lock_timeout")
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])
        return
    settings.LAGERBRO_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = os.open(settings.LAGERBRO_HOME, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
