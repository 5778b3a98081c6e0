"""Logs tell what went wrong and never an address that opens something."""

from __future__ import annotations

import io
import json
import logging
from datetime import UTC, datetime, timedelta

import pytest

from lagerbro.agreements.capabilities import random_secret
from lagerbro.agreements.page_tokens import PageToken
from lagerbro.agreements.secrets import Secret
from lagerbro.app.logs import LogLine


@pytest.fixture
def written() -> tuple[logging.Logger, io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LogLine())
    logger = logging.getLogger("tests.logs")
    logger.handlers, logger.propagate = [handler], False
    return logger, stream


def test_unguessable_addresses_are_blotted_out(written: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = written
    key = random_secret()
    for path in (f"/{key}/activity/", f"/hooks/rackbeat/{key}/", f"/{key}", f"/{key}?q=1"):
        logger.warning("Unprocessable Entity: %s", path)
    lines = [json.loads(line)["event"] for line in stream.getvalue().splitlines()]
    assert key not in stream.getvalue()
    assert lines == [f"Unprocessable Entity: {path}" for path in ("/…/activity/", "/hooks/rackbeat/…/", "/…", "/…?q=1")]


def test_every_line_says_when_in_utc(written: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = written
    logger.warning("something")
    told = json.loads(stream.getvalue())["timestamp"]
    assert told.endswith("Z")
    assert abs(datetime.fromisoformat(told) - datetime.now(UTC)) < timedelta(minutes=10)


def test_page_tokens_are_blotted_out(written: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = written
    token = PageToken(1234, "en").text()
    logger.warning("Not Found: %s", f"/i/{token}/activity/")
    assert json.loads(stream.getvalue())["event"] == "Not Found: /i/…/activity/"


def test_a_traceback_is_told_without_them_too(written: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = written
    key = random_secret()
    try:
        int(f"/{key}/")
    except ValueError:
        logger.exception("Internal Server Error: /%s/activity/", key)
    told = json.loads(stream.getvalue())
    assert (told["level"], key in told["event"], "ValueError" in told["event"]) == ("error", False, True)


def test_a_secret_stays_one(written: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = written
    logger.warning("the token is %s", Secret("abcdef"))
    assert "abcdef" not in stream.getvalue()
