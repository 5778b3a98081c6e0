"""customersapi: delivery locations (economic-api 6.1)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.rows import StoredRows
from lagerbro_sandbox.economic.services.calls import Call
from lagerbro_sandbox.economic.services.problems import refuse
from lagerbro_sandbox.economic.services.resources import Resource, ServiceRouter
from lagerbro_sandbox.economic.services.shapes.customers import DELIVERY_LOCATION
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.extras import EXTRAS, with_extras
from lagerbro_sandbox.kernel.records import Record

KIND: Final = "delivery-locations"
_FIELDS: Final = ("address", "city", "country", "postalCode", "termsOfDelivery")


def add_to(router: ServiceRouter) -> None:
    Resource("/DeliveryLocations", DELIVERY_LOCATION, "number", _rows, _read, _create, _update, _delete).add_to(router)


def _rows(call: Call, _values: list[str]) -> StoredRows:
    return StoredRows(call.session, KIND, "number", _shown, {"customerNumber": "customer.customerNumber"})


def _read(call: Call, values: list[str]) -> Record | None:
    row = call.session.get(KIND, values[0])
    return None if row is None else _shown(row)


def _shown(row: Record) -> Record:
    body: Record = {
        "number": row["deliveryLocationNumber"],
        "customerNumber": row["customer"]["customerNumber"],
        "userInterfaceNumber": row.get("sortKey", 1),
        "isBarred": bool(row.get("barred")),
        **{name: row[name] for name in _FIELDS if name in row},
    }
    return with_extras(body, row)


def _create(call: Call, new: Record, _values: list[str]) -> int:
    session = call.session
    customer = session.get("customers", new["customerNumber"])
    if customer is None:
        raise refuse("CustomerNotFound", f"Customer {new['customerNumber']} does not exist.", "customerNumber")
    if customer.get("barred"):
        raise refuse("CustomerIsBarred", f"Customer {new['customerNumber']} is barred.", "customerNumber")
    number = session.store.next_number(session.agreement, KIND)
    beside = [row for row in session.all(KIND) if row["customer"]["customerNumber"] == new["customerNumber"]]
    _store(session, number, len(beside) + 1, new)
    return number


def _update(call: Call, row: Record, new: Record, _values: list[str]) -> None:
    if new["customerNumber"] != row["customerNumber"]:
        raise refuse("CustomerNumberMismatch", "A location stays with its customer.", "customerNumber")
    _store(call.session, row["number"], row["userInterfaceNumber"], new)


def _delete(call: Call, row: Record, _values: list[str]) -> None:
    session, key = call.session, {"deliveryLocationNumber": row["number"]}
    for kind, name, code in (
        ("customers", "defaultDeliveryLocation", "Customers"),
        ("booked", "deliveryLocation", "Invoices"),
        ("drafts", "deliveryLocation", "Invoices"),
    ):
        if any((record.get(name) or {}).items() >= key.items() for record in session.all(kind)):
            raise refuse(f"DeliveryLocationUsedOn{code}", "The location is in use.", "number")
    session.store.delete(session.agreement, KIND, row["number"])


def _store(session: Session, number: int, place: int, new: Record) -> None:
    record: Record = {
        "deliveryLocationNumber": number,
        "customer": {"customerNumber": new["customerNumber"]},
        "sortKey": place,
        **{name: new[name] for name in _FIELDS if name in new},
    }
    if new.get("isBarred"):
        record["barred"] = True
    record[EXTRAS] = {"lastUpdated": session.timestamp()}
    if "eInvoiceId" in new:
        record[EXTRAS]["eInvoiceId"] = new["eInvoiceId"]
    session.put(KIND, number, record)
