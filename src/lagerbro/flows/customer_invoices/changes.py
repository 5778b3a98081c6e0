"""What somebody has changed in our draft: everything that we sent against what stands in e-conomic now. Pure.

domain-rules H29: a booking that comes later than its draft books it only when it is still what we made. Compared is
what e-conomic keeps (economic-api 7.1): numbers by value, texts without the blanks around them, a due date only where
the terms leave it to the sender.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import msgspec

from lagerbro.books.totals import Amounts
from lagerbro.economic.invoice_types import NewDraft
from lagerbro.flows.field_changes import FieldChange

CHANGES_MAX: Final = 20
"""Changes that are told; a draft that was rewritten is not listed whole."""
_TEXTS: Final = frozenset({"description", "heading", "textLine1", "name", "address", "zip", "city", "country", "other"})
_NAMED: Final = frozenset({"customerContactNumber", "employeeNumber", "unitNumber"})
"""Who is named, and what a line is counted in: as little to the books as a text is."""
_LINES: Final = "lines"
_DUE_DATE: Final = "dueDate"
_OWN_DUE_DATE: Final = "dueDate"
"""The type of payment terms under which the sender's due date counts (economic-api 16.6)."""
_NUMBER: Final = "lineNumber"
"""e-conomic numbers lines anew; their order is what counts."""
_DECIDES: Final = frozenset(
    {"currency", "date", "dueDate", "exchangeRate", "paymentTerms.paymentTermsNumber", "recipient.ean"}
    | {"recipient.vatZone.vatZoneNumber"}
)
_PRODUCT: Final = "product.productNumber"
_LINE_DECIDES: Final = frozenset({_PRODUCT, "quantity", "unitNetPrice", "discountPercentage"})
_UNSAID: Final = {"product": {"productNumber": ""}, "discountPercentage": Decimal(0)}
"""What a line that does not name it has: no product (a text line), no discount."""


def changes_in(sent: NewDraft, answered: Amounts, standing: Mapping[str, Any]) -> list[FieldChange]:
    """What differs in the whole draft as it was read just now; empty when nobody has touched it.

    `answered` is what it came to when it was made: a VAT code that was changed since changes what it comes to.
    """
    body = msgspec.to_builtins(sent, builtin_types=(Decimal,))
    body |= {"netAmount": answered.net, "vatAmount": answered.vat, "grossAmount": answered.gross}
    lines = body.pop(_LINES, [])
    if _part(standing, "paymentTerms", "paymentTermsType") != _OWN_DUE_DATE:
        body.pop(_DUE_DATE, None)
    changes = [*_differing("", body, standing), *_lines(lines, _listed(standing.get(_LINES)))]
    return changes[:CHANGES_MAX]


def changes_before_booking(sent: NewDraft, booked: Mapping[str, Any]) -> list[FieldChange]:
    """What the books or the payment hang on and is otherwise in an invoice that a person booked; its amounts and its
    customer are judged apart. A field that a booked invoice does not show is not compared."""
    body = msgspec.to_builtins(sent, builtin_types=(Decimal,))
    lines = body.pop(_LINES, [])
    if _part(booked, "paymentTerms", "paymentTermsType") != _OWN_DUE_DATE:
        body.pop(_DUE_DATE, None)
    head = [one for one in _differing("", body, booked) if one.field in _DECIDES and one.now]
    standing = booked.get(_LINES)
    changes = _lines(lines, standing) if isinstance(standing, list) else ()
    return [*head, *(one for one in changes if _decides_line(one))][:CHANGES_MAX]


def _decides_line(change: FieldChange) -> bool:
    name = change.field.split(".", 2)[-1]
    return change.field == _LINES or (name in _LINE_DECIDES and (bool(change.now) or name == _PRODUCT))


def is_significant(change: FieldChange) -> bool:
    """Whether the books or the payment would be others: a text may be polished by whoever books the draft by hand."""
    return change.field.rpartition(".")[2] not in _TEXTS | _NAMED


def _lines(sent: Sequence[Mapping[str, Any]], standing: Sequence[Any]) -> Iterator[FieldChange]:
    if len(sent) != len(standing):
        yield FieldChange(_LINES, str(len(sent)), str(len(standing)))
        return
    for position, (line, now) in enumerate(zip(sent, standing, strict=True), 1):
        expected = {**_UNSAID, **{name: value for name, value in line.items() if name != _NUMBER}}
        yield from _differing(f"{_LINES}.{position}.", expected, now)


def _differing(place: str, sent: Mapping[str, Any], standing: object) -> Iterator[FieldChange]:
    for name, value in sent.items():
        now = standing.get(name) if isinstance(standing, Mapping) else None
        if isinstance(value, Mapping):
            yield from _differing(f"{place}{name}.", value, now)
        elif not _is_same(value, now):
            yield FieldChange(f"{place}{name}", _readable(value), _readable(now))


def _is_same(sent: object, now: object) -> bool:
    if isinstance(sent, Decimal | int) and (now is None or isinstance(now, Decimal | int)):
        return Decimal(sent) == Decimal(now or 0)
    return _readable(sent) == _readable(now)


def _readable(value: object) -> str:
    """A value as a person may read it: no blanks around a text, one way to end a line, no trailing noughts."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "\n".join(line.rstrip() for line in str(value).strip().splitlines())


def _part(record: Mapping[str, Any], name: str, below: str) -> object:
    part = record.get(name)
    return part.get(below) if isinstance(part, Mapping) else None


def _listed(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else []
