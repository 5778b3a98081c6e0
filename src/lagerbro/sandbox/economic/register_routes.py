"""The registers on REST: list, read, create, replace, delete."""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro.sandbox.economic import ledger, writing
from lagerbro.sandbox.economic.answers import body_of, ok
from lagerbro.sandbox.economic.faulty import not_found
from lagerbro.sandbox.economic.links import linked, unescaped
from lagerbro.sandbox.economic.listing import collection
from lagerbro.sandbox.economic.registers import REGISTERS, Register
from lagerbro.sandbox.economic.routing import Router
from lagerbro.sandbox.economic.session import Session
from lagerbro.sandbox.economic.store import EXTRAS, Record
from lagerbro.sandbox.kernel.http import Request, Response


@dataclass(frozen=True, slots=True)
class RegisterRoutes:
    """What answers the paths of one register."""

    register: Register

    def add_to(self, router: Router) -> None:
        path = f"/{self.register.name}"
        router.add("GET", path, self.listed)
        router.add("GET", f"{path}/{{}}", self.one)
        if self.register.form is not None:
            router.add("POST", path, self.made)
            router.add("PUT", f"{path}/{{}}", self.put)
            router.add("DELETE", f"{path}/{{}}", self.removed)

    def listed(self, session: Session, request: Request, _values: list[str]) -> Response:
        rows = session.all(self.register.name)
        return ok(collection(session, request, rows, self.register.fields, lambda row: self.shown(session, row)))

    def one(self, session: Session, _request: Request, values: list[str]) -> Response:
        found = session.get(self.register.name, unescaped(values[0]))
        if found is None:
            raise not_found()
        return ok(self.shown(session, found))

    def made(self, session: Session, request: Request, _values: list[str]) -> Response:
        return ok(self.shown(session, writing.create(session, self.register, body_of(request))), 201)

    def put(self, session: Session, request: Request, values: list[str]) -> Response:
        body, is_new = writing.replace(session, self.register, unescaped(values[0]), body_of(request))
        return ok(self.shown(session, body), 201 if is_new else 200)

    def removed(self, session: Session, _request: Request, values: list[str]) -> Response:
        writing.delete(session, self.register, unescaped(values[0]))
        return Response(204)

    def shown(self, session: Session, body: Record) -> Record:
        """The record with its links."""
        plain = {name: value for name, value in body.items() if name not in ("accounts", EXTRAS)}
        if self.register.name == "accounts":
            plain = ledger.account(session, plain)
        record = linked(plain, session.base)
        address = record.get("self") or f"{session.base}/{self.register.name}/{body[self.register.key]}"
        record["self"] = address
        return {**record, **{name: f"{address}/{path}" for name, path in self.register.sub}}


def add_to(router: Router) -> None:
    for register in REGISTERS.values():
        RegisterRoutes(register).add_to(router)
    router.add("GET", "/product-groups/{}/sales-accounts", _sales_accounts)


def _sales_accounts(session: Session, request: Request, values: list[str]) -> Response:
    group = session.get("product-groups", values[0])
    if group is None:
        raise not_found()
    rows = []
    for zone, number in sorted(group.get("accounts", {}).items()):
        account = session.get("accounts", number)
        if account is not None:
            rows.append({"vatZone": session.get("vat-zones", zone) or {}, "salesAccount": account})
    return ok(collection(session, request, rows, (), lambda row: linked(row, session.base)))
