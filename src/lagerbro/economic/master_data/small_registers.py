"""Registers of a handful of records that others name: people, departments, units, payment terms (economic-api 6.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from lagerbro.economic.surfaces import Rest
from lagerbro.economic.types import Unit


class Employee(msgspec.Struct):
    employeeNumber: int
    name: str = ""
    barred: bool = False


class Distribution(msgspec.Struct):
    """A department, or several by percentages; a record names either by the same number."""

    departmentalDistributionNumber: int
    distributionType: str = ""
    barred: bool = False


class LedgerTerms(msgspec.Struct):
    paymentTermsNumber: int
    name: str = ""
    paymentTermsType: str = ""
    daysOfCredit: int | None = None


@dataclass(frozen=True, slots=True)
class SmallRegisters:
    rest: Rest

    def employees(self) -> Iterator[Employee]:
        return self.rest.all("/employees", Employee)

    def distributions(self) -> Iterator[Distribution]:
        return self.rest.all("/departmental-distributions", Distribution)

    def terms(self) -> Iterator[LedgerTerms]:
        return self.rest.all("/payment-terms", LedgerTerms)

    def add_terms(self, record: Mapping[str, Any], key: str) -> LedgerTerms:
        """e-conomic gives them their number."""
        return self.rest.write_and_read("POST", "/payment-terms", record, key, LedgerTerms)

    def units(self) -> Iterator[Unit]:
        return self.rest.all("/units", Unit)

    def add_unit(self, name: str, key: str) -> Unit:
        """e-conomic gives it its number."""
        return self.rest.write_and_read("POST", "/units", {"name": name}, key, Unit)
