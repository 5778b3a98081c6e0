"""One record is asked for by one key: what Rackbeat finds under another spelling of it is not transferred twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lagerbro.sync.models import TransferState
from lagerbro_sandbox.kernel.http import Core, Request, Response
from tests.flows.altering import AlteredCore
from tests.world import Company

pytestmark = pytest.mark.django_db


class Lenient:
    """Rackbeat as a database that compares a number with a text finds records: by whatever begins with the number."""

    def __init__(self, core: Core, number: int | str, kind: str = "customer-invoices") -> None:
        self._core, self._number, self._kind = core, number, kind

    def handle(self, request: Request) -> Response:
        if request.method == "GET" and request.path.startswith(f"/api/{self._kind}/"):
            request = replace(request, path=f"/api/{self._kind}/{self._number}")
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


@pytest.mark.parametrize(
    ("kind", "records", "number", "key"),
    [
        ("customer", "customers", 10002, "010002"),
        ("product", "products", "NL-100", "nl-100"),
        ("supplier", "suppliers", 50001, "+50001"),
        ("supplier_group", "supplier-groups", 1, "01"),
    ],
)
def test_a_record_that_documents_name_is_too(
    company: Company, kind: str, records: str, number: int | str, key: str
) -> None:
    company.decide(suppliers_enabled=True, supplier_group_account=6800)
    company.systems.to_rackbeat._core = Lenient(company.systems.rackbeat, number, records)
    company.systems.to_economic.asked.clear()
    company.ask(kind, key)
    company.drain()
    odd = company.transfer(kind, key)
    assert (odd.state, odd.code, odd.details) == (
        TransferState.CANCELLED,
        "asked_by_another_number",
        {"number": str(number)},
    )
    assert [asked for asked in company.systems.to_economic.asked if not asked.startswith("GET ")] == []


def named_otherwise(content: Any) -> None:
    for line in content["customer_invoice"]["lines"]:
        line["item"]["number"] = "nl-100"


def test_an_invoice_that_names_a_product_otherwise_says_so_and_waits_no_longer_than_that(company: Company) -> None:
    """It waited for ever: the product was transferred, and under another number than it was waited for by."""
    number = company.systems.invoice()
    remote = AlteredCore(Lenient(company.systems.rackbeat, "NL-100", "products"))
    remote.changes["GET /api/customer-invoices/*"] = named_otherwise
    company.systems.to_rackbeat._core = remote
    stuck = company.invoiced(number)
    assert (stuck.state, stuck.code) == (TransferState.NEEDS_YOU, "product_not_transferred")
    assert (stuck.details["key"], stuck.details["cause"]) == ("nl-100", "asked_by_another_number")
    remote.changes.clear()
    assert company.invoiced(number).state == TransferState.TRANSFERRED
