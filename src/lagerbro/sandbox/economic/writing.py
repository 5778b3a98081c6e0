"""Writing to a register: form first, business second, numbers given or honoured (economic-api 2.1)."""

from __future__ import annotations

from decimal import Decimal

from lagerbro.sandbox.economic.faulty import ApiError, Problems, not_found
from lagerbro.sandbox.economic.fields import Form, Number, check
from lagerbro.sandbox.economic.references import check_references, known
from lagerbro.sandbox.economic.registers import Register
from lagerbro.sandbox.economic.session import Session
from lagerbro.sandbox.economic.store import EXTRAS, Record

IN_USE = {
    "customers": (("drafts", "customer"), ("booked", "customer")),
    "customer-groups": (("customers", "customerGroup"),),
    "product-groups": (("products", "productGroup"),),
    "units": (("products", "unit"),),
    "payment-terms": (("customers", "paymentTerms"),),
}


def create(session: Session, register: Register, body: object) -> Record:
    """POST: a taken number is refused with E06010."""
    record = _checked(session, register, body, "post")
    key = record.get(register.key)
    if key is None:
        if not register.assigned:
            raise _required(register)
        key = session.store.next_number(session.agreement, register.name)
    elif session.get(register.name, key) is not None:
        problems = Problems()
        problems.add((register.key,), "E06010", f"'{key}' is already in use.", key)
        problems.raise_if_any()
    return _stored(session, register, key, record)


def replace(session: Session, register: Register, key: str, body: object) -> tuple[Record, bool]:
    """PUT: a full replacement, or a creation under that number. Answers the record and whether it is new."""
    if not register.text_key and not (key.isdigit() and 1 <= int(key) <= 999_999_999):
        raise not_found()
    number: str | int = key if register.text_key else int(key)
    if isinstance(body, dict):
        body = {**body, register.key: number}
    record = _checked(session, register, body, "put")
    is_new = session.get(register.name, key) is None
    return _stored(session, register, number, record), is_new


def delete(session: Session, register: Register, key: str) -> None:
    """204, and 404 with E06000 the second time; refused while something refers to it."""
    if session.get(register.name, key) is None:
        raise not_found("E06000")
    for kind, field in IN_USE.get(register.name, ()):
        if any(str(record.get(field, {}).get(register.key)) == key for record in session.all(kind)):
            raise ApiError(400, "The record is in use.", "Remove what refers to it first.", "E06030")
    session.store.delete(session.agreement, register.name, key)


def _checked(session: Session, register: Register, body: object, verb: str) -> Record:
    assert register.form is not None
    check(body, register.form, f"/schema/{register.name}.{verb}.schema.json")
    assert isinstance(body, dict)
    problems = Problems()
    record = check_references(session, known(body, register.form), register.form, problems)
    check_decimals(record, register.form, (), problems)
    _check_currency(session, record, problems)
    problems.raise_if_any()
    return {name: value for name, value in record.items() if value is not False}


def check_decimals(record: Record, form: Form, path: tuple[str | int, ...], problems: Problems) -> None:
    """E04740 where a number has more decimals than are kept."""
    for name, field in form.items():
        value = record.get(name)
        if isinstance(field, Number) and field.decimals is not None and isinstance(value, Decimal):
            exponent = value.normalize().as_tuple().exponent
            if isinstance(exponent, int) and -exponent > field.decimals:
                problems.add((*path, name), "E04740", f"At most {field.decimals} decimals are allowed.", value)


def _check_currency(session: Session, record: Record, problems: Problems) -> None:
    currency = record.get("currency")
    if currency is not None and session.get("currencies", currency) is None:
        problems.add(("currency",), "E06000", f"Currency '{currency}' does not exist.", currency)


def _stored(session: Session, register: Register, key: str | int, record: Record) -> Record:
    body = {register.key: key, **{name: value for name, value in record.items() if name != register.key}}
    if register.stamped:
        body["lastUpdated"] = session.timestamp()
    old = session.get(register.name, key) or {}
    kept = {EXTRAS: old[EXTRAS]} if EXTRAS in old else {}
    session.put(register.name, key, {**body, **kept})
    return body


def _required(register: Register) -> ApiError:
    return ApiError(400, "Validation error.", f"'{register.key}' must be sent.", "E04300")
