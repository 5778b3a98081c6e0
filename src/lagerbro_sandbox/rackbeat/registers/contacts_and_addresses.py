"""What belongs to one customer or supplier: contacts and addresses (rackbeat-api 3.4, 3.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.registers.field_readers import flag, text
from lagerbro_sandbox.rackbeat.registers.forms import Field, Form, filled
from lagerbro_sandbox.rackbeat.registers.register import Register
from lagerbro_sandbox.rackbeat.registers.simple_registers import ADDRESS
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import done, one
from lagerbro_sandbox.rackbeat.wire.errors import not_found
from lagerbro_sandbox.rackbeat.wire.listing import page
from lagerbro_sandbox.rackbeat.wire.querying import Listing
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

_CONTACT: Final[Form] = (
    Field("name", text(), required=True),
    Field("initials", text(20)),
    Field("contact_email", text(), ("email",)),
    Field("contact_phone", text(60), ("phone",)),
    Field("is_default", flag, default=False),
)
_ADDRESS: Final[Form] = (Field("type", text(40), default="delivery"), *ADDRESS)


@dataclass(frozen=True, slots=True)
class Owned:
    """Records of one kind under the parties of a register."""

    owner: Register
    kind: str
    one: str
    form: Form

    def add_to(self, router: Router) -> None:
        path = f"{self.owner.kind}/{{}}/{self.kind}"
        router.add("GET", path, self._listed)
        router.add("POST", path, self._create)
        router.add("GET", f"{path}/{{}}", self._read)
        router.add("PUT", f"{path}/{{}}", self._changed)
        router.add("DELETE", f"{path}/{{}}", self._removed)

    def _owner(self, session: Session, call: Call) -> str:
        return f"{self.owner.kind}/{self.owner.get(session, call.key)['number']}"

    def _get(self, session: Session, call: Call) -> Record:
        record = session.get(self.kind, call.values[1])
        if record is None or record["owner"] != self._owner(session, call):
            raise not_found()
        return record

    def _listed(self, session: Session, call: Call) -> Response:
        listing = Listing(self.kind, self.kind, only={"owner": self._owner(session, call)})
        return page(session, call.given, listing, _shown)

    def _read(self, session: Session, call: Call) -> Response:
        return one(self.one, _shown(self._get(session, call)))

    def _create(self, session: Session, call: Call) -> Response:
        owner, now = self._owner(session, call), session.timestamp()
        record = {"owner": owner, **filled(session, self.form, call.body), "created_at": now, "updated_at": now}
        record["id"] = session.store.count_up(session.account, self.kind)
        session.put(self.kind, record["id"], record)
        return one(self.one, _shown(record), 201)

    def _changed(self, session: Session, call: Call) -> Response:
        record = filled(session, self.form, call.body, self._get(session, call))
        record["updated_at"] = session.timestamp()
        session.put(self.kind, record["id"], record)
        return one(self.one, _shown(record))

    def _removed(self, session: Session, call: Call) -> Response:
        session.store.delete(session.account, self.kind, self._get(session, call)["id"])
        return done()


def _shown(record: Record) -> Record:
    """`number` beside `id`: clients use either (S)."""
    return {"id": record["id"], "number": record["id"], **{k: v for k, v in record.items() if k != "owner"}}


def of(owner: Register) -> tuple[Owned, ...]:
    return Owned(owner, "contacts", "contact", _CONTACT), Owned(owner, "addresses", "address", _ADDRESS)
