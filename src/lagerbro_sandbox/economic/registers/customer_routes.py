"""What lies below a customer: contacts and delivery locations (economic-api 6.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lagerbro_sandbox.economic.registers import views, writing
from lagerbro_sandbox.economic.registers.definitions import CONTACTS, DELIVERY_LOCATIONS, REGISTERS, Register
from lagerbro_sandbox.economic.registers.routes import existing_record
from lagerbro_sandbox.economic.rest.listing import collection
from lagerbro_sandbox.economic.rest.routing import Router
from lagerbro_sandbox.economic.rows import marked
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.answers import body_of, ok
from lagerbro_sandbox.economic.wire.errors import not_found
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.records import Record

CUSTOMERS = REGISTERS["customers"]
_FIELD = "customer.customerNumber"


def add_to(router: Router) -> None:
    _Below(CONTACTS, "contacts").add_to(router)
    _Below(DELIVERY_LOCATIONS, "delivery-locations").add_to(router)


@dataclass(frozen=True, slots=True)
class _Below:
    """A register whose records each belong to a customer."""

    register: Register
    name: str

    def add_to(self, router: Router) -> None:
        path = f"/customers/{{}}/{self.name}"
        router.add("GET", path, self.listed)
        router.add("POST", path, self.made)
        router.add("GET", f"{path}/{{}}", self.one)
        router.add("PUT", f"{path}/{{}}", self.put)
        router.add("DELETE", f"{path}/{{}}", self.removed)

    def listed(self, session: Session, request: Request, values: list[str]) -> Response:
        owner = existing_record(session, CUSTOMERS, values[0])
        rows = marked(session, self.register.name, _FIELD, owner["customerNumber"])
        create = f"Create a new {self.register.noun}."
        return ok(collection(session, request, rows, self.register.fields, self._shower(session), create))

    def _shower(self, session: Session) -> Callable[[Record], Record]:
        return lambda row: self._shown(session, row)

    def one(self, session: Session, _request: Request, values: list[str]) -> Response:
        return ok(self._shown(session, self._read(session, values)))

    def made(self, session: Session, request: Request, values: list[str]) -> Response:
        owner = existing_record(session, CUSTOMERS, values[0])
        beside = marked(session, self.register.name, _FIELD, owner["customerNumber"])
        extra = {**_owned(owner), "sortKey": beside.count() + 1}
        return ok(self._shown(session, writing.create(session, self.register, body_of(request), extra)), 201)

    def put(self, session: Session, request: Request, values: list[str]) -> Response:
        owner = existing_record(session, CUSTOMERS, values[0])
        old = session.get(self.register.name, values[1])
        if old is not None and old["customer"] != {"customerNumber": owner["customerNumber"]}:
            raise not_found()
        extra = {**_owned(owner), "sortKey": (old or {}).get("sortKey", 1)}
        body, is_new = writing.replace(session, self.register, values[1], body_of(request), extra)
        return ok(self._shown(session, body), 201 if is_new else 200)

    def removed(self, session: Session, _request: Request, values: list[str]) -> Response:
        self._read(session, values, "E06000")
        writing.delete(session, self.register, values[1])
        return Response(204)

    def _read(self, session: Session, values: list[str], code: str = "") -> Record:
        owner = existing_record(session, CUSTOMERS, values[0])
        record = session.get(self.register.name, values[1])
        if record is None or record["customer"]["customerNumber"] != owner["customerNumber"]:
            raise not_found(code)
        return record

    def _shown(self, session: Session, row: Record) -> Record:
        body = views.shown(session, self.register, row)
        # Neither is named in the published schemas of these two.
        return {name: value for name, value in body.items() if name not in ("metaData", "active")}


def _owned(owner: Record) -> Record:
    return {"customer": {"customerNumber": owner["customerNumber"]}}
