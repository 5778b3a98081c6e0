"""How the states of a transfer look and read: icon, word and tone together (PAGES, tokens and components)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.sync.models import Link, Transfer, TransferState


@dataclass(frozen=True, slots=True)
class Look:
    word: str | Promise
    tone: str
    icon: str
    """The path of a 24 × 24 line drawing."""


_TICK: Final = "M5 12l5 5L20 7"
_CROSS: Final = "M6 6l12 12M18 6L6 18"
_CLOCK: Final = "M12 7v5l3 2M12 3a9 9 0 100 18 9 9 0 000-18"
_BANG: Final = "M12 4l9 16H3zM12 10v4M12 17v.5"

STATES: Final[Mapping[str, Look]] = {
    TransferState.WAITING: Look(_("waiting"), "neutral", _CLOCK),
    TransferState.RUNNING: Look(_("in progress"), "neutral", "M20 12a8 8 0 11-3-6M20 4v5h-5"),
    TransferState.TRANSFERRED: Look(_("transferred"), "good", _TICK),
    TransferState.DRAFTED: Look(_("draft in e-conomic"), "good", "M6 3h9l4 4v14H6zM9 12h7M9 16h7"),
    TransferState.REFUSED: Look(_("refused"), "problem", _CROSS),
    TransferState.NEEDS_YOU: Look(_("needs you"), "attention", _BANG),
    TransferState.PAUSED: Look(_("paused"), "neutral", "M9 6v12M15 6v12"),
    TransferState.CANCELLED: Look(_("cancelled"), "neutral", "M5 12h14"),
}

KINDS: Final[Mapping[str, str | Promise]] = {
    "customer_invoice": _("Customer invoice"),
    "credit_note": _("Credit note"),
    "order": _("Order of e-conomic"),
    "economic_invoice": _("Invoice of e-conomic"),
    "invoice_shipping": _("Shipping of an invoice"),
    "supplier_invoice": _("Supplier invoice"),
    "supplier_credit": _("Supplier's credit note"),
    "supplier_invoice_document": _("Document of a supplier invoice"),
    "customer": _("Customer"),
    "supplier": _("Supplier"),
    "payment_terms": _("Payment terms"),
    "customer_group": _("Customer group"),
    "product_group": _("Product group"),
    "supplier_group": _("Supplier group"),
    "product": _("Product"),
    "stock_value": _("Stock value"),
    "stock_backfill": _("Back-fill of the stock value"),
    "startup": _("Start-up sync"),
}
"""What people tell records apart by: the kind of a transfer, or the type of its document where it has one."""


def kind_of(transfer: Transfer) -> str | Promise:
    """`Kreditnota` for a customer invoice that is one."""
    return KINDS.get(transfer.document_type or transfer.kind, transfer.kind)


_BOOKED: Final = Look(_("booked"), "good", _TICK)
_BOOKED_LINKS: Final = ("booked_invoice", "voucher_booked")


def look_of(state: str, link: Link | None) -> Look:
    """A transfer's state on its own page, where what is booked is told from what is merely there."""
    if state == TransferState.TRANSFERRED and link is not None and link.economic_kind in _BOOKED_LINKS:
        return _BOOKED
    return STATES[state]


_CONNECTED: Final = Look(_("connected"), "good", _TICK)
_BROKEN: Final = Look(_("not connected"), "problem", _CROSS)
_DOUBTED: Final = Look(_("reported uninstalled, being asked"), "attention", _BANG)
"""Between Rackbeat's word that we were uninstalled and its answer to whether it is so (`connections.disconnecting`)."""
_PAUSED: Final = Look(_("connected, paused"), "neutral", "M9 6v12M15 6v12")


def connection_look(agreement: Agreement, system: str) -> Look:
    """How a system's connection looks. `state_code` names the system that closed the door, where one did."""
    if system == "rackbeat" and agreement.uninstall_heard_at is not None:
        return _DOUBTED
    if agreement.state == AgreementState.GONE:
        return _CONNECTED if agreement.state_code == f"{_OTHER[system]}_revoked" else _BROKEN
    return _PAUSED if agreement.state == AgreementState.PAUSED else _CONNECTED


_OTHER: Final = {"economic": "rackbeat", "rackbeat": "economic"}
