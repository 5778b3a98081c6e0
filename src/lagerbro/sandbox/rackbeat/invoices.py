"""Customer invoices: drafts, their totals, booking, credit notes, notes (rackbeat-api 3.8)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from lagerbro.sandbox.kernel.records import Record
from lagerbro.sandbox.rackbeat import partners, warehouse
from lagerbro.sandbox.rackbeat.asking import number_of
from lagerbro.sandbox.rackbeat.choices import EVENT_INVOICE_BOOKED, FIRST_NUMBER
from lagerbro.sandbox.rackbeat.faulty import ApiError, invalid, invalid_at, not_found
from lagerbro.sandbox.rackbeat.money import ZERO, line_total, vat_total
from lagerbro.sandbox.rackbeat.session import Session
from lagerbro.sandbox.rackbeat.webhooks import announce

KIND: Final = "customer-invoices"
LINES_MAX: Final = 1000
_FREE: Final = ("heading", "note", "their_reference", "other_reference", "ean", "layout_id", "payment_terms_id")


def get(session: Session, key: str) -> Record:
    found = session.get(KIND, key)
    if found is None:
        raise not_found()
    return found


def shown(session: Session, body: Record) -> Record:
    return {**body, "self": f"{session.base}/api/{KIND}/{body['number']}"}


def create(session: Session, body: Record) -> Record:
    """A draft with everything that the customer brings along. The exchange rate is frozen here (D)."""
    customer = session.get("customers", str(body.get("customer_id", "")))
    if customer is None:
        raise invalid(customer_id="The selected customer id is invalid.")
    number = session.store.next_number(session.account, KIND, FIRST_NUMBER)
    day = _day(body.get("invoice_date") or str(session.now().date()), "invoice_date")
    currency = str(body.get("currency") or customer.get("currency") or session.company["base_currency"])
    rate = Decimal(1) if currency == session.company["base_currency"] else _rate(session, currency)
    record: Record = {
        "number": number,
        "invoice_date": str(day),
        "is_booked": False,
        "booked_at": None,
        "is_creditnote": False,
        "customer_id": customer["number"],
        "customer": partners.shown(session, "customers", customer),
        "orders": [],
        "currency": currency,
        "currency_rate": rate,
        "vat_zone": body.get("vat_zone") or customer.get("vat_zone", "domestic"),
        "created_at": session.timestamp(),
    }
    for name in _FREE:
        value = body[name] if name in body else customer.get(name)
        record[name] = value
    record |= {name: body.get(name, customer.get(name)) for name in _ADDRESS}
    record["address_name"] = body.get("address_name") or customer["name"]
    record["due_date"] = body.get("due_date") or str(day + timedelta(days=_days(session, record)))
    return _stored(session, record, body.get("lines", []))


_ADDRESS: Final = ("address_street", "address_street2", "address_zipcode", "address_city", "address_country")


def update(session: Session, key: str, body: Record) -> Record:
    """Drafts only; booked figures are fixed."""
    record = get(session, key)
    _still_a_draft(record)
    record |= {name: body[name] for name in (*_FREE, *_ADDRESS, "due_date") if name in body}
    return _stored(session, record, body.get("lines", record["lines"]))


def delete(session: Session, key: str) -> None:
    _still_a_draft(get(session, key))
    session.store.delete(session.account, KIND, key)


def book(session: Session, key: str) -> Record:
    """Fix the figures and tell who listens. Refused when booked already, empty, or for a barred customer (P 5.6)."""
    record = get(session, key)
    _still_a_draft(record)
    if not record["lines"]:
        raise ApiError(422, "The invoice has no lines.")
    customer = session.get("customers", record["customer_id"]) or {}
    if customer.get("is_barred"):
        raise ApiError(422, "The customer is barred.")
    record |= {"is_booked": True, "booked_at": session.timestamp(), "updated_at": session.timestamp()}
    session.put(KIND, record["number"], record)
    announce(session, EVENT_INVOICE_BOOKED, "number", str(record["number"]))
    return record


def unbook(session: Session, key: str) -> Record:
    """Used by support staff only (C)."""
    record = get(session, key)
    record |= {"is_booked": False, "booked_at": None, "updated_at": session.timestamp()}
    session.put(KIND, record["number"], record)
    return record


def credit(session: Session, key: str) -> Record:
    """A credit note for the whole invoice: positive amounts and `is_creditnote` (P 3.8)."""
    original = get(session, key)
    if not original["is_booked"]:
        raise ApiError(422, "Only booked invoices can be credited.")
    number = session.store.next_number(session.account, KIND, FIRST_NUMBER)
    record = {
        **original,
        "number": number,
        "is_booked": False,
        "booked_at": None,
        "is_creditnote": True,
        "invoice_date": str(session.now().date()),
        "other_reference": f"Kreditering af {original['number']}",
        "created_at": session.timestamp(),
    }
    return _stored(session, record, original["lines"])


def _still_a_draft(record: Record) -> None:
    if record["is_booked"]:
        raise ApiError(422, "The invoice is booked.")


def _stored(session: Session, record: Record, lines: object) -> Record:
    if not isinstance(lines, list) or len(lines) > LINES_MAX:
        raise invalid(lines=f"The lines must be a list of at most {LINES_MAX}.")
    rows = [_line(session, record, index, line) for index, line in enumerate(lines)]
    subtotal = sum((row["line_total"] for row in rows), ZERO)
    vat = vat_total((row["line_total"], row["vat_percentage"]) for row in rows)
    record |= {
        "lines": rows,
        "total_subtotal": subtotal,
        "total_vat": vat,
        "total_total": subtotal + vat,
        "is_paid": False,
        "balance": subtotal + vat,
        "updated_at": session.timestamp(),
    }
    session.put(KIND, record["number"], record)
    return record


def _line(session: Session, record: Record, index: int, line: Any) -> Record:  # noqa: ANN401 - what was sent
    if not isinstance(line, dict):
        raise invalid_at(f"lines.{index}", "The line must be an object.")
    key = line.get("item_id") or line.get("child_id") or ""
    item = session.get("products", str(key))
    if item is None:
        raise invalid_at(f"lines.{index}.item_id", "The selected item is invalid.")
    group = session.get("product-groups", item["group_id"]) or {}
    quantity = number_of(line.get("quantity"), f"lines.{index}.quantity")
    price = number_of(line.get("line_price", item["sales_price"]), f"lines.{index}.line_price")
    discount = number_of(line.get("discount_percentage", 0), f"lines.{index}.discount_percentage")
    percentage = number_of(
        line.get("vat_percentage", group.get(f"vat_{record['vat_zone']}", 0)), f"lines.{index}.vat_percentage"
    )
    return {
        "id": index + 1,
        "child_id": item["number"],
        "child_type": "product",
        "item": {"number": item["number"], "name": item["name"], "group": {"number": group["number"]}},
        "name": line.get("name") or item["name"],
        "quantity": quantity,
        "line_price": price,
        "discount_percentage": discount,
        "vat_percentage": percentage,
        "line_total": line_total(quantity, price, discount),
        "item_cost_price": warehouse.present_cost(session, item["number"]),
    }


def _rate(session: Session, currency: str) -> Decimal:
    rate: Any = session.company["rates"].get(currency)
    if rate is None:
        raise invalid(currency="The selected currency is invalid.")
    return Decimal(rate)


def _days(session: Session, record: Record) -> int:
    terms = session.get("payment-terms", str(record.get("payment_terms_id") or "")) or {}
    return int(terms.get("maturity_days", 0))


def _day(text: object, path: str) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise invalid_at(path, "The value is not a valid date.") from error
