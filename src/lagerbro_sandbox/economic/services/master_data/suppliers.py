"""suppliersapi: groups and contacts of suppliers; the suppliers themselves are on REST only (economic-api 6.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lagerbro_sandbox.economic.services.calls import Call
from lagerbro_sandbox.economic.services.ledger.accounts import TYPES
from lagerbro_sandbox.economic.services.master_data.contacts import Contacts
from lagerbro_sandbox.economic.services.problems import raise_if_any, refuse
from lagerbro_sandbox.economic.services.resources import Resource, ServiceRouter
from lagerbro_sandbox.economic.services.shapes.suppliers import CONTACT, GROUP
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.kernel.records import Record

GROUPS: Final = "supplier-groups"
CONTACTS: Final = Contacts("supplier-contacts", "supplierContactNumber", "suppliers", "supplierNumber", "Supplier")


def add_to(router: ServiceRouter) -> None:
    Resource("/Groups", GROUP, "number", _rows, _read, _create, _update, _delete).add_to(router)
    CONTACTS.resource(CONTACT).add_to(router)


def _rows(call: Call, _values: list[str]) -> Iterator[Record]:
    return (_shown(row) for row in call.session.all(GROUPS))


def _read(call: Call, values: list[str]) -> Record | None:
    row = call.session.get(GROUPS, values[0])
    return None if row is None else _shown(row)


def _shown(row: Record) -> Record:
    return {
        "number": row["supplierGroupNumber"],
        "name": row["name"],
        "accountNumber": row["account"]["accountNumber"],
    }


def _create(call: Call, new: Record, _values: list[str]) -> int:
    if call.session.get(GROUPS, new["number"]) is not None:
        raise refuse("SupplierGroupIdAlreadyExists", "The number is already in use.", "number")
    _store(call.session, new)
    return int(new["number"])


def _update(call: Call, _row: Record, new: Record, _values: list[str]) -> None:
    _store(call.session, new)


def _delete(call: Call, row: Record, _values: list[str]) -> None:
    key = {"supplierGroupNumber": row["number"]}
    if any(supplier.get("supplierGroup") == key for supplier in call.session.all("suppliers")):
        raise refuse("SupplierGroupIsInUse", "The group has suppliers.", "number")
    call.session.store.delete(call.session.agreement, GROUPS, row["number"])


def _store(session: Session, new: Record) -> None:
    raise_if_any(list(_complaints(session, new)))
    record = {"supplierGroupNumber": new["number"], "name": new["name"]}
    session.put(GROUPS, new["number"], {**record, "account": {"accountNumber": new["accountNumber"]}})


def _complaints(session: Session, new: Record) -> Iterator[Complaint]:
    account = session.get("accounts", new["accountNumber"])
    if account is None:
        yield Complaint("ERROR_CODE_AccountDoesNotExist", "The account does not exist.", "accountNumber")
    elif TYPES[account["accountType"]] > TYPES["status"]:
        code = "ERROR_CODE_AccountIsNotBalanceOrProfitAndLossType"
        yield Complaint(code, "The account cannot be posted to.", "accountNumber")
