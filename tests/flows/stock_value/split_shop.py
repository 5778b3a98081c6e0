"""A shop whose stock value is split: what each product group or location is worth, and where the ledger stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from lagerbro.books.choices import SplitSide, StockSplit, split_cell
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.rackbeat.stock_types import ItemGroup, Location, StockRow
from tests.flows.stock_value.shop import CONTRA, STOCK, Json, Shop
from tests.world import Company

BIKES, PARTS, CLOTHES = 1, 2, 3
SECOND, THIRD = 5830, 5850
OTHER_CONTRA = 1360
ZERO = Decimal(0)


@dataclass
class SplitShop(Shop):
    """`worth` by product group, one item in each, or by location; `inside`: the location that another lies within."""

    worth: dict[int, Decimal] = field(default_factory=dict)
    inside: dict[int, int | None] = field(default_factory=dict)
    negative: dict[int, Decimal] = field(default_factory=dict)
    """What an item beside it is worth in a group, below zero."""
    failing: bool = False

    def total(self, until: date | None = None, account: int = STOCK) -> Decimal:
        rows = [row for row in self.drafts() if until is None or row["date"] <= str(until)]
        return self.booked(until, account) + sum((effect_on(row, account) for row in rows), start=ZERO)

    def split(self, by: StockSplit = StockSplit.GROUP, **rows: tuple[int, int | None] | None) -> None:
        """Choose the split, and the accounts of each row: `g2=(5830, 1360)`; None takes the row's accounts away."""
        answers: dict[str, Any] = {"stock_split": by.value}
        for name, pair in rows.items():
            number = int(name[1:])
            for side, account in zip(SplitSide, pair or (None, None), strict=True):
                answers[f"stock_split_accounts:{split_cell(by, number, side)}"] = account
        self.company.decide(**answers)

    def night(self, day: date, **worth: str | Decimal) -> Any:
        """The run of the day with these values of the groups."""
        self.worth |= {int(name[1:]): Decimal(amount) for name, amount in worth.items()}
        made = self.run(day)
        self.company.drain()
        return made

    @property
    def everything(self) -> Decimal:
        return sum(self.worth.values(), start=ZERO) + sum(self.negative.values(), start=ZERO)

    def ties(self, expected: dict[int, Decimal | int | str], until: date | None = None) -> None:
        """Each account and the drafts of ours on it come to its part, and all of them to Rackbeat's total."""
        found = {account: self.total(until, account) for account in expected}
        assert found == {account: Decimal(amount) for account, amount in expected.items()}
        assert sum(found.values(), start=ZERO) == self.everything


def effect_on(row: Json, account: int) -> Decimal:
    on = row["amount"] if row.get("account") == account else 0
    against = row["amount"] if row.get("contraAccount") == account else 0
    return Decimal(on) - Decimal(against)


def opened_split_shop(company: Company, **answers: object) -> SplitShop:
    """Nothing is split before the test says so; the main account starts with what the demo books have on it."""
    company.decide(
        stock_value_enabled=True,
        stock_frequency="daily",
        stock_journal=2,
        stock_account=STOCK,
        stock_contra_account=CONTRA,
        stock_post_opening=True,
        **answers,
    )
    return SplitShop(company)


def open_split_shop(company: Company, monkeypatch: Any, **answers: object) -> SplitShop:
    """The same, with reports that say what the shop does."""
    shop = opened_split_shop(company, **answers)

    def item_groups(_self: Rackbeat) -> Iterator[ItemGroup]:
        return (ItemGroup(number=f"{kind}{number}", group_id=number) for number in shop.worth for kind in "IN")

    def rows(_self: Rackbeat, _day: date, location: int | None = None) -> list[StockRow]:
        if location is not None:
            return [StockRow(shop.worth.get(location, ZERO), f"I{location}")]
        found = [StockRow(amount, f"I{number}") for number, amount in shop.worth.items()]
        return found + [StockRow(amount, f"N{number}") for number, amount in shop.negative.items()]

    monkeypatch.setattr(Rackbeat, "stock_value", lambda _self, _day: shop.everything)
    monkeypatch.setattr(Rackbeat, "stock_rows", rows)
    monkeypatch.setattr(Rackbeat, "item_groups", item_groups)
    monkeypatch.setattr(
        Rackbeat, "locations", lambda _self: iter([Location(n, f"L{n}", shop.inside.get(n)) for n in shop.worth])
    )
    return shop
