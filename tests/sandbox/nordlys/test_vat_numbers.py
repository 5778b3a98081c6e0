"""The made-up VAT numbers have the form of their country."""

from __future__ import annotations

import pytest
from stdnum.eu import vat

from lagerbro_sandbox.nordlys.vat_numbers import eu_vat_number


@pytest.mark.parametrize("country", ["DE", "SE", "NL", "FR", "PL", "FI"])
def test_check_digits(country: str) -> None:
    numbers = [eu_vat_number(country, seed) for seed in range(500)]
    assert all(vat.is_valid(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
