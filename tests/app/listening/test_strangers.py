"""Pages that wait keep no webhook waiting, and whoever sends half a request, or a drip, does not close the house."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from lagerbro.app.listening.channels import Limits
from lagerbro.app.listening.dispatching import PAGE_THREADS
from lagerbro.app.listening.server import web_server
from lagerbro.web.page_time import PAGES_WAITING_MAX

ANSWERED_WITHIN_S = 20.0
HALF = b"POST /hooks/rackbeat/x/ HTTP/1.1\r\nHost: localhost\r\nContent-Le"
HALF_BODY = b"POST /hooks/rackbeat/x/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc"
WHOLE = b"GET %b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


class House:
    """Pages wait until they are let go; doors answer at once."""

    def __init__(self, limits: Limits) -> None:
        self.let_go = threading.Event()
        self.waiting = threading.Semaphore(0)
        self._server = web_server(self._answer, "127.0.0.1", 0, limits)
        self.port = int(self._server.effective_port)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()

    def _answer(self, environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith("/page"):
            self.waiting.release()
            self.let_go.wait(60)
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"fine"]

    def wire(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=ANSWERED_WITHIN_S)

    def answers(self, path: bytes) -> bool:
        with self.wire() as wire:
            wire.sendall(WHOLE % path)
            return wire.recv(1000).startswith(b"HTTP/1.1 200")

    def close(self) -> None:
        self.let_go.set()
        self._server.close()
        self._thread.join(10)


@contextmanager
def house(**limits: Any) -> Iterator[House]:
    made = House(Limits(**limits))
    try:
        yield made
    finally:
        made.close()


def is_closed(wire: socket.socket) -> bool:
    """Waits for the other end, which has nothing to say, or says that the request was bad."""
    wire.settimeout(ANSWERED_WITHIN_S)
    try:
        while wire.recv(1000):
            pass
    except ConnectionResetError:
        pass
    return True


def drip(wire: socket.socket) -> None:
    """A byte now and then, for as long as anybody would listen."""
    until = time.monotonic() + ANSWERED_WITHIN_S
    while time.monotonic() < until:
        wire.sendall(b"x")
        time.sleep(0.05)


@pytest.mark.parametrize("path", [b"/hooks/rackbeat/x/", b"/hooks/economic/x/", b"/health/"])
def test_a_door_answers_while_every_thread_of_the_pages_waits(path: bytes) -> None:
    with house() as made, ExitStack() as stack:
        for _ in range(PAGE_THREADS + 4):
            wire = stack.enter_context(made.wire())
            wire.sendall(WHOLE % b"/page/")
        for _ in range(PAGE_THREADS):
            assert made.waiting.acquire(timeout=ANSWERED_WITHIN_S)
        assert made.answers(path)
        assert not made.let_go.is_set()


def test_half_of_the_pages_threads_may_be_waiting_for_the_two_systems() -> None:
    assert PAGES_WAITING_MAX * 2 == PAGE_THREADS


@pytest.mark.parametrize("sent", [HALF, HALF_BODY, b""])
def test_half_sent_requests_do_not_close_the_house(sent: bytes) -> None:
    """A hundred closed it before; here places run out sooner, and those who were there first make room."""
    with house(connections=40, of_one_address=1000) as made, ExitStack() as stack:
        for _ in range(120):
            wire = stack.enter_context(made.wire())
            wire.sendall(sent)
        assert made.answers(b"/health/")


def test_one_address_does_not_get_all_the_places() -> None:
    with house(of_one_address=5) as made, ExitStack() as stack:
        kept = [stack.enter_context(made.wire()) for _ in range(5)]
        for wire in kept:
            wire.sendall(HALF)
        time.sleep(0.2)
        assert is_closed(stack.enter_context(made.wire()))
        kept[0].close()
        until = time.monotonic() + ANSWERED_WITHIN_S
        while True:
            try:
                if made.answers(b"/health/"):
                    break
            except OSError:
                pass
            assert time.monotonic() < until


@pytest.mark.parametrize(("sent", "limits"), [(HALF, {"headers_s": 0.3}), (HALF_BODY, {"body_s": 0.3})])
def test_a_drip_is_closed_however_busy_it_looks(sent: bytes, limits: dict[str, float]) -> None:
    with house(**limits) as made, made.wire() as wire:
        wire.sendall(sent)
        with pytest.raises(OSError):  # noqa: PT011 - reset, or a broken pipe
            drip(wire)
        assert made.answers(b"/health/")


def test_who_says_nothing_is_closed_and_who_waits_for_an_answer_is_not() -> None:
    with house(idle_s=1, headers_s=1, body_s=1) as made, made.wire() as silent, made.wire() as asking:
        asking.sendall(WHOLE % b"/page/")
        assert is_closed(silent)
        time.sleep(1.5)
        made.let_go.set()
        assert asking.recv(1000).startswith(b"HTTP/1.1 200")
