"""What the server around a core does with requests that do not arrive whole."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest

from lagerbro.sandbox.kernel.http import BODY_LIMIT_BYTES
from lagerbro.sandbox.kernel.shell import Shell
from tests.sandboxes import APP_SECRET, GRANT, Sandboxes

Message = MutableMapping[str, Any]
DRAFT = b'{"date":"2026-11-24"}'
SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/invoices/drafts",
    "raw_path": b"/invoices/drafts",
    "query_string": b"",
    "headers": [
        (b"x-appsecrettoken", APP_SECRET.encode()),
        (b"x-agreementgranttoken", GRANT.encode()),
        (b"content-type", b"application/json"),
        (b"idempotency-key", b"key-1"),
    ],
}


def asked(shell: Shell, *messages: Message) -> list[Message]:
    """What is sent back for a request that arrives in these pieces."""
    coming: Iterator[Message] = iter(messages)
    sent: list[Message] = []

    async def receive() -> Message:
        return next(coming)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(shell(SCOPE, receive, send))
    return sent


def piece(body: bytes, *, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


@pytest.fixture
def shell(systems: Sandboxes) -> Shell:
    return Shell(systems.economic, systems.economic.faults)


def test_a_request_that_is_cut_off_asks_for_nothing_and_may_be_sent_again(shell: Shell) -> None:
    assert asked(shell, piece(DRAFT[:9], more=True), {"type": "http.disconnect"}) == []
    start, body = asked(shell, piece(DRAFT[:9], more=True), piece(DRAFT[9:]))
    assert start["status"] == 400  # what the whole draft lacks, and nothing remembered of half of it
    assert b"is not JSON" not in body["body"]
    assert b"x-resultfromcache" not in dict(start["headers"])


def test_a_body_without_end_is_refused(shell: Shell) -> None:
    start, _ = asked(shell, piece(b" " * BODY_LIMIT_BYTES, more=True), piece(b" ", more=True))
    assert start["status"] == 413
