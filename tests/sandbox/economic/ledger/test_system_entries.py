"""What booking and matching add by themselves: exchange differences, accruals; what journals fill in
(economic-api 2.6, 6.8, 8.1, 8.4)."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.journals import (
    API,
    BILL,
    DRAFTS,
    JOURNAL,
    PAYMENT,
    STOCK,
    amounts,
    booked,
    draft,
)
from tests.sandbox.economic.services.test_services import code
from tests.sandbox.economic.test_vouchers import voucher
from tests.sandboxes import Json, Sandboxes

AGREEMENT, TODAY = 1180001, "2026-11-24"
CONTROL, BANK, EXCHANGE = 6800, 5855, 4470
EUR: Json = {"currency": "EUR", "amount": -100, "exchangeRate": 746, "contraVatCode": None}
PAID: Json = {"currency": "EUR", "amount": 100}
MATCH = "/bookedEntriesapi/v4.0.0/booked-entries/match"


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems)


def bill(**change: Any) -> Json:
    return {name: value for name, value in {**BILL, **EUR, **change}.items() if value is not None}


def book(call: Caller) -> None:
    assert call("POST", f"{API}/journals/1/book")[0] == 204


def opened(call: Caller) -> list[Any]:
    """(remainder, in base currency) of the supplier's entries."""
    rows = call("GET", "/accounting-years/2026/entries?pagesize=1000")[1]["collection"]
    return [(row["remainder"], row["remainderInBaseCurrency"]) for row in rows if "remainder" in row]


def balance(call: Caller, account: int = CONTROL) -> Any:
    return call("GET", f"/accounts/{account}")[1]["balance"]


@pytest.mark.parametrize(("rate", "difference"), [(750, 4), (740, -6), (746, 0)])
def test_6_8_a_payment_at_another_rate_leaves_no_difference_on_the_control_account(
    call: Caller, rate: int, difference: int
) -> None:
    draft(call, bill())
    draft(call, {**PAYMENT, **PAID, "exchangeRate": rate})
    book(call)
    assert (balance(call), balance(call, EXCHANGE)) == (0, difference)
    assert set(opened(call)) == {(0, 0)}
    systems = [row for row in booked(call) if row["type"] == 9]
    assert amounts(systems) == ([(CONTROL, -difference), (EXCHANGE, difference)] if difference else [])
    assert {row["currencyCode"] for row in systems} <= {"DKK"}
    assert {row["voucherNumber"] for row in systems} <= {2}  # in the voucher of the payment
    shown = call("GET", "/accounting-years/2026/entries?filter=entryType$eq:systemEntry")[1]["collection"]
    assert len(shown) == len(systems)


def test_6_8_a_part_payment_leaves_the_rest_at_the_invoices_rate(call: Caller) -> None:
    draft(call, bill())
    draft(call, {**PAYMENT, **PAID, "amount": 40, "exchangeRate": 750})
    book(call)
    assert opened(call)[:2] == [(-60, D("-447.60")), (0, 0)]
    assert (balance(call), balance(call, EXCHANGE)) == (D("-447.60"), D("1.60"))


def test_6_8_a_payment_in_another_currency_is_weighed_in_base_currency(call: Caller) -> None:
    draft(call, bill())
    draft(call, {**PAYMENT, "amount": 373})
    book(call)
    assert opened(call) == [(-50, -373), (0, 0)]
    draft(call, {**PAYMENT, "amount": 400})
    book(call)
    assert opened(call) == [(0, 0), (0, 0), (27, 27)]
    assert (balance(call), balance(call, EXCHANGE)) == (27, 0)


def test_6_8_matching_by_hand_posts_the_difference_too(call: Caller) -> None:
    draft(call, bill())
    draft(call, {**PAYMENT, **PAID, "supplierInvoiceNumber": "another", "exchangeRate": 750})
    book(call)
    assert (balance(call), balance(call, EXCHANGE)) == (4, 0)
    numbers = [row["entryNumber"] for row in booked(call) if row["accountNumber"] == CONTROL]
    assert call("POST", MATCH, {"entryIds": numbers})[0] == 204
    assert (balance(call), balance(call, EXCHANGE)) == (0, 4)


def test_7_3_a_customer_pays_in_base_currency_and_the_invoice_is_paid(systems: Sandboxes, call: Caller) -> None:
    groups = {"customerGroup": {"customerGroupNumber": 1}, "vatZone": {"vatZoneNumber": 2}}
    terms = {"paymentTerms": {"paymentTermsNumber": 1}}
    call("PUT", "/customers/7", {"name": "Kunde", "currency": "EUR", **groups, **terms})
    product = {"productNumber": "P", "name": "Vare", "productGroup": {"productGroupNumber": 1}}
    call("PUT", "/products/P", product)
    line = {"product": {"productNumber": "P"}, "quantity": 1, "unitNetPrice": 100, "description": "Vare"}
    body = {
        "date": TODAY,
        "currency": "EUR",
        "exchangeRate": 746,
        "customer": {"customerNumber": 7},
        "recipient": {"name": "Kunde", "vatZone": {"vatZoneNumber": 2}},
        "layout": {"layoutNumber": 1},
        **terms,
        "lines": [line],
    }
    _, made = call("POST", "/invoices/drafts", body)
    call("POST", "/invoices/booked", {"draftInvoice": made})
    systems.admin(
        "economic", "invoices/pay", agreement=AGREEMENT, invoice=1, amount="700", account=BANK, currency="DKK"
    )
    _, invoice = call("GET", "/invoices/booked/1")
    assert (invoice["remainder"], invoice["remainderInBaseCurrency"]) == (D("6.17"), 46)
    systems.admin(
        "economic", "invoices/pay", agreement=AGREEMENT, invoice=1, amount="6.17", account=BANK, exchangeRate="750"
    )
    assert call("GET", "/invoices/booked/1")[1]["remainder"] == 0
    assert call("GET", "/invoices/paid")[1]["pagination"]["results"] == 1
    assert (balance(call, 5600), balance(call, EXCHANGE)) == (0, D("-0.28"))


def test_8_4_an_accrual_spreads_the_entry_over_its_months(call: Caller) -> None:
    call("POST", "/_sandbox/modules/set", {"agreement": AGREEMENT, "modules": [75]})
    number = draft(call, {**BILL, "amount": -1250.03})
    months = {"startDate": "2026-11-01", "endDate": "2027-01-15"}
    accrual = {"entryNumber": number, "journalNumber": 1, "accountNumber": 5690, **months}
    assert call("POST", f"{API}/accruals", accrual)[0] == 201
    book(call)
    rows = [(str(row["date"])[:10], row["accountNumber"], row["amount"]) for row in booked(call) if row["type"] == 9]
    part, last = D("333.34"), D("333.34")
    assert rows == [
        (TODAY, 1310, D("-1000.02")),
        (TODAY, 5690, D("1000.02")),
        ("2026-11-30", 1310, part),
        ("2026-11-30", 5690, -part),
        ("2026-12-31", 1310, part),
        ("2026-12-31", 5690, -part),
        ("2027-01-15", 1310, last),
        ("2027-01-15", 5690, -last),
    ]
    assert (balance(call, 1310), balance(call, 5690), balance(call, 6903)) == (D("1000.02"), 0, D("250.01"))


def test_8_4_an_accrual_needs_open_periods_for_all_of_its_parts(systems: Sandboxes, call: Caller) -> None:
    call("POST", "/_sandbox/modules/set", {"agreement": AGREEMENT, "modules": [75]})
    number = draft(call, STOCK)
    accrual = {"entryNumber": number, "journalNumber": 1, "accountNumber": 5690, "startDate": "2026-11-01"}
    assert call("POST", f"{API}/accruals", {**accrual, "endDate": "2026-12-31"})[0] == 201
    systems.admin("economic", "periods/bar", agreement=AGREEMENT, year="2026", date="2026-12-01")
    answer = call("POST", f"{API}/journals/1/book")
    assert code(answer) == (400, "JournalEntryDateAccountingYearPeriodBarred")
    assert (booked(call), balance(call, 5690)) == ([], 0)
    call("POST", "/_sandbox/modules/set", {"agreement": AGREEMENT, "modules": [42, 75]})
    book(call)  # the module posts into closed periods
    assert (balance(call, 1350), len(booked(call))) == (D("-125.50"), 8)


def test_8_1_a_journal_fills_in_contra_accounts_and_texts_of_payments(call: Caller) -> None:
    usual = {"customerContraAccount": BANK, "supplierContraAccount": 5860, "supplierPaymentText": "Betaling"}
    assert call("POST", f"{API}/journals", {**JOURNAL, **usual, "customerPaymentText": "Indbetalt"}) == (
        201,
        {"number": 5},
    )
    bare = {name: value for name, value in PAYMENT.items() if name != "contraAccountNumber"}
    number = draft(call, {**bare, "journalNumber": 5})
    _, read = call("GET", f"{DRAFTS}/{number}")
    assert (read["contraAccountNumber"], read["text"]) == (5860, "Betaling")
    own = draft(call, {**PAYMENT, "journalNumber": 5, "text": "Min egen"})
    _, read = call("GET", f"{DRAFTS}/{own}")
    assert (read["contraAccountNumber"], read["text"]) == (BANK, "Min egen")
    entry = {"amount": 5, "date": TODAY, "supplier": {"supplierNumber": 50001}}
    status, made = call("POST", "/journals/5/vouchers", voucher(supplierPayments=[entry]))
    assert status == 201, made
    shown = made[0]["entries"]["supplierPayments"][0]
    assert (shown["contraAccount"]["accountNumber"], shown["text"]) == (5860, "Betaling")
    _, other = call("GET", f"{DRAFTS}/{draft(call, {**BILL, 'journalNumber': 5})}")
    assert (other["contraAccountNumber"], other.get("text")) == (1310, None)  # not a payment
    one_sided = {"entryTypeNumber": 4, "journalNumber": 1, "date": TODAY, "supplierNumber": 50001, "amount": 5}
    _, plain = call("GET", f"{DRAFTS}/{draft(call, {**one_sided, 'currency': 'DKK'})}")
    assert "contraAccountNumber" not in plain  # the journal says nothing
