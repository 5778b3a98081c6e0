"""journalsapi (economic-api 8.1, 8.4, 9.5): journals, draft entries, accruals, and what booking does to the ledger."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.test_services import code
from tests.sandbox.economic.test_vouchers import FINANCE, SUPPLIER, voucher
from tests.sandboxes import Json, Sandboxes

API = "/journalsapi/v15.0.0"
DRAFTS = f"{API}/draft-entries"
BOOKED = "/bookedEntriesapi/v4.0.0/booked-entries"
DAY = "2026-11-24T00:00:00"
JOURNAL: Json = {
    "name": "Ny",
    "balancingBehavior": False,
    "autoApprove": False,
    "isStandingJournal": False,
    "requireAdminApproval": False,
    "lockVatCodes": False,
    "allowPartialBooking": False,
    "requireBalancePerVoucherId": False,
    "repeatText": False,
}
STOCK: Json = {
    "entryTypeNumber": 5,
    "journalNumber": 1,
    "date": DAY,
    "accountNumber": 5820,
    "contraAccountNumber": 1350,
    "amount": 125.5,
    "currency": "DKK",
    "text": "Regulering",
}
BILL: Json = {
    "entryTypeNumber": 3,
    "journalNumber": 1,
    "date": DAY,
    "supplierNumber": 50001,
    "supplierInvoiceNumber": "F-77",
    "contraAccountNumber": 1310,
    "contraVatCode": "I25",
    "amount": -1250,
    "currency": "DKK",
    "dueDate": "2026-12-24",
}
PAYMENT: Json = {
    "entryTypeNumber": 4,
    "journalNumber": 1,
    "date": DAY,
    "supplierNumber": 50001,
    "supplierInvoiceNumber": "F-77",
    "contraAccountNumber": 5855,
    "amount": 1250,
    "currency": "DKK",
}


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems)


def booked(call: Caller, first: int = 6) -> list[Json]:
    """The booked entries after the openings, as (account, amount in base currency)."""
    rows: list[Json] = call("GET", f"{BOOKED}?filter=entryNumber$gte:{first}")[1]["items"]
    return rows


def amounts(rows: list[Json]) -> list[tuple[int, Any]]:
    return [(row["accountNumber"], row["amountInBaseCurrency"]) for row in rows]


def draft(call: Caller, body: Json) -> int:
    status, answer = call("POST", DRAFTS, body)
    assert status == 201, answer
    number: int = answer["entryNumber"]
    return number


def test_8_1_journals_are_made_changed_and_deleted_when_empty(call: Caller) -> None:
    journals = f"{API}/journals"
    bounds = {"minimumVoucherNumber": 700, "maximumVoucherNumber": 701, "allowedEntryType": 5, "priority": 3}
    assert call("POST", journals, {**JOURNAL, **bounds}) == (201, {"number": 5})
    _, rest = call("GET", "/journals/5")
    assert rest["settings"]["entryTypeRestrictedTo"] == "financeVoucher"
    assert rest["settings"]["voucherNumbers"] == {"minimumVoucherNumber": 700, "maximumVoucherNumber": 701}
    _, read = call("GET", f"{journals}/5")
    assert (read["nextVoucherNumber"], read["priority"], read["autoApprove"]) == (700, 3, False)
    assert call("PUT", journals, {**read, "nextVoucherNumber": 701})[0] == 204
    number = draft(call, {**STOCK, "journalNumber": 5})
    assert call("GET", f"{DRAFTS}/{number}")[1]["voucherNumber"] == 701
    wanted = "JournalVoucherNextNumberNotWithinBoundaries"
    assert code(call("POST", DRAFTS, {**STOCK, "journalNumber": 5})) == (400, wanted)
    assert code(call("DELETE", f"{journals}/5")) == (400, "JournalMustBeEmptyBeforeDeleting")
    assert call("DELETE", f"{DRAFTS}/delete/5") == (204, None)
    assert call("DELETE", f"{journals}/5") == (204, None)
    for change in ({"name": "x" * 51}, {"name": ""}, {"minimumVoucherNumber": 9, "maximumVoucherNumber": 8}):
        assert code(call("POST", journals, {**JOURNAL, **change})) == (400, "InvalidInput")


def test_8_4_an_entry_is_the_same_row_on_both_surfaces(call: Caller) -> None:
    number = draft(call, BILL)
    _, entry = call("GET", f"/journals/1/entries/{number}")
    assert (entry["amount"], entry["supplier"]["supplierNumber"], entry["entryType"]) == (
        -1250,
        50001,
        "supplierInvoice",
    )
    made = call("POST", "/journals/4/vouchers", voucher(supplierInvoices=[SUPPLIER]))[1][0]
    other = made["entries"]["supplierInvoices"][0]["journalEntryNumber"]
    _, read = call("GET", f"{DRAFTS}/{other}")
    assert (read["voucherNumber"], read["accountNumber"], read["contraVatCode"]) == (40001, 6800, "I25")
    assert call("DELETE", f"{DRAFTS}/{other}")[0] == 204
    assert call("GET", "/journals/4/vouchers")[1]["collection"] == []


def test_8_4_voucher_numbers(call: Caller) -> None:
    first, second = draft(call, STOCK), draft(call, STOCK)
    numbers = [call("GET", f"{DRAFTS}/{number}")[1]["voucherNumber"] for number in (first, second)]
    assert numbers == [1, 2]  # left out: each gets its own
    draft(call, {**STOCK, "voucherNumber": 2})  # sent: it joins the voucher
    draft(call, {**STOCK, "voucherNumber": 0})  # 0 is legal
    assert call("GET", f"{DRAFTS}/count?filter=voucherNumber$eq:2") == (200, 2)
    wanted = "JournalEntryVoucherNumberNotWithinBoundaries"
    assert code(call("POST", DRAFTS, {**BILL, "journalNumber": 4, "voucherNumber": 5})) == (400, wanted)
    older = call("POST", "/journalsapi/v14.0.1/draft-entries", STOCK)
    assert (code(older), older[1]["errors"][0]["property"]) == ((400, "InvalidInput"), "voucherNumber")
    call("POST", f"{API}/journals/1/bookdraftentries", {"entryNumbers": [first]})
    taken = call("POST", DRAFTS, {**STOCK, "voucherNumber": 1})
    assert code(taken) == (400, "JournalVoucherEntityAlreadyExistsError")


def test_3_3_an_entry_is_updated_with_its_version_and_stays_in_its_journal(call: Caller) -> None:
    number = draft(call, STOCK)
    _, read = call("GET", f"{DRAFTS}/{number}")
    wanted = "JournalNumberCannotBeChangedOnDraftEntry"
    assert code(call("PUT", DRAFTS, {**read, "journalNumber": 2})) == (400, wanted)
    without = {name: value for name, value in read.items() if name != "voucherNumber"}
    assert code(call("PUT", DRAFTS, without)) == (400, "InvalidInput")
    assert call("PUT", DRAFTS, {**read, "amount": 99}) == (204, None)
    assert code(call("PUT", DRAFTS, {**read, "amount": 98})) == (409, "UpdateConflict")
    assert call("GET", f"{DRAFTS}/{number}")[1]["amount"] == 99


def test_3_4_a_bulk_is_all_or_nothing(call: Caller) -> None:
    bulk = f"{DRAFTS}/bulk"
    status, made = call("POST", bulk, {"entries": [STOCK, BILL]})
    assert (status, len(made["entryNumbers"])) == (201, 2)
    status, answer = call("POST", bulk, {"entries": [STOCK, {**STOCK, "accountNumber": 4}]})
    assert (status, answer["errorCode"]) == (400, "JournalEntryAccountNotFound")
    assert answer["errors"][0]["property"] == "entries[1].accountNumber"
    assert call("GET", f"{DRAFTS}/count") == (200, 2)
    assert code(call("POST", bulk, {"entries": []})) == (400, "OneAPIEntriesListCannotBeEmpty")
    assert code(call("POST", bulk, {"entries": [STOCK] * 501})) == (400, "OneAPITooManyEntries")
    assert call("POST", bulk, {"entries": [STOCK] * 500})[0] == 201
    read = [call("GET", f"{DRAFTS}/{number}")[1] for number in made["entryNumbers"]]
    changed = [{**row, "text": "Ny"} for row in read]
    stale = [changed[0], {**changed[1], "objectVersion": "old"}]
    assert code(call("PUT", bulk, {"entries": stale})) == (409, "UpdateConflict")
    assert call("GET", f"{DRAFTS}/{made['entryNumbers'][0]}")[1]["text"] == "Regulering"
    assert call("PUT", bulk, {"entries": changed}) == (204, None)
    assert call("GET", f"{DRAFTS}/{made['entryNumbers'][0]}")[1]["text"] == "Ny"


REFUSED: list[tuple[Json, str]] = [
    ({**STOCK, "entryTypeNumber": 6}, "JournalEntryTypeNotCorrect"),
    ({**STOCK, "journalNumber": 4}, "JournalEntryTypeNotCorrect"),
    ({**STOCK, "journalNumber": 99}, "JournalDoesNotExist"),
    ({**STOCK, "amount": 1.234}, "JournalEntryAmountExceedsDigitLimit"),
    ({**STOCK, "amount": 10**14}, "JournalEntryAmountExceedsDigitLimit"),
    ({**STOCK, "text": "x" * 251}, "JournalEntryTextTooLong"),
    ({**STOCK, "currency": "XXX"}, "JournalEntryCurrencyNotFound"),
    ({**STOCK, "exchangeRate": 99}, "JournalEntryExchangeRateMustBeOneHundredForBaseCurrency"),
    ({**STOCK, "currency": "EUR", "exchangeRate": 0}, "JournalEntryExchangeRateError"),
    ({**STOCK, "currency": "EUR", "exchangeRate": 746.1234567}, "JournalEntryExchangeRateScalePrecisionError"),
    ({**STOCK, "date": "1999-01-01"}, "JournalEntryDateAccountingYearDoesNotExist"),
    ({**STOCK, "date": "2024-05-01"}, "JournalEntryDateAccountingYearClosed"),
    ({**STOCK, "accountNumber": 4}, "JournalEntryAccountNotFound"),
    ({**STOCK, "accountNumber": 1000}, "JournalEntryWrongAccountType"),
    ({**STOCK, "accountNumber": 5600}, "JournalEntryAccountIsBlockedForDirectEntries"),
    ({**STOCK, "contraAccountNumber": 4}, "JournalEntryContraAccountNotFound"),
    ({**STOCK, "contraAccountNumber": 1000}, "JournalEntryWrongContraAccountType"),
    ({**STOCK, "contraAccountNumber": 6902}, "JournalEntryContraAccountIsBlockedForDirectEntries"),
    ({**STOCK, "vatCode": "NIX"}, "InvalidInput"),
    ({**STOCK, "currency": "DKK", "voucherNumber": -1}, "InvalidInput"),
    ({**BILL, "supplierNumber": 4}, "JournalEntrySupplierNotFound"),
    ({**BILL, "supplierInvoiceNumber": "x" * 31}, "JournalEntrySupplierInvoiceTooBig"),
    ({**BILL, "dueDate": "2026-01-01"}, "JournalEntryDueDateNotInRange"),
    ({**BILL, "supplierPaymentType": 14}, "JournalEntryPaymentDetailsRequiredFieldsWrong"),
    (
        {**BILL, "supplierPaymentType": 1, "supplierPaymentBank": "12345678"},
        "JournalEntryPaymentDetailsRequiredFieldsWrong",
    ),
    ({**PAYMENT, "entryTypeNumber": 2, "customerNumber": 4}, "JournalEntryCustomerNotFound"),
    ({**PAYMENT, "entryTypeNumber": 2, "customerInvoiceNumber": "F1"}, "Customer_Invoice_Is_Not_Numeric"),
    ({**PAYMENT, "entryTypeNumber": 2, "customerInvoiceNumber": "9" * 12}, "Customer_invoice_too_big"),
]


@pytest.mark.parametrize(("body", "wanted"), REFUSED, ids=lambda value: value if isinstance(value, str) else "")
def test_5_4_entries_are_refused_by_code(call: Caller, body: Json, wanted: str) -> None:
    assert code(call("POST", DRAFTS, body)) == (400, wanted)
    assert call("GET", f"{DRAFTS}/count") == (200, 0)


@pytest.mark.parametrize(
    ("body", "left_out", "wanted"),
    [
        (STOCK, ("accountNumber", "contraAccountNumber"), "JournalEntryAccountAndContraAccountNotSet"),
        (BILL, ("supplierNumber", "contraAccountNumber"), "JournalEntrySupplierAndAccountNotSet"),
        (BILL, ("supplierNumber",), "JournalEntrySupplierNotSet"),
        (
            {**PAYMENT, "entryTypeNumber": 2},
            ("supplierNumber", "contraAccountNumber"),
            "JournalEntryCustomerAndAccountNotSet",
        ),
    ],
)
def test_5_4_what_must_be_set(call: Caller, body: Json, left_out: tuple[str, ...], wanted: str) -> None:
    sent = {name: value for name, value in body.items() if name not in left_out}
    assert code(call("POST", DRAFTS, sent)) == (400, wanted)


@pytest.mark.parametrize(
    ("kind", "bank", "message", "wanted"),
    [
        (1, "12345678", "123456789012345", None),
        (1, "1234", "123456789012345", "CreditorIdDoesNotMatchStringPattern"),
        (1, "12345678", "12345678901234x", "PaymentIdMustBeNumeric"),
        (1, "12345678", "1234", "PaymentIdWrongLength"),
        (2, "12345678", "abc", "PaymentIdTooShort"),
        (2, "12345678", "a" * 101, "PaymentIdTooLong"),
        (-1, "", "", None),
    ],
)
def test_8_4_payment_details(call: Caller, kind: int, bank: str, message: str, wanted: str | None) -> None:
    fields = {"supplierPaymentType": kind, "supplierPaymentBank": bank, "supplierPaymentMessage": message}
    status, answer = call("POST", DRAFTS, {**BILL, **fields})
    assert (status, answer.get("errorCode")) == (
        (201, None) if wanted is None else (400, f"JournalEntryPaymentDetails{wanted}")
    )


def test_barred_parties_accounts_and_periods_are_refused_and_come_back(call: Caller) -> None:
    for kind, key, wanted in (
        ("accounts", "5820", "JournalEntryAccountNotAccessible"),
        ("accounts", "1350", "JournalEntryContraAccountNotAccessible"),
    ):
        act = {"agreement": 1180001, "kind": kind, "key": key}
        assert call("POST", "/_sandbox/bar", act)[0] == 200
        assert code(call("POST", DRAFTS, STOCK)) == (400, wanted)
        assert call("POST", "/_sandbox/bar", {**act, "barred": False})[0] == 200
    month = {"agreement": 1180001, "year": "2026", "date": "2026-11-01"}
    assert call("POST", "/_sandbox/periods/bar", month)[0] == 200
    assert code(call("POST", DRAFTS, STOCK)) == (400, "JournalEntryDateAccountingYearPeriodBarred")
    assert call("POST", "/_sandbox/periods/bar", {**month, "barred": False})[0] == 200
    assert call("POST", DRAFTS, STOCK)[0] == 201


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


def test_8_4_accruals(call: Caller) -> None:
    call("POST", "/_sandbox/modules/set", {"agreement": 1180001, "modules": [14, 75]})
    number = draft(call, BILL)
    path = f"{API}/accruals"
    accrual = {
        "entryNumber": number,
        "journalNumber": 1,
        "accountNumber": 5690,
        "startDate": "2026-11-01",
        "endDate": "2027-01-31",
    }
    assert call("POST", path, accrual) == (201, {"entryNumber": number})
    assert code(call("POST", path, accrual)) == (400, "OneAPIDraftEntryAccrualAlreadyExist")
    _, read = call("GET", f"{path}/1/{number}")
    assert read["months"] == 3
    assert code(call("PUT", path, accrual)) == (409, "UpdateConflict")
    for change, wanted in (
        ({"accountNumber": 4}, "JournalEntryAccrualAccountNotFound"),
        ({"endDate": "2026-10-01"}, "JournalEntryAccrualEndBeforeStart"),
        ({"startDate": "1999-01-01"}, "JournalEntryAccrualsStartDateNotInValidAccountingYear"),
    ):
        assert code(call("PUT", path, {**read, **change})) == (400, wanted)
    assert call("PUT", path, {**read, "endDate": "2027-02-28"})[0] == 204
    assert call("GET", f"{path}?filter=entryNumber$eq:{number}")[1]["items"][0]["months"] == 4
    assert call("DELETE", path, call("GET", f"{path}/1/{number}")[1])[0] == 204
    assert call("GET", f"{path}/count") == (200, 0)
    payment = draft(call, PAYMENT)
    assert code(call("POST", path, {**accrual, "entryNumber": payment})) == (400, "JournalEntryAccrualWrongEntryType")


def test_4_4_a_new_voucher_may_take_a_moment_to_be_found(call: Caller) -> None:
    assert call("POST", "/_sandbox/vouchers/delay", {"ms": 500})[0] == 200
    call("POST", "/journals/2/vouchers", voucher(financeVouchers=[FINANCE]))
    assert call("GET", "/journals/2/vouchers/2026-50001")[0] == 404
    call("POST", "/_sandbox/clock/advance", {"seconds": 1})
    assert call("GET", "/journals/2/vouchers/2026-50001")[0] == 200


def test_a_customers_invoice_is_paid_through_a_journal(call: Caller) -> None:
    sell(call, 77)
    assert call("GET", "/invoices/booked/77")[1]["remainder"] == 1250
    payment = {**PAYMENT, "entryTypeNumber": 2, "customerNumber": 10001, "amount": -1000, "customerInvoiceNumber": "77"}
    draft(call, {name: value for name, value in payment.items() if name != "supplierNumber"})
    assert call("POST", f"{API}/journals/1/book")[0] == 204
    after = call("GET", "/invoices/booked/77")[1]
    assert (after["remainder"], after["remainderInBaseCurrency"]) == (250, 250)
    assert call.core.store.entries.party_balance(1180001, "customer", 10001) == 250


def sell(call: Caller, number: int) -> None:
    """A customer, a product, and an invoice of 1250 with VAT, booked under this number."""
    customer = {
        "name": "Cykelhjørnet",
        "currency": "DKK",
        "customerGroup": {"customerGroupNumber": 1},
        "paymentTerms": {"paymentTermsNumber": 1},
        "vatZone": {"vatZoneNumber": 1},
    }
    call("PUT", "/customers/10001", customer)
    call(
        "PUT",
        "/products/NL-100",
        {"productNumber": "NL-100", "name": "Cykel", "productGroup": {"productGroupNumber": 1}},
    )
    line = {"description": "Cykel", "product": {"productNumber": "NL-100"}, "quantity": 1, "unitNetPrice": 1000}
    body = {
        "date": "2026-11-24",
        "currency": "DKK",
        "customer": {"customerNumber": 10001},
        "recipient": {"name": "Cykelhjørnet", "vatZone": {"vatZoneNumber": 1}},
        "layout": {"layoutNumber": 1},
        "paymentTerms": {"paymentTermsNumber": 1},
        "lines": [line],
    }
    made = call("POST", "/invoices/drafts", body)[1]
    booked = call(
        "PUT", f"/invoices/booked/{number}", {"draftInvoice": {"draftInvoiceNumber": made["draftInvoiceNumber"]}}
    )
    assert booked[0] == 201, booked
