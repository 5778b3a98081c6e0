"""From what a person typed on the settings page to answers, and what is wrong with them. Pure.

Texts are read by the kind of question; an answer is held against the directory and, where two depend on each other,
against the others. What is wrong is a `Misfit`, whose words are in `web.views.settings.misfit_words`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Protocol

from lagerbro.agreements.directory import Directory
from lagerbro.agreements.fitness import Misfit, account_misfits, journal_misfits, layout_misfits
from lagerbro.agreements.questions import BY_KEY, Control, Question
from lagerbro.agreements.split_answers import split_misfits
from lagerbro.books.choices import NO_ITEM_GROUP, NOT_USED, Choices, SplitSide, StockSplit, split_place
from lagerbro.books.zones import Zone
from lagerbro.money import rounded

TEXT_MAX: Final = 120
ROUNDING_LIMIT_MAX: Final = Decimal(5)
"""domain-rules H33. More was allowed before: what was answered then still holds."""
STOCK_MINIMUM_MAX: Final = Decimal(10_000)
"""A larger difference is never small (domain-rules F13)."""
_RANGES: Final[Mapping[str, tuple[Decimal, str]]] = {
    "vat_rounding_limit": (ROUNDING_LIMIT_MAX, "amount_out_of_range"),
    "stock_minimum": (STOCK_MINIMUM_MAX, "minimum_out_of_range"),
}
"""The largest amount that a question takes, and the code of the complaint about a larger one."""
_NUMBER: Final = re.compile(r"(0|[1-9][0-9]{0,8})(?:\s+(\S.*))?")
"""A number, alone or before the name that it has."""
_BEGINS_WITH_A_NUMBER: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"\w+")
_NOT_USED: Final = frozenset({"bruges ikke", "not used", NOT_USED, "-", "–", "—"})
_CELL: Final = re.compile(rf"([0-9]{{1,9}}|{NO_ITEM_GROUP})\.({'|'.join(zone.value for zone in Zone)})")
_SPLIT_CELL: Final = re.compile(rf"({StockSplit.GROUP}|{StockSplit.LOCATION})\.[0-9]{{1,9}}\.({'|'.join(SplitSide)})")
_LAYOUT: Final = re.compile(r"[0-9]{1,9}")
_AMOUNT: Final = re.compile(r"[+-]?[0-9]*(?:[.,]([0-9]*))?")
DECIMALS_MAX: Final = 2


class NamedRecord(Protocol):
    """A record with a name."""

    @property
    def name(self) -> str: ...


class UnreadableTextError(ValueError):
    """A text that its question cannot be answered with; the argument is the complaint's code."""


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """`values`: what could be read, by key. `complaints`: what could not, or does not fit. `vanished`: keys of rows
    that are no longer there, with what was typed."""

    values: Mapping[str, Any] = field(default_factory=dict)
    complaints: Mapping[str, Misfit] = field(default_factory=dict)
    vanished: Mapping[str, str] = field(default_factory=dict)


def question_of(key: str) -> Question | None:
    """The question that a form's field belongs to; None when there is no such field."""
    name, _, row = key.partition(":")
    question = BY_KEY.get(name)
    if question is None:
        return None
    pattern = {Control.GRID: _CELL, Control.MATCHING: _LAYOUT, Control.SPLIT: _SPLIT_CELL}.get(question.control)
    if pattern is None:
        return None if row else question
    return question if pattern.fullmatch(row) else None


def read_texts(texts: Mapping[str, str], base: Choices, directory: Directory) -> ReadAnswers:
    """Read every text that says something else than `base`; the rest is left alone, whatever has become of it."""
    values: dict[str, Any] = {}
    complaints: dict[str, Misfit] = {}
    for key, text in texts.items():
        question = question_of(key)
        if question is None:
            continue
        try:
            value = value_of(question, text, directory)
        except UnreadableTextError as error:
            complaints[key] = Misfit(str(error), details={"text": text[:TEXT_MAX]})
            continue
        if value != value_in(base, key):
            values[key] = value
    vanished = {key: texts[key] for key in (*values, *complaints) if not has_row(key, directory)}
    return ReadAnswers(
        {key: value for key, value in values.items() if key not in vanished},
        {key: complaint for key, complaint in complaints.items() if key not in vanished},
        vanished,
    )


def checked_answers(reading: ReadAnswers, base: Choices, directory: Directory, *, startup_used: bool) -> ReadAnswers:
    """The same with a complaint about each changed answer that cannot work."""
    complaints = dict(reading.complaints)
    for key, value in reading.values.items():
        misfit = next(_misfits_of(key, value, directory), None)
        if misfit is not None:
            complaints[key] = misfit
    complaints.update(_misfits_between(reading.values, base, startup_used=startup_used))
    return ReadAnswers(reading.values, complaints, reading.vanished)


def value_in(choices: Choices, key: str) -> Any:  # noqa: ANN401 - whatever the field's type is
    """What the settings say about a field of the form."""
    name, _, row = key.partition(":")
    value = getattr(choices, name)
    return value.get(row) if row else value


def json_value(value: object) -> Any:  # noqa: ANN401 - JSON
    """An answer as it is kept."""
    return str(value) if isinstance(value, Decimal) else value


def value_of(question: Question, text: str, directory: Directory) -> Any:  # noqa: ANN401 - whatever the field's type is
    """What the text says; raises `UnreadableTextError`."""
    return _READERS[question.control](question, text.strip(), directory)


def is_in_use(key: str, choices: Choices) -> bool:
    """Whether anything is done by the answer: its switches are on, and a row is of the split that is chosen."""
    question = question_of(key)
    if question is None or not question.has_effect(choices):
        return False
    return question.control is not Control.SPLIT or split_place(key.partition(":")[2])[0] is choices.stock_split


def has_row(key: str, directory: Directory) -> bool:
    """Whether the product group or the layout that a field belongs to is (still) in Rackbeat."""
    name, _, row = key.partition(":")
    if name == "purchase_accounts":
        return row.partition(".")[0] in directory.rows
    return name != "layouts" or int(row) in directory.rackbeat_layouts


def misfits(key: str, value: object, directory: Directory) -> tuple[Misfit, ...]:
    """What speaks against an answer, blocking reasons first; nothing against no answer and *Bruges ikke*."""
    return tuple(_misfits_of(key, value, directory, flags=True))


def _misfits_of(key: str, value: object, directory: Directory, *, flags: bool = False) -> Iterator[Misfit]:
    question = question_of(key)
    if question is None or value is None or value == NOT_USED:
        return
    misfits: tuple[Misfit, ...] = ()
    if question.control in _LOOKUPS:
        misfits = _LOOKUPS[question.control](key, value, directory)
    yield from (misfit for misfit in misfits if flags or misfit.blocks)


def _account(key: str, value: Any, directory: Directory) -> tuple[Misfit, ...]:  # noqa: ANN401
    account = directory.accounts.get(value)
    return account_misfits(key, account, directory) if account else (_unknown("account", value),)


def _journal(key: str, value: Any, directory: Directory) -> tuple[Misfit, ...]:  # noqa: ANN401
    journal = directory.journals.get(value)
    return journal_misfits(key, journal) if journal else (_unknown("journal", value),)


def _layout(_key: str, value: Any, directory: Directory) -> tuple[Misfit, ...]:  # noqa: ANN401
    layout = directory.layouts.get(value)
    return layout_misfits(layout) if layout else (_unknown("layout", value),)


def _item(key: str, value: Any, directory: Directory) -> tuple[Misfit, ...]:  # noqa: ANN401
    item = directory.items.get(value)
    if item is None:
        return (_unknown("item", value),)
    if item.barred:
        return (Misfit("item_barred"),)
    # No stock ever moves through an empty line's item (H17); a rounding line's must not have any (H10).
    return (Misfit("item_stocked", blocks=key == "rounding_item"),) if item.stocked else ()


def _amount_fits(key: str, value: Any, _directory: Directory) -> tuple[Misfit, ...]:  # noqa: ANN401
    largest, complaint = _RANGES[key]
    return () if 0 <= value <= largest and rounded(value) == value else (Misfit(complaint),)


_LOOKUPS: Final[Mapping[Control, Callable[[str, Any, Directory], tuple[Misfit, ...]]]] = {
    Control.ACCOUNT: _account,
    Control.GRID: _account,
    Control.SPLIT: _account,
    Control.JOURNAL: _journal,
    Control.LAYOUT: _layout,
    Control.MATCHING: _layout,
    Control.ITEM: _item,
    Control.AMOUNT: _amount_fits,
}


def _unknown(what: str, value: object) -> Misfit:
    return Misfit(f"unknown_{what}", details={"number": str(value)})


def _misfits_between(values: Mapping[str, Any], base: Choices, *, startup_used: bool) -> Iterator[tuple[str, Misfit]]:
    """What is wrong with two answers together."""
    stock = values.get("stock_account", base.stock_account)
    contra = values.get("stock_contra_account", base.stock_contra_account)
    if stock is not None and stock == contra and {"stock_account", "stock_contra_account"} & values.keys():
        yield "stock_contra_account", Misfit("same_account")
    yield from split_misfits(values, base)
    if startup_used and values.get("startup_sync"):
        yield "startup_sync", Misfit("startup_used")


def _switch(_question: Question, text: str, _directory: Directory) -> bool:
    if text not in ("on", "off", ""):
        raise UnreadableTextError("not_an_option")
    return text == "on"


def _number(text: str, rows: Mapping[int, NamedRecord]) -> int | None:
    """A number, alone or before words of its own name; or a name that only one has. The rest is never passed over."""
    if not text:
        return None
    match = _NUMBER.fullmatch(text)
    if match and (match[2] is None or _is_of(match[2], rows.get(int(match[1])))):
        return int(match[1])
    same = [number for number, row in rows.items() if row.name.casefold() == text.casefold()]
    if len(same) != 1:
        raise UnreadableTextError("not_one_number" if _BEGINS_WITH_A_NUMBER.match(text) else "not_a_number")
    return same[0]


def _is_of(rest: str, row: NamedRecord | None) -> bool:
    """Whether what stands behind a number is of the name, and the VAT code, that it has."""
    if row is None:
        return False
    known = set(_WORD.findall(f"{row.name} {getattr(row, 'vat_code', '')}".casefold()))
    words = set(_WORD.findall(rest.casefold()))
    return bool(words) and words <= known


def _account_number(question: Question, text: str, directory: Directory) -> int | str | None:
    if question.control is Control.GRID and text.casefold() in _NOT_USED:
        return NOT_USED
    return _number(text, directory.accounts)


def _journal_number(_question: Question, text: str, directory: Directory) -> int | None:
    return _number(text, directory.journals)


def _layout_number(_question: Question, text: str, directory: Directory) -> int | None:
    return _number(text, directory.layouts)


def _item_number(_question: Question, text: str, _directory: Directory) -> str | None:
    return text or None


def _option(question: Question, text: str, _directory: Directory) -> str | None:
    if not text and question.default is None:
        return None
    if text not in question.options:
        raise UnreadableTextError("not_an_option")
    return text


def _amount(question: Question, text: str, _directory: Directory) -> Decimal:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise UnreadableTextError("not_an_amount")
    if len(match[1] or "") > DECIMALS_MAX:  # 1.000 is a thousand to some and one to others
        raise UnreadableTextError(_RANGES[question.key][1])
    try:
        return Decimal(text.replace(",", ".")) if text else Decimal(question.default)
    except InvalidOperation as error:
        raise UnreadableTextError("not_an_amount") from error


_READERS: Final[Mapping[Control, Callable[[Question, str, Directory], Any]]] = {
    Control.SWITCH: _switch,
    Control.ACCOUNT: _account_number,
    Control.GRID: _account_number,
    Control.SPLIT: _account_number,
    Control.JOURNAL: _journal_number,
    Control.LAYOUT: _layout_number,
    Control.MATCHING: _layout_number,
    Control.ITEM: _item_number,
    Control.OPTION: _option,
    Control.AMOUNT: _amount,
}
