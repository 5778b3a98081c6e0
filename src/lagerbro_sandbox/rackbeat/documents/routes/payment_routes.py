"""What is paid of a booked invoice: it drives the balance (rackbeat-api 3.8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents import lifecycle
from lagerbro_sandbox.rackbeat.documents.kinds import Kind
from lagerbro_sandbox.rackbeat.documents.lines import AMOUNT_MAX
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import done, one
from lagerbro_sandbox.rackbeat.wire.errors import invalid, not_found
from lagerbro_sandbox.rackbeat.wire.listing import listed
from lagerbro_sandbox.rackbeat.wire.parameters import number_of
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

Keep = Callable[[Session, Record, str], Record]


@dataclass(frozen=True, slots=True)
class Payments:
    """`save` stores the document, its balance counted anew, and tells of it."""

    kind: Kind
    save: Keep

    def add_to(self, router: Router) -> None:
        path = f"{self.kind.path}/{{}}/payments"
        router.add("GET", path, self._listed)
        router.add("POST", path, self._create)
        router.add("GET", f"{path}/{{}}", self._read)
        router.add("DELETE", f"{path}/{{}}", self._removed)

    def _listed(self, session: Session, call: Call) -> Response:
        return listed(call.request, "payments", lifecycle.get(session, self.kind, call.key)["payments"])

    def _create(self, session: Session, call: Call) -> Response:
        record = lifecycle.get(session, self.kind, call.key)
        lifecycle.booked(record)
        amount = number_of(call.body.get("amount"), "amount")
        if not 0 < abs(amount) < AMOUNT_MAX:
            raise invalid(amount=f"The amount must be other than 0 and below {AMOUNT_MAX}.")
        number = session.store.count_up(session.account, f"{self.kind.path} payments")
        payment = {"number": number, "amount": amount, "created_at": session.timestamp()}
        self.save(session, {**record, "payments": [*record["payments"], payment]}, "updated")
        return one("payment", payment, 201)

    def _read(self, session: Session, call: Call) -> Response:
        return one("payment", _payment(lifecycle.get(session, self.kind, call.key), call.values[1]))

    def _removed(self, session: Session, call: Call) -> Response:
        record = lifecycle.get(session, self.kind, call.key)
        payment = _payment(record, call.values[1])
        self.save(session, {**record, "payments": [one for one in record["payments"] if one is not payment]}, "updated")
        return done()


def _payment(record: Record, key: str) -> Record:
    payment: Record | None = next((one for one in record["payments"] if str(one["number"]) == key), None)
    if payment is None:
        raise not_found()
    return payment
