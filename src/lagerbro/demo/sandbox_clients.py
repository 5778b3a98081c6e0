"""What a person would do in the sandboxes, done over HTTP: book invoices, look in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx2

from lagerbro.wire.numbers import decode_builtins, encode

REQUEST_TIMEOUT_S: Final = 10

INVOICES: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    (
        "Two bicycles and a service",
        {
            "customer_id": 10001,
            "other_reference": "Ordre 4711",
            "lines": [
                {"item_id": "NL-100", "quantity": 2},
                {"item_id": "V-SERVICE", "quantity": 1, "discount_percentage": 10},
            ],
        },
    ),
    (
        "A municipality with an EAN number",
        {"customer_id": 10034, "lines": [{"item_id": "EL-101", "quantity": 3}, {"item_id": "BK-100", "quantity": 12}]},
    ),
    (
        "A German shop, in euro, reverse charge",
        {"customer_id": 10046, "lines": [{"item_id": "RD/103", "quantity": 24, "line_price": "14.95"}]},
    ),
    (
        "A Norwegian shop, export, in kroner",
        {"customer_id": 10054, "lines": [{"item_id": "HJ-105", "quantity": 6, "line_price": "389.50"}]},
    ),
    (
        "More decimals than e-conomic keeps",
        {
            "customer_id": 10002,
            "lines": [
                {"item_id": "LADFRAGT", "quantity": "12.125", "line_price": "12.345"},
                {"item_id": "TB 100", "quantity": 7},
            ],
        },
    ),
)


@dataclass(frozen=True, slots=True)
class SandboxClients:
    """A client of each sandbox, with the keys to it."""

    rackbeat: httpx2.Client
    economic: httpx2.Client

    def close(self) -> None:
        self.rackbeat.close()
        self.economic.close()

    def book_invoices(self) -> list[int]:
        """Book a few invoices and last a credit note for the first; answers their numbers."""
        numbers = [self._book(body) for _, body in INVOICES]
        credit = self._rackbeat("POST", f"customer-invoices/{numbers[0]}/create-creditnote")
        self._rackbeat("POST", f"customer-invoices/{credit['number']}/book")
        return [*numbers, int(credit["number"])]

    def ledger_entries(self, year: str, invoices: list[str]) -> list[dict[str, Any]]:
        """The ledger entries of these booked invoices."""
        voucher_filter = f"voucherNumber$in:[{','.join(invoices)}]"
        answer = self.economic.get(
            f"/accounting-years/{year}/entries", params={"filter": voucher_filter, "pagesize": "1000"}
        )
        rows: list[dict[str, Any]] = _content(answer)["collection"]
        return rows

    def account_names(self) -> Mapping[int, str]:
        rows = _content(self.economic.get("/accounts", params={"pagesize": "1000"}))["collection"]
        return {row["accountNumber"]: row["name"] for row in rows}

    def _book(self, body: dict[str, Any]) -> int:
        number = self._rackbeat("POST", "customer-invoices/drafts", body)["number"]
        self._rackbeat("POST", f"customer-invoices/{number}/book")
        return int(number)

    def _rackbeat(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = self.rackbeat.request(method, f"/api/{path}", content=encode(body or {}))
        record: dict[str, Any] = next(iter(_content(answer).values()))
        return record


def _content(answer: httpx2.Response) -> dict[str, Any]:
    answer.raise_for_status()
    content: dict[str, Any] = decode_builtins(answer.content)
    return content


def sandbox_client(port: int, tokens: Mapping[str, str]) -> httpx2.Client:
    """A client that sends these headers to the sandbox on a port of this machine."""
    headers = {"Content-Type": "application/json", **tokens}
    return httpx2.Client(
        base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=REQUEST_TIMEOUT_S, trust_env=False
    )


def allow_plain_http_webhooks(port: int) -> None:
    """Let the local e-conomic send webhooks to a program on this machine by plain HTTP; the real one asks for https."""
    with sandbox_client(port, {}) as economic:
        _content(economic.post("/_sandbox/webhooks/switch", content=encode({"plain": True})))


def is_up(port: int, path: str, method: str = "GET") -> bool:
    """Whether something answers there."""
    try:
        return httpx2.request(method, f"http://127.0.0.1:{port}{path}", timeout=1, trust_env=False).status_code < 500
    except httpx2.TransportError:
        return False
