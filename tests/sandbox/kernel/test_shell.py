"""What the server around a core does with requests and answers that do not arrive whole."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn

from lagerbro_sandbox.kernel.faults.plan import Fault
from lagerbro_sandbox.kernel.http import BODY_LIMIT_BYTES
from lagerbro_sandbox.kernel.shell import Shell
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

    with ThreadPoolExecutor(1) as elsewhere:  # this thread's event loop may be a browser's
        elsewhere.submit(lambda: asyncio.run(shell(SCOPE, receive, send))).result()
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


@contextmanager
def listening(shell: Shell) -> Iterator[int]:
    """The port of a real server around the shell."""
    config = uvicorn.Config(shell, host="127.0.0.1", port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def client(port: int) -> httpx2.Client:
    tokens = {"X-AppSecretToken": APP_SECRET, "X-AgreementGrantToken": GRANT}
    return httpx2.Client(base_url=f"http://127.0.0.1:{port}", headers=tokens, timeout=10, trust_env=False)


@pytest.mark.parametrize(("how", "done"), [("lose_answer", True), ("drop_connection", False)])
def test_a_broken_connection_brings_no_answer_at_all(
    tmp_path: Path, how: str, done: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    systems = Sandboxes.made(tmp_path)
    shell = Shell(systems.economic, systems.economic.faults)
    group = {"customerGroupNumber": 77, "name": "Ny", "account": {"accountNumber": 5600}}
    with listening(shell) as port, client(port) as http:
        systems.economic.faults.set(Fault("once", method="POST", path="/customer-groups", **{how: True}))  # type: ignore[arg-type]  # a switch
        with pytest.raises(httpx2.TransportError):
            http.post("/customer-groups", json=group)
        assert (http.get("/customer-groups/77").status_code == 200) is done
        assert http.post("/customer-groups", json={**group, "customerGroupNumber": 78}).status_code == 201
    systems.close()
    assert capfd.readouterr().err == ""


def test_half_a_request_over_a_socket_leaves_nothing_behind(tmp_path: Path) -> None:
    systems = Sandboxes.made(tmp_path)
    with listening(Shell(systems.economic, systems.economic.faults)) as port, client(port) as http:
        head = f"PUT /customers/1 HTTP/1.1\r\nHost: x\r\nX-AppSecretToken: {APP_SECRET}\r\n"
        head += f"X-AgreementGrantToken: {GRANT}\r\nContent-Length: 90\r\nIdempotency-Key: half\r\n\r\n"
        with socket.create_connection(("127.0.0.1", port)) as half:
            half.sendall(head.encode() + b'{"name":')
        http.headers |= {"Content-Type": "application/json", "Idempotency-Key": "half"}
        answer = http.put("/customers/1", content=b"{}")
        assert answer.status_code == 400
        assert "x-resultfromcache" not in answer.headers
        assert http.put("/customers/1", content=b"{}").headers["x-resultfromcache"] == "true"
    systems.close()
