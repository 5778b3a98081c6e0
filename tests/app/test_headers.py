"""What every answer tells the browser, whichever part of the program makes it."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
ANSWERS = [
    ("GET", "/", 200),
    ("GET", "/account/login/", 200),
    ("GET", "/profile/", 302),
    ("GET", "/nowhere/", 404),
    ("POST", "/account/login/", 200),
    ("GET", "/static/lagerbro/lagerbro.css", 200),
    ("POST", "/hooks/rackbeat/x/", 401),
    ("GET", "/health/", 200),
    ("TRACE", "/", 405),
    ("OPTIONS", "/profile/", 302),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_every_answer_says_what_may_be_done_with_it(client: Client, method: str, path: str, status: int) -> None:
    answer = client.generic(method, path)
    assert answer.status_code == status
    policy = {part.split()[0]: part.split()[1:] for part in answer["Content-Security-Policy"].split(";")}
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["script-src"] == ["'self'"]
    assert (answer["X-Content-Type-Options"], answer["Referrer-Policy"]) == ("nosniff", "same-origin")
    content = b"" if answer.streaming else answer.content  # a file, whose kind its name tells
    answer.close()
    if content:
        assert "charset=" in answer["Content-Type"] or answer["Content-Type"] == "application/json"


@pytest.mark.parametrize("path", ["/static/", "/static/lagerbro/", "/.git/config", "/static/../app/settings.py"])
def test_no_folder_is_listed_and_nothing_else_is_served(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
