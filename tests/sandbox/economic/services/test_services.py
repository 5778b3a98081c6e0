"""What every resource of the OpenAPI services has in common (economic-api 3, 5.4)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.economic.calling import Caller
from tests.sandboxes import Json, Sandboxes

ACCOUNTS = "/accountsapi/v7.0.0/Accounts"
GROUPS = "/suppliersapi/v2.0.0/Groups"
JOURNALS = "/journalsapi/v15.0.0/journals"
ACCOUNT: Json = {
    "number": 9001,
    "name": "Ny konto",
    "type": 1,
    "isBarred": False,
    "isBlockedForDirectEntries": False,
    "isDepartmentMandatory": False,
    "isUnitMandatory": False,
}


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems)


def code(answer: tuple[int, Any]) -> tuple[int, str]:
    return answer[0], answer[1]["errorCode"]


def test_3_1_the_version_is_mandatory_and_exact_and_the_path_has_no_case(call: Caller) -> None:
    for version in ("14.0.1", "15.0.0", "15.0.1"):
        assert call("GET", f"/journalsapi/v{version}/journals/count") == (200, 3)
    assert call("GET", "/JOURNALSAPI/v15.0.0/Journals/COUNT") == (200, 3)
    for unknown in ("/journalsapi/v15.0.9/journals", "/nosuchapi/v1.0.0/things", "/journalsapi/v15.0.0/nothing"):
        assert code(call("GET", unknown)) == (404, "ResourceNotFound")
    assert code(call("PATCH", JOURNALS)) == (405, "MethodNotAllowed")


def test_5_4_a_problem_has_the_published_form(call: Caller) -> None:
    answer = call.raw("GET", "/accountsapi/v7.0.0/Accounts/4")
    assert answer.headers["Content-Type"] == "application/problem+json"
    status, body = call("GET", "/accountsapi/v7.0.0/Accounts/4")
    assert (status, set(body)) == (
        404,
        {"type", "title", "status", "detail", "instance", "errors", "traceId", "errorCode", "traceTimeUtc"},
    )
    status, body = call("GET", ACCOUNTS, x_agreementgranttoken="nobody")
    assert (status, body["status"], body["title"]) == (401, 401, "Unauthorized")


def test_1_5_a_service_needs_a_role(call: Caller) -> None:
    store = call.core.store
    row = store.connection.execute("SELECT body FROM agreement").fetchone()[0]
    store.connection.execute("UPDATE agreement SET body=?", (row.replace("SuperUser", "Sales"),))
    assert code(call("GET", ACCOUNTS)) == (403, "AccessDenied")
    store.connection.execute("UPDATE agreement SET body=?", (row,))
    assert call("GET", ACCOUNTS)[0] == 200


def test_3_2_a_cursor_names_the_first_of_the_next_page_and_is_missing_at_the_end(call: Caller) -> None:
    for number in range(2001, 3050):
        call("POST", GROUPS, {"number": number, "name": "G", "accountNumber": 6800})
    _, first = call("GET", f"{GROUPS}?sort=-number")  # sort is passed over
    assert (len(first["items"]), first["items"][0]["number"]) == (1000, 1)
    _, second = call("GET", f"{GROUPS}?cursor={first['cursor']}")
    assert str(second["items"][0]["number"]) == first["cursor"]
    assert "cursor" not in second
    numbers = [item["number"] for item in first["items"] + second["items"]]
    assert len(numbers) == len(set(numbers)) == call("GET", f"{GROUPS}/count")[1]
    call("DELETE", f"{GROUPS}/{first['cursor']}")  # the first of the next page is gone: go on after it
    assert call("GET", f"{GROUPS}?cursor={first['cursor']}")[1]["items"] == second["items"][1:]
    for wrong in ("x", "1" * 51):
        assert code(call("GET", f"{GROUPS}?cursor={wrong}")) == (400, "InvalidInput")


def test_3_2_pages_are_bare_arrays_within_bounds(call: Caller) -> None:
    _, rows = call("GET", f"{ACCOUNTS}/paged")
    assert len(rows) == 20
    _, next_rows = call("GET", f"{ACCOUNTS}/paged?skippages=1&pagesize=20")
    assert rows[-1]["number"] < next_rows[0]["number"]
    assert call("GET", f"{ACCOUNTS}/paged?skipPages=100&pageSize=100") == (200, [])
    _, names = call("GET", f"{ACCOUNTS}/paged?sort=-number&pageSize=2")
    assert names[0]["number"] > names[1]["number"] > rows[0]["number"]
    for wrong in ("pageSize=0", "pageSize=101", "skipPages=101", "skipPages=-1", "pageSize=x", "sort=type"):
        assert code(call("GET", f"{ACCOUNTS}/paged?{wrong}")) == (400, "InvalidInput")


def test_3_2_filters_are_admitted_by_property_and_operator(call: Caller) -> None:
    assert call("GET", f"{ACCOUNTS}/count?filter=number$eq:1010") == (200, 1)
    assert call("GET", f"{ACCOUNTS}/count?filter=isBarred$eq:false")[1] == call("GET", f"{ACCOUNTS}/count")[1]
    _, page = call("GET", f"{ACCOUNTS}?filter=number$in:[1010,1310]$or:name$like:Varelager")
    assert [row["number"] for row in page["items"]] == [1010, 1310, 5820]
    for wrong, why in (
        ("type$eq:1", "Filtering is not allowed on property 'type'."),
        ("name$in:[a]", "Operator $in: not supported on property name."),
        ("number$eq:x", "'x' is not a number: number."),
        ("number", "A property and an operator were expected at position 0."),
    ):
        status, body = call("GET", f"{ACCOUNTS}?filter={wrong}")
        assert (status, body["errorCode"], body["detail"]) == (400, "BadFilterRequest", why)
    assert "allowedFilteringFields" not in body


def test_3_2_known_filters_fail_as_they_were_seen_to(call: Caller) -> None:
    for path in (
        f"{JOURNALS}?filter=number$eq:1",
        f"{JOURNALS}/paged?filter=number$eq:1",
        f"{JOURNALS}/count?filter=number$eq:1",
        f"{ACCOUNTS}?filter=assetGroupNumber$eq:1",
        f"{ACCOUNTS}/paged?sort=assetGroupNumber",
        f"{ACCOUNTS}?filter=isDepartmentMandatory$eq:true",
    ):
        assert code(call("GET", path)) == (500, "InternalError")
    assert call("GET", f"{ACCOUNTS}/count?filter=isDepartmentMandatory$gt:true")[0] == 200


def test_3_3_create_answers_the_identifier_alone_and_where_it_is(call: Caller) -> None:
    answer = call.raw("POST", ACCOUNTS, ACCOUNT)
    assert (answer.status, answer.body) == (201, b'{"number":9001}')
    assert answer.headers["Location"] == "http://economic.test/accountsapi/v7.0.0/Accounts/9001"
    assert call("GET", "/accounts/9001")[1]["accountType"] == "profitAndLoss"  # REST reads the same account
    assert code(call("POST", ACCOUNTS, ACCOUNT)) == (400, "AccountIdAlreadyInUse")


def test_3_3_an_update_needs_the_version_that_was_read(call: Caller) -> None:
    call("POST", ACCOUNTS, {**ACCOUNT, "note": "Husk"})
    _, read = call("GET", f"{ACCOUNTS}/9001")
    assert (read["note"], read["isCredit"]) == ("Husk", False)
    assert code(call("PUT", ACCOUNTS, {**ACCOUNT, "name": "Ny"})) == (409, "UpdateConflict")
    assert call("PUT", ACCOUNTS, {**read, "name": "Ny"}) == (204, None)
    assert code(call("PUT", ACCOUNTS, {**read, "name": "Nyere"})) == (409, "UpdateConflict")
    _, again = call("GET", f"{ACCOUNTS}/9001")
    assert (again["name"], again["objectVersion"] != read["objectVersion"]) == ("Ny", True)
    assert code(call("PUT", ACCOUNTS, {**again, "number": 9002})) == (404, "ResourceNotFound")
    assert call("DELETE", f"{ACCOUNTS}/9001") == (204, None)
    assert code(call("DELETE", f"{ACCOUNTS}/9001")) == (404, "ResourceNotFound")


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"name": None}, "name"),
        ({"isBarred": "false"}, "isBarred"),
        ({"name": "x" * 126}, "name"),
        ({"number": "9001"}, "number"),
        ({"number": 2**40}, "number"),
    ],
)
def test_3_3_the_form_comes_first(call: Caller, change: Json, name: str) -> None:
    status, body = call("POST", ACCOUNTS, {**ACCOUNT, **change})
    assert (status, body["errorCode"], body["errors"][0]["property"]) == (400, "InvalidInput", name)
    assert call("GET", f"{ACCOUNTS}/9001")[0] == 404


def test_3_3_what_is_required_and_what_is_unknown(call: Caller) -> None:
    status, body = call("POST", ACCOUNTS, {"number": 9001})
    assert (status, {error["property"] for error in body["errors"]}) == (
        400,
        {"type", "isBarred", "isBlockedForDirectEntries", "isDepartmentMandatory", "isUnitMandatory"},
    )
    assert call("POST", ACCOUNTS, {**ACCOUNT, "accountNumbre": 1})[0] == 201
    assert code(call("POST", ACCOUNTS, ACCOUNT, content_type="text/plain")) == (415, "UnsupportedMediaType")
    assert call.raw("POST", ACCOUNTS).status == 400


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"type": 9}, "InvalidAccountType"),
        ({"name": " "}, "InvalidAccountName"),
        ({"number": 0}, "InvalidAccountId"),
        ({"contraAccountNumber": 4}, "ContraAccountDoesNotExist"),
        ({"openingAccountNumber": 4}, "OpeningAccountDoesNotExist"),
        ({"type": 3, "totalFromAccountNumber": 4}, "TotalFromAccountDoesNotExist"),
        ({"number": 999, "type": 3, "totalFromAccountNumber": 1010}, "AccountShouldBeHigherThanTotalFrom"),
    ],
)
def test_5_4_accounts_are_refused_by_code(call: Caller, change: Json, wanted: str) -> None:
    assert code(call("POST", ACCOUNTS, {**ACCOUNT, **change})) == (400, wanted)


def test_an_account_in_use_stays(call: Caller) -> None:
    for number in (5820, 5600, 6902, 1010):  # entries, a group's, a VAT code's, a product group's
        assert code(call("DELETE", f"{ACCOUNTS}/{number}")) == (400, "AccountInUse")
    _, read = call("GET", f"{ACCOUNTS}/1010")
    assert code(call("PUT", ACCOUNTS, {**read, "isBarred": True})) == (400, "BarredAccountUsedByProductGroups")


def test_supplier_groups(call: Caller) -> None:
    group = {"number": 9, "name": "Udland", "accountNumber": 6805}
    assert call("POST", GROUPS, group) == (201, {"number": 9})
    assert call("GET", "/supplier-groups/9")[1]["account"]["accountNumber"] == 6805
    for change, wanted in (
        ({"number": 9}, "SupplierGroupIdAlreadyExists"),
        ({"number": 8, "accountNumber": 4}, "ERROR_CODE_AccountDoesNotExist"),
        ({"number": 8, "accountNumber": 1000}, "ERROR_CODE_AccountIsNotBalanceOrProfitAndLossType"),
    ):
        assert code(call("POST", GROUPS, {**group, **change})) == (400, wanted)
    assert code(call("DELETE", f"{GROUPS}/1")) == (400, "SupplierGroupIsInUse")
    assert call("DELETE", f"{GROUPS}/9")[0] == 204


def test_supplier_contacts(call: Caller) -> None:
    path, body = "/suppliersapi/v2.0.0/Contacts", {"supplierNumber": 50001, "name": "Ida", "email": "ida@example.com"}
    assert call("POST", path, body) == (201, {"number": 1})
    assert code(call("POST", path, body)) == (400, "SupplierContactNameAlreadyExists")
    assert code(call("POST", path, {**body, "supplierNumber": 4})) == (400, "SupplierDoesNotExist")
    _, read = call("GET", f"{path}/1")
    assert (read["userInterfaceNumber"], read["active"], read["isDeleted"]) == (1, True, False)
    assert code(call("PUT", path, {**read, "supplierNumber": 50002})) == (400, "SupplierNumberMismatch")
    assert call("PUT", path, {**read, "phone": "12345678"})[0] == 204
    assert call("GET", f"{path}?filter=email$like:ida")[1]["items"][0]["phone"] == "12345678"
    assert call("DELETE", f"{path}/1")[0] == 204


def test_4_1_a_key_replays_on_this_surface_too(call: Caller) -> None:
    first = call.raw("POST", ACCOUNTS, ACCOUNT, idempotency_key="k")
    again = call.raw("POST", ACCOUNTS, ACCOUNT, idempotency_key="k")
    assert (first.status, again.status, again.body) == (201, 201, first.body)
    assert (again.headers["X-ResultFromCache"], again.headers["Location"]) == ("true", first.headers["Location"])
    assert code(call("POST", GROUPS, {}, idempotency_key="k")) == (400, "URLChanged")


def test_4_2_both_surfaces_draw_on_one_bucket(call: Caller) -> None:
    call.core.switches.bucket = 6
    assert call("GET", "/self")[0] == 200
    assert call("GET", ACCOUNTS)[0] == 200
    answer = call.raw("GET", ACCOUNTS)
    assert (answer.status, answer.headers["Content-Type"]) == (429, "application/problem+json")
    assert answer.headers["X-RateLimiting"].endswith("6/6")
    assert call.raw("GET", "/self").status == 429
