"""The kinds of document that pages show, and what a person can do with each in its state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from lagerbro.sandbox.kernel.records import Record
from lagerbro.sandbox.rackbeat.pages.visit import Visit

Done = tuple[str, str]
"""Where to go on, and what to say there."""


@dataclass(frozen=True, slots=True)
class Act:
    """A button. `question`: it is destructive and asks first. `options`: boxes that may be ticked with it."""

    key: str
    label: str
    fits: Callable[[Record], bool]
    do: Callable[[Visit, Book, Record], Done]
    question: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
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

    @property
    def parties(self) -> str:
        return f"{self.party}s"

    @property
    def the_party(self) -> str:
        return "kunden" if self.party == "customer" else "leverandøren"


def _draft(record: Record) -> bool:
    return not record["is_booked"]


def _booked(record: Record) -> bool:
    return bool(record["is_booked"]) and not record.get("is_cancelled")


def _creditable(record: Record) -> bool:
    return _booked(record) and not record["is_creditnote"]


def _is(name: str) -> Callable[[Record], bool]:
    return lambda record: _booked(record) and not record.get(name)


def _book(visit: Visit, book: Book, record: Record) -> Done:
    body = {name: True for name in ("mark_received", "use_invoice_date") if visit.form.get(name)}
    visit.api("POST", f"{book.path}/{record['number']}/book", body)
    return f"{book.path}/{record['number']}", "booked"


def _delete(visit: Visit, book: Book, record: Record) -> Done:
    visit.raw("DELETE", f"{book.path}/{record['number']}")
    return book.path, "deleted"


def _credit(visit: Visit, book: Book, record: Record) -> Done:
    made = visit.api("POST", f"{book.path}/{record['number']}/create-creditnote")
    return f"{book.path}/{made['number']}", "credited"


def _ship(visit: Visit, book: Book, record: Record) -> Done:
    made = visit.api("POST", f"{book.path}/{record['number']}/create-shipment")
    visit.api("POST", f"orders/shipments/{made['id']}/mark-shipped", {"pick": True})
    return f"{book.path}/{record['number']}", "shipped"


def _receive(visit: Visit, book: Book, record: Record) -> Done:
    made = visit.api("POST", f"{book.path}/{record['number']}/create-receipt")
    if not made["is_received"]:
        visit.api("POST", f"{book.path}/{record['number']}/receipts/{made['number']}/mark-received")
    return f"{book.path}/{record['number']}", "received"


def _to_invoice(target: str) -> Callable[[Visit, Book, Record], Done]:
    def made(visit: Visit, book: Book, record: Record) -> Done:
        number: Any = visit.api("POST", f"{book.path}/{record['number']}/convert-to-invoice", {"book": False})
        return f"{target}/{number}", "invoiced"

    return made


_BOOK: Final = Act("book", "Bogfør", _draft, _book)
_DELETE: Final = Act("delete", "Slet kladden", _draft, _delete, "Vil du slette kladden? Den kan ikke hentes tilbage.")
_CREDIT: Final = Act("credit", "Lav kreditnota", _creditable, _credit)

INVOICES: Final = Book(
    "customer-invoices",
    "Kundefaktura",
    "Kundefakturaer",
    "customer",
    "Kunde",
    "invoice_date",
    "Fakturadato",
    (_BOOK, _CREDIT, _DELETE),
    (("ean", "EAN-nummer"),),
)
ORDERS: Final = Book(
    "orders",
    "Ordre",
    "Ordrer",
    "customer",
    "Kunde",
    "order_date",
    "Ordredato",
    (
        _BOOK,
        Act("ship", "Send varerne", _is("is_shipped"), _ship),
        Act("invoice", "Lav faktura", _is("is_invoiced"), _to_invoice("customer-invoices")),
        _DELETE,
    ),
    (("ean", "EAN-nummer"),),
)
PURCHASES: Final = Book(
    "purchase-orders",
    "Indkøbsordre",
    "Indkøbsordrer",
    "supplier",
    "Leverandør",
    "purchase_date",
    "Dato",
    (
        _BOOK,
        Act("receive", "Modtag varerne", _is("is_received"), _receive),
        Act("invoice", "Lav leverandørfaktura", _is("is_invoiced"), _to_invoice("supplier-invoices")),
        _DELETE,
    ),
)
BILLS: Final = Book(
    "supplier-invoices",
    "Leverandørfaktura",
    "Leverandørfakturaer",
    "supplier",
    "Leverandør",
    "invoice_date",
    "Fakturadato",
    (
        Act(
            "book",
            "Bogfør",
            _draft,
            _book,
            options=(("mark_received", "Modtag varerne nu"), ("use_invoice_date", "Brug fakturadatoen til lageret")),
        ),
        _CREDIT,
        _DELETE,
    ),
    (("invoice_number", "Leverandørens fakturanummer"),),
)
ALL: Final = (INVOICES, ORDERS, BILLS, PURCHASES)


_DOCUMENTS: Final = {book.path: book.one for book in ALL}
_OTHERS: Final = {
    "order-shipments": "Forsendelse",
    "purchase-order-receipts": "Modtagelse",
    "inventory-adjustments": "Regulering",
    "inventory-movements": "Flytning",
}


def named(document: str | None) -> tuple[str, str]:
    """Where a document is on these pages (empty where it has none), and what people call it."""
    path, _, number = (document or "").rpartition("/")
    if path in _DOCUMENTS:
        return f"{path}/{number}", f"{_DOCUMENTS[path]} {number}"
    return "", f"{_OTHERS.get(path, path)} {number}".strip()


def states(record: Record) -> list[tuple[str, str, str]]:
    """Tone, sign and word of what a document is."""
    found = [("good", "●", "Bogført") if record["is_booked"] else ("neutral", "○", "Kladde")]
    if record.get("is_creditnote"):
        found.append(("neutral", "↩", "Kreditnota"))
    if record.get("is_cancelled"):
        found.append(("problem", "✕", "Annulleret"))
    words = (("is_shipped", "Sendt"), ("is_received", "Modtaget"), ("is_invoiced", "Faktureret"), ("is_paid", "Betalt"))
    found += [("good", "✓", word) for name, word in words if record.get(name)]
    return found
