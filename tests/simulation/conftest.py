"""The simulated crash is of a process, never of the machine: nothing has to reach the disk before it goes on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Final

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

_ENDS_OTHERS: Final = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
"""What a crashed process leaves behind: here its threads live on with their sessions, and no database is dropped."""


def _at_ease(connection: BaseDatabaseWrapper, **_more: object) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")


@pytest.fixture(autouse=True)
def nothing_waits_for_the_disk(transactional_db: None) -> Iterator[None]:
    connection_created.connect(_at_ease)
    connection.close()
    yield
    connection_created.disconnect(_at_ease)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_ENDS_OTHERS)
    connection.close()


@pytest.fixture(autouse=True)
def on_one_core(worker_id: str) -> Iterator[None]:
    """Its threads take turns, and a turn goes over a quarter faster when it need not go to another core."""
    if sys.platform != "linux":
        yield
        return
    cores = sorted(os.sched_getaffinity(0))
    number = int(worker_id.removeprefix("gw")) if worker_id != "master" else 0
    os.sched_setaffinity(0, {cores[number % len(cores)]})
    yield
    os.sched_setaffinity(0, cores)
