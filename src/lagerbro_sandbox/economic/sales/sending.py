"""Sending a booked invoice electronically: `sendBy` and what EAN asks for (economic-api 7.2, 7.3)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.errors import Problems, schema_error
from lagerbro_sandbox.kernel.records import Record

KIND: Final = "sent-invoices"
NONE, EAN, EMAIL = "none", "EAN", "Email"
WAYS: Final = (NONE, EAN, EMAIL)
"""As the schema writes them. Older clients write them in lower case, and recorded answers show that this was taken."""
_IDS: Final = ("ean", "publicEntryNumber", "pNumber")


def sending_method(given: str | None, *, strict: bool) -> str:
    """How to send; the schema's error for anything else."""
    if given is None:
        return NONE
    for known in WAYS:
        if given == known or (not strict and given.lower() == known.lower()):
            return known
    raise schema_error(
        [f'sendBy: Value "{given[:40]}" is not defined in enum.'], "/schema/invoices.booked.post.schema.json"
    )


def check(session: Session, draft: Record, customer: Record, by: str, problems: Problems) -> None:
    """EAN needs the company's CVR, an id of the customer, a contact on both, and an agreement that may send."""
    if by == EMAIL and not customer.get("email"):
        problems.add(("sendBy",), "E04660", "The customer has no e-mail address.")
    if by != EAN:
        return
    recipient = draft["recipient"]
    if not session.company.get("company", {}).get("companyIdentificationNumber"):
        problems.add(("sendBy",), "E04661", "The company has no CVR number.")
    if not any(customer.get(name) or recipient.get(name) for name in _IDS):
        problems.add(("recipient", "ean"), "E04662", "The customer has no EAN or other NemHandel number.")
    if "attention" not in recipient and "customerContact" not in draft.get("references", {}):
        problems.add(("references", "customerContact"), "E04663", "The invoice names no contact person.")
    if "attention" not in customer and "customerContact" not in customer:
        problems.add(("customer",), "E04664", "The customer has no contact person.")
    if not session.company.get("canSendElectronicInvoice"):
        problems.add(("sendBy",), "E04665", "The agreement cannot send electronic invoices.")


def record(session: Session, booked: Record, by: str) -> None:
    """Remember that it was sent by EAN: /invoices/sent knows of no other way here."""
    if by != EAN:
        return
    number = session.store.next_number(session.agreement, KIND)
    recipient = booked["recipient"]
    sent: Record = {
        "id": number,
        "invoice": {"bookedInvoiceNumber": booked["bookedInvoiceNumber"]},
        "status": "sent",
        "sendBy": "ean",
        "creationDate": session.today().isoformat(),
        "createdBy": session.company.get("userName", ""),
        "recipient": {name: recipient[name] for name in ("name", "ean") if name in recipient},
    }
    session.put(KIND, number, sent)
