"""What Rackbeat says of its stock's value, as far as we read it (rackbeat-api 3.13). Field names are theirs."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from lagerbro.rackbeat.types import Currency, Grouped, Key, Number


class Reports(msgspec.Struct):
    """What a report says beside its rows."""

    base_currency: Currency | None = None


class StockTotal(msgspec.Struct):
    """The report's total, under whichever of three names it has (rackbeat-api 3.13)."""

    total_value: Number | None = None
    value: Number | None = None
    total: Number | None = None

    @property
    def amount(self) -> Decimal | None:
        return next((one for one in (self.total_value, self.value, self.total) if one is not None), None)


class StockRow(msgspec.Struct):
    """An item of the report."""

    value: Number
    number: Key = ""


class StockRows(msgspec.Struct):
    lineables: list[StockRow]


class ItemGroup(Grouped, kw_only=True):
    """Which product group an item is in."""

    number: Key


class Location(msgspec.Struct):
    """A location, and the one that it lies within (rackbeat-api 3.12)."""

    number: int
    name: str = ""
    parent_id: int | None = None
