"""What the browser tests stand on: in their Chromium no third-party cookie comes back from inside a frame."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext

pytestmark = pytest.mark.browser
COOKIE = "control=1; SameSite=None; Secure; Path=/"


class _Sites(BaseHTTPRequestHandler):
    """`/` holds a frame of the other site; `/within` sets a cookie and tells which ones came."""

    def do_GET(self) -> None:
        port = self.headers["Host"].rpartition(":")[2]
        told = self.headers.get("Cookie") or "none"
        frame = f"<iframe src='http://localhost:{port}/within'></iframe>"
        body = (f"<p>{told}</p>" if self.path == "/within" else frame).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        if self.path == "/within":
            self.send_header("Set-Cookie", COOKIE)
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Site</title>" + body)

    def log_message(self, *_arguments: object) -> None:
        return None


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Sites)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def told_within(context: BrowserContext, port: int) -> list[str]:
    """What came back to the framed site at three looks, to it in the top window at two, in the frame again."""
    page = context.new_page()
    told = []
    for address in (*["127.0.0.1"] * 3, *["localhost"] * 2, "127.0.0.1"):
        within = address == "127.0.0.1"
        page.goto(f"http://{address}:{port}/{'' if within else 'within'}")
        told.append((page.frame_locator("iframe") if within else page).locator("p").inner_text())
    context.close()
    return told


def test_in_a_window_of_the_tests_nothing_comes_back_from_inside_a_frame(browser: Browser, port: int) -> None:
    *within, top_first, top_again, within_at_last = told_within(browser.new_context(), port)
    assert within == ["none"] * 3
    assert (top_first, top_again) == ("none", "control=1"), "the cookie itself is a good one"
    assert within_at_last == "none", "not even one that the top window has set"
