"""What of a Rackbeat customer reaches e-conomic (domain-rules B2)."""

from __future__ import annotations

from typing import Any

import pytest

from lagerbro.sync.models import TransferState
from tests.sandboxes import nordlys
from tests.world import Company

AGREEMENT = nordlys().agreement_number


def transferred(company: Company, **changes: Any) -> dict[str, Any]:
    """Change customer 10001 in Rackbeat, and answer what e-conomic then has."""
    company.systems.in_rackbeat("PUT", "customers/10001", changes)
    company.ask("customer", 10001)
    company.drain()
    assert company.transfer("customer", 10001).state == TransferState.TRANSFERRED
    found = company.systems.economic.store.get(AGREEMENT, "customers", "10001")
    assert found is not None
    return found


@pytest.mark.parametrize("text", ["12345674", "DK 12 34 56 74", "CVR-nr. 12345674"])
def test_the_company_number_is_the_eight_digits(company: Company, text: str) -> None:
    assert transferred(company, company_vat=text)["corporateIdentificationNumber"] == "12345674"


def test_what_is_no_danish_number_is_sent_as_it_is_written(company: Company) -> None:
    assert transferred(company, company_vat="DE 136 695 976")["corporateIdentificationNumber"] == "DE 136 695 976"
