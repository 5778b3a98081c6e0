"""Real SIGKILL while orders and invoices of e-conomic become documents of Rackbeat: by `make crash` alone.

Each is in Rackbeat once, and its goods leave once.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from lagerbro.wire.numbers import decode_builtins, encode
from tests.crash.running import SETTLED_WITHIN_S, Running
from tests.crash.test_kills import NAMES, running

__all__ = ["running"]

pytestmark = pytest.mark.timeout(0)
ITEM, CUSTOMER, QUANTITY = "NL-100", 10001, 2
STEPS = [
    f"{write}.{moment}"
    for write in (
        "order.draft",
        "order.book",
        "economic_invoice.draft",
        "economic_invoice.book",
        "invoice_shipping.ship",
    )
    for moment in ("decided", "answered")
]
LOOKS = ("orders_poll", "economic_invoices_poll")


@pytest.fixture(autouse=True)
def asked_for(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--rounds") == "1":
        pytest.skip("only with rounds: make crash ROUNDS=10")


class Selling:
    """People who write orders and invoices in e-conomic. `orders`, `invoices`: what must be in Rackbeat once each."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.orders: list[int] = []
        self.invoices: list[int] = []
        running.execute(
            "INSERT INTO agreements_setting (agreement_id, key, value, decided_by, decided_at) "
            "SELECT id, 'mark_shipped', 'true', 'test', created_at FROM agreements_agreement"
        )
        running.execute("UPDATE agreements_agreement SET settings_version = settings_version + 1")
        for path in (f"customers/{CUSTOMER}", f"products/{ITEM}"):
            running.rename(path)  # so that e-conomic has them too
        wait_until(running, lambda: sum(running.states().values()) >= 2 and self.is_taken(), "customer and item")
        self.stock = self._stock()

    def order(self) -> None:
        self.orders.append(self._economic("/orders/sent", self._body())["orderNumber"])
        self.look()

    def invoice(self) -> None:
        draft = self._economic("/invoices/drafts", self._body())["draftInvoiceNumber"]
        booked = self._economic("/invoices/booked", {"draftInvoice": {"draftInvoiceNumber": draft}})
        self.invoices.append(booked["bookedInvoiceNumber"])
        self.look()

    def look(self) -> None:
        """The polls come round now."""
        for routine in LOOKS:
            self.running.execute(f"UPDATE sync_schedule SET due_at = changed_at WHERE routine = '{routine}'")

    def is_taken(self) -> bool:
        states = self.running.states()
        wanted = {"order": self.orders, "economic_invoice": self.invoices, "invoice_shipping": self.invoices}
        is_whole = all(states[kind, "transferred"] == len(numbers) for kind, numbers in wanted.items())
        return is_whole and {state for _kind, state in states} == {"transferred"}

    def judge(self) -> None:
        assert self._marked("orders", "EO-") == dict.fromkeys(self.orders, 1)
        assert self._marked("customer-invoices", "EI-") == dict.fromkeys(self.invoices, 1)
        assert self._stock() == self.stock - QUANTITY * len(self.invoices)
        assert self.running.read("/invoices/drafts") == []

    def _marked(self, path: str, mark: str) -> Counter[int]:
        content = decode_builtins(self.running.hands.rackbeat.get(f"/api/{path}?limit=1000").content)
        documents: list[dict[str, Any]] = content[path.replace("-", "_")]
        marks = [one["other_reference"] for one in documents if mark in (one.get("other_reference") or "")]
        return Counter(int(text.rsplit(mark, 1)[1]) for text in marks)

    def _stock(self) -> Decimal:
        content = decode_builtins(self.running.hands.rackbeat.get(f"/api/products/{ITEM}").content)
        return Decimal(content["product"]["stock_quantity"])

    def _body(self) -> dict[str, Any]:
        line = {"product": {"productNumber": ITEM}, "description": "Cykel", "quantity": QUANTITY, "unitNetPrice": 99}
        return {
            "date": self._today(),
            "currency": "DKK",
            "layout": {"layoutNumber": 1},
            "paymentTerms": {"paymentTermsNumber": 1},
            "customer": {"customerNumber": CUSTOMER},
            "recipient": {"name": "Cykelhjørnet", "vatZone": {"vatZoneNumber": 1}},
            "lines": [line],
        }

    def _today(self) -> str:
        day: str = self.running.rows("SELECT CURRENT_DATE")[0][0]
        return str(day)

    def _economic(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.running.hands.economic.post(path, content=encode(body))
        assert answer.is_success, answer.text
        made: dict[str, Any] = decode_builtins(answer.content)
        return made


@pytest.mark.parametrize("running", NAMES, indirect=True)
def test_orders_and_invoices_survive_a_kill_at_every_write(running: Running, request: pytest.FixtureRequest) -> None:
    rounds, selling = int(request.config.getoption("--rounds")), Selling(running)
    selling.look()
    wait_until(running, lambda: all("last" in str(mark) for (mark,) in _marks(running)), "the first look has not been")
    for _ in range(rounds):
        for step in STEPS:
            running.let_pass(60)
            running.die_at(step, selling.order if step.startswith("order") else selling.invoice)
    wait_until(running, selling.is_taken, "orders or invoices of e-conomic are stuck")
    selling.judge()
    print(
        f"{running.configuration.name}: {rounds * len(STEPS)} kills, {len(selling.orders)} orders and "
        f"{len(selling.invoices)} invoices of e-conomic: none lost, none twice"
    )


def wait_until(running: Running, condition: Callable[[], bool], otherwise: str) -> None:
    ends_at = time.monotonic() + SETTLED_WITHIN_S
    while not condition():
        assert time.monotonic() < ends_at, f"{otherwise}: {running.states()}"
        running.let_pass(3600)
        time.sleep(0.5)


def _marks(running: Running) -> list[tuple[Any, ...]]:
    return running.rows("SELECT mark FROM sync_schedule WHERE routine = 'economic_invoices_poll'")
