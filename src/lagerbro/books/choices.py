"""What an agreement has decided, frozen for one drain.

Field by field the settings page of the article (domain-rules A8–A33), with rulings H added. Suggested but undecided
accounts are not here: to a flow they do not exist (domain-rules F3).
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal

import msgspec

from lagerbro.books.zones import Zone

NOT_USED: Final = "not_used"
"""*Bruges ikke*: a decision about a cell of the grid. A line that meets it is held with that reason (H2)."""
NO_ITEM_GROUP: Final = "no_item"
"""The grid's extra row, *Linjer uden vare / fragt* (H2)."""

PurchaseAccount = int | Literal["not_used"]


class Frequency(StrEnum):
    """How often the stock value is transferred (domain-rules A27)."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class NumberTaken(StrEnum):
    """What happens when the invoice's number is taken in e-conomic (domain-rules H11)."""

    STOP = "stop"
    NEXT = "next"


class ClosedPeriod(StrEnum):
    """What happens to a supplier invoice that is dated in a period that is closed in e-conomic."""

    HOLD = "hold"
    FIRST_OPEN = "first_open"
    """It is posted on the first open day after its own, which stands in the text."""


class StockSplit(StrEnum):
    """What the stock value is split by onto accounts of its own (docs/decisions 0033)."""

    NONE = "none"
    GROUP = "group"
    LOCATION = "location"


class SplitSide(StrEnum):
    """The two accounts of a row."""

    STOCK = "stock"
    CONTRA = "contra"


class Choices(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The decided settings. Account, journal and layout numbers are e-conomic's; item numbers are Rackbeat's."""

    version: int = 0

    suppliers_enabled: bool = False
    supplier_group_account: int | None = None
    supplier_journal: int | None = None
    fallback_account: int | None = None
    purchase_accounts: dict[str, PurchaseAccount] = {}
    """`cell(group, zone)` → account or *Bruges ikke* (domain-rules A12, H2)."""
    closed_period: ClosedPeriod = ClosedPeriod.HOLD

    sales_enabled: bool = False
    use_actual_quantity: bool = False
    book_on_booking: bool = False
    never_book_ean: bool = False
    mark_shipped: bool = False
    empty_line_item: str | None = None
    take_draft_orders: bool = False
    """Whether orders of e-conomic are taken as drafts already, and not only when they are sent (domain-rules F11)."""
    oss_enabled: bool = False
    number_taken: NumberTaken = NumberTaken.STOP
    vat_rounding_limit: Decimal = Decimal("0.50")
    """The largest difference in VAT that is booked as *momsafrunding*, in the base currency (domain-rules H33)."""
    rounding_item: str | None = None
    """The stock-less item of a rounding line; without one no such line is ever made (domain-rules C11, H10)."""

    use_actual_cost: bool = False
    update_cost: bool = False
    """Whether the cost price is sent on a change too, and not only when the product is made (domain-rules H16)."""

    layouts: dict[str, int] = {}
    """Rackbeat layout number → e-conomic layout number (domain-rules A24)."""
    default_layout: int | None = None

    stock_value_enabled: bool = False
    stock_frequency: Frequency | None = None
    stock_journal: int | None = None
    stock_account: int | None = None
    stock_contra_account: int | None = None
    stock_split: StockSplit = StockSplit.NONE
    stock_split_accounts: dict[str, int] = {}
    """`split_cell(split, number, side)` → account. A row without a stock account has none of its own: its value belongs
    to `stock_account`. A row without a contra account has `stock_contra_account`."""
    stock_post_opening: bool = False
    """Whether the very first difference is posted too; else it waits for an opening balance by hand (C9c)."""
    stock_minimum: Decimal = Decimal("0.00")
    """A difference below it is not posted, in the base currency (domain-rules F13)."""
    stock_skip_negative: bool = False
    """Whether items with a negative stock value count as nothing (domain-rules C9h)."""
    stock_book: bool = False
    """Whether our own entries are booked at once, by their numbers only (domain-rules C9j)."""

    startup_sync: bool = False
    """Whether the one start-up sync is wanted with the activation (domain-rules A32, H1)."""

    def purchase_account(self, group: str, zone: Zone) -> PurchaseAccount | None:
        """What was decided for a product group, or `NO_ITEM_GROUP`, and a zone; None where nothing has been."""
        return self.purchase_accounts.get(grid_cell(group, zone))


def grid_cell(group: str | int, zone: Zone) -> str:
    """The name of a cell in the grid of purchase accounts."""
    return f"{group}.{zone.value}"


def split_cell(split: StockSplit, number: int, side: SplitSide) -> str:
    """The name of a cell in the grid of stock accounts; the number is the product group's or the location's."""
    return f"{split.value}.{number}.{side.value}"


def split_place(cell: str) -> tuple[StockSplit, int, SplitSide]:
    """What the cell's name says. Raises `ValueError`."""
    split, number, side = cell.split(".")
    return StockSplit(split), int(number), SplitSide(side)
