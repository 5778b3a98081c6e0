"""The questions of the settings page, one for each row A8–A32 and each that a ruling adds, in the article's order.

No words are here: a question is known by its key, which is a field of `books.choices.Choices`. Its label, help and
warning are in `web.views.settings.words`, under the same key and the warning's id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from lagerbro.books.choices import Choices, ClosedPeriod, Frequency, NumberTaken, StockSplit


class Section(StrEnum):
    """The sections of the page, top to bottom (domain-rules A7)."""

    SUPPLIERS = "suppliers"
    POSTING = "posting"
    SALES = "sales"
    PRODUCTS = "products"
    LAYOUTS = "layouts"
    STOCK_VALUE = "stock_value"
    STARTUP = "startup"


class Control(StrEnum):
    """How a question is asked."""

    SWITCH = "switch"
    ACCOUNT = "account"
    JOURNAL = "journal"
    LAYOUT = "layout"
    ITEM = "item"
    OPTION = "option"
    AMOUNT = "amount"
    GRID = "grid"
    MATCHING = "matching"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `row` is where it comes from; `needs` are the switches that must be on for it to have an effect.

    `required`: while it has an effect and no answer, its section is incomplete. `warnings`: ids of domain-rules A.4 and
    of ours; `notes`: rows of the article that say something about this question and ask nothing themselves.
    """

    key: str
    row: str
    section: Section
    control: Control
    needs: tuple[str, ...] = ()
    required: bool = False
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    options: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of its control on the page."""
        return anchor(self.key)

    @property
    def default(self) -> Any:  # noqa: ANN401 - whatever the field's type is
        """What holds while nothing has been decided."""
        return getattr(_DEFAULTS, self.key)

    def has_effect(self, choices: Choices) -> bool:
        return all(getattr(choices, switch) for switch in self.needs)


_DEFAULTS: Final = Choices()
_SUPPLIERS: Final = ("suppliers_enabled",)
_SALES: Final = ("sales_enabled",)
_STOCK: Final = ("stock_value_enabled",)
_S, _C = Section, Control

QUESTIONS: Final[tuple[Question, ...]] = (
    Question("suppliers_enabled", "A8", _S.SUPPLIERS, _C.SWITCH),
    Question("supplier_group_account", "A9", _S.SUPPLIERS, _C.ACCOUNT, _SUPPLIERS, required=True),
    Question("supplier_journal", "A10", _S.SUPPLIERS, _C.JOURNAL, _SUPPLIERS, required=True, warnings=("W-SUPJ",)),
    Question("fallback_account", "A11", _S.POSTING, _C.ACCOUNT, _SUPPLIERS, required=True, warnings=("W-FALLBACK",)),
    Question(
        "purchase_accounts",
        "A12",
        _S.POSTING,
        _C.GRID,
        _SUPPLIERS,
        required=True,
        warnings=("W-GUESS", "W-VATCODE"),
        notes=("A13", "A14"),
    ),
    Question("closed_period", "D19", _S.POSTING, _C.OPTION, _SUPPLIERS, options=tuple(ClosedPeriod)),
    Question("sales_enabled", "A15", _S.SALES, _C.SWITCH),
    Question("use_actual_quantity", "A16", _S.SALES, _C.SWITCH, _SALES, warnings=("W-DECIMALS",)),
    Question("book_on_booking", "A17", _S.SALES, _C.SWITCH, _SALES, warnings=("W-NUMBERS",)),
    Question("never_book_ean", "A18", _S.SALES, _C.SWITCH, (*_SALES, "book_on_booking"), warnings=("W-EAN",)),
    Question("mark_shipped", "A19", _S.SALES, _C.SWITCH, _SALES, warnings=("W-SHIPPED",)),
    Question("empty_line_item", "A20", _S.SALES, _C.ITEM, _SALES, warnings=("W-EMPTYLINE",)),
    Question("take_draft_orders", "F11", _S.SALES, _C.SWITCH, _SALES),
    Question("oss_enabled", "A21", _S.SALES, _C.SWITCH, _SALES, warnings=("W-OSS",)),
    Question(
        "number_taken",
        "H11",
        _S.SALES,
        _C.OPTION,
        (*_SALES, "book_on_booking"),
        warnings=("W-SHIFT",),
        options=tuple(NumberTaken),
    ),
    Question("vat_rounding_limit", "H33", _S.SALES, _C.AMOUNT, _SALES),
    Question("rounding_item", "H10", _S.SALES, _C.ITEM, (*_SALES, "use_actual_quantity")),
    Question("use_actual_cost", "A22", _S.PRODUCTS, _C.SWITCH, warnings=("W-COST",), notes=("A23",)),
    Question("update_cost", "H16", _S.PRODUCTS, _C.SWITCH),
    Question("default_layout", "H14", _S.LAYOUTS, _C.LAYOUT, _SALES, required=True),
    Question("layouts", "A24", _S.LAYOUTS, _C.MATCHING, _SALES, warnings=("W-LAYOUT",), notes=("A25",)),
    Question("stock_value_enabled", "A26", _S.STOCK_VALUE, _C.SWITCH),
    Question(
        "stock_frequency",
        "A27",
        _S.STOCK_VALUE,
        _C.OPTION,
        _STOCK,
        required=True,
        warnings=("W-BOOKITNOW",),
        options=tuple(Frequency),
    ),
    Question("stock_journal", "A28", _S.STOCK_VALUE, _C.JOURNAL, _STOCK, required=True, warnings=("W-FINJ",)),
    Question(
        "stock_account",
        "A29",
        _S.STOCK_VALUE,
        _C.ACCOUNT,
        _STOCK,
        required=True,
        warnings=("W-ASKACC",),
        notes=("A31",),
    ),
    Question(
        "stock_contra_account",
        "A30",
        _S.STOCK_VALUE,
        _C.ACCOUNT,
        _STOCK,
        required=True,
        warnings=("W-ASKACC",),
        notes=("A31",),
    ),
    Question(
        "stock_split", "F29", _S.STOCK_VALUE, _C.OPTION, _STOCK, warnings=("W-ASKACC",), options=tuple(StockSplit)
    ),
    Question("stock_split_accounts", "F29", _S.STOCK_VALUE, _C.SPLIT, _STOCK),
    Question("stock_post_opening", "C9c", _S.STOCK_VALUE, _C.SWITCH, _STOCK),
    Question("stock_minimum", "F13", _S.STOCK_VALUE, _C.AMOUNT, _STOCK),
    Question("stock_skip_negative", "C9h", _S.STOCK_VALUE, _C.SWITCH, _STOCK),
    Question("stock_book", "C9j", _S.STOCK_VALUE, _C.SWITCH, _STOCK),
    Question("startup_sync", "A32", _S.STARTUP, _C.SWITCH, warnings=("W-ONCE",)),
)
BY_KEY: Final[Mapping[str, Question]] = {question.key: question for question in QUESTIONS}


def anchor(key: str) -> str:
    """The id on the page of a question, a cell (`purchase_accounts:7.eu`) or a row of the matching (`layouts:3`)."""
    return "q-" + key.replace("_", "-").replace(":", "-").replace(".", "-")


def in_section(section: Section) -> tuple[Question, ...]:
    return tuple(question for question in QUESTIONS if question.section is section)


def unanswered_keys(choices: Choices, cells: Iterable[str]) -> tuple[str, ...]:
    """The keys that must be answered before the parts that are switched on can run; `cells` are those of the grid."""
    keys: list[str] = []
    for question in QUESTIONS:
        if not (question.required and question.has_effect(choices)):
            continue
        if question.control is Control.GRID:
            keys += [f"{question.key}:{name}" for name in cells if name not in choices.purchase_accounts]
        elif getattr(choices, question.key) is None:
            keys.append(question.key)
    return tuple(keys)
