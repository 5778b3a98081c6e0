"""How the sandbox was told to behave outlives its process; the older shape of errors (economic-api 4, 5.1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.sandbox.economic.calling import Caller
from tests.sandboxes import Sandboxes

UNIT = {"name": "Meter"}
BAD_DRAFT: dict[str, Any] = {
    "date": "2026-11-24",
    "currency": "ZUL",
    "customer": {"customerNumber": 99},
    "recipient": {"name": "Kunde", "vatZone": {"vatZoneNumber": 1}},
    "layout": {"layoutNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "lines": [{"description": "a"}, {"product": {"productNumber": "?"}, "quantity": 1}],
}


def test_switches_survive_a_restart(tmp_path: Path) -> None:
    first = Sandboxes.made(tmp_path)
    first.admin("economic", "idempotency", kept=False, life_s=30)
    first.admin("economic", "bucket", size=600)
    first.admin("economic", "strict", about="sendBy", strict=True)
    first.admin("economic", "errors/older", older=True)
    first.admin("economic", "vouchers/delay", ms=250)
    first.close()
    again = Sandboxes.made(tmp_path)
    try:
        call = Caller(again)
        switches = again.economic.switches
        assert (switches.keys_are_kept, switches.key_life.total_seconds()) == (False, 30)
        assert again.economic.store.switch("voucher_delay_ms") == 250
        made = [call("POST", "/units", UNIT, idempotency_key="k")[1]["unitNumber"] for _ in range(2)]
        assert made[0] != made[1]
        assert "token-limit-600-per" in call.raw("GET", "/units").headers["X-RateLimiting"]
        assert call("POST", "/invoices/booked", {"draftInvoice": {"draftInvoiceNumber": 1}, "sendBy": "ean"})[0] == 400
        assert call("POST", "/invoices/drafts", BAD_DRAFT)[1]["message"] == "Validation error."
        again.admin("economic", "idempotency", kept=True, life_s=30)
    finally:
        again.close()
    last = Sandboxes.made(tmp_path)
    try:
        call = Caller(last)
        made = [call("POST", "/units", UNIT, idempotency_key="l")[1]["unitNumber"] for _ in range(2)]
        assert made[0] == made[1]
        last.clock.sleep_s(31)
        assert call("POST", "/units", UNIT, idempotency_key="l")[1]["unitNumber"] != made[0]
    finally:
        last.close()


def test_4_1_answers_that_are_forgotten_before_their_time(systems: Sandboxes) -> None:
    call = Caller(systems)

    def made(key: str) -> int:
        number: int = call("POST", "/units", UNIT, idempotency_key=key)[1]["unitNumber"]
        return number

    first = made("k")
    assert made("k") == first
    systems.admin("economic", "idempotency/forget")
    second = made("k")
    assert second != first
    assert made("k") == second  # what comes after is kept as before


def test_5_1_the_older_shape_of_errors(systems: Sandboxes) -> None:
    """Shape 2: `message` and `value` in the leaves, plain arrays whose members carry `arrayIndex`."""
    call = Caller(systems)
    _, present = call("POST", "/invoices/drafts", BAD_DRAFT)
    systems.admin("economic", "errors/older", older=True)
    status, body = call("POST", "/invoices/drafts", BAD_DRAFT)
    assert (status, body["message"], body["errorCode"]) == (400, "Validation error.", "E04300")
    leaf = body["errors"]["currency"]["errors"][0]
    before = present["errors"]["currency"]["errors"][0]
    assert (leaf["message"], leaf["value"]) == (before["errorMessage"], before["inputValue"])
    assert "errorMessage" not in leaf
    assert "inputValue" not in leaf
    assert [item["arrayIndex"] for item in body["errors"]["lines"]] == [1]
    assert body["errors"]["lines"][0]["product"]["productNumber"]["errors"][0]["errorCode"] == "E06000"
    assert present["errors"]["lines"]["items"][0]["arrayIndex"] == 1
    assert body["errorCount"] == present["errorCount"]
    systems.admin("economic", "errors/older", older=False)
    assert call("POST", "/invoices/drafts", BAD_DRAFT)[1]["errors"] == present["errors"]
