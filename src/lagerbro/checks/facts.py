"""What the checks look at: both systems and the settings as they are at one moment. Pure data, no I/O.

None, or a register that is not in `registers_read`, has not been read: because no section that is on needs it, or
because the system did not tell. A check that would need it has nothing to say then; what failed is in `failed_reads`.
"""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from msgspec import Struct

from lagerbro.agreements.directory import (
    Account,
    CustomerGroup,
    Directory,
    Journal,
    Layout,
    ProductGroup,
    RackbeatGroup,
    VatCode,
    VatZone,
)
from lagerbro.books.choices import Choices

R = TypeVar("R")


class Year(Struct, frozen=True, kw_only=True):
    """An accounting year, first and last day included."""

    key: str
    first: date
    last: date
    closed: bool = False

    def includes(self, day: date) -> bool:
        return self.first <= day <= self.last


class Period(Struct, frozen=True, kw_only=True):
    """A period of an accounting year, first and last day included."""

    first: date
    last: date
    closed: bool = False
    barred: bool = False

    def includes(self, day: date) -> bool:
        return self.first <= day <= self.last


class EconomicFacts(Struct, frozen=True, kw_only=True):
    """What e-conomic tells beside its registers. `periods` are those of the year that today is in."""

    agreement_number: int | None = None
    company_name: str = ""
    cvr: str | None = None
    country: str | None = None
    base_currency: str | None = None
    sends_e_invoices: bool | None = None
    roles: frozenset[str] | None = None
    modules: frozenset[int] | None = None
    read_only: bool = False
    payment_terms: frozenset[int] | None = None
    currencies: frozenset[str] | None = None
    years: tuple[Year, ...] | None = None
    periods: tuple[Period, ...] | None = None
    last_booked_invoice: int | None = None


class Item(Struct, frozen=True, kw_only=True):
    """An item in Rackbeat."""

    number: str
    name: str = ""
    barred: bool = False
    stock_tracked: bool = False


class RackbeatFacts(Struct, frozen=True, kw_only=True):
    """What Rackbeat tells beside its registers. `customer_currencies` and `supplier_currencies`: how many
    of them have each. `items` holds what was looked up; None for one that was not found."""

    account_id: int | None = None
    company_name: str = ""
    cvr: str | None = None
    country: str | None = None
    base_currency: str | None = None
    customer_groups: dict[int, str] | None = None
    payment_terms: dict[int, str] | None = None
    customer_currencies: dict[str, int] | None = None
    supplier_currencies: dict[str, int] | None = None
    next_invoice: int | None = None
    items: dict[str, Item | None] = {}


class FailedRead(Struct, frozen=True, kw_only=True):
    """Something that could not be read. `said`: what the system answered, to be quoted. `needed`: a section that is on
    cannot be judged without it."""

    source: str
    system: str
    code: str
    message: str = ""
    said: str = ""
    remote_codes: frozenset[str] = frozenset()
    needed: bool = True


class ConnectedSystems(Struct, frozen=True, kw_only=True):
    """The agreement as it was connected."""

    agreement_number: int | None = None
    account_id: int | None = None
    base_currency: str = "DKK"
    ledger_in_use: bool = False
    """Another Rackbeat account transfers to the same e-conomic agreement."""


class Addresses(Struct, frozen=True, kw_only=True):
    """Where this program is reached, and where Rackbeat is."""

    public_url: str = "https://lagerbro.example.com"
    rackbeat_url: str = "https://app.rackbeat.com"


class Facts(Struct, frozen=True, kw_only=True):
    """Everything at one moment. `today` is the day in Denmark.

    `registers_read`: the registers of `directory` that are known.
    `startup_used`: Opstarts-synk has been run (domain-rules H3). `skew_s`: how far e-conomic's clock is ahead of ours.
    `unsupported_settings`: settings that this release does not carry out (`flows.abilities`).
    """

    today: date
    choices: Choices = Choices()
    directory: Directory = Directory()
    registers_read: frozenset[str] = frozenset(Directory.__struct_fields__)
    connected: ConnectedSystems = ConnectedSystems()
    addresses: Addresses = Addresses()
    startup_used: bool = False
    economic: EconomicFacts = EconomicFacts()
    rackbeat: RackbeatFacts = RackbeatFacts()
    failed_reads: tuple[FailedRead, ...] = ()
    skew_s: float | None = None
    unsupported_settings: frozenset[str] = frozenset()

    @property
    def accounts(self) -> dict[int, Account] | None:
        return self._register("accounts", self.directory.accounts)

    @property
    def vat_codes(self) -> dict[str, VatCode] | None:
        return self._register("vat_codes", self.directory.vat_codes)

    @property
    def vat_zones(self) -> dict[int, VatZone] | None:
        return self._register("vat_zones", self.directory.vat_zones)

    @property
    def journals(self) -> dict[int, Journal] | None:
        return self._register("journals", self.directory.journals)

    @property
    def layouts(self) -> dict[int, Layout] | None:
        return self._register("layouts", self.directory.layouts)

    @property
    def product_groups(self) -> dict[int, ProductGroup] | None:
        """e-conomic's."""
        return self._register("product_groups", self.directory.product_groups)

    @property
    def customer_groups(self) -> dict[int, CustomerGroup] | None:
        """e-conomic's."""
        return self._register("customer_groups", self.directory.customer_groups)

    @property
    def rackbeat_groups(self) -> dict[int, RackbeatGroup] | None:
        return self._register("rackbeat_groups", self.directory.rackbeat_groups)

    def _register(self, name: str, rows: R) -> R | None:
        return rows if name in self.registers_read else None
