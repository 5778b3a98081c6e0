"""The small read-only resources that are not plain registers (economic-api 6.3, 6.6, 14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lagerbro_sandbox.economic.registers.definitions import REGISTERS
from lagerbro_sandbox.economic.registers.routes import existing_record
from lagerbro_sandbox.economic.rest.listing import collection
from lagerbro_sandbox.economic.rest.routing import Router
from lagerbro_sandbox.economic.rows import marked
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire import filterable as f
from lagerbro_sandbox.economic.wire.answers import ok
from lagerbro_sandbox.economic.wire.errors import not_found
from lagerbro_sandbox.economic.wire.extras import EXTRAS
from lagerbro_sandbox.economic.wire.links import linked, path_below
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.records import Record

DISTRIBUTIONS: Final = "departmental-distributions"
REPORT_SETUPS: Final = "vat-report-setups"
_SUB: Final = {"departments": "department", "distributions": "distribution"}


def add_to(router: Router) -> None:
    router.add("GET", f"/{DISTRIBUTIONS}", _all_distributions)
    for name, kind in _SUB.items():
        routes = _Distributions(name, kind)
        router.add("GET", f"/{DISTRIBUTIONS}/{name}", routes.listed)
        router.add("GET", f"/{DISTRIBUTIONS}/{name}/{{}}", routes.one)
    router.add("GET", f"/vat-types/{{}}/{REPORT_SETUPS}", _report_setups)
    router.add("GET", f"/vat-types/{{}}/{REPORT_SETUPS}/{{}}", _report_setup)
    router.add("GET", "/suppliers/{}/contacts", _supplier_contacts)
    router.add("GET", "/suppliers/{}/contacts/{}", _supplier_contact)


def _shown_distribution(session: Session, row: Record) -> Record:
    return {**linked(row, session.base), "self": f"{session.base}{path_below(DISTRIBUTIONS, row)}"}


def _all_distributions(session: Session, request: Request, _values: list[str]) -> Response:
    rows = session.all(DISTRIBUTIONS)
    show = lambda row: {k: v for k, v in _shown_distribution(session, row).items() if k != "barred"}  # noqa: E731
    address = f"{session.base}/{DISTRIBUTIONS}"
    body = collection(session, request, rows, f.DISTRIBUTIONS, show)
    return ok({**body, "subCollections": {name: f"{address}/{name}" for name in _SUB}})


@dataclass(frozen=True, slots=True)
class _Distributions:
    name: str
    kind: str

    def listed(self, session: Session, request: Request, _values: list[str]) -> Response:
        rows = [row for row in session.all(DISTRIBUTIONS) if row["distributionType"] == self.kind]
        return ok(collection(session, request, rows, f.DISTRIBUTIONS, lambda row: _shown_distribution(session, row)))

    def one(self, session: Session, _request: Request, values: list[str]) -> Response:
        row = session.get(DISTRIBUTIONS, values[0])
        if row is None or row["distributionType"] != self.kind:
            raise not_found()
        return ok(_shown_distribution(session, row))


def _report_setups(session: Session, request: Request, values: list[str]) -> Response:
    kind = existing_record(session, REGISTERS["vat-types"], values[0])
    show = lambda row: _shown_setup(session, kind, row)  # noqa: E731 - a name for one line
    return ok(collection(session, request, _setups_of(session, kind), f.NONE, show))


def _report_setup(session: Session, _request: Request, values: list[str]) -> Response:
    kind = existing_record(session, REGISTERS["vat-types"], values[0])
    for row in _setups_of(session, kind):
        if str(row["vatReportSetupNumber"]) == values[1]:
            return ok(_shown_setup(session, kind, row))
    raise not_found()


def _setups_of(session: Session, kind: Record) -> list[Record]:
    return [row for row in session.all(REPORT_SETUPS) if row["vatType"]["vatTypeNumber"] == kind["vatTypeNumber"]]


def _shown_setup(session: Session, kind: Record, row: Record) -> Record:
    address = f"{session.base}/vat-types/{kind['vatTypeNumber']}/{REPORT_SETUPS}/{row['vatReportSetupNumber']}"
    return {**linked(row, session.base), "self": address}


def _supplier_contacts(session: Session, request: Request, values: list[str]) -> Response:
    supplier = existing_record(session, REGISTERS["suppliers"], values[0])
    rows = marked(session, "supplier-contacts", "supplier.supplierNumber", supplier["supplierNumber"])
    return ok(collection(session, request, rows, f.NONE, lambda row: _shown_contact(session, row)))


def _supplier_contact(session: Session, _request: Request, values: list[str]) -> Response:
    supplier = existing_record(session, REGISTERS["suppliers"], values[0])
    row = session.get("supplier-contacts", values[1])
    if row is None or row["supplier"]["supplierNumber"] != supplier["supplierNumber"]:
        raise not_found()
    return ok(_shown_contact(session, row))


def _shown_contact(session: Session, row: Record) -> Record:
    plain = {name: value for name, value in row.items() if name != EXTRAS}
    return {**linked(plain, session.base), "self": f"{session.base}{path_below('supplier-contacts', row)}"}
