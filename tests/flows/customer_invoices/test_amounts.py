"""Amounts that are legal go through to the øre, and what does not add up is held (rackbeat-api 3.8 and 6, H33)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.flows.document_heads import amounts_of
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.money import rounded
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.sync.models import TransferState
from tests.sandboxes import Json, nordlys
from tests.world import Company

AGREEMENT, ACCOUNT = nordlys().agreement_number, nordlys().rackbeat_account_id
FREIGHT, WITHOUT_VAT = 8, 1350
EXEMPT = {"item_id": "GEBYR", "quantity": 1, "line_price": "100.00", "vat_percentage": 0}
BACK = {"item_id": "NL-100", "quantity": -1, "line_price": "50.00"}


def without_vat(company: Company, group: int) -> None:
    """Sell the product group on an account without a VAT code."""
    store = company.systems.economic.store
    record = store.get(AGREEMENT, "product-groups", group)
    assert record is not None
    store.put(AGREEMENT, "product-groups", group, {**record, "accounts": {**record["accounts"], "1": WITHOUT_VAT}})


@pytest.mark.parametrize(
    ("lines", "entries"),
    [
        ((EXEMPT, BACK), {5600: "37.50", 1350: "-100.00", 1012: "50.00", 6902: "12.50"}),
        (
            ({**EXEMPT, "quantity": -1}, {**BACK, "quantity": 1}),
            {5600: "-37.50", 1350: "100.00", 1012: "-50.00", 6902: "-12.50"},
        ),
        (({**EXEMPT, "line_price": "50.00"}, BACK), {5600: "-12.50", 1350: "-50.00", 1012: "50.00", 6902: "12.50"}),
        (({**EXEMPT, "line_price": "62.50"}, BACK), {1350: "-62.50", 1012: "50.00", 6902: "12.50"}),
    ],
    ids=["net and vat differ in sign", "the other way round", "a net of nothing", "a total of nothing"],
)
def test_a_mix_of_rates_may_differ_in_sign(company: Company, lines: tuple[Json, ...], entries: dict[int, str]) -> None:
    without_vat(company, FREIGHT)
    transfer = company.invoiced(company.systems.invoice(*lines))
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    booked = {account: amount for account, amount in company.systems.entries() if amount}
    assert booked == {account: D(amount) for account, amount in entries.items()}


def test_a_credit_note_of_such_a_mix_leaves_nothing(company: Company) -> None:
    without_vat(company, FREIGHT)
    number = company.systems.invoice(EXEMPT, BACK)
    company.invoiced(number)
    note = company.systems.in_rackbeat("POST", f"customer-invoices/{number}/create-creditnote")["number"]
    company.systems.in_rackbeat("POST", f"customer-invoices/{note}/book")
    assert company.invoiced(note).state == TransferState.TRANSFERRED
    accounts = {account for account, _ in company.systems.entries()}
    assert [sum(amount for of, amount in company.systems.entries() if of == account) for account in accounts] == [
        D(0)
    ] * len(accounts)


def test_totals_that_do_not_add_up_are_refused_until_they_do(company: Company) -> None:
    number = company.systems.invoice({"item_id": "NL-100", "quantity": 1, "line_price": "100.00"})
    company.systems.rewrite_invoice(number, total_total=D("135.00"))
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.REFUSED, "invoice_contradicts")
    assert transfer.details == {"reason": "100.00 + 25.00 ≠ 135.00"}
    assert (company.systems.drafts(), company.systems.entries()) == ([], [])
    company.systems.rewrite_invoice(number, total_total=D("125.00"))
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert company.systems.entries()[0] == (5600, D("125.00"))


def test_totals_that_rackbeat_has_not_rounded_are_no_contradiction(company: Company) -> None:
    number = company.systems.invoice({"item_id": "NL-100", "quantity": 1, "line_price": "33.333"})
    company.systems.rewrite_invoice(
        number, total_subtotal=D("33.333"), total_vat=D("8.33325"), total_total=D("41.66625")
    )
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "vat_rounding")
    assert transfer.details == {"difference": "-0.01"}  # 41.67 there, 33.33 + 8.33 here
    assert company.systems.entries() == [(5600, D("41.66")), (1012, D("-33.33")), (6902, D("-8.33"))]


ROWS = [{"item_id": "NL-100", "quantity": 1, "line_price": "241.67"}] * 50


def rounded_line_by_line(company: Company) -> int:
    """50 × 60.42 in Rackbeat, 25 % of 12,083.50 in e-conomic: 0.12 apart."""
    number = company.systems.invoice(*ROWS)
    company.systems.rewrite_invoice(number, total_vat=D("3021.00"), total_total=D("15104.50"))
    return number


def test_fifty_lines_may_be_twelve_oere_apart(company: Company) -> None:
    transfer = company.invoiced(rounded_line_by_line(company))
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "vat_rounding")
    assert transfer.details == {"difference": "-0.12"}
    assert company.systems.entries()[0] == (5600, D("15104.38"))


def test_above_the_limit_it_is_held_and_the_limit_lets_it_through(company: Company) -> None:
    company.decide(vat_rounding_limit="0.10")
    number = rounded_line_by_line(company)
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "vat_rounding_too_large")
    assert transfer.details == {"ours": "3021.00", "theirs": "3020.88", "difference": "0.12", "limit": "0.10"}
    assert (len(company.systems.drafts()), company.systems.entries()) == (1, [])
    company.decide(vat_rounding_limit="0.12")
    again = company.invoiced(number)
    assert (again.state, again.code) == (TransferState.TRANSFERRED, "vat_rounding")
    assert (company.systems.drafts(), len(company.systems.booked())) == ([], 1)
    assert company.systems.entries()[0] == (5600, D("15104.38"))


@pytest.mark.parametrize(("limit", "code"), [("0.89", "vat_rounding_too_large"), ("0.90", "vat_rounding")])
def test_the_limit_is_in_kroner_whatever_the_invoice_is_in(company: Company, limit: str, code: str) -> None:
    """0.12 euro at 7.46 are 0.8952 kroner."""
    company.decide(vat_rounding_limit=limit)
    number = company.systems.invoice(*ROWS, currency="EUR")
    company.systems.rewrite_invoice(number, total_vat=D("3021.00"), total_total=D("15104.50"))
    transfer = company.invoiced(number)
    assert transfer.code == code
    assert bool(company.systems.entries()) is (code == "vat_rounding")
    assert transfer.details["difference"] == ("0.90" if code == "vat_rounding_too_large" else "-0.12")


def test_lines_without_vat_leave_no_room_for_rounding(company: Company) -> None:
    without_vat(company, FREIGHT)
    number = company.systems.invoice(*[EXEMPT] * 40, {"item_id": "NL-100", "quantity": 1, "line_price": "100.00"})
    company.systems.rewrite_invoice(number, total_vat=D("25.01"), total_total=D("4125.01"))
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "vat_differs")
    assert transfer.details["lines"] == "1"


AMOUNT = st.decimals(-(10**6), 10**6, places=6)


@given(net=AMOUNT, vat=AMOUNT, factor=st.sampled_from([1, -1]))
def test_amounts_are_rackbeats_to_the_oere(net: D, vat: D, factor: int) -> None:
    found = amounts_of(document(net, vat, net + vat), factor)
    assert (found.net, found.vat) == (rounded(net * factor), rounded(vat * factor))
    assert found.gross == rounded((net + vat) * factor)


@given(net=AMOUNT, vat=AMOUNT, off=st.decimals("0.010001", 10**6, places=6), sign=st.sampled_from([1, -1]))
def test_a_total_that_is_further_off_is_named(net: D, vat: D, off: D, sign: int) -> None:
    with pytest.raises(PlanRefusal) as unfit:
        amounts_of(document(net, vat, net + vat + sign * off), 1)
    assert unfit.value.code == "invoice_contradicts"


def document(net: D, vat: D, total: D) -> CustomerInvoice:
    return CustomerInvoice(number=1, invoice_date="2026-01-01", total_subtotal=net, total_vat=vat, total_total=total)
