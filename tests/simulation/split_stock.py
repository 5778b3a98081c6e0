"""The same histories with the stock value split, by product group or by location, onto several pairs of accounts
(decision 0033): each account and our drafts on it come to its part, and the parts to Rackbeat's total.

In half of them the rows are chosen once, people move our drafts from one stock account to another, and every period
ends with its own parts. In the others the rows change between the nights; an account that is left ends at nothing.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

import pytest

from lagerbro.books.choices import StockSplit
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.rackbeat.stock_types import ItemGroup, Location, StockRow
from tests.flows.stock_value.shop import STOCK
from tests.flows.stock_value.split_shop import (
    BIKES,
    CLOTHES,
    OTHER_CONTRA,
    PARTS,
    SECOND,
    THIRD,
    SplitShop,
    opened_split_shop,
)
from tests.simulation.stock import FIRST, StockHistory, Values, lived_to_its_end
from tests.world import Company

ELSEWHERE: Final = 5860
"""An account that never holds stock."""
PLACES: Final = (BIKES, PARTS, CLOTHES)
WORTH: Final = {BIKES: Decimal(1_000_000), PARTS: Decimal(300_000), CLOTHES: Decimal("108304.74")}
PAIRS: Final = (None, (SECOND, OTHER_CONTRA), (THIRD, None), (STOCK, None))
OERE: Final = Decimal("0.01")


class SplitHistory(StockHistory):
    """`parts` by day, before rounding; `rows`: the account of each group or location that has one."""

    def __post_init__(self) -> None:
        self.parts: dict[date, dict[int, Decimal]] = {date.min: WORTH}
        self.rows: dict[int, int] = {}
        super().__post_init__()
        self.by = self.random.choice([StockSplit.GROUP, StockSplit.LOCATION])
        self.is_steady = self.random.random() < 0.5
        self._split({BIKES: None, PARTS: (SECOND, OTHER_CONTRA), CLOTHES: (THIRD, None)})
        self.day = FIRST

    def _opened(self, company: Company) -> SplitShop:
        return opened_split_shop(company)

    def _value_by(self, patch: pytest.MonkeyPatch) -> None:
        def rows(_self: Rackbeat, day: date, location: int | None = None) -> list[StockRow]:
            parts = self._parts_at(day)
            return [StockRow(parts[place], f"I{place}") for place in PLACES if location in (None, place)]

        patch.setattr(Rackbeat, "stock_value", lambda _self, day: sum(self._parts_at(day).values()))
        patch.setattr(Rackbeat, "stock_rows", rows)
        patch.setattr(
            Rackbeat,
            "item_groups",
            lambda _self: iter([ItemGroup(number=f"I{place}", group_id=place) for place in PLACES]),
        )
        patch.setattr(Rackbeat, "locations", lambda _self: iter([Location(n, f"L{n}", None) for n in PLACES]))

    def _value_anew(self) -> None:
        moved = {place: Decimal(self.random.randrange(-9_000_000, 9_000_000)) / 10_000 for place in PLACES}
        self.parts[self.day] = {place: WORTH[place] + moved[place] for place in PLACES}

    def _parts_at(self, day: date) -> dict[int, Decimal]:
        return self.parts[max(one for one in self.parts if one <= day)]

    def wanted(self, day: date) -> Values:
        """Worked out from the rows alone: each part rounded by itself, the main account has what they leave. An account
        that holds none, or none any more, is at nothing."""
        parts = self._parts_at(day)
        sums = dict.fromkeys((SECOND, THIRD), Decimal(0))
        for place, account in self.rows.items():
            if account != STOCK:
                sums[account] += parts[place]
        rounded = {account: _rounded(amount) for account, amount in sums.items()}
        total = _rounded(sum(parts.values(), start=Decimal(0)))
        return {STOCK: total - sum(rounded.values(), start=Decimal(0)), **rounded}

    def _deeds(self) -> list[Any]:
        return [*super()._deeds(), *([] if self.is_steady else [self._split_anew] * 3)]

    def _split_anew(self) -> None:
        """Never away from both at once: an account that is left must have been accepted, and has been by a booking."""
        for row in self.shop.drafts():
            self._unless_refused(lambda entry=row["entryNumber"]: self._book_one(entry))  # type: ignore[misc]  # bound now
        self._remember(self.shop.drafts())
        self._split({place: self.random.choice(PAIRS) for place in PLACES})

    def _split(self, rows: dict[int, tuple[int, int | None] | None]) -> None:
        assert isinstance(self.shop, SplitShop)
        self._tell(f"    split by {self.by.value}: {rows}")
        self.shop.split(self.by, **{f"g{place}": pair for place, pair in rows.items()})
        self.rows = {place: pair[0] for place, pair in rows.items() if pair is not None}

    def _elsewhere(self) -> list[dict[str, object]]:
        """To another stock account only where all of them hold stock for good."""
        where: list[dict[str, object]] = [{"accountNumber": ELSEWHERE}, {"contraAccountNumber": ELSEWHERE}]
        if self.is_steady:
            where += [{"accountNumber": account} for account in (STOCK, SECOND, THIRD)]
            where += [{"accountNumber": 1350, "contraAccountNumber": account} for account in (STOCK, SECOND, THIRD)]
        return where

    def _first_redated(self) -> date:
        """What stood on an account before it was chosen is nobody's stock, whoever has dated it back to then."""
        return super()._first_redated() if self.is_steady else FIRST

    def _wrong(self, days: Any) -> dict[str, tuple[Values, Values]]:
        wrong = super()._wrong(days)
        if self.is_steady:
            return wrong
        # a day that is past keeps the rows that it was run with: all of them together come to its total
        return {day: both for day, both in wrong.items() if sum(both[0].values()) != sum(both[1].values())}


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(OERE, ROUND_HALF_UP)


def lived_split(seed: int) -> SplitHistory:
    return lived_to_its_end(SplitHistory(seed), "split")
