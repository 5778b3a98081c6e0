"""The paths of every register (rackbeat-api 3)."""

from __future__ import annotations

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.registers import (
    agreements,
    contacts_and_addresses,
    currencies,
    custom_fields,
    item_routes,
    simple_registers,
    variations,
)
from lagerbro_sandbox.rackbeat.registers.custom_fields import FIELDS
from lagerbro_sandbox.rackbeat.registers.locations import LOCATIONS
from lagerbro_sandbox.rackbeat.registers.parties import CUSTOMERS, SUPPLIERS
from lagerbro_sandbox.rackbeat.registers.simple_registers import PROJECTS
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import one
from lagerbro_sandbox.rackbeat.wire.listing import page
from lagerbro_sandbox.rackbeat.wire.querying import Listing
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router


def add_to(router: Router) -> None:
    for register in (*simple_registers.ALL, LOCATIONS, FIELDS, CUSTOMERS, SUPPLIERS):
        register.add_to(router)
    for party in (CUSTOMERS, SUPPLIERS):
        custom_fields.add_to(router, party.kind, party.get)
        for belongings in contacts_and_addresses.of(party):
            belongings.add_to(router)
    for module in (item_routes, variations, agreements, currencies):
        module.add_to(router)
    router.add("GET", "locations/flat", _flat)
    router.add("GET", "locations/{}/children", _children)
    router.add("POST", "projects/upsert", _upserted)


def _flat(session: Session, call: Call) -> Response:
    return page(session, call.given, Listing("locations", "locations"), lambda place: _place(session, place))


def _children(session: Session, call: Call) -> Response:
    number = LOCATIONS.get(session, call.key)["number"]
    listing = Listing("locations", "locations", only={"parent_id": str(number)})
    return page(session, call.given, listing, lambda place: _place(session, place))


def _place(session: Session, place: Record) -> Record:
    return LOCATIONS.whole(session, place)


def _upserted(session: Session, call: Call) -> Response:
    """The project of that number is changed; without one it is made (C)."""
    number = call.body.get("number")
    project = session.get("projects", str(number)) if number not in (None, "") else None
    if project is None:
        return one("project", PROJECTS.whole(session, PROJECTS.create(session, call.body)), 201)
    return one("project", PROJECTS.whole(session, PROJECTS.update(session, str(number), call.body)))
