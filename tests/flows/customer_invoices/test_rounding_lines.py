"""The rounding line with its item: what actual quantities lose in e-conomic (domain-rules C11, A16, H10)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro.sync.models import TransferState
from tests.sandboxes import Json
from tests.world import Company

THIRDS = {"item_id": "NL-100", "quantity": 3, "line_price": "33.333", "line_total": "100.00"}
KILOS = {"item_id": "NL-100", "quantity": "1.125", "line_price": "88.88", "line_total": "99.99"}
MANY = {"item_id": "NL-100", "quantity": 1000, "line_price": "12.345", "line_total": "12345.00"}


def sent(company: Company) -> list[tuple[str, D, D, D]]:
    """product, quantity, price and net amount of each line of the one invoice that is booked."""
    (row,) = company.systems.booked()
    return [
        (line["product"]["productNumber"], line["quantity"], line["unitNetPrice"], line["totalNetAmount"])
        for line in row["lines"]
    ]


@pytest.fixture
def rounding(company: Company) -> Company:
    company.decide(use_actual_quantity=True, rounding_item="GEBYR")
    return company


def test_a_small_difference_goes_to_one_line_of_its_own(rounding: Company) -> None:
    transfer = rounding.invoiced(rounding.systems.invoice(THIRDS))
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert sent(rounding) == [
        ("NL-100", D(3), D("33.33"), D("99.99")),
        ("GEBYR", D(1), D("0.01"), D("0.01")),
    ]
    accounts = dict(rounding.systems.entries())
    assert (accounts[5600], accounts[1012], accounts[6902]) == (D("125.00"), D("-99.99"), D("-25.00"))
    assert sum(accounts.values()) == 0


@pytest.mark.parametrize(
    ("line", "total"), [(KILOS, "99.99"), (MANY, "12345.00")], ids=["a quantity of three decimals", "five kroner"]
)
def test_what_is_not_small_or_not_whole_is_one_piece(rounding: Company, line: Json, total: str) -> None:
    assert rounding.invoiced(rounding.systems.invoice(line)).state == TransferState.TRANSFERRED
    assert sent(rounding) == [("NL-100", D(1), D(total), D(total))]


@pytest.mark.parametrize(
    "answers",
    [{"rounding_item": None}, {"use_actual_quantity": False}],
    ids=["no item is chosen", "actual quantities are off"],
)
def test_without_the_choice_no_line_is_made(rounding: Company, answers: Json) -> None:
    rounding.decide(**answers)
    assert rounding.invoiced(rounding.systems.invoice(THIRDS)).state == TransferState.TRANSFERRED
    assert sent(rounding) == [("NL-100", D(1), D("100.00"), D("100.00"))]


def test_lines_of_two_vat_rates_share_no_rounding_line(rounding: Company) -> None:
    exempt = {"item_id": "GEBYR", "quantity": 1, "line_price": "100.00", "vat_percentage": 0}
    number = rounding.systems.invoice(THIRDS, exempt)
    rounding.invoiced(number)
    (row,) = rounding.systems.booked() or rounding.systems.drafts()
    assert [(line["quantity"], line["unitNetPrice"]) for line in row["lines"]] == [(D(1), D(100)), (D(1), D(100))]


def test_the_credit_note_takes_everything_back(rounding: Company) -> None:
    number = rounding.systems.invoice(THIRDS)
    rounding.invoiced(number)
    note = rounding.systems.in_rackbeat("POST", f"customer-invoices/{number}/create-creditnote")["number"]
    rounding.systems.in_rackbeat("POST", f"customer-invoices/{note}/book")
    assert rounding.invoiced(note).state == TransferState.TRANSFERRED
    balances: dict[int, D] = {}
    for account, amount in rounding.systems.entries():
        balances[account] = balances.get(account, D(0)) + amount
    assert set(balances.values()) == {D(0)}


def test_an_item_that_is_gone_is_told_and_the_invoice_goes_when_it_is_mended(rounding: Company) -> None:
    rounding.decide(rounding_item="VÆK-1")
    number = rounding.systems.invoice(THIRDS)
    rounding.invoiced(number)
    assert (rounding.systems.booked(), rounding.systems.drafts()) == ([], [])
    assert rounding.transfer("product", "VÆK-1").state != TransferState.TRANSFERRED
    rounding.decide(rounding_item="GEBYR")
    assert rounding.invoiced(number).state == TransferState.TRANSFERRED
    assert len(rounding.systems.booked()) == 1


def test_one_more_line_costs_no_call(rounding: Company) -> None:
    rounding.invoiced(rounding.systems.invoice(THIRDS))
    transfer = rounding.invoiced(rounding.systems.invoice(THIRDS))
    assert len(rounding.calls(transfer)) == 3
