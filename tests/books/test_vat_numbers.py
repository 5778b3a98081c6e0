"""Whose VAT number a text is, and whether it looks like one (surprises A1 to A5, B2 to B5)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.books.vat_numbers import vat_number
from lagerbro_sandbox.nordlys.vat_numbers import eu_vat_number


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("DE136695976", None, "DE136695976"),
        ("de 136 695 976", "DE", "DE136695976"),
        ("136695976", "DE", "DE136695976"),
        ("USt-IdNr. DE136695976", "DE", "DE136695976"),
        ("VAT no. SE559900001401", "SE", "SE559900001401"),
        ("EL023456780", "GR", "GR023456780"),
        ("GR 023456780", "GR", "GR023456780"),
        ("BE1012345646", "BE", "BE1012345646"),
        ("XI123456782", "GB", "XI123456782"),
        ("GB123456782", "GB", "GB123456782"),
        ("ATU12345675", "AT", "ATU12345675"),
        ("12345674", "DK", "DK12345674"),
        ("12345674", "DE", "DK12345674"),
        ("12345674", None, "DK12345674"),
        ("CVR-nr. 12345674", "DE", "DK12345674"),
        ("SE-nr. 12345674", "DK", "DK12345674"),
        ("SE12345674", "DK", "DK12345674"),
        ("DK 12 34 56 74", "SE", "DK12345674"),
        ("FI12345671", "FI", "FI12345671"),
        ("12345671", "FI", "FI12345671"),
        ("NO987654321MVA", "NO", "NO987654321MVA"),
    ],
)
def test_a_number_is_its_countrys(text: str, country: str | None, expected: str) -> None:
    found = vat_number(text, country)
    assert found is not None
    assert (str(found), found.is_valid) == (expected, True)
    assert found.is_danish == expected.startswith("DK")
    assert found.is_eu == (expected[:2] not in {"GB", "NO"})


@pytest.mark.parametrize(
    ("text", "country"), [("DE900000000", "DE"), ("900000000", "DE"), ("DK12345678", "DE"), ("FR123", None)]
)
def test_a_number_of_the_wrong_form_is_still_a_number(text: str, country: str | None) -> None:
    found = vat_number(text, country)
    assert found is not None
    assert not found.is_valid
    assert found.country == text[:2] or found.country == country


@pytest.mark.parametrize("text", [None, "", " ", "-", "0", "000", "ingen", "n/a", "DE"])
def test_a_text_without_digits_is_no_number(text: str | None) -> None:
    assert vat_number(text, "DE") is None


GROUPED = st.sampled_from(["", " ", ".", "-"])


@given(st.sampled_from(["DE", "SE", "NL", "FR", "PL", "FI"]), st.integers(0, 99_999), GROUPED, st.booleans())
def test_any_grouping_with_or_without_its_country(country: str, seed: int, gap: str, named: bool) -> None:
    whole = eu_vat_number(country, seed)
    text = whole[:2] * named + gap + gap.join(whole[at : at + 3] for at in range(2, len(whole), 3))
    found = vat_number(text, country)
    assert found is not None
    assert (str(found), found.is_valid) == (whole, True)


@given(st.text(max_size=40), st.sampled_from([None, "DK", "DE", "GB", "NO", "XI"]))
def test_any_text_is_read(text: str, country: str | None) -> None:
    found = vat_number(text, country)
    assert found is None or found.digits
