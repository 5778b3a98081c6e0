"""The rows of the stock value's split: a product group or a location, its stock account and its contra account."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lagerbro.agreements.answers import misfits
from lagerbro.agreements.directory import Directory
from lagerbro.agreements.questions import anchor
from lagerbro.books.choices import Choices, SplitSide, StockSplit, split_cell, split_place
from lagerbro.web.views.settings.account_field import AccountField, account_hint
from lagerbro.web.views.settings.form_state import FormState
from lagerbro.web.views.settings.misfit_words import misfit_text
from lagerbro.web.views.settings.words import Words
from lagerbro.wire.texts import isolated

KEY = "stock_split_accounts"


@dataclass(slots=True, kw_only=True)
class SplitField(AccountField):
    """One of a row's two accounts."""

    label: str
    is_stock: bool


@dataclass(slots=True)
class SplitRow:
    """`is_gone`: Rackbeat has no such group or location any more. `level`: how deep a location lies within others."""

    name: str
    number: int
    fields: list[SplitField]
    is_gone: bool
    level: int = 0


@dataclass(slots=True)
class SplitTable:
    """`of` is what the rows are: product groups or locations."""

    of: str
    rows: list[SplitRow]
    stock: str
    contra: str


def split_table(form: FormState) -> SplitTable | None:
    """None while nothing is split. Rows of groups that are gone stand last, so that they can be emptied."""
    choices = form.shown
    split = choices.stock_split
    if split is StockSplit.NONE:
        return None
    known = _known(split, form.directory)
    gone = sorted({number for number in _decided(split, choices) if number not in known})
    rows = [_row(split, number, name, level, form) for number, (name, level) in known.items()]
    rows += [_row(split, number, "", 0, form, is_gone=True) for number in gone]
    return SplitTable(split.value, rows, _main(choices.stock_account, form), _main(choices.stock_contra_account, form))


def split_label(cell: str, directory: Directory) -> str:
    """What a cell is called in the history and in a list of what is wrong."""
    split, number, side = split_place(cell)
    known = _known(split, directory).get(number)
    return f"{isolated(str(known[0])) if known else number}, {_side(side)}"


def _side(side: SplitSide) -> str:
    return _("Stock account") if side is SplitSide.STOCK else _("Contra account")


def _known(split: StockSplit, directory: Directory) -> dict[int, tuple[Words, int]]:
    """Name and depth by number; a location stands under the one that it lies within."""
    if split is StockSplit.GROUP:
        return {number: (group.name, 0) for number, group in directory.rackbeat_groups.items()}
    return dict(_within(None, 0, directory))


def _within(place: int | None, level: int, directory: Directory) -> list[tuple[int, tuple[Words, int]]]:
    found: list[tuple[int, tuple[Words, int]]] = []
    for number, one in directory.rackbeat_locations.items():
        inside = one.inside if one.inside in directory.rackbeat_locations else None
        if inside == place and number != place and level <= len(directory.rackbeat_locations):
            found += [(number, (one.name, level)), *_within(number, level + 1, directory)]
    return found


def _decided(split: StockSplit, choices: Choices) -> list[int]:
    places = (split_place(cell) for cell in choices.stock_split_accounts)
    return [number for of, number, _side in places if of is split]


def _row(
    split: StockSplit, number: int, name: Words, level: int, form: FormState, *, is_gone: bool = False
) -> SplitRow:
    title = str(name) or str(number)
    fields = [_field(split_cell(split, number, side), side, title, form) for side in SplitSide]
    return SplitRow(title, number, fields, is_gone, level)


def _field(cell: str, side: SplitSide, row: str, form: FormState) -> SplitField:
    key = f"{KEY}:{cell}"
    value = form.value(key)
    label = f"{row}, {_side(side)}"
    is_stock = side is SplitSide.STOCK
    shown = SplitField(key=key, anchor=anchor(key), label=label, text=form.text(key), is_stock=is_stock)
    shown.hint = account_hint(form.directory.accounts.get(value)) if value is not None else ""
    if form.read_at is not None:
        shown.flags = [misfit_text(found) for found in misfits(key, value, form.directory)]
    complaint = form.complaints.get(key)
    if complaint is not None:
        shown.error, shown.flags = misfit_text(complaint), []
    shown.theirs = form.theirs.get(key)
    return shown


def _main(number: int | None, form: FormState) -> str:
    if number is None:
        return "–"
    return f"{number} {account_hint(form.directory.accounts.get(number))}".strip()
