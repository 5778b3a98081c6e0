"""What is typed is read whole or refused with a code that has words: nothing is passed over in silence."""

from __future__ import annotations

import string
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.agreements.answers import UnreadableTextError, value_of
from lagerbro.agreements.directory import Account, Directory, Journal, Layout
from lagerbro.agreements.questions import BY_KEY, QUESTIONS, Control
from lagerbro.books.choices import NOT_USED
from lagerbro.web.views.settings.misfit_words import MISFITS

DIRECTORY = Directory(
    accounts={
        1310: Account(1310, "Varekøb I25", "profitAndLoss", "I25", barred=False, blocked=False),
        1311: Account(1311, "Varekøb", "profitAndLoss", "", barred=False, blocked=False),
        13: Account(13, "Ballast", "profitAndLoss", "", barred=False, blocked=False),
        5820: Account(5820, "Varelager", "status", "", barred=False, blocked=False),
        5821: Account(5821, "3 dages lager", "status", "", barred=False, blocked=False),
        1: Account(1, "Ens", "status", "", barred=False, blocked=False),
        2: Account(2, "ens", "status", "", barred=False, blocked=False),
    },
    journals={4: Journal(4, "Leverandørfakturaer Rackbeat", "", False, False, False)},
    layouts={19: Layout(19, "Dansk std. m. bankoplysninger", False)},
)
NUMBERED = [key for key, one in BY_KEY.items() if one.control in (Control.ACCOUNT, Control.GRID)]
OTHERS = [key for key, one in BY_KEY.items() if one.control in (Control.JOURNAL, Control.LAYOUT, Control.MATCHING)]


def read(key: str, text: str) -> object:
    return value_of(BY_KEY[key], text, DIRECTORY)


def refused(key: str, text: str) -> str:
    with pytest.raises(UnreadableTextError) as error:
        read(key, text)
    assert str(error.value) in MISFITS
    return str(error.value)


@pytest.mark.parametrize("key", NUMBERED)
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", None),
        ("1310", 1310),
        ("  1310 ", 1310),
        ("1310 Varekøb I25", 1310),
        ("1310 varekøb", 1310),
        ("1310 Varekøb I25 · I25", 1310),
        ("varekøb i25", 1310),
        ("Varelager", 5820),
        ("3 dages lager", 5821),
        ("9999", 9999),
    ],
)
def test_a_number_alone_or_with_its_own_name(key: str, text: str, number: int | None) -> None:
    assert read(key, text) == number


@pytest.mark.parametrize("key", NUMBERED)
@pytest.mark.parametrize(
    "text",
    [
        "1310,1311",
        "1310, 1311",
        "1310 1311",
        "1310/1311",
        "1310-1311",
        "1310 xx",
        "1310 Varelager",
        "1310 Varekøb xx",
        "1310 -",
        "1310;",
        "1310.0",
        "01310",
        "1310xx",
        "9999 Varekøb",
        "13101311131",
        "１３１０",
        "١٣١٠",
    ],
)
def test_whatever_else_begins_with_a_number_is_refused(key: str, text: str) -> None:
    assert refused(key, text) == "not_one_number"


@pytest.mark.parametrize("key", NUMBERED)
@pytest.mark.parametrize("text", ["xx", "Vare", "Ens", "-1310", "+1310", "kto. 1310"])
def test_a_name_that_is_nobodys_or_not_only_ones_is_refused(key: str, text: str) -> None:
    assert refused(key, text) == "not_a_number"


@pytest.mark.parametrize("key", OTHERS)
@pytest.mark.parametrize("text", ["4,19", "4 xx", "19 xx", "04", "4x"])
def test_journals_and_layouts_alike(key: str, text: str) -> None:
    assert refused(key, text) == "not_one_number"
    assert read(key, "4") == 4


@given(st.text(string.printable + "æøå–1310", max_size=14))
def test_a_number_that_is_read_is_all_that_was_typed_or_stands_before_its_name(text: str) -> None:
    try:
        value = read("stock_account", text)
    except UnreadableTextError:
        return
    if value is not None:
        typed = text.strip().casefold()
        row = DIRECTORY.accounts.get(value) if isinstance(value, int) else None
        assert typed == str(value) or (row and (typed == row.name.casefold() or typed.startswith(f"{value}")))


@pytest.mark.parametrize("text", ["1,5", "0,50", "0.5", "5", "", "0"])
def test_amounts_are_read_in_either_writing(text: str) -> None:
    wanted = Decimal(text.replace(",", ".")) if text else BY_KEY["vat_rounding_limit"].default
    assert read("vat_rounding_limit", text) == wanted


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0,50 kr", "not_an_amount"),
        ("1.000,00", "not_an_amount"),
        ("1.000", "amount_out_of_range"),
        ("0,123", "amount_out_of_range"),
        ("1_0", "not_an_amount"),
        ("1e0", "not_an_amount"),
        ("NaN", "not_an_amount"),
        ("٠", "not_an_amount"),
        ("0,5 0,6", "not_an_amount"),
        (",", "not_an_amount"),
    ],
)
def test_other_amounts_are_refused(text: str, code: str) -> None:
    assert refused("vat_rounding_limit", text) == code


def test_switches_and_options_take_what_they_offer() -> None:
    for question in QUESTIONS:
        if question.control is Control.SWITCH:
            assert read(question.key, "on") is True
            assert read(question.key, "off") is False
            assert refused(question.key, "yes") == "not_an_option"
        if question.control is Control.OPTION:
            assert [read(question.key, text) for text in question.options] == list(question.options)
            assert refused(question.key, "x") == "not_an_option"


def test_not_used_is_a_word_of_the_grid_alone() -> None:
    assert read("purchase_accounts", "Bruges ikke") == NOT_USED
    assert refused("stock_account", "Bruges ikke") == "not_a_number"
