"""The mark by which our invoices are found again in e-conomic (domain-rules H12)."""

from __future__ import annotations

from typing import Final

REFERENCE_MAX: Final = 250  # of e-conomic's other reference (economic-api 7.1)
MARK: Final = "RB-"
_SEPARATOR: Final = " · "


def mark(number: int) -> str:
    """`RB-10432`."""
    return f"{MARK}{number}"


def reference(number: int, own: str | None) -> str:
    """The customer's own reference first, then the mark, which is never the part that is cut."""
    ending = mark(number)
    before = (own or "").strip()[: REFERENCE_MAX - len(ending) - len(_SEPARATOR)]
    return f"{before}{_SEPARATOR}{ending}" if before else ending


def marked_key(other: str) -> str | None:
    """The number of the invoice whose mark a reference ends with; None where it bears none."""
    number = other.rpartition(_SEPARATOR)[2].removeprefix(MARK)
    return number if number.isdecimal() and has_mark(other, int(number)) else None


def has_any_mark(other: str) -> bool:
    """Whether a reference ends with the mark of some invoice."""
    return marked_key(other) is not None


def has_mark(other: str, number: int) -> bool:
    """Whether a reference ends with the mark of this very number: `RB-104` is not `RB-10`."""
    return other == mark(number) or other.endswith(f"{_SEPARATOR}{mark(number)}")
