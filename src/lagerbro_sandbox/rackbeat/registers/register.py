"""A register and its paths: list, one, make, change, delete; drafts where it has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, unquote

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import FIRST_NUMBER
from lagerbro_sandbox.rackbeat.platform import webhooks
from lagerbro_sandbox.rackbeat.registers.field_readers import decimal
from lagerbro_sandbox.rackbeat.registers.field_readers import whole as whole_number
from lagerbro_sandbox.rackbeat.registers.forms import Form, WrongError, filled
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.storage.records import text_of
from lagerbro_sandbox.rackbeat.wire.answers import done, one
from lagerbro_sandbox.rackbeat.wire.errors import ApiError, invalid, not_found
from lagerbro_sandbox.rackbeat.wire.listing import page, whole
from lagerbro_sandbox.rackbeat.wire.querying import Listing
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

Shown = Callable[[Session, Record], Record]
Check = Callable[[Session, Record, Record | None], None]
NUMBER_LENGTH_MAX: Final = 60


def _as_it_is(_session: Session, record: Record) -> Record:
    return record


def _anything(_session: Session, _record: Record, _before: Record | None) -> None:
    return None


def _no_check(_session: Session, _record: Record) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Register:
    """One kind of record.

    `key` is the attribute that the public key stands under; `text_key`: it is text and may be changed (items).
    `check` refuses what the fields alone allow (ApiError) and completes the record. `used_by`: kinds and attributes
    that name a record of this one; while any does, it cannot be deleted (P). `other_key`: an attribute by which a
    record is found as well. `field_values`: what `expand=field_values` adds (C 1.5).
    `begun`: what a new record and its body bring about elsewhere.
    """

    kind: str
    one: str
    form: Form
    shown: Shown = _as_it_is
    check: Check = _anything
    removable: Callable[[Session, Record], None] = _no_check
    key: str = "number"
    text_key: bool = False
    other_key: str = ""
    paths: tuple[str, ...] = ()
    event: str = ""
    drafts: bool = False
    paged: bool = True
    used_by: tuple[tuple[str, str], ...] = ()
    field_values: Callable[[Session, Record], list[Record]] | None = None
    begun: Callable[[Session, Record, Record], None] | None = None
    listing: Listing = field(init=False)
    empty: Record = field(init=False)

    def __post_init__(self) -> None:
        name = self.kind.replace("-", "_")
        object.__setattr__(self, "listing", Listing(self.kind, name, own=self.one))
        object.__setattr__(self, "empty", {entry.name: entry.default for entry in self.form})

    def add_to(self, router: Router) -> None:
        for path in (self.kind, *self.paths):
            router.add("GET", path, self._listed)
            router.add("POST", path, self._create)
            router.add("GET", f"{path}/{{}}", self._read_one)
            router.add("PUT", f"{path}/{{}}", self._changed)
            router.add("DELETE", f"{path}/{{}}", self._removed)
            if self.drafts:
                router.add("POST", f"{path}/drafts", self._drafted)
                router.add("POST", f"{path}/{{}}/publish", self._published)

    def get(self, session: Session, key: str) -> Record:
        """The record of that number, which may have been encoded twice (C); 404 without one."""
        for candidate in dict.fromkeys((key, unquote(key))):
            record = session.get(self.kind, candidate)
            if record is not None:
                return record
        record = session.store.find(session.account, self.kind, self.other_key, key) if self.other_key else None
        if record is None:
            raise not_found()
        return record

    def whole(self, session: Session, record: Record) -> Record:
        """The record as it is sent."""
        address = f"{session.base}/api/{self.kind}/{quote(str(record[self.key]), safe='')}"
        return {**self.empty, **self.shown(session, record), "self": address}

    def create(self, session: Session, body: Record, *, is_draft: bool = False) -> Record:
        """A new record: a number is given where none is sent, and must be free where one is (P 5.4)."""
        number = self._number(session, body.get(self.key))
        now = session.timestamp()
        record = {self.key: number, **filled(session, self.form, body), "created_at": now, "updated_at": now}
        if self.drafts:
            record["is_draft"] = is_draft
        self.check(session, record, None)
        session.put(self.kind, number, record)
        if self.begun is not None:
            self.begun(session, record, body)
        self.announce_change(session, "created", record)
        return record

    def update(self, session: Session, key: str, body: Record) -> Record:
        """Only what is sent changes (1.1). An item may get another number."""
        present = self.get(session, key)
        record = filled(session, self.form, body, present)
        if self.text_key and body.get(self.key) not in (None, "", present[self.key]):
            record[self.key] = self._number(session, body[self.key])
        self.check(session, record, present)
        changed = sorted(name for name in record if record[name] != present.get(name))
        record["updated_at"] = session.timestamp()
        session.put(self.kind, record[self.key], record)
        self.announce_change(session, "updated", record, changed, present)
        return record

    def delete(self, session: Session, key: str) -> None:
        record = self.get(session, key)
        number = str(record[self.key])
        for kind, attribute in self.used_by:
            if is_used(session, kind, attribute, number):
                raise ApiError(422, f"The {self.one.replace('_', ' ')} is used by {kind.replace('-', ' ')}.")
        self.removable(session, record)
        session.store.delete(session.account, self.kind, number)
        self.announce_change(session, "deleted", record)

    def announce_change(
        self,
        session: Session,
        verb: str,
        record: Record,
        changed: list[str] | None = None,
        before: Record | None = None,
    ) -> None:
        """The event; of a change also what changed, and the number before and after where that did (D)."""
        more: dict[str, Any] = {"data": lambda: self.whole(session, record)}
        if before is not None:
            more |= {"old_key": str(before[self.key]), "changed": changed or []}
        webhooks.announce(session, f"{self.event or self.one}.{verb}", self.key, str(record[self.key]), **more)

    def _number(self, session: Session, value: object) -> int | str:
        if value is None or value == "":
            free = session.store.next_number(session.account, self.kind, FIRST_NUMBER)
            return str(free) if self.text_key else free
        number = self._read(session, value)
        if self.is_taken(session, number):
            raise invalid(**{self.key: f"The {self.key} has already been taken."})
        return number

    def _read(self, session: Session, value: object) -> int | str:
        if self.text_key:
            text = value.strip() if isinstance(value, str) else str(decimal(value) or "")
            if not text or len(text) > NUMBER_LENGTH_MAX or not text.isprintable():
                raise invalid(**{self.key: f"The {self.key} format is invalid."})
            return text
        try:
            number = whole_number(1, 999_999_999)(session, value)
        except WrongError as wrong:
            raise invalid(**{self.key: f"The {self.key} {wrong}"}) from wrong
        assert isinstance(number, int)
        return number

    def is_taken(self, session: Session, number: int | str) -> bool:
        kinds = ("products", "lots") if self.text_key else (self.kind,)
        return any(session.get(kind, number) is not None for kind in kinds)

    def _listed(self, session: Session, call: Call) -> Response:
        if self.paged:
            return page(session, call.given, self.listing, lambda record: self._expanded(session, call, record))
        return whole(self.listing.key, (self.whole(session, record) for record in session.all(self.kind)))

    def _read_one(self, session: Session, call: Call) -> Response:
        return one(self.one, self._expanded(session, call, self.get(session, call.key)))

    def _create(self, session: Session, call: Call) -> Response:
        return self._answer(session, self.create(session, call.body), 201)

    def _drafted(self, session: Session, call: Call) -> Response:
        return self._answer(session, self.create(session, call.body, is_draft=True), 201)

    def _published(self, session: Session, call: Call) -> Response:
        record = self.get(session, call.key)
        if not record.get("is_draft"):
            raise ApiError(422, f"The {self.one.replace('_', ' ')} is published already.")
        record |= {"is_draft": False, "updated_at": session.timestamp()}
        session.put(self.kind, record[self.key], record)
        self.announce_change(session, "updated", record, ["is_draft"], record)
        return self._answer(session, record)

    def _changed(self, session: Session, call: Call) -> Response:
        return self._answer(session, self.update(session, call.key, call.body))

    def _removed(self, session: Session, call: Call) -> Response:
        self.delete(session, call.key)
        return done()

    def _expanded(self, session: Session, call: Call, record: Record) -> Record:
        expanded = self.whole(session, record)
        if self.field_values is not None and "field_values" in call.given.get("expand", "").split(","):
            expanded["field_values"] = self.field_values(session, record)
        return expanded

    def _answer(self, session: Session, record: Record, status: int = 200) -> Response:
        return one(self.one, self.whole(session, record), status)


def is_used(session: Session, kind: str, attribute: str, number: str) -> bool:
    """Whether a record of that kind names the number there."""
    rows = session.store.connection.execute(
        f"SELECT 1 FROM record WHERE tenant=? AND kind='{kind}' AND {text_of(attribute)}=? LIMIT 1",  # noqa: S608
        (session.account, number),
    )
    return rows.fetchone() is not None


def brief(session: Session, kind: str, key: object, *more: str) -> Record | None:
    """A reference as an object: its number, its name and what else is asked for."""
    record = session.cached(kind, key)
    return None if record is None else {name: record.get(name) for name in ("number", "name", *more)}
