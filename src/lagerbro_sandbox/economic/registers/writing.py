"""Writing to a register: form first, business second, numbers given or honoured (economic-api 2.1).

Both surfaces write through here, so that a customer made on one is held to the same rules on the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.registers.definitions import Register
from lagerbro_sandbox.economic.registers.rules import RULES
from lagerbro_sandbox.economic.rest.references import check_references, known_fields
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage import marks
from lagerbro_sandbox.economic.wire.errors import ApiError, Problems, not_found
from lagerbro_sandbox.economic.wire.extras import EXTRAS
from lagerbro_sandbox.economic.wire.fields import Form, Group, Number, check
from lagerbro_sandbox.kernel.records import Record

_STATES: Final = ("drafts", "booked", *(f"{kind}.{s}" for kind in ("orders", "quotes") for s in ("drafts", "sent")))
_ARCHIVES: Final = ("orders.archived", "quotes.archived")


def _documents(field: str) -> tuple[tuple[str, str], ...]:
    return tuple((kind, field) for kind in (*_STATES, *_ARCHIVES))


IN_USE: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "customers": _documents("customer.customerNumber"),
    "products": _documents("lines.product.productNumber"),
    "customer-groups": (("customers", "customerGroup.customerGroupNumber"),),
    "product-groups": (("products", "productGroup.productGroupNumber"),),
    "units": (("products", "unit.unitNumber"), *_documents("lines.unit.unitNumber")),
    "payment-terms": (
        ("customers", "paymentTerms.paymentTermsNumber"),
        ("suppliers", "paymentTerms.paymentTermsNumber"),
        *_documents("paymentTerms.paymentTermsNumber"),
    ),
}
"""By register: the kinds and marked properties that may refer to a record, which is then kept (economic-api 2.1)."""
_IN_ENTRIES: Final = {"customers": "customer", "suppliers": "supplier"}
NUMBER_MOST: Final = 999_999_999


def create(session: Session, register: Register, body: object, owner: Record | None = None) -> Record:
    """POST: a taken number is refused with E06010. `owner`: what a record below another one belongs to."""
    record = checked(session, register, body, "post", register.form or {}, owner)
    key = record.get(register.key)
    if key is None:
        if register.numbers == "sent":
            raise _required(register)
        key = session.store.next_number(session.agreement, register.name)
    elif session.get(register.name, key) is not None:
        problems = Problems()
        problems.add((register.key,), "E06010", f"'{key}' is already in use.", key)
        problems.raise_if_any()
    return stored(session, register, key, record)


def replace(
    session: Session, register: Register, key: str, body: object, owner: Record | None = None
) -> tuple[Record, bool]:
    """PUT: a full replacement, or a creation under that number. Answers the record and whether it is new."""
    if not register.text_key and not (key.isascii() and key.isdigit() and 1 <= int(key) <= NUMBER_MOST):
        raise not_found()
    number: str | int = key if register.text_key else int(key)
    if isinstance(body, dict) and (register.key in body or not register.key_in_put):
        body = {**body, register.key: number}
    record = checked(session, register, body, "put", register.form_of_put(), owner, number)
    is_new = session.get(register.name, number) is None
    return stored(session, register, number, record), is_new


def delete(session: Session, register: Register, key: str) -> None:
    """204, and 404 with E06000 the second time; refused while something refers to it."""
    record = session.get(register.name, key)
    if record is None:
        raise not_found("E06000")
    if is_in_use(session, register, record[register.key]):
        raise ApiError(400, "The record is in use.", "Remove what refers to it first.", "E06030")
    session.store.delete(session.agreement, register.name, key)
    for kind in _BELOW.get(register.name, ()):
        field = f"{'product' if register.name == 'products' else 'customer'}.{register.key}"
        for below in marks.keys(session.store.connection, session.agreement, kind, field, record[register.key]):
            session.store.delete(session.agreement, kind, below)


_BELOW: Final = {"customers": ("customer-contacts", "delivery-locations"), "products": ("currency-prices",)}
"""What goes with a record when it goes."""


def is_in_use(session: Session, register: Register, key: str | int) -> bool:
    """Whether a document, another record or an entry refers to it."""
    store, agreement = session.store, session.agreement
    users = IN_USE.get(register.name, ())
    if any(marks.is_marked(store.connection, agreement, kind, field, key) for kind, field in users):
        return True
    column = _IN_ENTRIES.get(register.name)
    return column is not None and store.entries.are_of_party(agreement, column, int(key))


def checked(
    session: Session,
    register: Register,
    body: object,
    verb: str,
    form: Form,
    owner: Record | None = None,
    number: str | int | None = None,
) -> Record:
    """The record that a body makes: form, then references, decimals and the rules of the register."""
    sent = check(body, form, f"/schema/{register.name}.{verb}.schema.json")
    problems = Problems()
    record = check_references(session, known_fields(sent, form), form, problems)
    check_decimals(record, form, (), problems)
    _check_currency(session, record, problems)
    present = None if number is None else session.get(register.name, number)
    rule: Callable[..., None] | None = RULES.get(register.name)
    if rule is not None:
        rule(session, record, present, problems)
    problems.raise_if_any()
    return {**{name: value for name, value in record.items() if value is not False}, **(owner or {})}


def check_decimals(record: Record, form: Form, path: tuple[str | int, ...], problems: Problems) -> None:
    """E04740 where a number has more decimals than are kept."""
    for name, field in form.items():
        value = record.get(name)
        if isinstance(field, Group) and isinstance(value, dict):
            check_decimals(value, field.fields or {}, (*path, name), problems)
        if isinstance(field, Number) and field.decimals is not None and isinstance(value, Decimal):
            exponent = value.normalize().as_tuple().exponent
            if isinstance(exponent, int) and -exponent > field.decimals:
                problems.add((*path, name), "E04740", f"At most {field.decimals} decimals are allowed.", value)


def _check_currency(session: Session, record: Record, problems: Problems) -> None:
    currency = record.get("currency")
    if isinstance(currency, str) and session.get("currencies", currency) is None:
        problems.add(("currency",), "E06000", f"Currency '{currency}' does not exist.", currency)


def stored(session: Session, register: Register, key: str | int, record: Record) -> Record:
    """Keep the record under its number."""
    body = {register.key: key, **{name: value for name, value in record.items() if name != register.key}}
    if register.stamped:
        body["lastUpdated"] = session.timestamp()
    old = session.get(register.name, key) or {}
    session.put(register.name, key, {**body, **({EXTRAS: old[EXTRAS]} if EXTRAS in old else {})})
    return body


def _required(register: Register) -> ApiError:
    return ApiError(400, "Validation error.", f"'{register.key}' must be sent.", "E04300")
