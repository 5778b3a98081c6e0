"""Every setting of the article is asked once, in its order, with its default, its switches and its warnings."""

from __future__ import annotations

import msgspec
import pytest

from lagerbro.agreements.questions import (
    BY_KEY,
    QUESTIONS,
    Control,
    Question,
    Section,
    anchor,
    in_section,
    unanswered_keys,
)
from lagerbro.books.choices import NOT_USED, Choices
from tests.agreements.chart import directory


def test_every_row_of_the_article_is_there_in_its_order() -> None:
    rows = [row for question in QUESTIONS for row in (question.row, *question.notes) if row.startswith("A")]
    assert sorted(set(rows), key=lambda row: int(row[1:])) == [f"A{number}" for number in range(8, 33)]
    asked = [int(question.row[1:]) for question in QUESTIONS if question.row.startswith("A")]
    assert asked == sorted(asked)
    sections = [question.section for question in QUESTIONS]
    assert sections == sorted(sections, key=list(Section).index)


def test_every_field_of_the_choices_is_asked_and_no_other() -> None:
    assert set(BY_KEY) == {field.name for field in msgspec.structs.fields(Choices)} - {"version"}
    assert sum(len(in_section(section)) for section in Section) == len(QUESTIONS) == len(BY_KEY)


def test_every_warning_of_the_rules_is_shown() -> None:
    warnings = {warning for question in QUESTIONS for warning in question.warnings}
    assert warnings == {
        *("W-ONCE", "W-SUPJ", "W-FALLBACK", "W-VATCODE", "W-GUESS", "W-DECIMALS", "W-NUMBERS", "W-EAN", "W-SHIPPED"),
        *("W-EMPTYLINE", "W-OSS", "W-COST", "W-LAYOUT", "W-BOOKITNOW", "W-FINJ", "W-ASKACC"),
        "W-SHIFT",
    }


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_a_question_needs_switches_that_stand_before_it_and_starts_off(question: Question) -> None:
    for switch in question.needs:
        assert BY_KEY[switch].control is Control.SWITCH
        assert QUESTIONS.index(BY_KEY[switch]) < QUESTIONS.index(question)
    if question.control is Control.SWITCH:
        assert question.default is False
    assert bool(question.options) is (question.control is Control.OPTION)


def test_never_booking_ean_needs_the_booking() -> None:
    ean = BY_KEY["never_book_ean"]
    assert not ean.has_effect(Choices(sales_enabled=True, never_book_ean=True))
    assert not ean.has_effect(Choices(book_on_booking=True))
    assert ean.has_effect(Choices(sales_enabled=True, book_on_booking=True))


def test_only_what_is_switched_on_can_be_missing() -> None:
    cells = directory().cells
    assert unanswered_keys(Choices(), cells) == ()
    assert unanswered_keys(Choices(sales_enabled=True), cells) == ("default_layout",)
    assert unanswered_keys(Choices(sales_enabled=True, default_layout=1), cells) == ()
    assert unanswered_keys(Choices(stock_value_enabled=True, stock_journal=2), cells) == (
        "stock_frequency",
        "stock_account",
        "stock_contra_account",
    )


def test_not_used_is_a_decision_and_the_exempt_column_is_optional() -> None:
    cells = directory().cells
    assert "no_item.eu" in cells
    assert not [name for name in cells if name.endswith("domestic_exempt")]
    on = Choices(suppliers_enabled=True, supplier_group_account=6800, supplier_journal=4, fallback_account=1310)
    assert unanswered_keys(on, cells) == tuple(f"purchase_accounts:{name}" for name in cells)
    decided = dict.fromkeys(cells[1:], NOT_USED)
    assert unanswered_keys(msgspec.structs.replace(on, purchase_accounts=decided), cells) == (
        "purchase_accounts:1.domestic",
    )


def test_anchors_are_plain_and_apart() -> None:
    anchors = [question.anchor for question in QUESTIONS]
    assert len(set(anchors)) == len(anchors)
    assert anchor("purchase_accounts:7.domestic_exempt") == "q-purchase-accounts-7-domestic-exempt"
    assert anchor("layouts:3") == "q-layouts-3"
