"""Contacts of customers and of suppliers: the same resource twice (economic-api 6.1, 6.3)."""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro_sandbox.economic.rows import StoredRows
from lagerbro_sandbox.economic.services.calls import Call
from lagerbro_sandbox.economic.services.problems import refuse
from lagerbro_sandbox.economic.services.properties import Shape
from lagerbro_sandbox.economic.services.resources import Resource
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.extras import EXTRAS, with_extras
from lagerbro_sandbox.kernel.records import Record

_SHARED = ("name", "email", "phone", "notes", "eInvoiceId")


@dataclass(frozen=True, slots=True)
class Contacts:
    """`kind` and `key` are the record's; `owners` and `owner` those of whom it is a contact of; `code` begins the
    error codes."""

    kind: str
    key: str
    owners: str
    owner: str
    code: str

    @property
    def field(self) -> str:
        """Under which name the record holds its owner."""
        return self.owner.removesuffix("Number")

    def resource(self, shape: Shape) -> Resource:
        return Resource("/Contacts", shape, "number", self.rows, self.one, self.create, self.update, self.delete)

    def rows(self, call: Call, _values: list[str]) -> StoredRows:
        return StoredRows(call.session, self.kind, "number", self.shown, {self.owner: f"{self.field}.{self.owner}"})

    def one(self, call: Call, values: list[str]) -> Record | None:
        row = call.session.get(self.kind, values[0])
        return None if row is None else self.shown(row)

    def shown(self, row: Record) -> Record:
        body = {
            "number": row[self.key],
            self.owner: row[self.field][self.owner],
            "userInterfaceNumber": row.get("sortKey", 1),
            "isDeleted": bool(row.get("deleted")),
            "active": not row.get("deleted"),
            **{name: row[name] for name in _SHARED if name in row},
        }
        return with_extras(body, row)

    def create(self, call: Call, new: Record, _values: list[str]) -> int:
        session = call.session
        number = session.store.next_number(session.agreement, self.kind)
        beside = [row for row in session.all(self.kind) if row[self.field][self.owner] == new[self.owner]]
        self._store(session, {self.key: number, "sortKey": len(beside) + 1}, new)
        return number

    def update(self, call: Call, row: Record, new: Record, _values: list[str]) -> None:
        if new[self.owner] != row[self.owner]:
            raise refuse(f"{self.code}NumberMismatch", f"A contact stays with its {self.field}.", self.owner)
        number = row["number"]
        self._store(call.session, {self.key: number, "sortKey": row["userInterfaceNumber"]}, new)

    def delete(self, call: Call, row: Record, _values: list[str]) -> None:
        session, number = call.session, row["number"]
        for kind in ("drafts", "booked"):
            for document in session.all(kind):
                person = document.get("references", {}).get("customerContact") or {}
                if self.owner == "customerNumber" and person.get("customerContactNumber") == number:
                    raise refuse("CustomerContactIsInUse", "Invoices name the contact.", "number")
        session.store.delete(session.agreement, self.kind, number)

    def _store(self, session: Session, record: Record, new: Record) -> None:
        if not new["name"].strip():
            raise refuse(f"{self.code}ContactNameNullOrEmpty", "A contact needs a name.", "name")
        if session.get(self.owners, new[self.owner]) is None:
            raise refuse(f"{self.code}DoesNotExist", f"{self.owner} {new[self.owner]} does not exist.", self.owner)
        if any(self._is_same(row, record, new) for row in session.all(self.kind)):
            raise refuse(f"{self.code}ContactNameAlreadyExists", "There is a contact of that name.", "name")
        own = {name: new[name] for name in _SHARED if name in new}
        extras = {name: value for name, value in new.items() if name not in (*_SHARED, self.owner, "number")}
        record = {**record, self.field: {self.owner: new[self.owner]}, **own}
        record[EXTRAS] = {**extras, "lastUpdated": session.timestamp()}
        session.put(self.kind, record[self.key], record)

    def _is_same(self, row: Record, record: Record, new: Record) -> bool:
        """Whether `row` is another contact of the same owner with the same name."""
        names = str(row["name"]).casefold(), str(new["name"]).casefold()
        is_beside = bool(row[self.field][self.owner] == new[self.owner]) and row[self.key] != record[self.key]
        return is_beside and names[0] == names[1]
