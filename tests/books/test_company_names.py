"""Two names are another company's only where no word that tells companies apart is in both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.books.company_names import may_be_same_name


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("Havnens Grosserer A/S", "HAVNENS GROSSERER ApS", True),
        ("Havnens Grosserer A/S", "Grosserer Havnen", True),
        ("Fynske Lygter ApS", "Havnens Grosserer ApS", False),
        ("Jysk Gummi ApS", "Jysk Glas ApS", True),  # nobody can tell: what is not sure is not held
        ("H. C. & co", "Fynske Lygter", True),
        ("", "Fynske Lygter", True),
    ],
)
def test_names_of_companies(one: str, other: str, may_be: bool) -> None:
    assert may_be_same_name(one, other) is may_be
    assert may_be_same_name(other, one) is may_be


@given(st.text(max_size=80))
def test_a_name_may_be_itself_however_its_letters_are_written(name: str) -> None:
    assert may_be_same_name(name, name)
    assert may_be_same_name(name, f"  {name} A/S")
