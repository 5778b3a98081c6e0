"""A company that both sandboxes can be filled with: the same numbers on both sides, as after a start-up sync.

Only facts are here. Each sandbox has its own `load` that turns them into its own records.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ZONE_DOMESTIC, ZONE_EU, ZONE_ABROAD, ZONE_DOMESTIC_EXEMPT = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class VatCode:
    """A VAT code in e-conomic. `kind`: 1 sales, 2 purchases, 3 reverse charge (economic-api 6.6)."""

    code: str
    name: str
    percentage: Decimal
    kind: int
    account: int
    contra_account: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A ledger account. `kind` is e-conomic's REST name of the account type (economic-api 6.7)."""

    number: int
    name: str
    kind: str
    vat_code: str | None = None
    is_credit: bool = False
    blocked: bool = False
    barred: bool = False
    sum_from: int | None = None


@dataclass(frozen=True, slots=True)
class AccountingYear:
    first: date
    last: date
    closed: bool = False


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """Payment terms with the same number in both systems. `kind` is e-conomic's type name."""

    number: int
    name: str
    kind: str
    days: int


@dataclass(frozen=True, slots=True)
class Layout:
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Journal:
    """`entry_type`: the only entry type the journal takes, by REST name; None takes all (economic-api 8.1)."""

    number: int
    name: str
    voucher_first: int
    voucher_last: int | None = None
    entry_type: str | None = None


@dataclass(frozen=True, slots=True)
class PartyGroup:
    """A customer or supplier group with its control account."""

    number: int
    name: str
    account: int


@dataclass(frozen=True, slots=True)
class ProductGroup:
    """A product group: sales account per e-conomic VAT zone, VAT percentage per Rackbeat zone."""

    number: int
    name: str
    sales_accounts: dict[int, int]
    vat_domestic: Decimal
    has_inventory: bool = True


@dataclass(frozen=True, slots=True)
class Product:
    """Prices are in base currency, without VAT. `stock` is what lies in the warehouse at the start, at `cost_price`."""

    number: str
    name: str
    group: int
    unit: int
    sales_price: Decimal
    cost_price: Decimal
    stock: Decimal = Decimal(0)
    barcode: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A customer or a supplier. `zone` is e-conomic's VAT zone number; `country` is Danish free text."""

    number: int
    name: str
    group: int
    zone: int
    currency: str
    payment_terms: int
    address: str
    zip_code: str
    city: str
    country: str
    email: str | None = None
    phone: str | None = None
    vat_number: str | None = None
    ean: str | None = None
    contact: str | None = None
    layout: int | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening balance in the ledger, posted on the first day of the first accounting year; debit is positive."""

    account: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Company:
    """Everything that a new agreement and a new Rackbeat account hold."""

    name: str
    agreement_number: int
    rackbeat_account_id: int
    cvr: str
    address: str
    zip_code: str
    city: str
    country: str
    email: str
    phone: str
    base_currency: str
    vat_codes: tuple[VatCode, ...]
    accounts: tuple[Account, ...]
    years: tuple[AccountingYear, ...]
    payment_terms: tuple[PaymentTerms, ...]
    layouts: tuple[Layout, ...]
    units: tuple[Unit, ...]
    journals: tuple[Journal, ...]
    customer_groups: tuple[PartyGroup, ...]
    supplier_groups: tuple[PartyGroup, ...]
    product_groups: tuple[ProductGroup, ...]
    products: tuple[Product, ...]
    customers: tuple[Party, ...]
    suppliers: tuple[Party, ...]
    openings: tuple[Opening, ...] = ()
    costing: str = "average"
    """How Rackbeat values what leaves the warehouse, for good: `average` or `fifo`."""
    exchange_account: int | None = None
    """Where e-conomic puts differences between the rates of invoices and their payments."""
    exchange_rates: dict[str, Decimal] = field(default_factory=dict)
    """Base currency per ONE unit, e.g. {"EUR": Decimal("7.46")}."""
