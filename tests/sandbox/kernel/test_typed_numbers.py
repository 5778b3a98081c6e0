"""Numbers as people type them on a Danish page, and as programs write them as texts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro_sandbox.kernel.numbers import danish
from lagerbro_sandbox.kernel.numbers.danish import LENGTH_MAX, MINUS
from lagerbro_sandbox.kernel.numbers.numerals import numeral


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1.234", "1234"),
        ("1.234,50", "1234.50"),
        ("1.234.567,891", "1234567.891"),
        ("1 234,5", "1234.5"),
        ("1\N{NO-BREAK SPACE}234", "1234"),
        ("1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567", "1234567"),
        ("1234", "1234"),
        ("1234,5", "1234.5"),
        ("0,125", "0.125"),
        (",5", "0.5"),
        ("007", "7"),
        ("0", "0"),
        ("12.5", "12.5"),
        ("1234.56", "1234.56"),
        ("-1.234,56", "-1234.56"),
        (f"{MINUS}1.234,56", "-1234.56"),
        ("+3", "3"),
        (" 3 ", "3"),
    ],
)
def test_what_danish_says(text: str, meant: str) -> None:
    assert danish.number(text) == Decimal(meant)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1,234.50",
            "1,234,567",
            "1,234.5",
            "1234.567",
            "0.125",
            "0.125,5",
            "1.23,4",
            "12.34.567",
            "1.2345",
            "1234.567,8",
        ),
        *(
            "1_000",
            "1e3",
            "1E3",
            "0x10",
            "NaN",
            "Infinity",
            "inf",
            "-",
            "+",
            ",",
            ".",
            "",
            " ",
            "1,",
            "1.",
            ".5",
            "--1",
            "1-",
        ),
        *(
            "12 34",
            "1 2345",
            "1.234 567",
            "1 234.567",
            "1\u2009234",
            "1'234",
            "kr. 5",
            "5 kr",
            "5%",
            "1/2",
            "1\n2",
            "0.5.5",
        ),
        *("٣", "१२", "３", "²", "½", "①", "1٢", "٣,٤"),
        "1" * (LENGTH_MAX + 1),
    ],
)
def test_what_is_no_number_or_could_be_two(text: str) -> None:
    assert danish.number(text) is None


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False))
def test_what_a_page_writes_it_reads_again(value: Decimal) -> None:
    assert danish.number(danish.amount(value)) == value
    assert danish.number(danish.figure(value)) == value


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(text: str) -> None:
    found = danish.number(text)
    assert found is None or found.is_finite()
    assert danish.whole(text) is None or danish.whole(text) == int(text)


@pytest.mark.parametrize("text", ["²", "٣", "1.000", "-1", "+1", "1,0", "", " 1", "1_0", "9" * 16])
def test_the_number_of_a_record_is_digits_alone(text: str) -> None:
    assert danish.whole(text) is None
    assert danish.whole("0012") == 12


@pytest.mark.parametrize("text", ["12", "12.50", "-.5", "5.", "+1", " 7\n", "1e3", "5.5511151231257827e-17", "1E+2"])
def test_programs_write_numbers_as_texts(text: str) -> None:
    assert numeral(text) == Decimal(text.strip())


@pytest.mark.parametrize(
    "text",
    ["1_000", "NaN", "Infinity", "-inf", "sNaN1", "٣", "１", "1,5", "1.234,5", "", " ", "e3", "0x1", "1e99999", "1 2"],
)
def test_what_no_server_takes_for_a_number(text: str) -> None:
    assert numeral(text) is None
