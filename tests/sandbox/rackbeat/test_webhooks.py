"""Webhooks: asked for, delivered, logged, misbehaving. The letter is the evidence (rackbeat-api 0)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from lagerbro_sandbox.kernel import webhook_delivery
from lagerbro_sandbox.kernel.json import from_json
from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import Sandboxes, TestClock

HOOK = {"event": "customer.created", "url": "http://127.0.0.1:1/hook"}


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems.rackbeat)


def bodies(systems: Sandboxes) -> list[Any]:
    return [from_json(due.body) for due in systems.rackbeat.due_deliveries()]


def customers(call: Caller, *names: str) -> list[str]:
    return [str(call.send("POST", "customers", {"name": name})["number"]) for name in names]


def test_d_one_is_read_and_changed(call: Caller) -> None:
    made = call.send("POST", "webhooks", HOOK)
    del made["token"]
    assert call.get(f"webhooks/{made['id']}") == made
    other = call.send("POST", "webhooks", {**HOOK, "event": "customer.updated"})
    assert call("PUT", f"/api/webhooks/{other['id']}", {"event": "customer.created"})[0] == 422
    assert call.get(f"webhooks/{other['id']}")["event"] == "customer.updated"
    changed = call.send("PUT", f"webhooks/{other['id']}", {"is_active": "0"})
    assert (changed["is_active"], changed["event"], "token" in changed) == (False, "customer.updated", False)
    assert [row["id"] for row in call.get("webhooks?event=customer.updated")] == [other["id"]]
    for act, path in (("GET", 99), ("PUT", 99), ("DELETE", 99), ("GET", "x")):
        assert call(act, f"/api/webhooks/{path}", {})[0] == 404


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"event": ""}, "event"),
        ({"event": "a" * 101}, "event"),
        ({"event": 7}, "event"),
        ({"url": "ftp://x/y"}, "url"),
        ({"url": "http:///y"}, "url"),
        ({"url": "http://[x/"}, "url"),
        ({"url": "http://x/ y"}, "url"),
        ({"url": f"http://x/{'a' * 2000}"}, "url"),
        ({"is_active": "perhaps"}, "is_active"),
    ],
)
def test_d_what_cannot_be_a_webhook_is_refused(call: Caller, wrong: dict[str, Any], path: str) -> None:
    status, body = call("POST", "/api/webhooks", {**HOOK, **wrong})
    assert (status, list(body["errors"])) == (422, [path])
    assert call.get("webhooks") == []
    assert len(call.send("POST", "webhooks", HOOK)["token"]) == 32


def test_d_the_rich_body_by_switch(call: Caller, systems: Sandboxes) -> None:
    for event in ("customer.created", "customer.updated"):
        call.send("POST", "webhooks", {**HOOK, "event": event})
    systems.admin("rackbeat", "webhooks/switch", rich=True)
    (number,) = customers(call, "Rig")
    call.send("PUT", f"customers/{number}", {"name": "Rigere", "vat_zone": "eu"})
    created, updated = bodies(systems)
    assert (created["event"], created["key"], created["data"]["name"]) == ("customer.created", number, "Rig")
    assert (updated["changed"], updated["old_key"], updated["new_key"]) == (["name", "vat_zone"], number, number)
    assert updated["data"] == call.get(f"customers/{number}")
    systems.admin("rackbeat", "webhooks/switch")
    customers(call, "Fattig")
    assert list(bodies(systems)[-1]) == ["key_name", "key"]


def test_p_deliveries_late_twice_lost_and_out_of_order(call: Caller, systems: Sandboxes) -> None:
    call.send("POST", "webhooks", HOOK)

    def keys() -> list[str]:
        due = systems.rackbeat.due_deliveries()
        for delivery in due:
            systems.rackbeat.settle_delivery(delivery.id, 200)
        return [from_json(delivery.body)["key"] for delivery in due]  # type: ignore[index]

    systems.admin("rackbeat", "webhooks/switch", lost=1)
    first, second = customers(call, "Tabt", "Ikke tabt")
    assert keys() == [second]
    systems.admin("rackbeat", "webhooks/switch", twice=True)
    (third,) = customers(call, "To gange")
    assert keys() == [third, third]
    systems.admin("rackbeat", "webhooks/switch", shuffled=True)
    fourth, fifth = customers(call, "Først", "Sidst")
    assert keys() == [fifth, fourth]
    systems.admin("rackbeat", "webhooks/switch", late_s=60)
    (sixth,) = customers(call, "Sent")
    assert keys() == []
    systems.clock.sleep_s(60)
    assert keys() == [sixth]
    assert first not in keys()


def test_switches_and_what_is_due_survive_a_restart(tmp_path: Path) -> None:
    clock = TestClock()
    before = Sandboxes.made(tmp_path, clock)
    call = Caller(before.rackbeat)
    call.send("POST", "webhooks", HOOK)
    before.admin("rackbeat", "webhooks/switch", twice=True)
    before.close()
    after = Sandboxes.made(tmp_path, clock)
    (number,) = customers(Caller(after.rackbeat), "Efter")
    after.close()
    again = Sandboxes.made(tmp_path, clock)
    assert [body["key"] for body in bodies(again)] == [number, number]
    again.close()


def test_p_the_log_says_how_it_went(call: Caller, systems: Sandboxes) -> None:
    hook = call.send("POST", "webhooks", HOOK)["id"]
    (number,) = customers(call, "Logget")
    (delivery,) = systems.rackbeat.due_deliveries()
    systems.rackbeat.settle_delivery(delivery.id, None)
    (entry,) = call.get(f"webhooks/{hook}/logs")
    assert (entry["payload"]["key"], entry["is_delivered"], entry["response_status"]) == (number, False, None)
    assert entry["next_attempt_at"] == "2026-11-24T09:01:00+00:00"
    assert call.get(f"webhooks/{hook}")["failures_since_last_success"] == 1
    systems.clock.sleep_s(60)
    systems.rackbeat.settle_delivery(delivery.id, 204)
    entry = call.get(f"webhooks/logs/{entry['id']}")
    assert (entry["is_delivered"], entry["next_attempt_at"]) == (True, None)
    assert [step["status"] for step in entry["history"]] == [None, 204]
    assert call.get(f"webhooks/{hook}")["failures_since_last_success"] == 0
    assert call("GET", "/api/webhooks/logs/99")[0] == 404


def test_p_an_inactive_or_deleted_webhook_is_told_nothing(call: Caller, systems: Sandboxes) -> None:
    hook = call.send("POST", "webhooks", {**HOOK, "is_active": False})["id"]
    customers(call, "Uhørt")
    assert bodies(systems) == []
    call.send("PUT", f"webhooks/{hook}", {"is_active": True})
    (number,) = customers(call, "Hørt")
    assert [body["key"] for body in bodies(systems)] == [number]
    assert call("DELETE", f"/api/webhooks/{hook}")[0] == 200
    assert bodies(systems) == []


def test_a_body_may_ask_for_silence(call: Caller, systems: Sandboxes) -> None:
    call.send("POST", "webhooks", HOOK)
    call.send("POST", "customers", {"name": "Stille", "suppress_webhooks": True})
    assert bodies(systems) == []
    assert "suppress_webhooks" not in call.get("customers?search=stille")[0]


def test_p_another_account_hears_nothing_of_this_one(call: Caller, systems: Sandboxes) -> None:
    opened = systems.admin("rackbeat", "accounts/open", id=9001, company_name="Anden ApS", rates={"EUR": "7.45"})
    other = Caller(systems.rackbeat, opened["token"])
    other.send("POST", "webhooks", HOOK)
    customers(call, "Her")
    assert bodies(systems) == []
    assert (other.get("customers"), other.get("webhooks")[0]["event"]) == ([], HOOK["event"])
    (number,) = customers(other, "Der")
    assert number == "1001"
    (told,) = systems.rackbeat.due_deliveries()
    assert told.headers["Rackbeat-Account-Id"] == "9001"
    assert other("GET", "/api/self")[1]["user_account"]["company_name"] == "Anden ApS"
    assert call("GET", f"/api/customers/{number}")[0] == 404


class _Listener(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.server.heard.append((self.path, dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))  # type: ignore[attr-defined]
        self.send_response(202)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        return None


@pytest.fixture
def listener() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), _Listener)
    server.heard = []  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_d_a_call_carries_the_headers(call: Caller, systems: Sandboxes, listener: HTTPServer) -> None:
    address = f"http://127.0.0.1:{listener.server_port}/hook?a=1"
    token = call.send("POST", "webhooks", {**HOOK, "url": address})["token"]
    (number,) = customers(call, "Ringer")
    (delivery,) = systems.rackbeat.due_deliveries()
    assert webhook_delivery.call(delivery) == 202
    ((path, headers, body),) = listener.heard  # type: ignore[attr-defined]
    assert (path, from_json(body)) == ("/hook?a=1", {"key_name": "number", "key": number})
    assert {name: headers[name] for name in headers if name.startswith("Rackbeat-")} == {
        "Rackbeat-Webhook-Token": token,
        "Rackbeat-Webhook-Event": "customer.created",
        "Rackbeat-Account-Id": "4711",
    }
    assert (headers["User-Agent"], headers["Content-Type"]) == ("Rackbeat Webhook", "application/json")


def test_nobody_there_is_no_answer(call: Caller, systems: Sandboxes) -> None:
    call.send("POST", "webhooks", HOOK)
    customers(call, "Ingen hjemme")
    (delivery,) = systems.rackbeat.due_deliveries()
    assert webhook_delivery.call(delivery) is None


def test_d_who_takes_the_call_and_never_answers_is_given_up(call: Caller, systems: Sandboxes) -> None:
    """Below the socket: the listener's backlog takes the connection, and nobody ever reads from it."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        call.send("POST", "webhooks", {**HOOK, "url": f"http://127.0.0.1:{silent.getsockname()[1]}/"})
        customers(call, "Tavs")
        (delivery,) = systems.rackbeat.due_deliveries()
        assert webhook_delivery.call(delivery, answer_s=0.05) is None
    systems.rackbeat.settle_delivery(delivery.id, None)
    assert systems.rackbeat.due_deliveries() == []
    assert call.get("webhooks")[0]["failures_since_last_success"] == 1
    systems.clock.sleep_s(60)
    (again,) = systems.rackbeat.due_deliveries()
    assert again.body == delivery.body


def test_d_three_seconds_to_connect_and_fifteen_to_answer(
    call: Caller, systems: Sandboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    call.send("POST", "webhooks", HOOK)
    customers(call, "Ringer")
    (delivery,) = systems.rackbeat.due_deliveries()
    waited: list[float | None] = []

    class Silent(socket.socket):
        def settimeout(self, seconds: float | None) -> None:
            waited.append(seconds)

        def sendall(self, *_: object) -> None:
            raise TimeoutError

    def connected(_address: object, seconds: float, *_: object) -> socket.socket:
        waited.append(seconds)
        return Silent()

    monkeypatch.setattr(socket, "create_connection", connected)
    assert webhook_delivery.call(delivery) is None
    assert waited == [3, 15]
