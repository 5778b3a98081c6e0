"""The registers on REST: list, read, create, replace, delete."""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro_sandbox.economic.registers import views, writing
from lagerbro_sandbox.economic.registers.definitions import REGISTERS, Register
from lagerbro_sandbox.economic.rest.listing import collection
from lagerbro_sandbox.economic.rest.routing import Router
from lagerbro_sandbox.economic.rows import StoredRows, marked
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire import filterable as f
from lagerbro_sandbox.economic.wire.answers import body_of, ok
from lagerbro_sandbox.economic.wire.errors import not_found
from lagerbro_sandbox.economic.wire.links import linked, unescaped
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.records import Record


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
        register = self.register
        rows = StoredRows(session, register.name, register.key, lambda row: views.completed(session, register, row))
        create = f"Create a new {register.noun}." if register.form is not None else ""
        show = lambda row: views.shown(session, register, row)  # noqa: E731 - a name for one line
        return ok(collection(session, request, rows, register.fields, show, create))

    def one(self, session: Session, _request: Request, values: list[str]) -> Response:
        return ok(self.shown(session, existing_record(session, self.register, values[0])))

    def made(self, session: Session, request: Request, _values: list[str]) -> Response:
        return ok(self.shown(session, writing.create(session, self.register, body_of(request))), 201)

    def put(self, session: Session, request: Request, values: list[str]) -> Response:
        body, is_new = writing.replace(
            session, self.register, key_of(session, self.register, values[0]), body_of(request)
        )
        return ok(self.shown(session, body), 201 if is_new else 200)

    def removed(self, session: Session, _request: Request, values: list[str]) -> Response:
        writing.delete(session, self.register, key_of(session, self.register, values[0]))
        return Response(204)

    def shown(self, session: Session, body: Record) -> Record:
        return views.shown(session, self.register, views.completed(session, self.register, body))


def key_of(session: Session, register: Register, segment: str) -> str:
    """The key behind a path segment: by the table of economic-api 2.2, or plainly percent-encoded."""
    if not register.text_key:
        return segment
    key = unescaped(segment)
    return (
        segment
        if key != segment and session.get(register.name, key) is None and session.get(register.name, segment)
        else key
    )


def existing_record(session: Session, register: Register, segment: str) -> Record:
    """The record at a path; 404 where there is none."""
    record = session.get(register.name, key_of(session, register, segment))
    if record is None:
        raise not_found()
    return record


@dataclass(frozen=True, slots=True)
class Below:
    """The records of one register that name a record of another: the products of a group."""

    owners: Register
    register: Register
    field: str
    fields: f.Fields
    left_out: tuple[str, ...] = ()
    """What the items lack here, by the published schema of the path."""

    def listed(self, session: Session, request: Request, values: list[str]) -> Response:
        owner = existing_record(session, self.owners, values[0])
        register = self.register
        complete = lambda row: views.completed(session, register, row)  # noqa: E731 - a name for one line
        rows = marked(session, register.name, self.field, owner[self.owners.key], complete)
        return ok(collection(session, request, rows, self.fields, lambda row: self._shown(session, row)))

    def _shown(self, session: Session, row: Record) -> Record:
        body = views.shown(session, self.register, row)
        return {name: value for name, value in body.items() if name not in self.left_out}


_NOT_OF_EMPLOYEE = ("eInvoicingDisabledByDefault", "defaultDeliveryLocation", "dueAmount")
_NOT_OF_GROUP = (
    *_NOT_OF_EMPLOYEE,
    "contacts",
    "deliveryLocations",
    "invoices",
    "lastUpdated",
    "templates",
    "totals",
)


def add_to(router: Router) -> None:
    for register in REGISTERS.values():
        RegisterRoutes(register).add_to(router)
    for owners, below, field, fields, left_out in (
        ("customer-groups", "customers", "customerGroup.customerGroupNumber", f.CUSTOMERS_OF_GROUP, _NOT_OF_GROUP),
        ("employees", "customers", "salesPerson.employeeNumber", f.CUSTOMERS_OF_EMPLOYEE, _NOT_OF_EMPLOYEE),
        ("product-groups", "products", "productGroup.productGroupNumber", f.PRODUCTS_OF_GROUP, ()),
        ("units", "products", "unit.unitNumber", f.PRODUCTS, ()),
    ):
        routes = Below(REGISTERS[owners], REGISTERS[below], field, fields, left_out)
        router.add("GET", f"/{owners}/{{}}/{below}", routes.listed)
    router.add("GET", "/product-groups/{}/sales-accounts", _sales_accounts)


def _sales_accounts(session: Session, request: Request, values: list[str]) -> Response:
    """A row for every VAT zone that has an account (economic-api 6.5)."""
    group = existing_record(session, REGISTERS["product-groups"], values[0])
    accounts = REGISTERS["accounts"]
    rows = []
    for zone, number in sorted(group.get("accounts", {}).items(), key=lambda item: int(item[0])):
        account = session.get("accounts", number)
        if account is not None:
            completed = views.completed(session, accounts, account)
            rows.append({"vatZone": session.get("vat-zones", zone) or {}, "salesAccount": completed})

    def show(row: Record) -> Record:
        return {**linked(row, session.base), "salesAccount": views.shown(session, accounts, row["salesAccount"])}

    return ok(collection(session, request, rows, f.SALES_ACCOUNTS, show))
