"""Customers, products and the small registers on the REST surface (economic-api 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from lagerbro.economic import types
from lagerbro.economic.filters import equal
from lagerbro.economic.paths import segment
from lagerbro.economic.surfaces import Rest
from lagerbro.wire.errors import NotFoundError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Records:
    """A register whose records are written by PUT to their own number: made there, or replaced whole.

    A PUT clears what it leaves out (economic-api 16.2), so `raw` reads everything, the flow merges, `put` writes.
    """

    rest: Rest
    path: str
    number_field: str

    def numbers_of(self, name: str, at_most: int) -> list[str]:
        """The numbers of the first records of that name."""
        found = self.rest.all(self.path, dict, {"filter": equal("name", name)}, page_size=at_most)
        return [str(record[self.number_field]) for record in islice(found, at_most)]

    def raw(self, number: str | int) -> dict[str, Any] | None:
        """The whole record; None when there is none."""
        try:
            return self.rest.raw(f"{self.path}/{segment(number)}")
        except NotFoundError:
            return None

    def put(self, number: str | int, record: Mapping[str, Any], key: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.rest.write_and_read("PUT", f"{self.path}/{segment(number)}", record, key, dict)
        return answer


@dataclass(frozen=True, slots=True)
class Registers:
    """What invoices refer to."""

    rest: Rest

    @property
    def customers(self) -> Records:
        return Records(self.rest, "/customers", "customerNumber")

    @property
    def products(self) -> Records:
        return Records(self.rest, "/products", "productNumber")

    @property
    def suppliers(self) -> Records:
        return Records(self.rest, "/suppliers", "supplierNumber")

    def myself(self) -> types.Self:
        return self.rest.get("/self", types.Self)

    def customer(self, number: int) -> types.Customer | None:
        return self._one(f"/customers/{segment(number)}", types.Customer)

    def product(self, number: str) -> types.Product | None:
        return self._one(f"/products/{segment(number)}", types.Product)

    def customer_group(self, number: int) -> types.CustomerGroup | None:
        return self._one(f"/customer-groups/{segment(number)}", types.CustomerGroup)

    def product_group(self, number: int) -> types.ProductGroup | None:
        return self._one(f"/product-groups/{segment(number)}", types.ProductGroup)

    def account(self, number: int) -> types.Account | None:
        return self._one(f"/accounts/{segment(number)}", types.Account)

    def payment_terms(self, number: int) -> types.PaymentTerms | None:
        return self._one(f"/payment-terms/{segment(number)}", types.PaymentTerms)

    def layout(self, number: int) -> types.Layout | None:
        return self._one(f"/layouts/{segment(number)}", types.Layout)

    def sales_accounts(self, group: int) -> Iterator[types.SalesAccount]:
        return self.rest.all(f"/product-groups/{segment(group)}/sales-accounts", types.SalesAccount)

    def accounts(self) -> Iterator[types.Account]:
        return self.rest.all("/accounts", types.Account)

    def vat_accounts(self) -> Iterator[types.VatAccount]:
        return self.rest.all("/vat-accounts", types.VatAccount)

    def vat_zones(self) -> Iterator[types.VatZone]:
        return self.rest.all("/vat-zones", types.VatZone)

    def all_payment_terms(self) -> Iterator[types.PaymentTerms]:
        return self.rest.all("/payment-terms", types.PaymentTerms)

    def currencies(self) -> Iterator[types.LedgerCurrency]:
        return self.rest.all("/currencies", types.LedgerCurrency)

    def customer_groups(self) -> Iterator[types.CustomerGroup]:
        return self.rest.all("/customer-groups", types.CustomerGroup)

    def product_groups(self) -> Iterator[types.ProductGroup]:
        return self.rest.all("/product-groups", types.ProductGroup)

    def layouts(self) -> Iterator[types.Layout]:
        return self.rest.all("/layouts", types.Layout)

    def journals(self) -> Iterator[types.Journal]:
        return self.rest.all("/journals", types.Journal)

    def years(self) -> Iterator[types.AccountingYear]:
        return self.rest.all("/accounting-years", types.AccountingYear)

    def periods(self, year: str) -> Iterator[types.AccountingPeriod]:
        return self.rest.all(f"/accounting-years/{segment(year)}/periods", types.AccountingPeriod)

    def entries(self, year: str, query: Mapping[str, str] | None = None) -> Iterator[types.Entry]:
        return self.rest.all(f"/accounting-years/{segment(year)}/entries", types.Entry, query)

    def _one(self, path: str, shape: type[T]) -> T | None:
        try:
            return self.rest.get(path, shape)
        except NotFoundError:
            return None
