"""Credit notes of customer invoices: of all or of some, with or without the goods (rackbeat-api 3.8, domain-rules C5).

P: quantities and amounts as on the invoice, marked by `is_creditnote` (choices.CREDIT_NOTES_KEEP_SIGNS).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import CREDITS_RETURN_GOODS
from lagerbro_sandbox.rackbeat.documents import lifecycle
from lagerbro_sandbox.rackbeat.documents.kinds import INVOICE, Kind
from lagerbro_sandbox.rackbeat.documents.lines import Wanted
from lagerbro_sandbox.rackbeat.documents.sales import invoice_shipping, invoices
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import ApiError, invalid, invalid_at
from lagerbro_sandbox.rackbeat.wire.parameters import flag, number_of, text_of

ZERO: Final = Decimal(0)


def credit(session: Session, key: str, body: Record) -> Record:
    """A draft. Its lines are those of the invoice, or the quantities that the body names by line id (P)."""
    original = invoices.get(session, key)
    quantities = creditable(session, INVOICE, original, body)
    record = note(session, INVOICE, original, quantities, body)
    for line, source in zip(record["lines"], _sources(original, quantities), strict=True):
        line["movements"] = invoice_shipping.mover(session, source).get("movements", [])
    invoices.save(session, {**original, "credits": [*original["credits"], record["number"]]})
    return invoices.save(session, record, "created")


def creditable(session: Session, kind: Kind, original: Record, body: Record) -> dict[int, Decimal]:
    """What is to be credited, by line id; 422 for more than the document has left."""
    lifecycle.booked(original)
    if original["is_creditnote"]:
        raise ApiError(422, "A credit note cannot be credited.")
    remaining = free(session, kind, original)
    wanted = remaining if body.get("lines") is None else _quantities_to_credit(body["lines"], remaining)
    if not any(wanted.values()):
        raise ApiError(422, "Nothing of the document is left to credit.")
    return {key: quantity for key, quantity in wanted.items() if quantity}


def free(session: Session, kind: Kind, original: Record) -> dict[int, Decimal]:
    """What no credit note of the document holds, by line id."""
    remaining = {line["id"]: line["quantity"] for line in original["lines"]}
    for number in original["credits"]:
        for line in (session.get(kind.path, number) or {"lines": []})["lines"]:
            remaining[line["credited_line_id"]] -= line["quantity"]
    return remaining


def note(session: Session, kind: Kind, original: Record, quantities: dict[int, Decimal], body: Record) -> Record:
    """The credit note as a draft that is not kept yet: the rate is the original's."""
    wanted = [
        Wanted({**line, "id": None, "quantity": quantities[line["id"]]}, {"credited_line_id": line["id"]})
        for line in _sources(original, quantities)
    ]
    record = lifecycle.new_document(session, kind, {**lifecycle.head_of(original, kind), "lines": []}, [])
    record |= {
        **invoices.PLAIN,
        "currency_rate": original["currency_rate"],
        "is_creditnote": True,
        "credited_invoice_id": original["number"],
        "other_reference": f"Kreditering af {original['number']}",
        "reverse_inventory": flag(body.get("reverse_inventory"), default=CREDITS_RETURN_GOODS),
        "reason": text_of(body, "reason"),
    }
    record |= {name: [] for name in ("orders", "purchase_orders", "payments", "credits") if name in original}
    lifecycle.fill(session, kind, record, wanted)
    return record


def _sources(original: Record, quantities: dict[int, Decimal]) -> list[Record]:
    return [line for line in original["lines"] if line["id"] in quantities]


def _quantities_to_credit(lines: Any, remaining: dict[int, Decimal]) -> dict[int, Decimal]:  # noqa: ANN401 - what was sent
    if not isinstance(lines, list):
        raise invalid(lines="The lines must be a list.")
    quantities: dict[int, Decimal] = {}
    for at, line in enumerate(lines):
        key = line.get("id") if isinstance(line, dict) else None
        if not isinstance(key, int) or key not in remaining:
            raise invalid_at(f"lines.{at}.id", "The selected line is invalid.")
        quantity = number_of(line.get("quantity", remaining[key]), f"lines.{at}.quantity")
        if abs(quantity) > abs(remaining[key]) or quantity * remaining[key] < ZERO:
            raise invalid_at(f"lines.{at}.quantity", "The quantity is more than is left.")
        quantities[key] = quantity
    return quantities
