"""EAN numbers on invoices and customers: checked before a draft, and what makes an EAN invoice (H36, C7, F23)."""

from __future__ import annotations

from typing import Any

import pytest

from lagerbro.sync.models import TransferState
from tests.sandboxes import nordlys
from tests.world import Company

AGREEMENT, ACCOUNT = nordlys().agreement_number, nordlys().rackbeat_account_id
NUMBER = "5798009811578"


def written(company: Company, path: str, key: int, ean: str | None) -> None:
    """Have Rackbeat hold this text, which its own pages would not take."""
    store = company.systems.rackbeat.store
    record = store.get(ACCOUNT, path, key)
    assert record is not None
    store.put(ACCOUNT, path, key, {**record, "ean": ean})


def recipient(company: Company) -> dict[str, Any]:
    (row,) = company.systems.booked() or company.systems.drafts()
    found: dict[str, Any] = row["recipient"]
    return found


@pytest.mark.parametrize("ean", ["57980098ABCDE", "5798009811570", "579800981157", "ingen"])
@pytest.mark.parametrize("book", [True, False], ids=["booked", "draft"])
def test_one_that_cannot_be_right_is_held_until_it_is(company: Company, ean: str, book: bool) -> None:
    company.decide(book_on_booking=book)
    number = company.systems.invoice(ean=ean)
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code, transfer.failure_kind) == (TransferState.NEEDS_YOU, "ean_unusable", "config")
    assert transfer.details == {"ean": ean}
    assert (company.systems.drafts(), company.systems.booked()) == ([], [])
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/unbook")
    company.systems.in_rackbeat("PUT", f"customer-invoices/{number}", {"ean": NUMBER})
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/book")
    assert company.invoiced(number).state == (TransferState.TRANSFERRED if book else TransferState.DRAFTED)
    assert recipient(company)["ean"] == NUMBER


@pytest.mark.parametrize("ean", ["5798 0098 1157 8", "57-98009-81157-8", f" {NUMBER} "])
def test_blanks_and_hyphens_are_not_sent(company: Company, ean: str) -> None:
    assert company.invoiced(company.systems.invoice(ean=ean)).state == TransferState.TRANSFERRED
    assert recipient(company)["ean"] == NUMBER


@pytest.mark.parametrize(
    ("ean", "is_ean"),
    [(NUMBER, True), ("5798 0098 1157 8", True), ("-", False), ("0", False), ("", False), (None, False)],
)
@pytest.mark.parametrize("never", [True, False])
@pytest.mark.parametrize("book", [True, False])
def test_c7_what_is_an_ean_invoice(company: Company, ean: str | None, is_ean: bool, never: bool, book: bool) -> None:
    company.decide(book_on_booking=book, never_book_ean=never)
    number = company.systems.invoice(book=False)
    written(company, "customer-invoices", number, ean)
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/book")
    is_booked = book and not (never and is_ean)
    expected = TransferState.TRANSFERRED if is_booked else TransferState.DRAFTED
    assert company.invoiced(number).state == expected
    assert bool(company.systems.entries()) is is_booked
    assert recipient(company).get("ean", "") == (NUMBER if is_ean else "")


@pytest.mark.parametrize(
    ("ean", "sent"), [("5798 0098 1157 8", NUMBER), ("5798-0098-1157-8", NUMBER), ("-", ""), ("0", "")]
)
def test_the_customer_follows_the_same_rule(company: Company, ean: str, sent: str) -> None:
    written(company, "customers", 10034, ean)
    company.ask("customer", 10034)
    company.drain()
    assert company.transfer("customer", 10034).state == TransferState.TRANSFERRED
    record = company.systems.economic.store.get(AGREEMENT, "customers", "10034") or {}
    assert record.get("ean", "") == sent


@pytest.mark.parametrize("ean", ["57980098ABCDE", "5798009811570", "96385074"])
def test_a_customers_that_cannot_be_right_is_held_until_it_is(company: Company, ean: str) -> None:
    company.systems.economic.store.delete(AGREEMENT, "customers", "10034")
    written(company, "customers", 10034, ean)
    company.ask("customer", 10034)
    company.drain()
    held = company.transfer("customer", 10034)
    assert (held.state, held.code, held.details) == (TransferState.NEEDS_YOU, "ean_unusable", {"ean": ean})
    assert company.systems.economic.store.get(AGREEMENT, "customers", "10034") is None
    written(company, "customers", 10034, NUMBER)
    company.ask("customer", 10034)
    company.drain()
    assert company.transfer("customer", 10034).state == TransferState.TRANSFERRED
    assert (company.systems.economic.store.get(AGREEMENT, "customers", "10034") or {})["ean"] == NUMBER
