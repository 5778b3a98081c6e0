"""The layout that e-conomic has on a customer, remembered for its invoices (domain-rules H14, A25)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from lagerbro.sync.work import Work

CUSTOMER_LAYOUT: Final = "customer_layout"


def remember_layout(work: Work, customer: str, record: Mapping[str, Any]) -> None:
    """What the record says; it is stored where it is another than before."""
    layout = record.get("layout")
    number = layout.get("layoutNumber") if isinstance(layout, Mapping) else None
    known = work.links.get(CUSTOMER_LAYOUT, customer)
    layout = "" if number is None else str(number)
    if (known.economic_key if known is not None else "") != layout:
        work.links.remember(CUSTOMER_LAYOUT, customer, layout, work.runtime.clock.now())
