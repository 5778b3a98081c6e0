"""What fields may be made of. Numbers may come as numeric strings, as CSV tools send them (L 1.7)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final
from urllib.parse import unquote

from lagerbro_sandbox.kernel.numbers.numerals import numeral
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.registers.forms import Form, Reader, WrongError, filled
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import ApiError

WHOLE_MAX: Final = 2_147_483_647
DECIMALS_MAX: Final = 6
DIGITS_MAX: Final = 15
LIST_MAX: Final = 1000
_FLAGS: Final = {"1": True, "true": True, "0": False, "false": False}


def text(length_max: int = 255) -> Reader:
    """Text; a number is taken as its digits."""

    def read(_session: Session, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise WrongError("must be a string.")
        result = str(value)
        if len(result) > length_max:
            raise WrongError(f"may not be greater than {length_max} characters.")
        if "\x00" in result:
            raise WrongError("may not hold a zero byte.")
        return result

    return read


def whole(at_least: int = 0, at_most: int = WHOLE_MAX) -> Reader:
    """An integer."""

    def read(_session: Session, value: object) -> int:
        number = decimal(value)
        if number is None or number != number.to_integral_value():
            raise WrongError("must be an integer.")
        if not at_least <= number <= at_most:
            raise WrongError(f"must be between {at_least} and {at_most}.")
        return int(number)

    return read


def number(at_least: Decimal | None = None, at_most: Decimal | None = None, decimals: int = DECIMALS_MAX) -> Reader:
    """A decimal number; more decimals than are kept are rounded off."""

    def read(_session: Session, value: object) -> Decimal:
        result = decimal(value)
        if result is None:
            raise WrongError("must be a number.")
        if at_least is not None and result < at_least:
            raise WrongError(f"must be at least {at_least}.")
        if at_most is not None and result > at_most:
            raise WrongError(f"may not be greater than {at_most}.")
        return round(result, decimals).normalize() + 0

    return read


def flag(_session: Session, value: object) -> bool:
    """true, false, 1 or 0, as JSON or as text."""
    is_set = _FLAGS.get(str(value).lower()) if isinstance(value, bool | int | str) else None
    if is_set is None:
        raise WrongError("field must be true or false.")
    return is_set


def choice(*values: str) -> Reader:
    """One of these words."""

    def read(_session: Session, value: object) -> str:
        if value not in values:
            raise WrongError("selected is invalid.")
        return str(value)

    return read


def digits(count: int) -> Reader:
    """Exactly so many digits, blanks among them dropped."""

    def read(_session: Session, value: object) -> str:
        result = str(value).replace(" ", "")
        if not (result.isascii() and result.isdigit() and len(result) == count):
            raise WrongError(f"must be {count} digits.")
        return result

    return read


def reference(kind: str) -> Reader:
    """The number of a record of that kind, bare or in an object; `…_id` holds a number, not a database id (L 1.4)."""

    def read(session: Session, value: object) -> int | str:
        key: object = value.get("number") if isinstance(value, dict) else value
        if isinstance(key, bool) or not isinstance(key, str | int | Decimal):
            raise WrongError("selected is invalid.")
        for candidate in dict.fromkeys((str(key), unquote(str(key)))):
            result = session.get(kind, candidate)
            if result is not None:
                number: int | str = result["number"]
                return number
        raise WrongError("selected is invalid.")

    return read


def currency(session: Session, value: object) -> str:
    """A currency of the account."""
    code = str(value).upper()
    if code != session.company["base_currency"] and session.get("currencies", code) is None:
        raise WrongError("selected is invalid.")
    return code


def day(_session: Session, value: object) -> str:
    """`YYYY-MM-DD`."""
    try:
        return str(date.fromisoformat(str(value)[:10]))
    except ValueError as error:
        raise WrongError("is not a valid date.") from error


def object_of(form: Form) -> Reader:
    """An object of its own fields."""

    def read(session: Session, value: object) -> Record:
        if not isinstance(value, dict):
            raise WrongError("must be an object.")
        try:
            return filled(session, form, value)
        except ApiError as error:
            raise WrongError("", {path: texts[0] for path, texts in (error.errors or {}).items()}) from error

    return read


def list_of(inner: Reader) -> Reader:
    """A list, each element read alike."""

    def read(session: Session, value: object) -> list[object]:
        if not isinstance(value, list) or len(value) > LIST_MAX:
            raise WrongError(f"must be a list of at most {LIST_MAX}.")
        result: list[object] = []
        below: dict[str, str] = {}
        for index, element in enumerate(value):
            try:
                result.append(inner(session, element))
            except WrongError as wrong:
                paths = wrong.below or {"": f"The element {wrong}"}
                below |= {f"{index}.{path}".rstrip("."): said for path, said in paths.items()}
        if below:
            raise WrongError("", below)
        return result

    return read


def decimal(value: object) -> Decimal | None:
    """A number or a numeric string; None for what is none, or too large."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    number = numeral(str(value))
    return number if number is not None and abs(number.adjusted()) <= DIGITS_MAX else None
