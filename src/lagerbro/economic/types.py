"""What e-conomic's REST records look like, as far as we read them (economic-api 1.6, 6, 7). Field names are theirs.

A shape names the fields that its readers use and no others: what a record holds besides can never make it unreadable
(domain-rules H34).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import msgspec

from lagerbro.wire.constraints import Cut

Struct = msgspec.Struct
ZERO = Decimal(0)
Currency = Annotated[str, msgspec.Meta(max_length=3)]


class AppRole(Struct):
    name: str = ""


class Module(Struct):
    moduleNumber: int


class Application(Struct):
    """Our app as the agreement sees it; `requiredRoles` are what the grant opens (economic-api 1.5)."""

    requiredRoles: list[AppRole] | None = None


class Company(Struct):
    name: Annotated[str, Cut(255)] = ""
    companyIdentificationNumber: Annotated[str, Cut(40)] = ""
    country: str = ""


class SelfSettings(Struct):
    baseCurrency: Currency = ""


class Self(Struct):
    """`GET /self`: whose agreement the tokens open."""

    agreementNumber: Annotated[int, msgspec.Meta(ge=1)]
    company: Company
    settings: SelfSettings
    userName: str = ""
    application: Application | None = None
    canSendElectronicInvoice: bool | None = None
    modules: list[Module] | None = None


class VatZoneRef(Struct):
    vatZoneNumber: int


class Customer(Struct):
    customerNumber: int
    name: str = ""
    barred: bool = False


class AccountRef(Struct):
    accountNumber: int


class CustomerGroup(Struct):
    customerGroupNumber: int
    name: str = ""
    account: AccountRef | None = None


class PaymentTerms(Struct):
    paymentTermsNumber: int


class Product(Struct):
    productNumber: str
    name: str = ""
    barred: bool = False


class ProductGroup(Struct):
    productGroupNumber: int
    name: str = ""
    inventoryEnabled: bool = False


class LedgerCurrency(Struct):
    code: str


class Unit(Struct):
    unitNumber: int
    name: str = ""


class Layout(Struct):
    layoutNumber: int
    name: str = ""
    deleted: bool = False


class VatAccountRef(Struct):
    vatCode: str


class Account(Struct):
    accountNumber: int
    accountType: str
    name: str = ""
    barred: bool = False
    blockDirectEntries: bool = False
    vatAccount: VatAccountRef | None = None


class SalesAccount(Struct):
    vatZone: VatZoneRef
    salesAccount: AccountRef


class VatTypeRef(Struct):
    vatTypeNumber: int


class VatAccount(Struct):
    """A VAT code. Its type: 1 sales, 2 purchases, 3 reverse charge (economic-api 9.3)."""

    vatCode: str
    name: str = ""
    ratePercentage: Decimal = ZERO
    barred: bool = False
    vatType: VatTypeRef | None = None
    account: AccountRef | None = None
    contraAccount: AccountRef | None = None


class VatZone(Struct):
    vatZoneNumber: int
    name: str = ""
    enabledForCustomer: bool = False
    enabledForSupplier: bool = False


class AccountingYear(Struct):
    year: str
    fromDate: str
    toDate: str
    closed: bool = False


class AccountingPeriod(Struct):
    fromDate: str
    toDate: str
    closed: bool = False
    barred: bool = False


class SupplierRef(Struct):
    supplierNumber: int


class Entry(Struct):
    """A booked entry: debit positive, credit negative (economic-api 6.8)."""

    entryNumber: int
    account: AccountRef
    amount: Decimal
    amountInBaseCurrency: Decimal
    date: str
    entryType: str
    voucherNumber: int = 0
    text: str = ""
    currency: str = ""
    vatAccount: VatAccountRef | None = None
    supplier: SupplierRef | None = None


class Journal(Struct):
    journalNumber: int
    name: str = ""
