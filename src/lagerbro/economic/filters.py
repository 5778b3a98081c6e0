"""The filter language, escaped as e-conomic was observed to read it, not as its pages say (economic-api 2.4).

Brackets are never escaped: the escaped form parses and matches nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

Value = str | int | Decimal | None

IN_MAX: Final = 200
"""Values in one `$in`; 201 are refused."""


def _value(value: Value) -> str:
    if value is None:
        return "$null:"
    if isinstance(value, str):
        return value.replace("$", "$$").replace(")", "$)").replace("(", "$(").replace("*", "$*").replace(",", "$,")
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def equal(field: str, value: Value) -> str:
    """`field` is `value`; strings are compared without regard to case."""
    return f"{field}$eq:{_value(value)}"


def contains(field: str, text: str) -> str:
    """`text` stands somewhere in `field`. Here a bracket is special and written in brackets itself."""
    return f"{field}$like:*{_value(text).replace('[', '[[]')}*"


def at_least(field: str, value: Value) -> str:
    return f"{field}$gte:{_value(value)}"


def at_most(field: str, value: Value) -> str:
    return f"{field}$lte:{_value(value)}"


def one_of(field: str, values: Iterable[Value]) -> str:
    """`field` is one of at most 200 values; raises ValueError for none or more."""
    listed = [_value(value) for value in values]
    if not 1 <= len(listed) <= IN_MAX:
        raise ValueError(f"{len(listed)} values: a list filter takes 1 to {IN_MAX}")
    return f"{field}$in:[{','.join(listed)}]"


def either(*clauses: str) -> str:
    """One of the clauses, or more."""
    return "$or:".join(f"({clause})" for clause in clauses)


def both(*clauses: str) -> str:
    """All of the clauses. They are put in brackets, as no precedence is documented."""
    return "$and:".join(f"({clause})" for clause in clauses)
