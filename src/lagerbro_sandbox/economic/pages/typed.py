"""What a person typed into a field, as the API takes it."""

from __future__ import annotations

from decimal import Decimal

from lagerbro_sandbox.economic.pages.sentences import NOT_A_NUMBER
from lagerbro_sandbox.economic.services.problems import ServiceError, refuse
from lagerbro_sandbox.kernel.numbers import danish
from lagerbro_sandbox.kernel.records import Record


def amount(text: str, field: str) -> Decimal:
    """1.234,56; ServiceError about the field for what is no number."""
    number = danish.number(text)
    if number is None:
        raise _no_number(text, field)
    return number


def whole(text: str, field: str) -> int:
    """A number of a record; ServiceError about the field for what is no whole number. A name may follow the number."""
    number = danish.whole(text.strip().partition(" ")[0])
    if number is None:
        raise _no_number(text, field)
    return number


def _no_number(text: str, field: str) -> ServiceError:
    return refuse(NOT_A_NUMBER, f"'{text}' is not a number.", field)


def filled(form: Record, *names: str) -> Record:
    """The texts that were filled in, of these."""
    return {name: form[name] for name in names if form.get(name)}
