"""journalsapi (economic-api 8.1, 8.4): journals, draft entries and their accruals."""

from __future__ import annotations

import pytest

from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.journals import (
    API,
    BILL,
    DRAFTS,
    JOURNAL,
    PAYMENT,
    STOCK,
    draft,
)
from tests.sandbox.economic.services.test_services import code
from tests.sandbox.economic.test_vouchers import FINANCE, SUPPLIER, voucher
from tests.sandboxes import Json, Sandboxes


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems)


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


def test_8_4_accruals(call: Caller) -> None:
    call("POST", "/_sandbox/modules/set", {"agreement": 1180001, "modules": [3, 14, 75]})
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
