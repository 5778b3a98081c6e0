"""A due date that Rackbeat has and e-conomic's terms do not give is sent where it counts, and told where not (7.1)."""

from __future__ import annotations

from typing import Any

import pytest

from lagerbro.sync.models import TransferState
from tests.sandboxes import nordlys
from tests.world import Company

AGREEMENT, ACCOUNT = nordlys().agreement_number, nordlys().rackbeat_account_id
DAY, BY_HAND = "2026-11-24", "2026-12-31"
OWN_DUE_DATE = 5


def terms(company: Company, number: int, kind: str, days: int | None) -> int:
    """Payment terms of this type in e-conomic; Rackbeat has the number too."""
    facts: dict[str, Any] = {"paymentTermsNumber": number, "name": kind, "paymentTermsType": kind}
    if days is not None:
        facts["daysOfCredit"] = days
    company.systems.economic.store.put(AGREEMENT, "payment-terms", number, facts)
    record = {"number": number, "name": kind, "type": kind, "maturity_days": days or 0}
    company.systems.rackbeat.store.put(ACCOUNT, "payment-terms", number, record)
    return number


def due(company: Company) -> str:
    (row,) = company.systems.booked() or company.systems.drafts()
    return str(row["dueDate"])


@pytest.mark.parametrize("book", [True, False], ids=["booked", "draft"])
def test_terms_that_leave_it_to_the_sender_take_it(company: Company, book: bool) -> None:
    company.decide(book_on_booking=book)
    number = terms(company, OWN_DUE_DATE, "dueDate", None)
    transfer = company.invoiced(company.systems.invoice(due_date=BY_HAND, payment_terms_id=number))
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED if book else TransferState.DRAFTED, "")
    assert due(company) == BY_HAND


@pytest.mark.parametrize("book", [True, False], ids=["booked", "draft"])
@pytest.mark.parametrize(
    ("kind", "days", "computed"),
    [
        ("net", 8, "2026-12-02"),
        ("invoiceMonth", 30, "2026-12-30"),
        ("paidInCash", 0, DAY),
        ("prepaid", 0, DAY),
        ("factoring", 14, "2026-12-08"),
        ("invoiceWeekStartingMonday", 8, "2026-12-07"),
        ("invoiceWeekStartingSunday", 8, "2026-12-06"),
        ("creditcard", 0, DAY),
    ],
)
def test_terms_that_compute_it_are_told_with_both_days(
    company: Company, kind: str, days: int, computed: str, book: bool
) -> None:
    company.decide(book_on_booking=book)
    number = company.systems.invoice(due_date=BY_HAND, payment_terms_id=terms(company, 6, kind, days))
    for _ in range(2):  # told again when a webhook comes twice
        transfer = company.invoiced(number)
        state = TransferState.TRANSFERRED if book else TransferState.DRAFTED
        assert (transfer.state, transfer.code, transfer.failure_kind) == (state, "due_date_differs", "")
        assert transfer.details == {"due": BY_HAND, "computed": computed}
    assert due(company) == computed


@pytest.mark.parametrize("terms_number", [1, 2, 3, 4])
def test_a_day_that_the_terms_give_is_not_spoken_of(company: Company, terms_number: int) -> None:
    transfer = company.invoiced(company.systems.invoice(payment_terms_id=terms_number))
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")


@pytest.mark.parametrize("early", ["2026-11-23", "2026-01-01"])
def test_a_day_before_the_invoice_is_told_where_the_terms_compute_another(company: Company, early: str) -> None:
    transfer = company.invoiced(company.systems.invoice(due_date=early))
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "due_date_differs")
    assert transfer.details["due"] == early


def test_a_day_before_the_invoice_is_held_where_the_terms_need_it(company: Company) -> None:
    own = terms(company, OWN_DUE_DATE, "dueDate", None)
    number = company.systems.invoice(due_date="2026-11-01", payment_terms_id=own)
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "due_date_unusable")
    assert {name: transfer.details[name] for name in ("due", "date")} == {"due": "2026-11-01", "date": DAY}
    assert (company.systems.drafts(), company.systems.booked()) == ([], [])
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/unbook")
    company.systems.in_rackbeat("PUT", f"customer-invoices/{number}", {"due_date": BY_HAND})
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/book")
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert due(company) == BY_HAND
    assert len(company.systems.booked()) == 1
