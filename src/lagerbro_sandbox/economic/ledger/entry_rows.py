"""The booked entries behind a collection, read no more than is needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage.entries import Entry, Span, Test
from lagerbro_sandbox.economic.storage.marks import passes_the_absent
from lagerbro_sandbox.economic.wire.filtering import Clause
from lagerbro_sandbox.economic.wire.matching import PLACE_MAX, integer_of
from lagerbro_sandbox.kernel.numbers.numerals import numeral
from lagerbro_sandbox.kernel.records import Record

NUMBERS: Final = {
    "account.accountNumber": "account",
    "accountNumber": "account",
    "customer.customerNumber": "customer",
    "customerNumber": "customer",
    "entryNumber": "number",
    "supplier.supplierNumber": "supplier",
    "supplierNumber": "supplier",
    "voucherNumber": "voucher",
}
"""The properties of both surfaces that a column holds as a whole number."""
_SIGNS: Final = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d)(T[\d:]*)?")


@dataclass(frozen=True, slots=True)
class StoredEntries:
    """The entries of a span, as a surface tells them."""

    session: Session
    first: str
    last: str
    shown: Callable[[Entry], Record]
    account: int | None = None

    def count(self) -> int:
        return self.session.store.entries.count(self._span())

    def page(self, skip: int, size: int, *, descending: bool = False) -> list[Record]:
        entries = self.session.store.entries.page(self._span(), skip, size, descending=descending)
        return [self.shown(entry) for entry in entries]

    def that_may_pass(self, clauses: list[Clause]) -> list[Record]:
        tests = [test for clause in clauses for test in _tests(clause)]
        return [self.shown(entry) for entry in self.session.store.entries.between(*self._span(), tests)]

    def before(self, key: int | str) -> int:
        return self.session.store.entries.count(self._span(), below=max(-1, min(int(key), PLACE_MAX)))

    def key(self) -> str:
        return "entryNumber"

    def _span(self) -> Span:
        return self.session.agreement, self.first, self.last, self.account


def _tests(clause: Clause) -> Iterator[Test]:
    """Wide enough for every entry that passes; none where the columns do not tell."""
    values = [value for value in clause.values if value is not None]
    if passes_the_absent(clause):
        return
    if clause.name in NUMBERS:
        yield from _numbered(NUMBERS[clause.name], clause.operator, values)
    elif clause.name == "date":
        yield from _dated(clause.operator, values)


def _numbered(column: str, operator: str, values: list[str]) -> Iterator[Test]:
    integers = [integer_of(number) for number in map(numeral, values) if number is not None]
    numbers = [number for number in integers if number is not None]
    if len(numbers) < len(values):
        return
    if operator in ("eq", "in"):
        yield f"{column} IN ({','.join('?' * len(numbers))})", numbers
    elif operator in _SIGNS:
        yield f"{column} {_SIGNS[operator]} ?", numbers


def _dated(operator: str, values: list[str]) -> Iterator[Test]:
    """A moment is in its day."""
    matches = [_DAY.fullmatch(value) for value in values]
    days = [match[1] for match in matches if match is not None]
    if len(days) < len(values):
        return
    if operator in ("eq", "in"):
        yield f"date IN ({','.join('?' * len(days))})", days
    elif operator in _SIGNS:
        yield f"date {_SIGNS[operator][0]}= ?", days
