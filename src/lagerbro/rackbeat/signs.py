"""Which way a document's amounts point (domain-rules H32): one factor for the whole document, never one per line.

Rackbeat marks a credit note, but whether its amounts are those of the credited invoice or their opposites is not
public, and its total tells neither where the credited invoice is itself a negative one. What tells is a line beside the
credited invoice's same line: alike means that the document is to be turned round, opposite that it is as it acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lagerbro.money import product_of, rounded
from lagerbro.rackbeat.types import CustomerInvoice, InvoiceLine

TURNED = -1
AS_WRITTEN = 1


class DirectionUnknownError(ValueError):
    """Neither the credited invoice nor the total says which way a credit note points: somebody has to look at it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of a credit note, by its place (from 0), and what the credited invoice's same line came to."""

    place: int
    amount: Decimal
    credited: Decimal


def sign_factor(document: CustomerInvoice, credited: CustomerInvoice | None) -> int:
    """`TURNED` or `AS_WRITTEN`; raises `DirectionUnknownError`. `credited`: the invoice that a credit note names."""
    if not document.is_creditnote:
        return AS_WRITTEN
    alike = {_likeness(one, other) for one, other in _compared(document, credited)} - {0}
    if len(alike) != 1:
        raise DirectionUnknownError(f"{document.number} credits {document.credited_number}")
    return TURNED if alike.pop() > 0 else AS_WRITTEN


def pairs(document: CustomerInvoice, credited: CustomerInvoice) -> list[Pair]:
    """The lines that have a same line on the credited invoice, by the surest way that finds any.

    By the line that is named; else by item and amount; else by item, as where a part of a line is credited. A line
    whose likes point both ways is left out.
    """
    for same in (_named, _item_and_amount, _item):
        found = [
            Pair(place, _amount(line), likes[0])
            for place, line in enumerate(document.lines)
            if _amount(line) and (likes := _one_way(_amount(other) for other in credited.lines if same(line, other)))
        ]
        if found:
            return found
    return []


def points_alike(amounts: Sequence[Decimal], total: Decimal, document: CustomerInvoice, of: CustomerInvoice) -> bool:
    """Whether what e-conomic made of a credit note moves the accounts the way that the credited invoice did.

    `amounts`: what each of its lines comes to there, in their order; `total` the whole. Looked at apart from
    `sign_factor`: totals agree in both directions, so only this sees a credit note that was turned the wrong way.
    """
    found = pairs(document, of)
    if found and len(amounts) == len(document.lines):
        return any(_likeness(amounts[pair.place], pair.credited) > 0 for pair in found)
    return _likeness(total, of.total_total) > 0


def _compared(document: CustomerInvoice, credited: CustomerInvoice | None) -> list[tuple[Decimal, Decimal]]:
    """What is held against what: likes point the same way.

    Without a credited invoice the total is held against the ordinary invoice, a positive one. One that is named and not
    there may have been a negative one: only a positive total, which is how Rackbeat credits, is believed then.
    """
    total = document.total_total
    if credited is None:
        return [(total, Decimal(1))] if document.credited_number is None or total > 0 else []
    if credited.is_creditnote:
        return []
    found = [(pair.amount, pair.credited) for pair in pairs(document, credited)]
    return found or [(total, credited.total_total)]


def _named(line: InvoiceLine, other: InvoiceLine) -> bool:
    return line.credited_line_id is not None and line.credited_line_id == other.id


def _item_and_amount(line: InvoiceLine, other: InvoiceLine) -> bool:
    return _item(line, other) and abs(_amount(line)) == abs(_amount(other))


def _item(line: InvoiceLine, other: InvoiceLine) -> bool:
    return line.item_number == other.item_number and (line.item_number is not None or line.name == other.name)


def _one_way(amounts: Iterable[Decimal]) -> list[Decimal]:
    """The amounts that are not nothing, if all of them have one sign."""
    found = [amount for amount in amounts if amount]
    return found if len({amount > 0 for amount in found}) == 1 else []


def _amount(line: InvoiceLine) -> Decimal:
    total = line.line_total if line.line_total is not None else product_of(line.quantity, line.line_price)
    return rounded(total)


def _likeness(one: Decimal, other: Decimal) -> int:
    return _sign(one) * _sign(other)


def _sign(amount: Decimal) -> int:
    return (amount > 0) - (amount < 0)
