"""The marks by which what we made in Rackbeat is found again: `EO-17` of an order, `EI-20012` of an invoice.

Rackbeat carries an order's reference on to the invoice that is made of it, so the two differ: an invoice of a taken
order is not one that was born in e-conomic.
"""

from __future__ import annotations

from typing import Final

ORDER_MARK: Final = "EO-"
INVOICE_MARK: Final = "EI-"
REFERENCE_MAX: Final = 250
_SEPARATOR: Final = " · "


def reference(mark: str, number: int, own: str) -> str:
    """The customer's own reference first, then the mark, which is never the part that is cut."""
    ending = f"{mark}{number}"
    before = own.strip()[: REFERENCE_MAX - len(ending) - len(_SEPARATOR)].strip()
    return f"{before}{_SEPARATOR}{ending}" if before else ending


def marked_number(mark: str, other: str | None) -> str | None:
    """The number in e-conomic that a reference ends with; None where it bears no such mark."""
    number = (other or "").rpartition(_SEPARATOR)[2].removeprefix(mark)
    return number if number.isdecimal() and _ends_with(other or "", f"{mark}{number}") else None


def _ends_with(other: str, ending: str) -> bool:
    return other == ending or other.endswith(f"{_SEPARATOR}{ending}")
