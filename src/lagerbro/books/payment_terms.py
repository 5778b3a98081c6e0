"""Payment terms by their kind: which of e-conomic's is Rackbeat's, and which are made of kind and days alone. Pure.

e-conomic's kinds are published (economic-api 6.6). Rackbeat's list is not (rackbeat-api 3.11): it has e-conomic's words
where the terms came from there, and words of its own for the usual ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

DUE_DATE: Final = "dueDate"
_WORDS: Final = {
    "net": "net netto netdays days",
    "invoiceMonth": "invoicemonth endofmonth eom currentmonth runningmonth month løbendemåned",
    "invoiceWeekStartingMonday": "invoiceweekstartingmonday invoiceweek endofweek currentweek week løbendeuge",
    "invoiceWeekStartingSunday": "invoiceweekstartingsunday",
    "paidInCash": "paidincash cash kontant",
    DUE_DATE: "duedate forfaldsdato",
    "prepaid": "prepaid prepayment forudbetaling",
    "factoring": "factoring",
    "creditcard": "creditcard card",
}
_KINDS: Final = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_WITHOUT_DAYS: Final = frozenset({"paidInCash", DUE_DATE})
MADE: Final = (
    frozenset({"net", "invoiceMonth", "invoiceWeekStartingMonday", "invoiceWeekStartingSunday"}) | _WITHOUT_DAYS
)
"""Kinds that need no account, no per cent and no company of e-conomic's: those are never guessed (domain-rules H15)."""


@dataclass(frozen=True, slots=True)
class Terms:
    """`kind` in e-conomic's words; `number` is the owner's."""

    number: int
    name: str
    kind: str
    days: int = 0

    def is_like(self, other: Terms) -> bool:
        """Whether both give every invoice the same due date."""
        return self.kind == other.kind and (self.kind in _WITHOUT_DAYS or self.days == other.days)


def terms_kind(written: str | None) -> str | None:
    """The kind in e-conomic's words; None for one that we have not heard of."""
    return _KINDS.get("".join(sign for sign in (written or "").casefold() if sign.isalnum()))


def matching_terms(wanted: Terms, there: Iterable[Terms]) -> Terms | None:
    """Those of e-conomic's that are like Rackbeat's: of the same number, else of the same name, else the first."""
    alike = [one for one in there if one.is_like(wanted)]
    name = wanted.name.strip().casefold()
    return min(
        alike,
        key=lambda one: (one.number != wanted.number, one.name.strip().casefold() != name, one.number),
        default=None,
    )
