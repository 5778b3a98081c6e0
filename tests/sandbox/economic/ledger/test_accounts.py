"""Writing accounts on REST, and what a year's links lead to (economic-api 6.7, 6.8, 14)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.test_refusals import codes
from tests.sandboxes import Sandboxes

NEW: dict[str, Any] = {"accountNumber": 1099, "name": "Gaver", "accountType": "profitAndLoss", "debitCredit": "credit"}
BOOK = "/journalsapi/v15.0.0/journals/1/book"


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems)


def test_6_7_an_account_is_made_and_replaced(call: Caller) -> None:
    status, made = call("POST", "/accounts", {**NEW, "vatAccount": {"vatCode": "U25"}, "barred": True})
    assert (status, made) == (201, call("GET", "/accounts/1099")[1])
    assert (made["vatAccount"]["vatCode"], made["barred"], made["blockDirectEntries"]) == ("U25", True, False)
    status, body = call("POST", "/accounts", NEW)
    assert (status, set(codes(body))) == (400, {"E04300", "E06010"})
    status, body = call("PUT", "/accounts/1099", {**NEW, "name": "Gaver til kunder"})
    assert (status, body["name"], "vatAccount" in body, "barred" in body) == (200, "Gaver til kunder", False, False)
    status, body = call("PUT", "/accounts/1098", {**NEW, "accountNumber": 5, "contraAccount": {"accountNumber": 5820}})
    assert (status, body["accountNumber"], body["contraAccount"]["accountNumber"]) == (201, 1098, 5820)
    assert call("DELETE", "/accounts/1098")[0] == 405
    _, service = call("GET", "/accountsapi/v7.0.0/Accounts/1099")
    assert (service["name"], service["type"], service["isCredit"]) == ("Gaver til kunder", 1, True)


@pytest.mark.parametrize(
    "change",
    [{"accountType": "Status"}, {"accountNumber": 0}, {"name": ""}, {"debitCredit": "left"}, {"barred": None}],
)
def test_2_1_the_form_of_an_account_is_checked_first(call: Caller, change: dict[str, Any]) -> None:
    status, body = call("POST", "/accounts", {**NEW, **change, "vatAccount": {"vatCode": "?"}})
    assert (status, isinstance(body["errors"], list)) == (400, True)
    assert call("GET", "/accounts/1099")[0] == 404
    assert call("POST", "/accounts", NEW)[0] == 201


@pytest.mark.parametrize(
    ("number", "change", "wanted"),
    [
        (1010, {"barred": True}, "E06110"),
        (5820, {"accountType": "heading"}, "E06111"),
        (1099, {"vatAccount": {"vatCode": "?"}}, "E06000"),
        (1099, {"accountType": "totalFrom", "totalFromAccount": {"accountNumber": 1099}}, "E06000"),
        (1099, {"accountType": "totalFrom", "totalFromAccount": {"accountNumber": 5820}}, "E06112"),
    ],
)
def test_6_7_what_uses_an_account_limits_its_changes(
    call: Caller, number: int, change: dict[str, Any], wanted: str
) -> None:
    _, before = call("GET", f"/accounts/{number}")
    status, body = call("PUT", f"/accounts/{number}", {**NEW, **change})
    assert (status, wanted in set(codes(body))) == (400, True)
    assert call("GET", f"/accounts/{number}")[1].get("name") == before.get("name")
    total = {**NEW, "accountType": "totalFrom", "totalFromAccount": {"accountNumber": 1010}}
    assert call("PUT", "/accounts/1099", total)[0] == 201


def test_6_7_a_new_account_takes_entries(call: Caller) -> None:
    call("POST", "/accounts", NEW)
    finance = {"amount": -10, "date": "2026-11-24", "account": {"accountNumber": 1099}}
    entries = {"financeVouchers": [{**finance, "contraAccount": {"accountNumber": 5820}}]}
    assert call("POST", "/journals/1/vouchers", {"accountingYear": {"year": "2026"}, "entries": entries})[0] == 201
    assert call("POST", BOOK)[0] == 204
    assert call("GET", "/accounts/1099")[1]["balance"] == -10


def test_6_8_a_year_links_to_its_vouchers_and_each_entry_to_itself(call: Caller) -> None:
    test_6_7_a_new_account_takes_entries(call)
    _, year = call("GET", "/accounting-years/2026")
    _, page = call("GET", year["vouchers"].removeprefix("http://economic.test"))
    numbers = [row["voucherNumber"] for row in page["collection"]]
    assert (numbers, page["collection"][0]["accountingYear"]["year"]) == ([1], "2026")
    _, entries = call("GET", page["collection"][0]["entries"].removeprefix("http://economic.test"))
    assert {row["account"]["accountNumber"] for row in entries["collection"]} == {1099, 5820}
    for row in entries["collection"]:
        assert call("GET", row["self"].removeprefix("http://economic.test")) == (200, row)
        wrong_year = row["self"].removeprefix("http://economic.test").replace("2026", "2025")
        assert call("GET", wrong_year)[0] == 404
    assert call("GET", "/accounts/1010/accounting-years/2026/vouchers")[1]["collection"] == []
    assert call("GET", "/accounts/1099/accounting-years/2026/vouchers?filter=voucherNumber$eq:1")[1]["collection"]
