"""How sales documents look in answers, whole and in collections (economic-api 2.3, 7)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.registers.views import shown_unit
from lagerbro_sandbox.economic.sales import booked, drafts
from lagerbro_sandbox.economic.sales.orders import Kind
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.extras import EXTRAS
from lagerbro_sandbox.economic.wire.links import linked
from lagerbro_sandbox.kernel.records import Record

_IN_LISTS: Final = ("lines", "layout", "attachment")
_SENT_LINES: Final = ("totalNetAmount",)
_RECIPIENTS_OWN: Final = ("nemHandelType", "mobilePhone")
LEFT_OUT: Final = {
    "drafts": _IN_LISTS,
    "drafts of a customer": (*_IN_LISTS, "lastUpdated", "soap"),
    "booked": ("lines",),
    "booked in a view": ("lines", "exchangeRate", "grossAmountInBaseCurrency"),
    "booked of a customer": ("lines", "exchangeRate", "grossAmountInBaseCurrency", "sent"),
    "orders": _IN_LISTS,
    "orders.archived": _IN_LISTS,
}
"""What the items of a collection lack."""


def short(body: Record, view: str) -> Record:
    """An item of a collection."""
    left_out = LEFT_OUT[view]
    item = {name: value for name, value in body.items() if name not in left_out}
    return item if view == "drafts" else _without_sending(item)


def _without_sending(body: Record) -> Record:
    """Without how the recipient gets the document: not every view of it tells."""
    recipient = {name: value for name, value in body["recipient"].items() if name not in _RECIPIENTS_OWN}
    return {**body, "recipient": recipient}


def draft(session: Session, record: Record) -> Record:
    """A draft invoice."""
    body = _linked(session, record)
    address = f"{session.base}/invoices/drafts/{record[drafts.KEY]}"
    return {
        **body,
        "attachment": f"{address}/attachment",
        "templates": {
            "bookingInstructions": f"{address}/templates/booking-instructions",
            "self": f"{address}/templates",
        },
        "pdf": {"download": f"{address}/pdf"},
        "self": address,
    }


def booked_invoice(session: Session, record: Record) -> Record:
    """A booked invoice."""
    address = f"{session.base}/invoices/booked/{record[booked.KEY]}"
    links = {"pdf": {"download": f"{address}/pdf"}, "sent": f"{address}/sent", "self": address}
    return {**_linked(session, record), **links}


def order(session: Session, kind: Kind, state: str, record: Record) -> Record:
    """An order or a quote in one of its states."""
    body = _linked(session, record)
    address = f"{session.base}/{kind.name}/{state}/{record[kind.key]}"
    body |= {"pdf": {"download": f"{address}/pdf"}, "self": address}
    templates = {"upgradeInstructions": f"{address}/templates/upgrade-instructions", "self": f"{address}/templates"}
    if state == "drafts":
        return {**body, "attachment": f"{address}/attachment", "templates": templates}
    body.pop("layout", None)
    body = _without_sending(body)
    body["lines"] = [{k: v for k, v in line.items() if k not in _SENT_LINES} for line in body["lines"]]
    if state == "sent":
        return {**body, "templates": templates}
    body.pop("lastUpdated", None)
    return body


def _linked(session: Session, record: Record) -> Record:
    plain = {name: value for name, value in record.items() if name != EXTRAS}
    body = linked(plain, session.base)
    for line in body.get("lines", ()):
        if "unit" in line:
            line["unit"] = shown_unit(session, line["unit"])
        if EXTRAS in line:
            del line[EXTRAS]
    if "mobilePhone" in body["recipient"]:
        body["recipient"] = {name: value for name, value in body["recipient"].items() if name != "mobilePhone"}
    return body
