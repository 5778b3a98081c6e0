"""A sandbox answers by its own names only, and no other site's page moves its clock or sets its faults."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import httpx2
import pytest

from lagerbro_sandbox.kernel.shell import Shell
from tests.sandbox.kernel.test_shell import listening
from tests.sandboxes import Sandboxes

BASE = "https://economic.example.dk"


@pytest.fixture(params=["economic", "rackbeat"])
def http(request: pytest.FixtureRequest, systems: Sandboxes) -> Iterator[httpx2.Client]:
    core = getattr(systems, request.param)
    with (
        listening(Shell(core, core.faults, public_base=BASE)) as port,
        httpx2.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http,
    ):
        yield http


def now(http: httpx2.Client) -> datetime:
    return datetime.fromisoformat(http.post("/_sandbox/health").json()["now"])


def advanced(http: httpx2.Client, method: str = "POST", **headers: str) -> int:
    """The answer to an act; the clock moves if it is 200, and only then."""
    before = now(http)
    body = b'{"seconds": 3600}'
    sent = {name.replace("_", "-"): value for name, value in {"content_type": "application/json", **headers}.items()}
    status = http.request(method, "/_sandbox/clock/advance", content=body, headers=sent).status_code
    assert ((now(http) - before).total_seconds() >= 3600) is (status == 200)
    return status


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "192.168.1.4",
        "economic.example.dk:81",
        "[",
        "",
    ],
)
def test_by_another_name_nothing_is_answered(http: httpx2.Client, host: str) -> None:
    for method, path in (("POST", "/_sandbox/health"), ("GET", "/pages/"), ("GET", "/self"), ("GET", "/api/self")):
        answer = http.request(method, path, headers={"host": host})
        assert (answer.status_code, answer.content) in [(421, b""), (400, b"Invalid HTTP request received.")]


@pytest.mark.parametrize(
    "host", ["localhost:8101", "127.0.0.1", "[::1]:8101", "rackbeat.localhost", "economic.example.dk"]
)
def test_by_its_own_names_it_is(http: httpx2.Client, host: str) -> None:
    assert http.post("/_sandbox/health", headers={"host": host}).status_code == 200
    assert http.get("/pages/", headers={"host": host}).status_code in (200, 302, 303)


def test_another_sites_page_asks_for_nothing(http: httpx2.Client) -> None:
    assert advanced(http, origin="https://evil.example") == 403
    assert advanced(http, origin="null") == 403
    assert advanced(http, sec_fetch_site="cross-site") == 403
    assert advanced(http, sec_fetch_site="same-site") == 403
    assert advanced(http, content_type="text/plain") == 415
    assert advanced(http, content_type="application/x-www-form-urlencoded") == 415
    assert advanced(http, "GET") == 405


def test_programs_and_its_own_pages_do(http: httpx2.Client) -> None:
    assert advanced(http) == 200
    assert advanced(http, content_type="application/json; charset=utf-8") == 200
    assert advanced(http, origin=str(http.base_url).rstrip("/"), sec_fetch_site="same-origin") == 200
    assert advanced(http, origin=BASE) == 200
