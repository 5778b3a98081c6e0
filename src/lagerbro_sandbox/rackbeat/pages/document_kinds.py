"""The kinds of document that pages show, and what a person can do with each in its state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.pages import actions
from lagerbro_sandbox.rackbeat.pages.actions import Act, DocumentKind

INVOICES: Final = DocumentKind(
    "customer-invoices",
    "Kundefaktura",
    "Kundefakturaer",
    "customer",
    "Kunde",
    "invoice_date",
    "Fakturadato",
    (actions.BOOK, actions.CREDIT_INVOICE, actions.DELETE),
    (("ean", "EAN-nummer"),),
)
ORDERS: Final = DocumentKind(
    "orders",
    "Ordre",
    "Ordrer",
    "customer",
    "Kunde",
    "order_date",
    "Ordredato",
    (
        actions.BOOK,
        Act(
            "ship",
            "Send varerne",
            actions.until("is_shipped"),
            actions.ship,
            part_label="Send en del",
            free=actions.unshipped,
        ),
        Act(
            "invoice",
            "Lav faktura",
            actions.until("is_invoiced"),
            actions.invoiced_as("customer-invoices"),
        ),
        actions.DELETE,
    ),
    (("ean", "EAN-nummer"),),
)
PURCHASES: Final = DocumentKind(
    "purchase-orders",
    "Indkøbsordre",
    "Indkøbsordrer",
    "supplier",
    "Leverandør",
    "purchase_date",
    "Dato",
    (
        actions.BOOK,
        Act(
            "receive",
            "Modtag varerne",
            actions.until("is_received"),
            actions.receive,
            part_label="Modtag en del",
            free=actions.unreceived,
        ),
        Act(
            "invoice",
            "Lav leverandørfaktura",
            actions.until("is_invoiced"),
            actions.invoiced_as("supplier-invoices"),
        ),
        actions.DELETE,
    ),
)
BILLS: Final = DocumentKind(
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
            actions.draft,
            actions.book,
            options=(("mark_received", "Modtag varerne nu"), ("use_invoice_date", "Brug fakturadatoen til lageret")),
        ),
        actions.CREDIT_BILL,
        actions.DELETE,
    ),
    (("invoice_number", "Leverandørens fakturanummer"),),
)
OFFERS: Final = DocumentKind(
    "offers",
    "Tilbud",
    "Tilbud",
    "customer",
    "Kunde",
    "offer_date",
    "Tilbudsdato",
    (
        actions.BOOK,
        Act("order", "Lav ordre", actions.until("is_converted"), actions.ordered),
        actions.DELETE,
    ),
    (("ean", "EAN-nummer"),),
    new="Nyt",
)
ALL: Final = (INVOICES, ORDERS, OFFERS, BILLS, PURCHASES)


_DOCUMENTS: Final = {kind.path: kind.one for kind in ALL}
_OTHERS: Final = {
    "order-shipments": "Forsendelse",
    "purchase-order-receipts": "Modtagelse",
    "inventory-adjustments": "Regulering",
    "inventory-movements": "Flytning",
    "production-orders": "Produktionsordre",
}
_WITH_PAGES: Final = ("inventory-movements",)


def named(document: str | None) -> tuple[str, str]:
    """Where a document is on these pages (empty where it has none), and what people call it."""
    path, _, number = (document or "").rpartition("/")
    if path in _DOCUMENTS or path in _WITH_PAGES:
        return f"{path}/{number}", f"{_DOCUMENTS.get(path) or _OTHERS[path]} {number}"
    return "", f"{_OTHERS.get(path, path)} {number}".strip()


_DONE: Final = (
    ("is_shipped", "Sendt"),
    ("is_received", "Modtaget"),
    ("is_invoiced", "Faktureret"),
    ("is_converted", "Blevet til ordre"),
    ("is_paid", "Betalt"),
)
_BEGUN: Final = (
    ("is_partly_shipped", "Sendt delvis"),
    ("is_partly_received", "Modtaget delvis"),
    ("is_partly_invoiced", "Faktureret delvis"),
)


@dataclass(frozen=True, slots=True)
class State:
    """Something that a document is, as a page shows it."""

    tone: str
    sign: str
    word: str


def states(record: Record) -> list[State]:
    """What a document is."""
    shown = [State("good", "●", "Bogført") if record["is_booked"] else State("neutral", "○", "Kladde")]
    if record.get("is_creditnote"):
        shown.append(State("neutral", "↩", "Kreditnota"))
    if record.get("is_cancelled"):
        shown.append(State("problem", "✕", "Annulleret"))
    shown += [State("good", "✓", word) for name, word in _DONE if record.get(name)]
    shown += [State("attention", "◐", word) for name, word in _BEGUN if record.get(name)]
    return shown
