"""The head of a document: whom it concerns, when, in what currency, where to (rackbeat-api 3.6, 3.8 to 3.10)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents.kinds import Kind
from lagerbro_sandbox.rackbeat.registers import summaries as partners
from lagerbro_sandbox.rackbeat.registers.simple_registers import ZONES
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import invalid, invalid_at
from lagerbro_sandbox.rackbeat.wire.parameters import TEXT_LENGTH_MAX, day_of

_TEXTS: Final = ("heading", "note", "their_reference", "other_reference")
_REFERENCES: Final = ("layout_id", "payment_terms_id", "employee_id", "our_reference_id", "delivery_terms_id")
_PLACE: Final = ("name", "street", "street2", "zipcode", "city", "country")
_ADDRESS: Final = tuple(f"address_{name}" for name in _PLACE)
_OBJECTS: Final = ("billing_address", "delivery_address")
_DAYS: Final = ("due_date", "deliver_at", "preferred_delivery_date")
_DAYS_MAX: Final = 32_767
"""D (3.11): the most days of payment terms."""


def created(session: Session, kind: Kind, body: Record) -> Record:
    """A head with everything that the customer or supplier brings along. The exchange rate is frozen here (D)."""
    record: Record = {kind.day: str(day_of(body.get(kind.day) or session.now().date(), kind.day))}
    _concern(session, kind, record, body.get(f"{kind.party}_id", body.get(f"{kind.party}_number")))
    party = _party(session, kind, record)
    _spoken_in(session, record, body.get("currency") or party.get("currency") or session.company["base_currency"])
    record["vat_zone"] = _zone(body.get("vat_zone") or party.get("vat_zone") or "domestic")
    for name in (*_TEXTS, *_REFERENCES, *_ADDRESS, *_OBJECTS, *kind.own):
        record[name] = _checked(name, body[name]) if name in body else party.get(name)
    record["address_name"] = record["address_name"] or party["name"]
    _deliver(record, body)
    record["due_date"] = _due(session, record, kind, body)
    return record


def changed(session: Session, kind: Kind, record: Record, body: Record) -> None:
    """What is sent and nothing else (rackbeat-api 1.1)."""
    if body.get(f"{kind.party}_id") is not None and str(body[f"{kind.party}_id"]) != str(record[f"{kind.party}_id"]):
        _concern(session, kind, record, body[f"{kind.party}_id"])
    if body.get("currency") not in (None, record["currency"]):
        _spoken_in(session, record, body["currency"])
    if "vat_zone" in body:
        record["vat_zone"] = _zone(body["vat_zone"])
    if kind.day in body:
        record[kind.day] = str(day_of(body[kind.day], kind.day))
    for name in (*_TEXTS, *_REFERENCES, *_ADDRESS, *_OBJECTS, *kind.own):
        if name in body:
            record[name] = _checked(name, body[name])
    _deliver(record, body)
    if "due_date" in body or kind.day in body or "payment_terms_id" in body:
        record["due_date"] = _due(session, record, kind, body)


def base_rate(session: Session, currency: str) -> Decimal:
    """Base currency per one unit, as it stands today (D 3.11)."""
    if currency == session.company["base_currency"]:
        return Decimal(1)
    record = session.get("currencies", currency) or {}
    rate: Any = record.get("rate", session.company["rates"].get(currency))
    if rate is None or Decimal(str(rate)) <= 0:
        raise invalid(currency="The selected currency is invalid.")
    return Decimal(str(rate))


def _concern(session: Session, kind: Kind, record: Record, key: object) -> None:
    party = session.get(kind.parties, str(key)) if key is not None else None
    if party is None:
        raise invalid(**{f"{kind.party}_id": f"The selected {kind.party} id is invalid."})
    record[f"{kind.party}_id"] = party["number"]
    record[kind.party] = partners.shown(session, kind.parties, party)


def _party(session: Session, kind: Kind, record: Record) -> Record:
    return session.get(kind.parties, record[f"{kind.party}_id"]) or {}


def _spoken_in(session: Session, record: Record, currency: object) -> None:
    record["currency"] = str(currency)
    record["currency_rate"] = base_rate(session, str(currency))


def _zone(zone: object) -> str:
    if zone not in ZONES:
        raise invalid(vat_zone="The selected vat zone is invalid.")
    return str(zone)


def _checked(name: str, value: Any) -> Any:  # noqa: ANN401 - what was sent
    """References are numbers, bare or in an object; what is no object is text, a number or a yes or no."""
    if value is None or isinstance(value, bool):
        return value
    if name in _OBJECTS:
        if not isinstance(value, dict):
            raise invalid_at(name, "The value must be an object.")
        return {part: value.get(part) for part in (*_PLACE, "email", "phone")}
    if name in _DAYS:
        return str(day_of(value, name))
    if name in _REFERENCES or name == "delivery_time_in_days":
        return _reference(name, value)
    if not isinstance(value, str) or len(value) > TEXT_LENGTH_MAX:
        raise invalid_at(name, f"The value must be a text of at most {TEXT_LENGTH_MAX} characters.")
    return value


def _reference(name: str, value: Any) -> int | None:  # noqa: ANN401 - what was sent
    number = value.get("number") if isinstance(value, dict) else value
    text = "" if number is None else str(number)
    if text and not (text.isascii() and text.isdigit() and len(text) < 10):
        raise invalid_at(name, "The value must be an integer.")
    return int(text) if text else None


def _deliver(record: Record, body: Record) -> None:
    """The flat form of a delivery address is for writing only (3.6)."""
    flat = {
        name: _checked("address_name", body[f"delivery_address_{name}"]) for name in _PLACE if _has_part(body, name)
    }
    if flat:
        record["delivery_address"] = {**dict.fromkeys(_PLACE), **(record.get("delivery_address") or {}), **flat}


def _has_part(body: Record, name: str) -> bool:
    return f"delivery_address_{name}" in body


def _due(session: Session, record: Record, kind: Kind, body: Record) -> str:
    """As sent, or as the terms say. P: terms of the end of the month count from there."""
    if body.get("due_date"):
        return str(day_of(body["due_date"], "due_date"))
    terms = session.get("payment-terms", str(record.get("payment_terms_id") or "")) or {}
    day = date.fromisoformat(record[kind.day])
    try:
        if str(terms.get("type", "")) in ("invoiceMonth", "end_of_month"):
            day = (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return str(day + timedelta(days=min(int(terms.get("maturity_days") or 0), _DAYS_MAX)))
    except OverflowError as error:
        raise invalid(**{kind.day: "The day is too late."}) from error
