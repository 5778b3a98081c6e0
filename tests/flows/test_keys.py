"""One record is asked for by one key: what Rackbeat finds under another spelling of it is not transferred twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lagerbro.sync.models import TransferState
from lagerbro_sandbox.kernel.http import Core, Request, Response
from tests.world import Company

pytestmark = pytest.mark.django_db


class Lenient:
    """Rackbeat as a database that compares a number with a text finds records: by whatever begins with the number."""

    def __init__(self, core: Core, number: int) -> None:
        self._core, self._number = core, number

    def handle(self, request: Request) -> Response:
        if request.method == "GET" and request.path.startswith("/api/customer-invoices/"):
            request = replace(request, path=f"/api/customer-invoices/{self._number}")
        return self._core.handle(request)

    def failing(self, request: Request, status: int) -> Response:
        return self._core.failing(request, status)

    def close(self) -> None:
        self._core.close()


@pytest.mark.parametrize("key", ["01001", "1001 ", " 1001", "+1001", "1001.0", "1001abc", "１００１"])
@pytest.mark.parametrize("odd_first", [True, False])
@pytest.mark.parametrize("books", [True, False])
def test_an_invoice_is_transferred_under_its_own_number_only(
    company: Company, key: str, odd_first: bool, books: bool
) -> None:
    company.decide(book_on_booking=books)
    number = company.systems.invoice()
    company.systems.to_rackbeat._core = Lenient(company.systems.rackbeat, number)
    asked = [company.invoiced(one) for one in ((key, number) if odd_first else (number, key))]
    odd, own = asked if odd_first else reversed(asked)
    assert (odd.state, odd.code) == (TransferState.CANCELLED, "asked_by_another_number")
    assert odd.details == {"number": str(number)}
    assert own.state == (TransferState.TRANSFERRED if books else TransferState.DRAFTED)
    assert len(company.systems.booked()) + len(company.systems.drafts()) == 1
