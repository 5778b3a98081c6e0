"""What an agreement has decided, frozen for one drain.

Field by field the settings page of the article (domain-rules A8–A33), with rulings H added. Suggested but undecided
accounts are not here: to a flow they do not exist (domain-rules F3).
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

import msgspec


class Frequency(StrEnum):
    """How often the stock value is transferred (domain-rules A27)."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class NumberTaken(StrEnum):
    """What happens when the invoice's number is taken in e-conomic (domain-rules H11)."""

    STOP = "stop"
    NEXT = "next"


class Choices(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The decided settings. Account, journal and layout numbers are e-conomic's; item numbers are Rackbeat's."""

    version: int = 0

    suppliers_enabled: bool = False
    supplier_group_account: int | None = None
    supplier_journal: int | None = None
    fallback_account: int | None = None
    purchase_accounts: dict[str, int] = {}
    """`"<product group>.<zone>"` → account; zone is domestic, eu, abroad or domestic_exempt (domain-rules A12)."""

    sales_enabled: bool = False
    use_actual_quantity: bool = False
    book_on_booking: bool = False
    never_book_ean: bool = False
    mark_shipped: bool = False
    empty_line_item: str | None = None
    oss_enabled: bool = False
    number_taken: NumberTaken = NumberTaken.STOP
    vat_rounding_limit: Decimal = Decimal("0.05")
    """The largest difference in VAT that is booked as *momsafrunding* (domain-rules H10)."""

    use_actual_cost: bool = False

    layouts: dict[str, int] = {}
    """Rackbeat layout number → e-conomic layout number (domain-rules A24)."""
    default_layout: int | None = None

    stock_value_enabled: bool = False
    stock_frequency: Frequency | None = None
    stock_journal: int | None = None
    stock_account: int | None = None
    stock_contra_account: int | None = None
