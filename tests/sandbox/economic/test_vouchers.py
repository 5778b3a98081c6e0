"""Vouchers in journals (economic-api 8.2): the array, the series, the restrictions, the years."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from tests.contract.schemas import FOLDER, complaints
from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.test_refusals import codes
from tests.sandboxes import Json, Sandboxes

FINANCE: Json = {
    "amount": 12000,
    "date": "2026-11-24",
    "text": "Rackbeat Justering",
    "account": {"accountNumber": 5820},
    "contraAccount": {"accountNumber": 1350},
}
SUPPLIER: Json = {
    "amount": -250,
    "date": "2026-11-24",
    "supplier": {"supplierNumber": 50001},
    "supplierInvoiceNumber": "F-1",
    "contraAccount": {"accountNumber": 1310},
    "contraVatAccount": {"vatCode": "I25"},
}


def voucher(year: str = "2026", number: int | None = None, **entries: list[Json]) -> Json:
    body: Json = {"accountingYear": {"year": year}, "entries": entries}
    return body if number is None else {**body, "voucherNumber": number}


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems)


def test_the_answer_is_an_array(call: Caller) -> None:
    status, made = call("POST", "/journals/2/vouchers", voucher(financeVouchers=[FINANCE]))
    assert (status, len(made), made[0]["voucherNumber"]) == (201, 1, 50001)
    (entry,) = made[0]["entries"]["financeVouchers"]
    assert (entry["entryType"], entry["amount"], entry["voucher"]["voucherNumber"]) == ("financeVoucher", 12000, 50001)
    assert call("GET", "/journals/2/vouchers/2026-50001")[1] == made[0]
    assert call("GET", "/journals/2/entries")[1]["collection"][0]["journalEntryNumber"] == entry["journalEntryNumber"]
    assert call("GET", "/accounting-years/2026/entries")[1]["collection"] == []  # drafts are not in the ledger


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the published schemas are not beside this checkout")
def test_a_voucher_reads_as_published(call: Caller) -> None:
    call("POST", "/journals/2/vouchers", voucher(financeVouchers=[FINANCE]))
    for path, name in (
        ("/journals/2/vouchers", "journals.journalNumber.vouchers.get"),
        ("/journals/2/vouchers/2026-50001", "journals.journalNumber.vouchers.accountingYear-voucherNumber.get"),
    ):
        answer = msgspec.json.decode(call.raw("GET", path).body)
        # Entries were seen with more than the schema names (economic-api 2.9, 8.2); nothing that it names is missing.
        assert [line for line in complaints(answer, name) if not line.endswith("not in the schema")] == []


def test_the_series_goes_on_and_has_bounds(call: Caller) -> None:
    numbers = [call("POST", "/journals/4/vouchers", voucher(supplierInvoices=[SUPPLIER]))[1] for _ in range(2)]
    assert [made[0]["voucherNumber"] for made in numbers] == [40001, 40002]
    assert call("POST", "/journals/4/vouchers", voucher(number=40009, supplierInvoices=[SUPPLIER]))[0] == 201
    for wrong, code in ((5, "E05180"), (40009, "E06010")):
        status, body = call("POST", "/journals/4/vouchers", voucher(number=wrong, supplierInvoices=[SUPPLIER]))
        assert (status, code in set(codes(body))) == (400, True)


@pytest.mark.parametrize(
    ("journal", "body", "code"),
    [
        (2, voucher(supplierInvoices=[SUPPLIER]), "E05150"),
        (4, voucher(financeVouchers=[FINANCE]), "E05150"),
        (2, voucher(financeVouchers=[{**FINANCE, "date": "2025-12-31"}]), "E05120"),
        (2, voucher("2024", financeVouchers=[{**FINANCE, "date": "2024-12-31"}]), "E07850"),
        (2, voucher("1999", financeVouchers=[FINANCE]), "E06000"),
        (2, voucher(financeVouchers=[{**FINANCE, "account": {"accountNumber": 5600}}]), "E05140"),
        (2, voucher(financeVouchers=[{**FINANCE, "account": {"accountNumber": 1000}}]), "E05130"),
        (2, voucher(financeVouchers=[{**FINANCE, "account": {"accountNumber": 4}}]), "E06000"),
        (2, voucher(financeVouchers=[{**FINANCE, "amount": json.loads("1"), "contraVatAmount": 1}]), ""),
        (2, voucher(), "E05160"),
    ],
)
def test_what_is_refused_leaves_nothing(call: Caller, journal: int, body: Json, code: str) -> None:
    status, answer = call("POST", f"/journals/{journal}/vouchers", body)
    if not code:
        assert status == 201
        return
    assert (status, code in set(codes(answer))) == (400, True), answer
    assert call("GET", f"/journals/{journal}/vouchers")[1]["collection"] == []


def test_entries_are_deleted_one_by_one_and_the_voucher_with_the_last(call: Caller) -> None:
    made: Any = call("POST", "/journals/2/vouchers", voucher(financeVouchers=[FINANCE, FINANCE]))[1][0]
    first, second = (entry["journalEntryNumber"] for entry in made["entries"]["financeVouchers"])
    assert call("DELETE", f"/journals/2/entries/{first}") == (204, None)
    assert call("DELETE", f"/journals/2/entries/{first}")[1]["errorCode"] == "E06000"
    assert len(call("GET", "/journals/2/entries")[1]["collection"]) == 1
    assert call("DELETE", f"/journals/2/entries/{second}")[0] == 204
    assert call("GET", "/journals/2/vouchers/2026-50001")[0] == 404


def test_missing_journals_and_templates(call: Caller) -> None:
    assert call("POST", "/journals/9/vouchers", voucher(financeVouchers=[FINANCE]))[0] == 404
    assert call("GET", "/journals/9/entries")[0] == 404
    for kind in ("financeVoucher", "manualCustomerInvoice"):
        _, template = call("GET", f"/journals/2/templates/{kind}")
        assert (template["currency"]["code"], template["entryType"]) == ("DKK", kind)
        assert call("GET", "/journals/2/templates")[1][kind] == template["self"]


def test_suppliers_are_written_like_customers(call: Caller) -> None:
    body = {
        "name": "Ny leverandør",
        "currency": "DKK",
        "supplierGroup": {"supplierGroupNumber": 1},
        "paymentTerms": {"paymentTermsNumber": 1},
        "vatZone": {"vatZoneNumber": 1},
    }
    status, made = call("POST", "/suppliers", body)
    assert (status, made["supplierNumber"]) == (201, 50016)
    assert call("POST", "/suppliers", {**body, "supplierGroup": {"supplierGroupNumber": 77}})[0] == 400
    assert call("DELETE", "/suppliers/50016") == (204, None)


def test_2_7_echo_root_and_the_500_that_was_asked_for(call: Caller) -> None:
    assert call("POST", "/echo?statuscode=418", {"a": 1}) == (418, {"a": 1})
    assert call("GET", "/returnHttp500")[0] == 500
    assert call("GET", "/")[1]["customers"] == "http://economic.test/customers"


def test_a_journal_that_locks_the_vat_codes_takes_the_accounts_own_only(call: Caller) -> None:
    service = "/journalsapi/v15.0.0/journals/4"
    journal = call("GET", service)[1]
    assert call("PUT", "/journalsapi/v15.0.0/journals", {**journal, "lockVatCodes": True})[0] == 204
    other = {**SUPPLIER, "contraVatAccount": {"vatCode": "IEUV"}}
    status, answer = call("POST", "/journals/4/vouchers", voucher(supplierInvoices=[other]))
    assert (status, list(codes(answer))) == (400, ["E04300", "E05100"])
    assert call("GET", "/journals/4/entries")[1]["collection"] == []
    assert call("POST", "/journals/4/vouchers", voucher(supplierInvoices=[SUPPLIER]))[0] == 201
