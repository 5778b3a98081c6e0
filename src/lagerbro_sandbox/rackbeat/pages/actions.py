"""What a person can do with a document, as buttons: each is one or two calls of the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents import credit_notes
from lagerbro_sandbox.rackbeat.documents.kinds import BILL, INVOICE, Kind
from lagerbro_sandbox.rackbeat.documents.purchasing import receipts
from lagerbro_sandbox.rackbeat.documents.sales import shipments
from lagerbro_sandbox.rackbeat.pages.numbers import number
from lagerbro_sandbox.rackbeat.pages.visit import Visit

Done = tuple[str, str]
"""Where to go on, and what to say there."""
Fits = Callable[[Record], bool]
Do = Callable[[Visit, "DocumentKind", Record], Done]
PART: Final = "part-"
"""How the field of a line's quantity begins; the line's id follows."""


@dataclass(frozen=True, slots=True)
class Act:
    """A button. `question`: it is destructive and asks first. `options`: boxes that may be ticked with it. `free`: it
    may be done with a part of the document: `part_label` names that, and `free` says how much there is, by line id."""

    key: str
    label: str
    fits: Fits
    do: Do
    question: str = ""
    options: tuple[tuple[str, str], ...] = ()
    part_label: str = ""
    free: Callable[[Visit, Record], Mapping[int, Decimal]] | None = None


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document: its path (also the API's), its names in Danish, whom it concerns, its date, its acts."""

    path: str
    one: str
    many: str
    party: str
    party_label: str
    day: str
    day_label: str
    acts: tuple[Act, ...]
    own: tuple[tuple[str, str], ...] = ()
    new: str = "Ny"

    @property
    def parties(self) -> str:
        return f"{self.party}s"

    @property
    def the_party(self) -> str:
        return "kunden" if self.party == "customer" else "leverandøren"


def draft(record: Record) -> bool:
    return not record["is_booked"]


def booked(record: Record) -> bool:
    return bool(record["is_booked"]) and not record.get("is_cancelled")


def creditable(record: Record) -> bool:
    return booked(record) and not record["is_creditnote"]


def until(name: str) -> Fits:
    """Booked, and not shipped, received or whatever `name` says."""
    return lambda record: booked(record) and not record.get(name)


def book(visit: Visit, kind: DocumentKind, record: Record) -> Done:
    visit.api("POST", f"{kind.path}/{record['number']}/book", ticked(visit, "mark_received", "use_invoice_date"))
    return f"{kind.path}/{record['number']}", "booked"


def delete(visit: Visit, kind: DocumentKind, record: Record) -> Done:
    visit.raw("DELETE", f"{kind.path}/{record['number']}")
    return kind.path, "deleted"


def credit(visit: Visit, kind: DocumentKind, record: Record) -> Done:
    reason = {"reason": visit.form["reason"]} if visit.form.get("reason") else {}
    body = {**parts(visit), **ticked(visit, "reverse_inventory"), **reason}
    note = visit.api("POST", f"{kind.path}/{record['number']}/create-creditnote", body)
    return f"{kind.path}/{note['number']}", "credited"


def ship(visit: Visit, kind: DocumentKind, record: Record) -> Done:
    shipment = visit.api("POST", f"{kind.path}/{record['number']}/create-shipment", parts(visit))
    visit.api("POST", f"orders/shipments/{shipment['id']}/mark-shipped", {"pick": True})
    return f"{kind.path}/{record['number']}", "shipped"


def receive(visit: Visit, kind: DocumentKind, record: Record) -> Done:
    receipt = visit.api("POST", f"{kind.path}/{record['number']}/create-receipt", parts(visit))
    visit.api("POST", f"{kind.path}/{record['number']}/receipts/{receipt['number']}/mark-received")
    return f"{kind.path}/{record['number']}", "received"


def invoiced_as(target: str) -> Do:
    def made(visit: Visit, kind: DocumentKind, record: Record) -> Done:
        number_: Any = visit.api("POST", f"{kind.path}/{record['number']}/convert-to-invoice", {"book": False})
        return f"{target}/{number_}", "invoiced"

    return made


def ordered(visit: Visit, kind: DocumentKind, record: Record) -> Done:
    number_: Any = visit.api("POST", f"{kind.path}/{record['number']}/convert-to-order", {"book": False})
    return f"orders/{number_}", "ordered"


def unshipped(visit: Visit, record: Record) -> Mapping[int, Decimal]:
    return shipments.free(visit.session, visit.session.get("orders", record["number"]) or record)


def unreceived(visit: Visit, record: Record) -> Mapping[int, Decimal]:
    return receipts.free(visit.session, visit.session.get("purchase-orders", record["number"]) or record)


def uncredited(kind: Kind) -> Callable[[Visit, Record], Mapping[int, Decimal]]:
    return lambda visit, record: credit_notes.free(visit.session, kind, record)


def parts(visit: Visit) -> Record:
    """The quantities that were chosen, line by line; everything where none was asked for. An empty field is none."""
    chosen = [(name.removeprefix(PART), text) for name, text in visit.form.items() if name.startswith(PART)]
    lines = [
        {"id": int(key), "quantity": number(text or "0", f"lines.{at}.quantity")}
        for at, (key, text) in enumerate(chosen)
        if key.isascii() and key.isdigit()
    ]
    return {"lines": lines} if lines else {}


def ticked(visit: Visit, *names: str) -> Record:
    return {name: True for name in names if visit.form.get(name)}


BOOK: Final = Act("book", "Bogfør", draft, book)
DELETE: Final = Act("delete", "Slet kladden", draft, delete, "Vil du slette kladden? Den kan ikke hentes tilbage.")


def credit_act(kind: Kind) -> Act:
    label = "Tag varerne tilbage på lager" if kind is INVOICE else "Send varerne tilbage til leverandøren"
    return Act(
        "credit",
        "Lav kreditnota",
        creditable,
        credit,
        options=(("reverse_inventory", label),),
        part_label="Kreditér en del",
        free=uncredited(kind),
    )


CREDIT_INVOICE: Final = credit_act(INVOICE)
CREDIT_BILL: Final = credit_act(BILL)
