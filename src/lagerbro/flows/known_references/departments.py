"""Departments: Rackbeat's are those of e-conomic, by the same number (rackbeat-api 3.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from lagerbro.flows.known_references.remembering import known_number
from lagerbro.sync.work import Work

DEPARTMENT: Final = "department"
OF_PRODUCT: Final = "product_department"
"""The department that e-conomic has on a product, which the lines of invoices have to name too."""


def department_of(work: Work, named: str | None) -> int | None:
    """e-conomic's number of the departmental distribution; None where none is named or e-conomic has it not."""
    text = (named or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
        return None
    number = int(text)
    return known_number(work, DEPARTMENT, str(number), lambda: _find(work, number))


def _find(work: Work, number: int) -> int | None:
    for one in work.clients.economic.small_registers.distributions():
        if one.departmentalDistributionNumber == number and not one.barred:
            return number
    return None


def remember_department(work: Work, product: str, record: Mapping[str, Any]) -> None:
    """What the product's record says; it is stored where it is another than before."""
    distribution = record.get("departmentalDistribution")
    number = distribution.get("departmentalDistributionNumber") if isinstance(distribution, Mapping) else None
    known, told = work.links.get(OF_PRODUCT, product), "" if number is None else str(number)
    if (known.economic_key if known is not None else "") != told:
        work.links.remember(OF_PRODUCT, product, told, work.runtime.clock.now())


def departments_of(work: Work, products: Iterable[str]) -> dict[str, int]:
    """By product, of those that have one: e-conomic fills nothing in on a line (economic-api 16.5)."""
    known = work.links.economic_keys(OF_PRODUCT, set(products))
    return {product: int(number) for product, number in known.items() if number}
