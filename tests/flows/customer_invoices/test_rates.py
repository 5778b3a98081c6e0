"""An exchange rate that cannot be right is held before anything is made (domain-rules H39, C6)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro.sync.models import TransferState
from tests.flows.altering import altered_rackbeat
from tests.sandboxes import Json, nordlys
from tests.world import Company

ACCOUNT = nordlys().rackbeat_account_id
GERMAN, SWEDISH = 10046, 10048
LINE = {"item_id": "NL-100", "quantity": 1, "line_price": "1000.00"}


def held(company: Company, number: int, code: str = "rate_unlikely") -> Json:
    transfer = company.invoiced(number)
    state = TransferState.REFUSED if code == "rate_missing" else TransferState.NEEDS_YOU
    assert (transfer.state, transfer.code) == (state, code)
    assert (company.systems.drafts(), company.systems.booked(), company.systems.entries()) == ([], [], [])
    return dict(transfer.details)


def test_a_rate_a_hundred_times_too_high_is_held_until_it_is_right(company: Company) -> None:
    company.systems.in_rackbeat("PUT", "currency/EUR", {"rate": 746})
    number = company.systems.invoice(LINE, customer=GERMAN)
    assert held(company, number) == {"currency": "EUR", "base": "DKK", "rate": "746.00", "expected": "7.46"}
    held(company, number)
    company.systems.rewrite_invoice(number, currency_rate=D("7.46"), total_base_currency=D("7460.00"))
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert company.systems.entries() == [(5605, D("7460.00")), (1020, D("-7460.00"))]
    assert len(company.systems.booked()) == 1


@pytest.mark.parametrize(
    ("rate", "base_total", "expected"),
    [
        ("7.46", "746000.00", "746.00"),  # Rackbeat's own total speaks of another rate
        ("7.46", "7300.00", "7.30"),
        ("746", "7460.00", "7.46"),
        ("746", None, "7.46"),
        ("0.0746", "74.60", "7.46"),
        ("0.0746", None, "7.46"),
        ("1", "1000.00", "7.46"),
    ],
)
def test_held_whatever_tells(company: Company, rate: str, base_total: str | None, expected: str) -> None:
    number = company.systems.invoice(LINE, customer=GERMAN)
    base = None if base_total is None else D(base_total)
    company.systems.rewrite_invoice(number, currency_rate=D(rate), total_base_currency=base)
    assert held(company, number)["expected"] == expected


@pytest.mark.parametrize("base_total", [None, "0", "7460.00", "7525.00", "-7460.00"], ids=str)
@pytest.mark.parametrize("rate", ["7.46", "7.4594"])
def test_a_rate_that_can_be_right_goes_through(company: Company, base_total: str | None, rate: str) -> None:
    number = company.systems.invoice(LINE, customer=GERMAN)
    base = None if base_total is None else D(base_total)
    company.systems.rewrite_invoice(number, currency_rate=D(rate), total_base_currency=base)
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert company.systems.entries()[0] == (5605, D(rate) * 1000)


def test_the_base_total_may_be_without_vat(company: Company) -> None:
    """Of which total it is, is not public; a domestic sale in euro has both."""
    number = company.systems.invoice({**LINE, "line_price": "100.00"}, currency="EUR")
    company.systems.rewrite_invoice(number, total_base_currency=D("746.00"))
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert company.systems.entries()[0] == (5600, D("932.50"))


@pytest.mark.parametrize("rate", [None, 0, -7.46])
def test_none_at_all_is_refused_by_its_own_name(company: Company, rate: float | None) -> None:
    number = company.systems.invoice(LINE, customer=GERMAN)
    remote = altered_rackbeat(company)
    remote.changes["GET /api/customer-invoices/*"] = lambda content: content["customer_invoice"].update(
        currency_rate=rate
    )
    assert held(company, number, "rate_missing") == {"currency": "EUR"}
    remote.changes.clear()
    assert company.invoiced(number).state == TransferState.TRANSFERRED


def test_the_base_currency_has_no_rate_to_look_at(company: Company) -> None:
    number = company.systems.invoice(LINE)
    company.systems.rewrite_invoice(number, currency_rate=D(100), total_base_currency=D("1.00"))
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert company.systems.entries()[0] == (5600, D("1250.00"))


def test_another_currency_by_its_own_size(company: Company) -> None:
    number = company.systems.invoice(LINE, customer=SWEDISH)
    record = company.systems.in_rackbeat("GET", f"customer-invoices/{number}")
    rate = D(str(record["currency_rate"]))
    company.systems.rewrite_invoice(number, currency_rate=rate * 100, total_base_currency=rate * 100_000)
    assert held(company, number)["currency"] == "SEK"
