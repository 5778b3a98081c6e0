"""What is read for the checks: each source by itself, so that one that fails takes no other with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final, TypeVar

from lagerbro.agreements.directories import READERS, sales_accounts
from lagerbro.agreements.directory import ProductGroup
from lagerbro.books.choices import Choices
from lagerbro.books.payment_terms import MADE, terms_kind
from lagerbro.checks.facts import Item, Period, Year
from lagerbro.economic.client import SYSTEM as ECONOMIC
from lagerbro.economic.client import Economic
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.rackbeat.envelopes import SYSTEM as RACKBEAT
from lagerbro.sync.runtime import Clients

ROWS_MAX: Final = 2000
"""Records of one short list that are looked at."""
GROUPS_MAX: Final = 200
"""Product groups whose sales accounts are read, one call each."""
PARTIES_MAX: Final = 10_000
"""Customers, and suppliers, whose currencies are looked at: ten calls at most."""
PERIODS_MAX: Final = 18
"""An accounting year has no more months (economic-api 6.8)."""

T = TypeVar("T")
ChoicesPredicate = Callable[[Choices], bool]


@dataclass(frozen=True, slots=True)
class Source:
    """`is_wanted`: a section that is on has a check that looks at it; `is_needed`: one of them could block."""

    name: str
    system: str
    read: Callable[[Clients, Choices], Any]
    is_wanted: ChoicesPredicate
    is_needed: ChoicesPredicate


def _always(_choices: Choices) -> bool:
    return True


def _never(_choices: Choices) -> bool:
    return False


def _purchases(choices: Choices) -> bool:
    return choices.suppliers_enabled


def _sales(choices: Choices) -> bool:
    return choices.sales_enabled


def _stock(choices: Choices) -> bool:
    return choices.stock_value_enabled


def _books(choices: Choices) -> bool:
    return _purchases(choices) or _stock(choices)


def _any(choices: Choices) -> bool:
    return _books(choices) or _sales(choices)


def _both_sides(choices: Choices) -> bool:
    return _purchases(choices) or _sales(choices)


def _sales_or_stock(choices: Choices) -> bool:
    return _sales(choices) or _stock(choices)


def _booking(choices: Choices) -> bool:
    return _sales(choices) and choices.book_on_booking


def _items(choices: Choices) -> bool:
    return _sales(choices) and bool(choices.empty_line_item or choices.rounding_item)


def _register(name: str) -> Callable[[Clients, Choices], Any]:
    return lambda clients, _choices: READERS[name](clients.rackbeat, clients.economic, {})


def _first_rows(rows: Iterable[T]) -> list[T]:
    return list(islice(rows, ROWS_MAX))


def _economic(read: Callable[[Economic], Any]) -> Callable[[Clients, Choices], Any]:
    return lambda clients, _choices: read(clients.economic)


def _rackbeat(read: Callable[[Rackbeat], Any]) -> Callable[[Clients, Choices], Any]:
    return lambda clients, _choices: read(clients.rackbeat)


def _years(economic: Economic) -> tuple[Year, ...]:
    return tuple(
        Year(
            key=row.year, first=date.fromisoformat(row.fromDate), last=date.fromisoformat(row.toDate), closed=row.closed
        )
        for row in _first_rows(economic.registers.years())
    )


def read_periods(economic: Economic, year: str) -> tuple[Period, ...]:
    """The periods of one accounting year."""
    return tuple(
        Period(
            first=date.fromisoformat(row.fromDate),
            last=date.fromisoformat(row.toDate),
            closed=row.closed,
            barred=row.barred,
        )
        for row in islice(economic.registers.periods(year), PERIODS_MAX)
    )


def read_groups(economic: Economic) -> list[ProductGroup]:
    """e-conomic's product groups, without their sales accounts."""
    rows = _first_rows(economic.registers.product_groups())
    return [ProductGroup(x.productGroupNumber, x.name, None, x.inventoryEnabled) for x in rows]


def with_sales_accounts(economic: Economic, group: ProductGroup) -> ProductGroup:
    """The group with its sales accounts: one call."""
    accounts = sales_accounts(economic, group.number)
    return ProductGroup(group.number, group.name, accounts, group.inventory_enabled)


def _items_named_in_settings(clients: Clients, choices: Choices) -> dict[str, Item | None]:
    numbers = [number for number in (choices.empty_line_item, choices.rounding_item) if number]
    return dict(_items_by_number(clients.rackbeat, dict.fromkeys(numbers)))


def _items_by_number(rackbeat: Rackbeat, numbers: Iterable[str]) -> Iterator[tuple[str, Item | None]]:
    for number in numbers:
        product = rackbeat.listed_product(number)
        if product is None:
            yield number, None
        else:
            stocked = bool(product.inventory_enabled)
            yield number, Item(number=number, name=product.name, barred=product.is_barred, stock_tracked=stocked)


def _names_by_number(rows: Iterable[Any]) -> dict[int, str]:
    return {row.number: row.name for row in _first_rows(rows)}


def _terms_not_made(rackbeat: Rackbeat) -> dict[int, str]:
    """Those that are not made in e-conomic by themselves where it lacks them."""
    rows = _first_rows(rackbeat.payment_terms())
    return {row.number: row.name for row in rows if terms_kind(row.type) not in MADE}


def _payment_term_numbers(economic: Economic) -> frozenset[int]:
    return frozenset(row.paymentTermsNumber for row in _first_rows(economic.registers.all_payment_terms()))


def _currency_codes(economic: Economic) -> frozenset[str]:
    return frozenset(row.code for row in _first_rows(economic.registers.currencies()))


def _customer_currencies(rackbeat: Rackbeat) -> dict[str, int]:
    return dict(Counter(islice(rackbeat.customer_currencies(), PARTIES_MAX)))


def _supplier_currencies(rackbeat: Rackbeat) -> dict[str, int]:
    return dict(Counter(islice(rackbeat.supplier_currencies(), PARTIES_MAX)))


def _next_number(rackbeat: Rackbeat) -> int | None:
    last = rackbeat.last_invoice_number()
    return None if last is None else last + 1


SOURCES: Final = (
    Source("self", ECONOMIC, _economic(lambda economic: economic.registers.myself()), _always, _always),
    Source("accounts", ECONOMIC, _register("accounts"), _any, _books),
    Source("vat_codes", ECONOMIC, _register("vat_codes"), _both_sides, _purchases),
    Source("vat_zones", ECONOMIC, _register("vat_zones"), _both_sides, _sales),
    Source("journals", ECONOMIC, _register("journals"), _books, _books),
    Source("layouts", ECONOMIC, _register("layouts"), _sales, _sales),
    Source("product_groups", ECONOMIC, _economic(read_groups), _sales_or_stock, _stock),
    Source("customer_groups", ECONOMIC, _register("customer_groups"), _sales, _never),
    Source("terms", ECONOMIC, _economic(_payment_term_numbers), _both_sides, _never),
    Source("currencies", ECONOMIC, _economic(_currency_codes), _both_sides, _never),
    Source("years", ECONOMIC, _economic(_years), _any, _any),
    Source("last_booked", ECONOMIC, _economic(lambda x: x.invoices.last_booked_number()), _booking, _never),
    Source("account", RACKBEAT, _rackbeat(lambda rackbeat: rackbeat.myself()), _always, _always),
    Source("rackbeat_groups", RACKBEAT, _register("rackbeat_groups"), _both_sides, _purchases),
    Source("rackbeat_layouts", RACKBEAT, _register("rackbeat_layouts"), _sales, _never),
    Source(
        "rackbeat_customer_groups", RACKBEAT, _rackbeat(lambda x: _names_by_number(x.customer_groups())), _sales, _never
    ),
    Source("rackbeat_terms", RACKBEAT, _rackbeat(_terms_not_made), _both_sides, _never),
    Source("customer_currencies", RACKBEAT, _rackbeat(_customer_currencies), _sales, _never),
    Source("supplier_currencies", RACKBEAT, _rackbeat(_supplier_currencies), _purchases, _never),
    Source("next_invoice", RACKBEAT, _rackbeat(_next_number), _booking, _never),
    Source("items", RACKBEAT, _items_named_in_settings, _items, _never),
    Source("base_currency", RACKBEAT, _rackbeat(lambda x: x.base_currency()), _any, _never),
)
"""In the order that a person would look; what depends on another is read afterwards (`checks.reading`)."""
