"""One company number, however it is written (surprises A3, 31)."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.dk import cvr

from lagerbro.books.company_numbers import are_same_company, company_number, cvr_in

NUMBER, OTHER = "12345674", "99000015"


@pytest.mark.parametrize(
    "text",
    [
        "12345674",
        "DK12345674",
        "DK 12 34 56 74",
        "dk-12.34.56.74",
        "DK\u00a012\u00a034\u00a056\u00a074",
        "CVR-nr. 12345674",
        "CVR12345674",
        "cvr nr.: 1234 5674.",
        "SE-nr. 12345674",
        "Moms nr DK12345674",
        "DK DK12345674",
        "１２３４５６７４",
        "12345674 12345674",
        "Eksempel ApS, CVR 12345674, tlf. 12 34 56 78",
        "12345674 / P 1001234567",
    ],
)
def test_the_eight_digits_of_a_text(text: str) -> None:
    assert cvr_in(text) == NUMBER
    assert company_number(text) == NUMBER
    assert are_same_company(text, NUMBER)
    assert not are_same_company(text, OTHER)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "-",
        "12345678",
        "1234567",
        "123456740",
        "0012345674",
        "12345674P",
        "FI12345674",
        "LU 12345674",
        "HU-12345674",
        "DE136695976",
        "SE556012345601",
        "12345674 og 99000015",
    ],
)
def test_a_text_without_one_or_with_two_is_left_as_it_is(text: str | None) -> None:
    assert cvr_in(text) is None
    assert company_number(text) == (text or "")


def test_numbers_that_are_no_cvr_are_compared_by_their_letters_and_digits() -> None:
    assert are_same_company("DE 136 695 976", "de136695976")
    assert are_same_company("DK12345678", "12 34 56 78")  # mistyped in the same way
    assert not are_same_company("DE136695976", "136695976")
    assert not are_same_company("", "")
    assert not are_same_company(None, NUMBER)


def checked(seven: int) -> str:
    """The digits with their check digit; one in eleven has none."""
    total = sum(int(digit) * weight for digit, weight in zip(str(seven), (2, 7, 6, 5, 4, 3, 2), strict=True))
    return f"{seven}{-total % 11}"


VALID = st.integers(1_000_000, 9_999_999).map(checked).filter(cvr.is_valid)
WORD = st.sampled_from(["", "DK", "DK ", "dk-", "CVR-nr. ", "CVR: ", "SE-nr. ", "Vores CVR er "])
GAP = st.sampled_from(["", " ", ".", "-", "\u00a0"])


@given(number=VALID, word=WORD, gap=GAP, ending=st.sampled_from(["", ".", " ", ", Danmark", "\n"]))
def test_any_number_is_found_in_any_grouping(number: str, word: str, gap: str, ending: str) -> None:
    text = word + gap.join(re.findall("..", number)) + ending
    assert cvr_in(text) == number
    assert are_same_company(text, number)


@given(one=VALID, other=VALID, word=WORD)
def test_two_numbers_are_nobodys(one: str, other: str, word: str) -> None:
    assume(one != other)
    assert cvr_in(f"{word}{one}, {other}") is None


@given(st.text(max_size=60))
def test_what_is_found_is_always_valid(text: str) -> None:
    found = cvr_in(text)
    assert found is None or cvr.is_valid(found)
