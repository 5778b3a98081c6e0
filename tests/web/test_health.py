"""Whether the program answers and has its database."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client


@pytest.mark.django_db
def test_it_answers_whoever_asks_and_leaves_nothing_behind(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert client.head("/health/").status_code == 200
    assert client.post("/health/").status_code == 405


def test_without_its_database_it_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("planted")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})
