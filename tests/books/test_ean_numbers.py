"""One rule for EAN numbers (domain-rules H36, surprises A4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.books.ean_numbers import EanUnusableError, ean_number
from lagerbro_sandbox.nordlys.products import ean13

NUMBER = "5798009811578"


WIDE = "５７９８００９８１１５７８"


@pytest.mark.parametrize(
    "text",
    [NUMBER, f" {NUMBER} ", "5798 0098 1157 8", "57-98009-81157-8", "5798\u00a00098\u00a01157\u00a08", WIDE],
)
def test_blanks_and_hyphens_are_passed_over(text: str) -> None:
    assert ean_number(text) == NUMBER


@pytest.mark.parametrize("text", [None, "", " ", "-", "0", " - ", "–", "000", "0000000000000"])
def test_nothing_and_signs_for_nothing_are_empty(text: str | None) -> None:
    assert ean_number(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "57980098ABCDE",
        "5798009811570",
        "579800981157",
        "57980098115781",
        "96385074",  # a right number of eight digits
        "00012345600012",  # and of fourteen
        "ingen",
        "EAN 5798009811578",
        "5798009811578, 5798009811578",
        "5798.0098.1157.8",
        "٥٧٩٨٠٠٩٨١١٥٧٨",
    ],
)
def test_anything_else_is_none_and_is_shown_as_it_is_written(text: str) -> None:
    with pytest.raises(EanUnusableError) as error:
        ean_number(text)
    assert str(error.value) == text


TWELVE = st.integers(10**11, 10**12 - 1).map(str)
SEPARATED = st.sampled_from(["", " ", "-", "\u00a0", " - "])


@given(TWELVE, SEPARATED, st.integers(1, 6))
def test_every_right_number_in_every_grouping(digits: str, separator: str, size: int) -> None:
    number = ean13(digits)
    text = separator.join(number[at : at + size] for at in range(0, 13, size))
    assert ean_number(text) == number


@given(TWELVE, st.integers(1, 9))
def test_every_other_check_digit_is_refused(digits: str, off: int) -> None:
    wrong = f"{digits}{(int(ean13(digits)[-1]) + off) % 10}"
    with pytest.raises(EanUnusableError):
        ean_number(wrong)


@given(st.text(max_size=30))
def test_any_text_is_a_number_nothing_or_refused(text: str) -> None:
    try:
        number = ean_number(text)
    except EanUnusableError:
        return
    assert number == "" or (len(number) == 13 and number.isdigit())
