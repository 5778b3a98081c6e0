"""What all documents have in common: numbers, drafts, changing them, telling of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import FIRST_NUMBER
from lagerbro_sandbox.rackbeat.documents import heads, lines
from lagerbro_sandbox.rackbeat.documents.kinds import Kind
from lagerbro_sandbox.rackbeat.documents.lines import Wanted
from lagerbro_sandbox.rackbeat.documents.totals import totals
from lagerbro_sandbox.rackbeat.platform.webhooks import announce
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import ApiError, invalid, not_found
from lagerbro_sandbox.rackbeat.wire.parameters import asked_whole

HIDDEN: Final = ("movements", "payments", "receipts", "shipments", "invoices", "custom_fields", "costs")
"""What a document knows of others, for our own use."""


def get(session: Session, kind: Kind, key: object) -> Record:
    record = session.get(kind.path, str(key))
    if record is None:
        raise not_found()
    return record


def new_document(session: Session, kind: Kind, body: Record, wanted: Sequence[Wanted] | None = None) -> Record:
    """A new draft, complete but not kept yet: a kind adds its own before `keep`."""
    record = {
        "number": _number(session, kind, body),
        "is_booked": False,
        "booked_at": None,
        **heads.created(session, kind, body),
        "lines": [],
        "created_at": session.timestamp(),
    }
    fill(session, kind, record, lines.sent(body.get("lines") or []) if wanted is None else wanted)
    return record


def fill(session: Session, kind: Kind, record: Record, wanted: Sequence[Wanted]) -> None:
    """Give the draft these lines."""
    record["lines"] = lines.resolved(session, kind, record, wanted, record["lines"])
    record |= totals(record)


def changed(session: Session, kind: Kind, record: Record, body: Record) -> None:
    """Change a draft as the body says; 422 for what is no draft any more. A new zone brings its VAT along."""
    check_is_draft(record)
    zone, rate = record["vat_zone"], record["currency_rate"]
    heads.changed(session, kind, record, body)
    if zone != record["vat_zone"]:
        record["lines"] = [{**line, "vat_percentage": None} for line in record["lines"]]
    if "lines" in body or zone != record["vat_zone"] or rate != record["currency_rate"]:
        fill(session, kind, record, lines.sent(body.get("lines", record["lines"])))


def save(session: Session, kind: Kind, record: Record, *verbs: str) -> Record:
    """Store it, and tell those who listen what has happened to it."""
    record["updated_at"] = session.timestamp()
    session.put(kind.path, record["number"], record)
    for verb in verbs:
        key = str(record["number"])
        announce(session, f"{kind.name}.{verb}", "number", key, data=lambda: shown(session, kind, record))
    return record


def remove(session: Session, kind: Kind, record: Record) -> None:
    check_is_draft(record)
    session.store.delete(session.account, kind.path, record["number"])
    announce(session, f"{kind.name}.deleted", "number", str(record["number"]))


def check_is_draft(record: Record) -> None:
    if record["is_booked"]:
        raise ApiError(422, "The document is booked.")


def booked(record: Record) -> None:
    if not record["is_booked"]:
        raise ApiError(422, "The document is not booked.")


def book(session: Session, kind: Kind, record: Record) -> None:
    """Refused when booked already, empty, or for a barred customer or supplier (P 5.6)."""
    check_is_draft(record)
    if not record["lines"]:
        raise ApiError(422, "The document has no lines.")
    party = session.get(kind.parties, record[f"{kind.party}_id"]) or {}
    if party.get("is_barred"):
        raise ApiError(422, f"The {kind.party} is barred.")
    record |= {"is_booked": True, "booked_at": session.timestamp()}


def shown(session: Session, kind: Kind, record: Record) -> Record:
    """As it is sent: without what is ours alone."""
    rows = [{name: value for name, value in line.items() if name not in HIDDEN} for line in record["lines"]]
    body = {name: value for name, value in record.items() if name not in HIDDEN}
    address = f"{session.base}/api/{kind.path}/{record['number']}"
    return {**body, "lines": rows, "self": address, "pdf_url": f"{address}.pdf"}


def begun(session: Session, kind: Kind, record: Record, *, book_it: bool) -> tuple[str, ...]:
    """Book a new order that is to be booked, if it has lines; the verbs that tell of it."""
    if not (book_it and record["lines"]):
        return ("created",)
    book(session, kind, record)
    return "created", "booked"


def copied(record: Record, kind: Kind) -> Record:
    """The body of a copy: the same head and lines, a day of its own."""
    return {**head_of(record, kind), "lines": [{**line, "id": None} for line in record["lines"]]}


def head_of(record: Record, kind: Kind) -> Record:
    """What a document begins with that is made of another: its head, a day of its own."""
    skipped = ("number", "lines", kind.day, "due_date", "currency")
    body = {name: value for name, value in record.items() if name not in skipped}
    return {**body, "currency": record["currency"]}


def line_of(record: Record, key: object) -> Record:
    match: Record | None = next((line for line in record["lines"] if str(line["id"]) == str(key)), None)
    if match is None:
        raise not_found()
    return match


def _number(session: Session, kind: Kind, body: Record) -> int:
    """The next in the series, or the one that is asked for, if it is free (P 5.4)."""
    wanted = body.get("number")
    if wanted in (None, ""):
        return session.store.next_number(session.account, kind.path, FIRST_NUMBER)
    try:
        number = asked_whole(str(wanted), "number") or 0
    except ApiError as error:
        raise invalid(number="The number must be an integer.") from error
    if not number or session.get(kind.path, number) is not None:
        raise invalid(number="The number has already been taken.")
    return number
