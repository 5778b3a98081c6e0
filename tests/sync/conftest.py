"""What every test of the engine begins with."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection

from lagerbro.app.databases import is_postgresql


@pytest.fixture(autouse=True)
def _no_wakes_left(request: pytest.FixtureRequest) -> None:
    """Procrastinate's tables are not the test case's to clear."""
    if is_postgresql(settings.DATABASES["default"]) and "django_db" in request.keywords:
        request.getfixturevalue("db")
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
