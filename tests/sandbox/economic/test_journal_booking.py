"""What booking a journal does to the ledger, and what it refuses (economic-api 6.8, 8.1, 8.4, 9.5)."""

from __future__ import annotations

import pytest

from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.journals import (
    API,
    BILL,
    BOOKED,
    DRAFTS,
    JOURNAL,
    PAYMENT,
    STOCK,
    amounts,
    booked,
    draft,
    sell,
)
from tests.sandbox.economic.services.test_services import code
from tests.sandbox.economic.test_vouchers import FINANCE, SUPPLIER, voucher
from tests.sandboxes import Sandboxes


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems)


def test_9_5_booking_splits_the_vat_out_of_the_amount(call: Caller) -> None:
    number = draft(call, BILL)
    assert (call("GET", "/accounts/1310")[1]["balance"], call("GET", "/accounts/1310")[1]["draftBalance"]) == (0, 1000)
    assert call("GET", "/accounts/6903")[1]["draftBalance"] == 250
    assert call("POST", f"{API}/journals/1/bookdraftentries", {"entryNumbers": [number]}) == (204, None)
    rows = booked(call)
    assert amounts(rows) == [(6800, -1250), (1310, 1000), (6903, 250)]
    own = rows[0]
    assert (own["type"], own["supplierNumber"], own["supplierInvoiceNumber"], own["remainder"]) == (
        3,
        50001,
        "F-77",
        -1250,
    )
    assert own["dueDate"] == "2026-12-24T00:00:00"
    assert rows[1]["vatAccountNumber"] == "I25"
    assert call("GET", "/accounts/1310")[1]["balance"] == 1000
    assert call("GET", "/accounts/1310")[1]["draftBalance"] == 1000
    assert call("GET", f"{DRAFTS}/count") == (200, 0)


def test_9_5_a_reverse_charge_posts_both_vat_accounts(call: Caller) -> None:
    draft(call, {**BILL, "contraAccountNumber": 1320, "contraVatCode": "IEUV", "amount": -1000})
    assert call("POST", f"{API}/journals/1/book")[0] == 204
    assert sorted(amounts(booked(call))) == [(1320, 1000), (6800, -1000), (6903, 250), (6904, -250)]


def test_9_5_a_given_vat_amount_wins(call: Caller) -> None:
    entry = {**SUPPLIER, "amount": -100, "contraVatAmount": 20.01}
    call("POST", "/journals/4/vouchers", voucher(supplierInvoices=[entry]))
    assert call("POST", f"{API}/entries/draft/4/book")[0] == 204  # the older address
    assert [(account, str(amount)) for account, amount in amounts(booked(call))] == [
        (6800, "-100.00"),
        (1310, "79.99"),
        (6903, "20.01"),
    ]


def test_6_1_suppliers_and_customers_are_paid(call: Caller) -> None:
    draft(call, BILL)
    call("POST", f"{API}/journals/1/book")
    draft(call, {**PAYMENT, "amount": 250})
    call("POST", f"{API}/journals/1/book")
    bill, *_, pay, bank = booked(call)
    assert (bill["remainder"], pay["remainder"], bank["accountNumber"]) == (-1000, 0, 5855)
    _, pairs = call("GET", f"{BOOKED}/matched-pairs")
    assert [(row["fromEntry"], row["toEntry"]) for row in pairs["items"]] == [(bill["entryNumber"], pay["entryNumber"])]
    assert call.core.store.entries.party_balance(1180001, "supplier", 50001) == -1000


def test_6_8_entries_are_matched_by_number(call: Caller) -> None:
    draft(call, BILL)
    draft(call, {**PAYMENT, "supplierInvoiceNumber": "another"})
    call("POST", f"{API}/journals/1/book")
    bill, _, _, pay, bank = (row["entryNumber"] for row in booked(call))
    match = f"{BOOKED}/match"
    for numbers, wanted in (
        ([], "SELECTATLEASTONEENTRY"),
        ([999], "ENTRIESNOTFOUND"),
        ([bank, bill], "NO_CUSTOMER_OR_SUPPLIER_ENTRIES"),
        ([bill], "NO_MATCHES"),
    ):
        assert code(call("POST", match, {"entryIds": numbers})) == (400, f"ENTRYMATCHING_ERROR_{wanted}")
    assert call("POST", match, {"entryIds": [pay, bill]}) == (204, None)
    assert {row["remainder"] for row in booked(call) if "remainder" in row} == {0}


def test_8_4_booking_refuses_what_does_not_balance(call: Caller) -> None:
    one_sided = {name: value for name, value in STOCK.items() if name != "contraAccountNumber"}
    first = draft(call, {**one_sided, "voucherNumber": 7})
    assert code(call("POST", f"{API}/journals/1/book")) == (400, "JournalVoucherDataIntegrityError")
    assert booked(call) == []
    second = draft(call, {**one_sided, "voucherNumber": 7, "accountNumber": 1350, "amount": -125.5})
    half = {"entryNumbers": [second]}
    assert code(call("POST", f"{API}/journals/1/bookdraftentries", half)) == (400, "JournalVoucherDataIntegrityError")
    assert call("POST", f"{API}/journals/1/bookdraftentries", {"entryNumbers": [first, second]})[0] == 204
    assert [(row["accountNumber"], row["voucherNumber"]) for row in booked(call)] == [(5820, 7), (1350, 7)]


@pytest.mark.parametrize(("by_month", "status"), [(False, 400), (True, 204)])
def test_8_1_a_voucher_balances_by_date_or_by_month(call: Caller, by_month: bool, status: int) -> None:
    journal = call("POST", f"{API}/journals", {**JOURNAL, "balancingBehavior": by_month})[1]["number"]
    one_sided = {name: value for name, value in STOCK.items() if name != "contraAccountNumber"}
    leg = {**one_sided, "journalNumber": journal, "voucherNumber": 7}
    draft(call, leg)
    draft(call, {**leg, "date": "2026-11-25", "accountNumber": 1350, "amount": -125.5})
    assert call("POST", f"{API}/journals/{journal}/book")[0] == status
    assert len(booked(call)) == (2 if by_month else 0)


@pytest.mark.parametrize(("required", "status", "left"), [(True, 400, 2), (False, 204, 1)])
def test_8_1_what_does_not_balance_stops_all_or_stays_behind(
    call: Caller, required: bool, status: int, left: int
) -> None:
    settings = {**JOURNAL, "requireBalancePerVoucherId": required}
    journal = call("POST", f"{API}/journals", settings)[1]["number"]
    draft(call, {**STOCK, "journalNumber": journal})
    one_sided = {name: value for name, value in STOCK.items() if name != "contraAccountNumber"}
    draft(call, {**one_sided, "journalNumber": journal})
    assert call("POST", f"{API}/journals/{journal}/book")[0] == status
    assert call("GET", f"{DRAFTS}/count") == (200, left)


def approve(call: Caller, number: int) -> None:
    assert call("POST", "/_sandbox/entries/approve", {"agreement": 1180001, "entryNumber": number})[0] == 200


@pytest.mark.parametrize("partial", [False, True])
def test_8_1_entries_wait_for_approval(call: Caller, partial: bool) -> None:
    settings = {**JOURNAL, "requireAdminApproval": True, "allowPartialBooking": partial}
    journal = call("POST", f"{API}/journals", settings)[1]["number"]
    first, second = (draft(call, {**STOCK, "journalNumber": journal}) for _ in range(2))
    span = {"fromDate": "2026-11-01", "toDate": "2026-11-30"}
    book = f"{API}/journals/{journal}/bookWithDateInterval"
    assert code(call("POST", book, span)) == (400, "InvalidInput")
    approve(call, first)
    assert call("POST", book, span)[0] == (204 if partial else 400)
    approve(call, second)
    assert call("POST", book, span)[0] == 204
    assert (len(booked(call)), call("GET", f"{DRAFTS}/count")[1]) == (4, 0)


def test_8_1_a_journal_may_approve_by_itself_and_keep_what_it_booked(call: Caller) -> None:
    settings = {**JOURNAL, "requireAdminApproval": True, "autoApprove": True, "isStandingJournal": True}
    journal = call("POST", f"{API}/journals", settings)[1]["number"]
    draft(call, {**STOCK, "journalNumber": journal})
    for _ in range(2):
        assert call("POST", f"{API}/journals/{journal}/book")[0] == 204
    assert (len(booked(call)), call("GET", f"{DRAFTS}/count")[1]) == (4, 1)


def test_8_4_the_interval_books_other_peoples_entries_too(call: Caller) -> None:
    call("POST", "/journals/2/vouchers", voucher(financeVouchers=[FINANCE]))
    draft(call, {**STOCK, "journalNumber": 2, "date": "2026-10-01"})
    book = f"{API}/journals/2/bookWithDateInterval"
    assert code(call("POST", book, {"fromDate": "2026-09-01", "toDate": "2026-09-30"})) == (400, "InvalidInput")
    assert call("POST", book, {"fromDate": "2026-11-01", "toDate": "2026-11-30"})[0] == 204
    assert amounts(booked(call)) == [(5820, 12000), (1350, -12000)]
    assert call("GET", f"{DRAFTS}/count") == (200, 1)


def test_8_4_what_cannot_be_booked(call: Caller) -> None:
    assert code(call("POST", f"{API}/journals/99/book")) == (404, "ResourceNotFound")
    assert code(call("POST", f"{API}/journals/1/book")) == (400, "JournalVoucherEntriesEmptyOrNull")
    some = f"{API}/journals/1/bookdraftentries"
    assert code(call("POST", some, {"entryNumbers": []})) == (400, "OneAPIEntriesListCannotBeEmpty")
    assert code(call("POST", some, {"entryNumbers": [5]})) == (400, "JournalEntryDoesNotExist")
    number = draft(call, STOCK)
    year = {"agreement": 1180001, "year": "2026"}
    assert call("POST", "/_sandbox/years/close", year)[0] == 200
    assert code(call("POST", some, {"entryNumbers": [number]})) == (400, "JournalEntryDateAccountingYearClosed")
    assert booked(call) == []
    assert call("POST", "/_sandbox/years/close", {**year, "closed": False})[0] == 200
    assert call("POST", some, {"entryNumbers": [number]})[0] == 204


def test_8_4_foreign_currency_is_booked_in_base_currency(call: Caller) -> None:
    number = draft(call, {**STOCK, "currency": "EUR", "amount": 100})
    assert call("GET", f"{DRAFTS}/{number}")[1]["exchangeRate"] == 746
    draft(call, {**STOCK, "currency": "EUR", "amount": 100, "exchangeRate": 750})
    assert call("POST", f"{API}/journals/1/book")[0] == 204
    assert amounts(booked(call)) == [(5820, 746), (1350, -746), (5820, 750), (1350, -750)]
    assert {row["amount"] for row in booked(call)} == {100, -100}


def test_a_customers_invoice_is_paid_through_a_journal(call: Caller) -> None:
    sell(call, 77)
    assert call("GET", "/invoices/booked/77")[1]["remainder"] == 1250
    payment = {**PAYMENT, "entryTypeNumber": 2, "customerNumber": 10001, "amount": -1000, "customerInvoiceNumber": "77"}
    draft(call, {name: value for name, value in payment.items() if name != "supplierNumber"})
    assert call("POST", f"{API}/journals/1/book")[0] == 204
    after = call("GET", "/invoices/booked/77")[1]
    assert (after["remainder"], after["remainderInBaseCurrency"]) == (250, 250)
    assert call.core.store.entries.party_balance(1180001, "customer", 10001) == 250
