"""A supplier invoice whose date cannot be posted on (D19, F27): held, or on the first open day, as was chosen."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal as D

import pytest
from django.utils.translation import override

from lagerbro.sync.models import TransferState
from lagerbro.web.status.messages import message_for
from tests.flows.supplier_invoices.conftest import Buyer
from tests.sandboxes import nordlys

AGREEMENT = nordlys().agreement_number


def bar_period(buyer: Buyer, *, shut: bool, date: str = "2026-10-15") -> None:
    buyer.systems.admin("economic", "periods/bar", agreement=AGREEMENT, year="2026", date=date, barred=shut)


def close_period(buyer: Buyer, *, shut: bool) -> None:
    store = buyer.systems.economic.store
    year = store.get(AGREEMENT, "accounting-years", "2026")
    assert year is not None
    store.put(AGREEMENT, "accounting-years", "2026", {**year, "closedPeriods": ["2026-10"] if shut else []})


def close_year(buyer: Buyer, *, shut: bool, year: str = "2025") -> None:
    buyer.systems.admin("economic", "years/close", agreement=AGREEMENT, year=year, closed=shut)


WAYS = pytest.mark.parametrize(
    ("shut", "day", "code", "opens"),
    [
        (bar_period, "2026-10-15", "purchase_period_barred", "2026-11-01"),
        (close_period, "2026-10-15", "purchase_period_closed", "2026-11-01"),
        (close_year, "2025-12-15", "purchase_year_closed", "2026-01-01"),
    ],
)
Shut = Callable[..., None]


@WAYS
def test_it_is_held_until_it_is_opened(buyer: Buyer, shut: Shut, day: str, code: str, opens: str) -> None:
    shut(buyer, shut=True)
    number = buyer.invoice(invoice_date=day)
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code, transfer.details["date"]) == (TransferState.NEEDS_YOU, code, day)
    assert (buyer.drafts(), buyer.ledger()) == ([], {})
    for language, nothing in (("da", "Der er ikke lavet noget bilag."), ("en", "No voucher has been made.")):
        with override(language):
            told = message_for(transfer, is_overdue=False)
        assert told is not None
        assert nothing in told.why
    shut(buyer, shut=False)
    assert buyer.posted(number).state == TransferState.DRAFTED
    assert [entry["date"] for entry in buyer.drafts()] == [day]


@WAYS
def test_or_posted_on_the_first_open_day_with_its_own_date_in_the_text(
    buyer: Buyer, shut: Shut, day: str, code: str, opens: str
) -> None:
    buyer.company.decide(closed_period="first_open")
    shut(buyer, shut=True)
    number = buyer.invoice(invoice_date=day)
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.DRAFTED, "posted_on_another_day")
    assert {"date": day, "day": opens}.items() <= transfer.details.items()
    (entry,) = buyer.drafts()
    assert entry["date"] == opens
    assert entry["text"] == f"F-77 · Dansk Cykelimport A/S · Fakturadato {day} · RB-K{number}"
    buyer.book_journal()
    assert buyer.ledger() == {1310: D("1000.00"), 6903: D("250.00"), 6800: D("-1250.00")}


def test_the_choice_may_come_after_it_was_held(buyer: Buyer) -> None:
    bar_period(buyer, shut=True)
    number = buyer.invoice(invoice_date="2026-10-15")
    assert buyer.posted(number).code == "purchase_period_barred"
    buyer.company.decide(closed_period="first_open")
    assert buyer.posted(number).code == "posted_on_another_day"
    assert len(buyer.drafts()) == 1


def test_a_later_period_that_is_barred_too_is_passed_over(buyer: Buyer) -> None:
    buyer.company.decide(closed_period="first_open")
    for date in ("2026-10-15", "2026-11-15"):
        bar_period(buyer, shut=True, date=date)
    buyer.posted(buyer.invoice(invoice_date="2026-10-15"))
    assert [entry["date"] for entry in buyer.drafts()] == ["2026-12-01"]


def test_no_later_day_is_open(buyer: Buyer) -> None:
    buyer.company.decide(closed_period="first_open")
    for year in ("2026", "2027"):
        close_year(buyer, shut=True, year=year)
    number = buyer.invoice(invoice_date="2026-10-15")
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "purchase_no_open_day")
    assert buyer.drafts() == []
    close_year(buyer, shut=False, year="2027")
    assert buyer.posted(number).state == TransferState.DRAFTED
    assert [entry["date"] for entry in buyer.drafts()] == ["2027-01-01"]


@pytest.mark.parametrize("closed_period", ["hold", "first_open"])
@pytest.mark.parametrize("day", ["1900-01-01", "2200-01-01"])
def test_a_date_that_no_year_has_is_held_whatever_is_chosen(buyer: Buyer, day: str, closed_period: str) -> None:
    buyer.company.decide(closed_period=closed_period)
    number = buyer.invoice()
    buyer.rewrite(number, invoice_date=day)
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "purchase_year_missing")
    assert (transfer.details["date"], buyer.drafts(), buyer.ledger()) == (day, [], {})
