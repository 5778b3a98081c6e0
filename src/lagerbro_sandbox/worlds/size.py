"""How large a world is to be, and how it begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from lagerbro_sandbox.rackbeat.stock.costing import Costing

PRODUCTS_MIN, PRODUCTS_MAX = 10, 1_000_000
MONTHS_MAX: Final = 120
SALES_MAX: Final = 1_000_000
LAST_MONTH: Final = "2026-10"
"""The same for everyone, on whatever day they ask: the same arguments make the same world."""


@dataclass(frozen=True, slots=True)
class Size:
    """`sales` is how many sales a month; `last_month` is `YYYY-MM`. What is 0 follows from the products."""

    seed: int
    products: int = 500
    months: int = 12
    customers: int = 0
    suppliers: int = 0
    sales: int = -1
    costing: Costing = Costing.AVERAGE
    last_month: str = LAST_MONTH

    def __post_init__(self) -> None:
        if not PRODUCTS_MIN <= self.products <= PRODUCTS_MAX:
            raise ValueError(f"products: {PRODUCTS_MIN} to {PRODUCTS_MAX}")
        if not 0 <= self.months <= MONTHS_MAX:
            raise ValueError(f"months: 0 to {MONTHS_MAX}")
        if self.sales > SALES_MAX:
            raise ValueError(f"sales: at most {SALES_MAX} a month")
        date.fromisoformat(f"{self.last_month}-01")

    @property
    def customer_count(self) -> int:
        return self.customers or max(20, self.products // 5)

    @property
    def supplier_count(self) -> int:
        return self.suppliers or max(8, self.products // 100)

    @property
    def sales_a_month(self) -> int:
        return self.sales if self.sales >= 0 else max(20, self.products // 10)

    def first_days(self) -> list[date]:
        """The first day of every month of the history, and of the month after the last."""
        last = date.fromisoformat(f"{self.last_month}-01")
        days = [(last + timedelta(days=31)).replace(day=1)]
        for _ in range(self.months):
            days.append((days[-1] - timedelta(days=1)).replace(day=1))
        return days[::-1]
