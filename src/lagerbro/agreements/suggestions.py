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
from lagerbro.books.choices import NO_ITEM_GROUP, cell
from lagerbro.books.zones import Zone


class Reason(StrEnum):
    """Why an account is suggested."""

    NAME = "name"
    """The account's name holds the group's, and its VAT code fits the column."""
    FREIGHT = "freight"
    """The account is for freight, as the row is."""
    ONLY_ONE = "only_one"
    """No other purchase account fits the column."""
    FIRST = "first"
    """Of several purchase accounts that fit the column, the first."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    account: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account that fits a column, with the words of its name that tell what it is for: Cykler, in *Varekøb, cykler*.

    A group is like it when such a word stands in the group's name or begins as one of its words does.
    """

    account: Account
    telling: tuple[str, ...]

    @classmethod
    def of(cls, account: Account) -> Candidate:
        words = _WORD.findall(account.name.casefold())
        return cls(account, tuple(word for word in words if word[:_STEM] not in _COMMON))


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
_ZONE_WORDS: Final[dict[Zone, tuple[str, ...]]] = {
    Zone.DOMESTIC: ("danmark", "indland", "dk", "domestic"),
    Zone.EU: ("eu",),
    Zone.ABROAD: ("udland", "uden for eu", "udenfor eu", "abroad", "import"),
}


def suggest(directory: Directory) -> dict[str, Suggestion]:
    """A suggestion for each cell that has one, by the cell's name.

    Only accounts of the profit and loss are suggested, as purchases are booked at cost (A14), and only such as nothing
    speaks against. A column whose accounts are all unlike a purchase is left empty: no guess is better than a bad one.
    """
    found: dict[str, Suggestion] = {}
    likely = [account for account in directory.accounts.values() if _is_likely(account)]
    for zone in REQUIRED_ZONES:
        fitting = [Candidate.of(account) for account in likely if _fits(account, zone, directory)]
        freight = [candidate for candidate in fitting if _says(candidate.account.name, _FREIGHT)]
        goods = [one for one in fitting if _says(one.account.name, _PURCHASE) and one not in freight]
        for row in directory.rows:
            name = "" if row == NO_ITEM_GROUP else directory.rackbeat_groups[int(row)].name
            best = _best(name, goods, freight, is_freight=row == NO_ITEM_GROUP or _says(name, _FREIGHT))
            if best is not None:
                found[cell(row, zone)] = best
    return found


def _best(name: str, goods: list[Candidate], freight: list[Candidate], *, is_freight: bool) -> Suggestion | None:
    if is_freight and freight:
        return Suggestion(freight[0].account.number, Reason.FREIGHT)
    if not goods:
        return None
    folded = name.casefold()
    stems = _stems(folded)
    for candidate in goods:
        if any(word in folded or word[:_STEM] in stems for word in candidate.telling):
            return Suggestion(candidate.account.number, Reason.NAME)
    return Suggestion(goods[0].account.number, Reason.ONLY_ONE if len(goods) == 1 else Reason.FIRST)


def _is_likely(account: Account) -> bool:
    return account.type == PROFIT_AND_LOSS and _says(account.name, (*_PURCHASE, *_FREIGHT))


def _fits(account: Account, zone: Zone, directory: Directory) -> bool:
    """Postable, with a VAT code of the column's kind, and not named for another zone."""
    if account_misfits(f"purchase_accounts:0.{zone.value}", account, directory):
        return False
    code = directory.vat_of(account)
    if code is None:
        return zone is Zone.ABROAD and _named_for(account.name) is Zone.ABROAD
    if zone is Zone.DOMESTIC:
        return code.kind is VatKind.PURCHASES and _named_for(account.name) in (None, Zone.DOMESTIC)
    return (region_of(code) or _named_for(account.name)) is zone


def _named_for(name: str) -> Zone | None:
    """The zone that an account's name speaks of."""
    text = f" {' '.join(_ANY_WORD.findall(name.casefold()))} "
    for zone in (Zone.ABROAD, Zone.EU, Zone.DOMESTIC):
        if any(f" {words} " in text for words in _ZONE_WORDS[zone]):
            return zone
    return None


def _says(text: str, words: tuple[str, ...]) -> bool:
    folded = text.casefold()
    return any(word in folded for word in words)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()))


_COMMON: Final = _stems(" ".join((*_PURCHASE, *_FREIGHT, "danmark indland udland varer ydelser konto diverse")))
