"""What the pickers of the settings page offer: both systems' registers as they were when they were last read.

Zones are Rackbeat's names; account types and entry types are e-conomic's REST names (economic-api 6.7, 8.1).
"""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum
from functools import cached_property  # noqa: TID251 - microseconds of arithmetic, and Django may not come in here
from typing import Final

import msgspec

from lagerbro.books.choices import NO_ITEM_GROUP, grid_cell
from lagerbro.books.zones import Zone

PROFIT_AND_LOSS: Final = "profitAndLoss"
STATUS: Final = "status"

REQUIRED_ZONES: Final = (Zone.DOMESTIC, Zone.EU, Zone.ABROAD)
"""The columns that must be decided; the exempt zone's is optional (domain-rules F6, H20)."""


class VatKind(IntEnum):
    """The direction of a VAT code (economic-api 9.3)."""

    UNKNOWN = 0
    SALES = 1
    PURCHASES = 2
    REVERSE_CHARGE = 3


class Account(msgspec.Struct, frozen=True, array_like=True):
    """A ledger account."""

    number: int
    name: str
    type: str
    vat_code: str = ""
    barred: bool = False
    blocked: bool = False
    """Blocked for direct entries, as control accounts usually are."""

    @property
    def takes_entries(self) -> bool:
        """Whether it is of a type that anything can be posted to; headings and sums are not."""
        return self.type in (PROFIT_AND_LOSS, STATUS)


class VatCode(msgspec.Struct, frozen=True, array_like=True):
    code: str
    name: str
    rate: str
    kind: VatKind = VatKind.UNKNOWN
    barred: bool = False
    account: int = 0
    """Where its VAT is posted; for a reverse charge the VAT that is owed goes on `contra_account`."""
    contra_account: int = 0


class Journal(msgspec.Struct, frozen=True, array_like=True):
    """A journal; `entry_type` is the only one it takes, empty for any."""

    number: int
    name: str
    entry_type: str = ""
    locks_vat_codes: bool = False
    needs_approval: bool = False
    is_standing: bool = False


class Layout(msgspec.Struct, frozen=True, array_like=True):
    number: int
    name: str
    deleted: bool = False


class CustomerGroup(msgspec.Struct, frozen=True, array_like=True):
    number: int
    name: str
    account: int = 0


class SupplierGroup(msgspec.Struct, frozen=True, array_like=True):
    number: int
    name: str
    account: int = 0


class ProductGroup(msgspec.Struct, frozen=True, array_like=True):
    """A product group in e-conomic; `sales_accounts`: zone number → account, None while they have not been read."""

    number: int
    name: str
    sales_accounts: dict[int, int] | None = None
    inventory_enabled: bool = False
    """e-conomic keeps the stock of the group itself (economic-api 10)."""


class VatZone(msgspec.Struct, frozen=True, array_like=True):
    number: int
    name: str
    for_customers: bool = False
    for_suppliers: bool = False


class RackbeatGroup(msgspec.Struct, frozen=True, array_like=True):
    number: int
    name: str
    has_inventory: bool = True
    vat_domestic: Decimal | None = None
    """The VAT that Rackbeat charges on it in Denmark, in per cent."""


class RackbeatLayout(msgspec.Struct, frozen=True, array_like=True):
    number: int
    name: str


class RackbeatLocation(msgspec.Struct, frozen=True, array_like=True):
    """A location in Rackbeat, and the one that it lies within."""

    number: int
    name: str
    inside: int | None = None


class Item(msgspec.Struct, frozen=True, array_like=True):
    """A product in Rackbeat that a setting names or may name."""

    number: str
    name: str
    barred: bool = False
    stocked: bool = False


class Directory(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything that the settings refer to, by number."""

    accounts: dict[int, Account] = {}
    vat_codes: dict[str, VatCode] = {}
    journals: dict[int, Journal] = {}
    layouts: dict[int, Layout] = {}
    customer_groups: dict[int, CustomerGroup] = {}
    supplier_groups: dict[int, SupplierGroup] = {}
    product_groups: dict[int, ProductGroup] = {}
    vat_zones: dict[int, VatZone] = {}
    rackbeat_groups: dict[int, RackbeatGroup] = {}
    rackbeat_layouts: dict[int, RackbeatLayout] = {}
    rackbeat_locations: dict[int, RackbeatLocation] = {}
    items: dict[str, Item] = {}
    """Only those that settings name: a catalogue is searched, not kept."""

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The rows of the grid of purchase accounts, the one for lines without an item last."""
        return (*map(str, self.rackbeat_groups), NO_ITEM_GROUP)

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The cells that must be decided, row by row."""
        return tuple(grid_cell(row, zone) for row in self.rows for zone in REQUIRED_ZONES)

    def vat_of(self, account: Account) -> VatCode | None:
        return self.vat_codes.get(account.vat_code)
