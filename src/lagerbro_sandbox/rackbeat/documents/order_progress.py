"""How far an order has come: what of its lines is shipped or received, what is invoiced, what is waited for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.session import Session

ZERO: Final = Decimal(0)


def flag(session: Session, record: Record, *ways: str) -> None:
    """`is_shipped`, `is_partly_shipped` and `shipped_at`, by the lines' `quantity_shipped`; so for every way."""
    for way in ways:
        parts = [(line["quantity"], line[f"quantity_{way}"]) for line in record["lines"]]
        some = any(part for _, part in parts)
        whole = some and all(abs(part) >= abs(quantity) for quantity, part in parts)
        record |= {f"is_{way}": whole, f"is_partly_{way}": some and not whole}
        record[f"{way}_at"] = (record.get(f"{way}_at") or session.timestamp()) if whole else None


def waiting(record: Record | None, way: str) -> dict[str, Decimal]:
    """Ordered and neither shipped nor received, by item."""
    quantities: dict[str, Decimal] = {}
    if record is None or not record["is_booked"] or record["is_cancelled"]:
        return quantities
    for line in record["lines"]:
        if line["child_id"] is not None:
            item = str(line["child_id"])
            quantities[item] = quantities.get(item, ZERO) + max(line["quantity"] - line[f"quantity_{way}"], ZERO)
    return quantities


def more(before: Mapping[str, Decimal], after: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """What is waited for now and was not."""
    return {item: after.get(item, ZERO) - before.get(item, ZERO) for item in {**before, **after}}
