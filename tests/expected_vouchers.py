"""What a supplier invoice of the local Rackbeat must come to in e-conomic's ledger, computed anew from its lines and
without the product's rules (domain-rules C8, H22, H42)."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

JOURNAL: Final = 4
FALLBACK: Final = 1390
GRID: Final = {
    "1.domestic": 1310,
    "1.eu": 1320,
    "1.abroad": 1330,
    "5.domestic": 1311,
    "5.eu": 1321,
    "5.abroad": 1331,
    "no_item.domestic": 1340,
    "no_item.eu": 1320,
    "no_item.abroad": 1330,
}
COST_ACCOUNTS: Final = (*sorted(set(GRID.values())), FALLBACK)
ZONES: Final = {50001: "domestic", 50006: "eu", 50012: "abroad", 50101: "domestic"}
VAT: Final = 6903
REVERSED: Final = {"eu": 6904, "abroad": 6907}
CREDITORS: Final = (6800, 6805)
Sums = dict[int, Decimal]
_RATE: Final = Decimal("0.25")
_ORE: Final = Decimal("0.01")


def expected(theirs: dict[str, Any]) -> tuple[Decimal, Sums]:
    """What the supplier is owed, and what is booked on each account but theirs, in the invoice's currency."""
    zone, sign = ZONES[theirs["supplier_id"]], -1 if theirs["is_creditnote"] else 1
    sums: Sums = defaultdict(Decimal)
    for line in theirs["lines"]:
        group = line["item"]["group"]["number"] if line["child_id"] else "no_item"
        gross = line["line_total"] * (100 + line["vat_percentage"]) / Decimal(100)
        sums[GRID[f"{group}.{zone}"]] += sign * gross
    total = sign * _ore(theirs["total_total"])
    amounts = {account: _ore(amount) for account, amount in sums.items()}
    largest = max(sums, key=lambda account: abs(sums[account]))
    amounts[largest] += total - sum(amounts.values())
    booked: Sums = defaultdict(Decimal)
    for account, amount in amounts.items():
        vat = _ore(amount * _RATE) if zone in REVERSED else _ore(amount * _RATE / (1 + _RATE))
        booked[account] += amount if zone in REVERSED else amount - vat
        booked[VAT] += vat
        if zone in REVERSED:
            booked[REVERSED[zone]] -= vat
    return total, {account: amount for account, amount in booked.items() if amount}


def _ore(amount: Decimal) -> Decimal:
    return amount.quantize(_ORE, ROUND_HALF_UP)
