"""The OpenAPI services that only they offer, with the versions that we were written against (economic-api 3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.economic.surfaces import OpenApi

ACCOUNTS: Final = "/accountsapi/v7.0.0"
SUPPLIERS: Final = "/suppliersapi/v2.0.0"
JOURNALS: Final = "/journalsapi/v15.0.0"
YEARS: Final = "/accountingyearsapi/v2.0.1"


class ServiceAccount(msgspec.Struct):
    """An account as accountsapi tells it; `type` 1 is profit and loss, 2 is status (economic-api 6.7)."""

    number: int
    type: int
    name: str = ""
    isBarred: bool = False
    isBlockedForDirectEntries: bool = False
    isDepartmentMandatory: bool = False
    vatCode: str = ""
    balance: Decimal = Decimal(0)


class SupplierGroup(msgspec.Struct):
    number: int
    name: str = ""
    accountNumber: int = 0
    objectVersion: str = ""


class ServiceJournal(msgspec.Struct):
    """A journal with what only this surface tells. `allowedEntryType` 0 is any, 2 customer payment, 3 supplier invoice,
    4 supplier payment, 5 finance voucher, 10 manual customer invoice (economic-api 8.1)."""

    number: int
    name: str = ""
    allowedEntryType: int = 0
    lockVatCodes: bool = False
    requireAdminApproval: bool = False
    isStandingJournal: bool = False


class ServicePeriod(msgspec.Struct):
    """A period of an accounting year; only this surface tells which are barred (economic-api 6.8)."""

    dateFrom: str
    dateTo: str
    year: str = ""
    isClosed: bool = False
    isBarred: bool = False

    def covers(self, day: str) -> bool:
        return self.dateFrom[:10] <= day <= self.dateTo[:10]


@dataclass(frozen=True, slots=True)
class Services:
    """The OpenAPI side of one agreement."""

    api: OpenApi

    def accounts(self) -> Iterator[ServiceAccount]:
        return self.api.all(f"{ACCOUNTS}/Accounts", ServiceAccount)

    def account_count(self) -> int:
        return self.api.count(f"{ACCOUNTS}/Accounts")

    def supplier_groups(self) -> Iterator[SupplierGroup]:
        return self.api.all(f"{SUPPLIERS}/Groups", SupplierGroup)

    def journals(self) -> Iterator[ServiceJournal]:
        return self.api.all(f"{JOURNALS}/journals", ServiceJournal)

    def periods(self) -> Iterator[ServicePeriod]:
        """The periods of all accounting years."""
        return self.api.all(f"{YEARS}/AccountingYears/periods", ServicePeriod)
