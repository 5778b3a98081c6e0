"""The sections of the settings page that kinds of records belong to: nothing of one moves while it is switched off.

What happened in Rackbeat before a section was switched on is not touched either (domain-rules A8, F2).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lagerbro.agreements.choices import decided_at
from lagerbro.agreements.models import Agreement
from lagerbro.books.choices import Choices


@dataclass(frozen=True, slots=True)
class Section:
    """`switch` is the question whose answer turns it on."""

    switch: str
    is_on: Callable[[Choices], bool]

    def begins_at(self, agreement: Agreement) -> datetime:
        """From when on what changes in Rackbeat is looked for: activated and switched on. Inside the agreement's
        scope; one query."""
        activated = agreement.activated_at or agreement.created_at
        return max(activated, decided_at(self.switch) or activated)


SALES: Final = Section("sales_enabled", lambda choices: choices.sales_enabled)
PURCHASES: Final = Section("suppliers_enabled", lambda choices: choices.suppliers_enabled)
STOCK_VALUE: Final = Section("stock_value_enabled", lambda choices: choices.stock_value_enabled)
