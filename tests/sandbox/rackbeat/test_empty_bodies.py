"""Nothing, {} and [] are the same body: PHP writes an object without fields as an empty array."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest

from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.storage import MEMORY
from lagerbro_sandbox.rackbeat.core import RackbeatSandbox
from lagerbro_sandbox.rackbeat.surface import routes
from lagerbro_sandbox.worlds.size import Size
from tests.sandbox.rackbeat.calling import Caller
from tests.sandbox.rackbeat.standing import ACCOUNT
from tests.sandbox.worlds.making import NOW, rackbeat
from tests.sandboxes import BEARER, Sandboxes

ACTS: Final = sorted(
    (method, path) for method, path in routes().paths() if method in ("POST", "PUT") and not path.endswith("}")
)
TRIED: Final = 8
"""Records that are tried until an act is done on one."""
PLACES: Final = {"orders/shipments": "order-shipments", "inventory/internal-movements": "inventory-movements"}
DONE: Final = re.compile(
    r"/(book|reopen|cancel|copy|convert-to-invoice|convert-to-order|create-invoice|create-shipment|create-receipt|"
    r"create-creditnote|mark-shipped|mark-received|mark-picked|unbook|reset|publish)$"
)
VARIES: Final = re.compile(rb'\d+|"token":"[^"]*"')
"""Moments, tokens, and numbers that a sandbox counts on with."""


@pytest.fixture(scope="module")
def core() -> Iterator[RackbeatSandbox]:
    made = rackbeat(Size(seed=11, products=14, months=1, sales=14))
    call = Caller(made)
    for kind in ("orders", "customer-invoices", "purchase-orders", "supplier-invoices"):
        call.send("POST", f"{kind}/{call.get(f'{kind}?limit=1')[0]['number']}/copy")  # a draft beside what is booked
    yield made
    made.close()


def _addresses(core: RackbeatSandbox, pattern: str) -> list[str]:
    """The path of an act on one record of its kind after the other, the newest first."""
    parts = pattern.strip("/").split("/")
    found = []
    for nth in range(TRIED if "{}" in parts else 1):
        filled = [*parts]
        for at, part in enumerate(parts):
            if part == "{}":
                kind = PLACES.get("/".join(parts[:at]), parts[at - 1])
                sql = "SELECT key FROM record WHERE tenant=? AND kind=? ORDER BY id DESC LIMIT 1 OFFSET ?"
                row = core.store.connection.execute(sql, (ACCOUNT, kind, nth)).fetchone()
                filled[at] = row["key"].replace("/", "%2F") if row else "1"
        found.append("/".join(filled))
    return found


def _asked(image: bytes, method: str, path: str, body: bytes) -> tuple[int, bytes]:
    fresh = RackbeatSandbox(MEMORY, NOW)
    fresh.store.connection.deserialize(image)
    sent = {"authorization": f"Bearer {BEARER}"}
    answer = fresh.handle(Request(method, f"/api/{path}", "", sent, body, "rackbeat.test"))
    fresh.close()
    return answer.status, VARIES.sub(b"", answer.body)


def test_every_act_takes_the_three_alike(core: RackbeatSandbox) -> None:
    """Whatever an act comes to, it comes to the same; the record it needs is put back for each."""
    image = core.store.connection.serialize()
    done = set()
    for method, pattern in ACTS:
        if pattern == "/tokens/replace-current":
            continue
        for path in _addresses(core, pattern):
            answers = [_asked(image, method, path, body) for body in (b"", b"{}", b"[]", b" [ ] ", b"null")]
            assert answers == [answers[0]] * 5, (method, path)
            if answers[0][0] < 300:
                done.add(pattern)
                break
    assert sum(bool(DONE.search(pattern)) for pattern in done) > 20, done


def test_an_array_with_something_in_it_is_no_object(systems: Sandboxes) -> None:
    call = Caller(systems.rackbeat)
    number = systems.invoice(book=False)
    wrongs: list[Any] = [[1], [[]], [{}], "", 0, None]
    for wrong in wrongs:
        assert call("POST", f"/api/customer-invoices/{number}/book", wrong if wrong is not None else [None])[0] == 400
    assert call.get(f"customer-invoices/{number}")["is_booked"] is False
    assert call("POST", f"/api/customer-invoices/{number}/book", [])[0] == 200
    assert call.get(f"customer-invoices/{number}")["is_booked"] is True


def test_what_a_record_must_have_is_still_asked_for(systems: Sandboxes) -> None:
    call = Caller(systems.rackbeat)
    bodies: list[Any] = [[], {}]
    for body in bodies:
        status, answer = call("POST", "/api/customers", body)
        assert (status, "name" in answer["errors"]) == (422, True)
