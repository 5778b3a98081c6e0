"""Which way a document's amounts point (domain-rules H32): one factor for the whole document, never one per line.

Rackbeat marks a credit note, but whether its amounts are those of the credited invoice or their opposites is not
public, and its total tells neither where the credited invoice is itself a negative one. What tells is a line beside the
credited invoice's same line: alike means that the document is to be turned round, opposite that it is as it acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from lagerbro.money import rounded

TURNED = -1
AS_WRITTEN = 1


class Line(Protocol):
    """A line of either kind of invoice. `amount` is what it comes to without VAT, unrounded."""

    @property
    def id(self) -> str | None: ...
    @property
    def credited_line_id(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...
    @property
    def item_number(self) -> str | None: ...
    @property
    def amount(self) -> Decimal: ...


class Document(Protocol):
    """A customer's or a supplier's invoice."""

    @property
    def number(self) -> int: ...
    @property
    def is_creditnote(self) -> bool: ...
    @property
    def credited_number(self) -> int | None: ...
    @property
    def total_total(self) -> Decimal: ...
    @property
    def lines(self) -> Sequence[Line]: ...


class DirectionUnknownError(ValueError):
    """Neither the credited invoice nor the total says which way a credit note points: somebody has to look at it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of a credit note, by its place (from 0), and what the credited invoice's same line came to."""

    place: int
    amount: Decimal
    credited: Decimal


def sign_factor(document: Document, credited: Document | None) -> int:
    """`TURNED` or `AS_WRITTEN`; raises `DirectionUnknownError`. `credited`: the invoice that a credit note names."""
    if not document.is_creditnote:
        return AS_WRITTEN
    if not document.total_total and not any(_amount(line) for line in document.lines):
        return TURNED  # of nothing at all: no account is moved either way
    alike = {_likeness(one, other) for one, other in _compared(document, credited)} - {0}
    if len(alike) != 1:
        raise DirectionUnknownError(f"{document.number} credits {document.credited_number}")
    return TURNED if alike.pop() > 0 else AS_WRITTEN


def pairs(document: Document, credited: Document) -> list[Pair]:
    """The lines that have a same line on the credited invoice, by the surest way that finds any.

    By the line that is named; else by item and amount; else by item, as where a part of a line is credited. A line
    whose likes point both ways is left out.
    """
    for same in (_named, _item_and_amount, _item):
        matched = [
            Pair(place, _amount(line), likes[0])
            for place, line in enumerate(document.lines)
            if _amount(line) and (likes := _one_way(_amount(other) for other in credited.lines if same(line, other)))
        ]
        if matched:
            return matched
    return []


def points_alike(amounts: Sequence[Decimal], total: Decimal, document: Document, of: Document) -> bool:
    """Whether what e-conomic made of a credit note moves the accounts the way that the credited invoice did.

    `amounts`: what each of its lines comes to there, in their order; `total` the whole. Looked at apart from
    `sign_factor`: totals agree in both directions, so only this sees a credit note that was turned the wrong way.
    """
    matched = pairs(document, of)
    if matched and len(amounts) == len(document.lines):
        return any(_likeness(amounts[pair.place], pair.credited) > 0 for pair in matched)
    return _likeness(total, of.total_total) > 0


def _compared(document: Document, credited: Document | None) -> list[tuple[Decimal, Decimal]]:
    """What is held against what: likes point the same way.

    Without a credited invoice the total is held against the ordinary invoice, a positive one. One that is named and not
    there may have been a negative one: only a positive total, which is how Rackbeat credits, is believed then.
    """
    total = document.total_total
    if credited is None:
        return [(total, Decimal(1))] if document.credited_number is None or total > 0 else []
    if credited.is_creditnote:
        return []
    amounts = [(pair.amount, pair.credited) for pair in pairs(document, credited)]
    return amounts or [(total, credited.total_total)]


def _named(line: Line, other: Line) -> bool:
    return line.credited_line_id is not None and line.credited_line_id == other.id


def _item_and_amount(line: Line, other: Line) -> bool:
    return _item(line, other) and abs(_amount(line)) == abs(_amount(other))


def _item(line: Line, other: Line) -> bool:
    return line.item_number == other.item_number and (line.item_number is not None or line.name == other.name)


def _one_way(amounts: Iterable[Decimal]) -> list[Decimal]:
    """The amounts that are not nothing, if all of them have one sign."""
    signed = [amount for amount in amounts if amount]
    return signed if len({amount > 0 for amount in signed}) == 1 else []


def _amount(line: Line) -> Decimal:
    return rounded(line.amount)


def _likeness(one: Decimal, other: Decimal) -> int:
    return _sign(one) * _sign(other)


def _sign(amount: Decimal) -> int:
    return (amount > 0) - (amount < 0)
