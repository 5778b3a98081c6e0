"""Registers: what is listed, read, made and changed in the same way (rackbeat-api 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from lagerbro.sandbox.kernel.http import Response
from lagerbro.sandbox.kernel.records import Record
from lagerbro.sandbox.rackbeat import partners, webhooks
from lagerbro.sandbox.rackbeat.answers import one
from lagerbro.sandbox.rackbeat.faulty import not_found
from lagerbro.sandbox.rackbeat.listing import page
from lagerbro.sandbox.rackbeat.querying import Listing
from lagerbro.sandbox.rackbeat.routing import Call, Router
from lagerbro.sandbox.rackbeat.session import Session

SINGULAR: Final = {
    "customers": "customer",
    "products": "product",
    "customer-groups": "customer_group",
    "supplier-groups": "supplier_group",
    "suppliers": "supplier",
    "product-groups": "product_group",
    "units": "unit",
    "layouts": "layout",
    "payment-terms": "payment_term",
    "locations": "location",
    "employees": "employee",
    "currencies": "currency",
}
"""Every register and the key that one of its records stands under."""

_WRITABLE: Final = ("customers", "products")


def add_to(router: Router) -> None:
    for kind in SINGULAR:
        _Register(kind, kind).add_to(router)
    _Register("currencies", "currency").add_to(router)  # the path of 2018


@dataclass(frozen=True, slots=True)
class _Register:
    kind: str
    path: str

    def add_to(self, router: Router) -> None:
        router.add("GET", self.path, self.listed)
        router.add("GET", f"{self.path}/{{}}", self.one)
        if self.kind in _WRITABLE:
            router.add("POST", self.path, self.made)
            router.add("PUT", f"{self.path}/{{}}", self.changed)

    def listed(self, session: Session, call: Call) -> Response:
        listing = Listing(self.kind, self.kind.replace("-", "_"), own=SINGULAR[self.kind])
        return page(session, call.given, listing, lambda row: self.shown(session, row))

    def one(self, session: Session, call: Call) -> Response:
        found = session.get(self.kind, _decoded(call.key))
        if found is None:
            raise not_found()
        return one(SINGULAR[self.kind], self.shown(session, found))

    def made(self, session: Session, call: Call) -> Response:
        made = partners.create(session, self.kind, call.body)
        return self._told(session, "created", made, 201)

    def changed(self, session: Session, call: Call) -> Response:
        return self._told(session, "updated", partners.update(session, self.kind, _decoded(call.key), call.body))

    def shown(self, session: Session, row: Record) -> Record:
        return partners.shown(session, self.kind, row) if self.kind in _WRITABLE else row

    def _told(self, session: Session, verb: str, record: Record, status: int = 200) -> Response:
        name = SINGULAR[self.kind]
        webhooks.announce(session, f"{name}.{verb}", "number", str(record["number"]))
        return one(name, self.shown(session, record), status)


def _decoded(key: str) -> str:
    """Rackbeat's older SDK encodes numbers twice (C)."""
    return unquote(key)
