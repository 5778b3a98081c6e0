"""Accounts suggested for the grid of purchase accounts, from the names and VAT codes of the chart of accounts.

A suggestion is a guess with its reason, never an answer: it is computed when the page is made and kept nowhere
(domain-rules A13, F3). Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lagerbro.agreements.directory import PROFIT_AND_LOSS, REQUIRED_ZONES, Account, Directory, VatKind
from lagerbro.agreements.fitness import account_misfits, region_of
from lagerbro.books.choices import NO_ITEM_GROUP, grid_cell
from lagerbro.books.zones import Zone


class SuggestionReason(StrEnum):
    """Why an account is suggested."""

    NAME = "name"
    """The account's name holds the group's, and its VAT code fits the column."""
    FREIGHT = "freight"
    """The account is for freight, as the row is."""
    ONLY_ONE = "only_one"
    """No other purchase account fits the column."""
    FIRST = "first"
    """Of several purchase accounts that fit the column, the first."""


TOGETHER: Final = frozenset({SuggestionReason.NAME, SuggestionReason.FREIGHT})
"""The reasons for which several may be confirmed at once: the account's name speaks of the row."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    account: int
    reason: SuggestionReason


@dataclass(frozen=True, slots=True)
class Candidate:
    """A likely account, with the words of its name that tell what it is for: Cykler, in *Varekøb, cykler*.

    A row is like it when such a word stands in the row's name or begins as one of its words does. `zone`: the one that
    its name speaks of.
    """

    account: Account
    telling: tuple[str, ...]
    zone: Zone | None
    is_freight: bool

    @classmethod
    def of(cls, account: Account) -> Candidate:
        words = _WORD.findall(account.name.casefold())
        telling = tuple(word for word in words if word[:_STEM] not in _COMMON)
        return cls(account, telling, _named_for(account.name), _mentions(account.name, _FREIGHT))


@dataclass(frozen=True, slots=True)
class RowName:
    """A row's name, read once for all columns. `runs`: every four letters that follow each other in it."""

    key: str
    folded: str
    stems: frozenset[str]
    runs: frozenset[str]
    is_freight: bool

    @classmethod
    def of(cls, row: str, directory: Directory) -> RowName:
        name = "" if row == NO_ITEM_GROUP else directory.rackbeat_groups[int(row)].name
        folded = name.casefold()
        runs = frozenset(folded[at : at + _STEM] for at in range(len(folded) - _STEM + 1))
        return cls(row, folded, _stems(folded), runs, row == NO_ITEM_GROUP or _mentions(name, _FREIGHT))


class Column:
    """The accounts that fit a column, the first of them that is like a row found by its telling words.

    Such a word's first four letters are among the row's runs, so no other account is looked at: 400 groups by 10 000
    accounts took 4.5 s when each was held against each, and take 0.1 s.
    """

    def __init__(self, fitting: list[Candidate]) -> None:
        goods = [candidate for candidate in fitting if not candidate.is_freight]
        self.freight = [candidate.account for candidate in fitting if candidate.is_freight]
        self.goods = [candidate.account for candidate in goods]
        self._places: dict[str, dict[str, int]] = {}
        for place, candidate in enumerate(goods):
            for word in candidate.telling:
                self._places.setdefault(word[:_STEM], {}).setdefault(word, place)

    def first_like(self, name: RowName) -> Account | None:
        places = [
            place
            for run in name.runs & self._places.keys()
            for word, place in self._places[run].items()
            if run in name.stems or word in name.folded
        ]
        return self.goods[min(places)] if places else None


_PURCHASE: Final = (
    "varekøb",
    "vareindkøb",
    "vareforbrug",
    "varekob",
    "køb af varer",
    "indkøb",
    "purchase",
    "materialer",
)
_FREIGHT: Final = ("fragt", "freight", "transport", "porto")
_ANY_WORD: Final = re.compile(r"\w+")
_WORD: Final = re.compile(r"\w{4,}")
_STEM: Final = 4
"""Letters that two words must share from the start to be taken for the same: Cykler, cykel, cykelkøb."""
_ZONE_WORDS: Final[dict[Zone, re.Pattern[str]]] = {
    Zone.ABROAD: re.compile(r"\b(udland|uden for eu|udenfor eu|abroad|import)\b"),
    Zone.EU: re.compile(r"\beu\b"),
    Zone.DOMESTIC: re.compile(r"\b(danmark|indland|dk|domestic)\b"),
}
"""Words that name a zone, in the order in which they are looked for: *uden for EU* is not EU."""


def suggest(directory: Directory) -> dict[str, Suggestion]:
    """A suggestion for each cell that has one, by the cell's name.

    Only accounts of the profit and loss are suggested, as purchases are booked at cost (A14), and only such as nothing
    speaks against. A column whose accounts are all unlike a purchase is left empty: no guess is better than a bad one.
    """
    suggestions: dict[str, Suggestion] = {}
    likely = [Candidate.of(account) for account in directory.accounts.values() if _is_likely(account)]
    names = [RowName.of(row, directory) for row in directory.rows]
    for zone in REQUIRED_ZONES:
        column = Column([candidate for candidate in likely if _fits(candidate, zone, directory)])
        for name in names:
            best = _best(name, column)
            if best is not None:
                suggestions[grid_cell(name.key, zone)] = best
    return suggestions


def _best(name: RowName, column: Column) -> Suggestion | None:
    if name.is_freight and column.freight:
        return Suggestion(column.freight[0].number, SuggestionReason.FREIGHT)
    if not column.goods:
        return None
    like = column.first_like(name)
    if like is not None:
        return Suggestion(like.number, SuggestionReason.NAME)
    return Suggestion(
        column.goods[0].number, SuggestionReason.ONLY_ONE if len(column.goods) == 1 else SuggestionReason.FIRST
    )


def _is_likely(account: Account) -> bool:
    return account.type == PROFIT_AND_LOSS and _mentions(account.name, (*_PURCHASE, *_FREIGHT))


def _fits(candidate: Candidate, zone: Zone, directory: Directory) -> bool:
    """Postable, with a VAT code of the column's kind, and not named for another zone."""
    return _is_for(candidate, zone, directory) and not account_misfits(
        f"purchase_accounts:0.{zone.value}", candidate.account, directory
    )


def _is_for(candidate: Candidate, zone: Zone, directory: Directory) -> bool:
    code = directory.vat_of(candidate.account)
    if code is None:
        return zone is Zone.ABROAD and candidate.zone is Zone.ABROAD
    if zone is Zone.DOMESTIC:
        return code.kind is VatKind.PURCHASES and candidate.zone in (None, Zone.DOMESTIC)
    return (region_of(code) or candidate.zone) is zone


def _named_for(name: str) -> Zone | None:
    """The zone that an account's name speaks of."""
    words = " ".join(_ANY_WORD.findall(name.casefold()))
    return next((zone for zone, named in _ZONE_WORDS.items() if named.search(words)), None)


def _mentions(text: str, words: tuple[str, ...]) -> bool:
    folded = text.casefold()
    return any(word in folded for word in words)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()))


_COMMON: Final = _stems(" ".join((*_PURCHASE, *_FREIGHT, "danmark indland udland varer ydelser konto diverse")))
