"""Draft invoices, booking, orders and quotes on REST (economic-api 7, 16)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro_sandbox.kernel.http import Request, Response
from tests.sandbox.economic.calling import AUTH, Caller
from tests.sandbox.economic.test_refusals import CUSTOMER, DRAFT, codes
from tests.sandboxes import Json, Sandboxes

AGREEMENT = 1180001
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    caller = Caller(systems)
    assert caller("PUT", "/customers/7", CUSTOMER)[0] == 201
    product = {"productNumber": "A/1", "name": "Vare", "productGroup": {"productGroupNumber": 1}, "costPrice": 20}
    assert caller("POST", "/products", product)[0] == 201
    return caller


def upload(call: Caller, path: str, content: bytes) -> Response:
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + content + b"\r\n--x--\r\n"
    headers = {**AUTH, "content-type": "multipart/form-data; boundary=x"}
    return call.core.handle(Request("POST", path, "", headers, body, "economic.test"))


@pytest.mark.parametrize(
    ("kind", "days", "date", "due"),
    [
        ("net", 8, "2019-10-09", "2019-10-17"),  # the recorded pair
        ("invoiceMonth", 30, "2026-02-10", "2026-03-30"),
        ("invoiceWeekStartingMonday", 7, "2026-11-24", "2026-12-06"),
        ("invoiceWeekStartingSunday", 7, "2026-11-24", "2026-12-05"),
        ("paidInCash", 0, "2026-11-24", "2026-11-24"),
        ("net", 1, "9999-12-31", "9999-12-31"),
    ],
)
def test_7_1_due_dates(call: Caller, kind: str, days: int, date: str, due: str) -> None:
    terms = {"name": "T", "paymentTermsType": kind, "daysOfCredit": days}
    number = call("POST", "/payment-terms", terms)[1]["paymentTermsNumber"]
    body = {**DRAFT, "date": date, "paymentTerms": {"paymentTermsNumber": number}, "dueDate": "2000-01-01"}
    assert call("POST", "/invoices/drafts", body)[1]["dueDate"] == due


def test_16_6_the_due_date_counts_for_its_own_terms_only(call: Caller) -> None:
    made = call("POST", "/payment-terms", {"name": "D", "paymentTermsType": "dueDate"})[1]
    body = {**DRAFT, "paymentTerms": {"paymentTermsNumber": made["paymentTermsNumber"]}}
    assert "E04042" in set(codes(call("POST", "/invoices/drafts", body)[1]))
    assert "E04760" in set(codes(call("POST", "/invoices/drafts", {**body, "dueDate": "2026-11-23"})[1]))
    assert call("POST", "/invoices/drafts", {**body, "dueDate": "2026-12-31"})[1]["dueDate"] == "2026-12-31"


def test_5_3_terms_in_the_body_must_be_the_stored_ones(call: Caller) -> None:
    terms = {"paymentTermsNumber": 1, "paymentTermsType": "prepaid"}
    assert "E07180" in set(codes(call("POST", "/invoices/drafts", {**DRAFT, "paymentTerms": terms})[1]))
    terms = {"paymentTermsNumber": 1, "paymentTermsType": "net", "daysOfCredit": 8}
    assert call("POST", "/invoices/drafts", {**DRAFT, "paymentTerms": terms})[0] == 201


def test_16_5_nothing_is_filled_in(call: Caller) -> None:
    line = {"product": {"productNumber": "A/1"}, "quantity": 2}
    draft = call("POST", "/invoices/drafts", {**DRAFT, "lines": [line]})[1]
    row = draft["lines"][0]
    assert ("unitNetPrice" in row, "description" in row, draft["netAmount"]) == (False, False, 0)
    assert (row["unitCostPrice"], draft["costPriceInBaseCurrency"], draft["marginInBaseCurrency"]) == (20, 40, -40)


@pytest.mark.parametrize("name", ["layout", "paymentTerms", "recipient", "customer", "date", "currency"])
def test_7_1_what_a_draft_needs(call: Caller, name: str) -> None:
    status, body = call("POST", "/invoices/drafts", {key: value for key, value in DRAFT.items() if key != name})
    assert (status, "Required properties are missing" in body["errors"][0]) == (400, True)


def test_7_1_lines_are_appended_and_replaced(call: Caller) -> None:
    number = call("POST", "/invoices/drafts", DRAFT)[1]["draftInvoiceNumber"]
    more = {"lines": [{"product": {"productNumber": "A/1"}, "quantity": 1, "unitNetPrice": 46}]}
    draft = call("POST", f"/invoices/drafts/{number}/lines", more)[1]
    assert ([row["lineNumber"] for row in draft["lines"]], draft["grossAmount"]) == ([1, 2], D("575.36"))
    handle = draft["soap"]
    draft = call("PUT", f"/invoices/drafts/{number}", {**DRAFT, "lines": []})[1]
    assert (draft["lines"], draft["grossAmount"], draft["soap"]) == ([], 0, handle)
    assert call("PUT", "/invoices/drafts/999", DRAFT)[0] == 404


def test_16_3_an_empty_number_deletes_every_draft_that_passes(call: Caller) -> None:
    for other in ("a", "a", "b"):
        call("POST", "/invoices/drafts", {**DRAFT, "references": {"other": other}})
    status, body = call("DELETE", "/invoices/drafts?filter=references.other$eq:a")
    assert (status, body["deletedCount"]) == (200, 2)
    status, body = call("DELETE", "/invoices/drafts/")
    assert (status, body["deletedCount"], body["message"]) == (200, 1, "Deleted invoice.")
    assert call("DELETE", "/invoices/drafts/1")[1]["errorCode"] == "E06000"


def test_16_12_attachments(call: Caller) -> None:
    number = call("POST", "/invoices/drafts", DRAFT)[1]["draftInvoiceNumber"]
    path = f"/invoices/drafts/{number}/attachment"
    assert call("GET", path)[0] == 404
    assert upload(call, path, PDF).status == 405
    assert call("POST", f"{path}/file", {})[0] == 415
    assert upload(call, f"{path}/file", b"GIF89a").status == 400
    assert upload(call, f"{path}/file", PDF).status == 201
    assert upload(call, f"{path}/file", PDF).status == 400  # the second
    assert call.raw("GET", f"{path}/file").body == PDF
    assert call("DELETE", f"{path}/file")[0] == 204
    assert call("GET", path)[0] == 404


def test_7_1_pdfs_are_pdfs(call: Caller) -> None:
    number = call("POST", "/invoices/drafts", {**DRAFT, "recipient": {**DRAFT["recipient"], "name": "Łódź ÆØÅ"}})[1]
    answer = call.raw("GET", f"/invoices/drafts/{number['draftInvoiceNumber']}/pdf")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert (answer.body.startswith(b"%PDF-"), answer.body.rstrip().endswith(b"%%EOF")) == (True, True)
    assert call.raw("GET", "/invoices/booked/404/pdf").status == 404


def book(call: Caller, **more: object) -> tuple[int, Json]:
    number = call("POST", "/invoices/drafts", DRAFT)[1]["draftInvoiceNumber"]
    return call("POST", "/invoices/booked", {"draftInvoice": {"draftInvoiceNumber": number}, **more})


def test_7_2_ean_has_preconditions(call: Caller) -> None:
    status, body = book(call, sendBy="ean")
    assert (status, {"E04662", "E04663", "E04664"} <= set(codes(body))) == (400, True)
    person = call("POST", "/customers/7/contacts", {"name": "I"})[1]
    contact = {"customerContactNumber": person["customerContactNumber"]}
    call("PUT", "/customers/7", {**CUSTOMER, "ean": "5798000000001", "attention": contact})
    draft = call("POST", "/invoices/drafts", {**DRAFT, "references": {"customerContact": contact}})[1]
    reference = {"draftInvoice": {"draftInvoiceNumber": draft["draftInvoiceNumber"]}}
    status, booked = call("POST", "/invoices/booked", {**reference, "sendBy": "EAN"})
    assert status == 201
    sent = call("GET", "/invoices/sent")[1]["collection"]
    assert [row["invoice"]["bookedInvoiceNumber"] for row in sent] == [booked["bookedInvoiceNumber"]]


@pytest.mark.parametrize(
    ("act", "values", "code"),
    [
        ("years/close", {"year": "2026", "closed": True}, "E07850"),
        ("periods/bar", {"year": "2026", "date": "2026-11-24", "barred": True}, "E07860"),
        ("bar", {"kind": "customers", "key": 7, "barred": True}, "E04620"),
        ("bar", {"kind": "products", "key": "A/1", "barred": True}, "E04630"),
        ("bar", {"kind": "accounts", "key": 1012, "barred": True}, "E04640"),
        ("bar", {"kind": "accounts", "key": 5600, "barred": True}, "E04640"),
    ],
)
def test_7_2_booking_is_refused_until_the_reason_is_gone(
    call: Caller, systems: Sandboxes, act: str, values: Json, code: str
) -> None:
    systems.admin("economic", act, agreement=AGREEMENT, **values)
    status, body = book(call)
    assert (status, code in set(codes(body))) == (400, True), body
    assert (call("GET", "/invoices/booked")[1]["collection"], systems.entries()) == ([], [])
    undone = {name: (False if value is True else value) for name, value in values.items()}
    systems.admin("economic", act, agreement=AGREEMENT, **undone)
    assert book(call)[0] == 201
    assert sum(amount for _, amount in systems.entries()) == 0


def test_7_3_views_follow_what_is_paid(call: Caller, systems: Sandboxes) -> None:
    number = book(call)[1]["bookedInvoiceNumber"]

    def views() -> dict[str, int]:
        names = ("paid", "unpaid", "overdue", "not-due")
        return {name: len(call("GET", f"/invoices/{name}")[1]["collection"]) for name in names}

    assert views() == {"paid": 0, "unpaid": 1, "overdue": 0, "not-due": 1}
    systems.admin("economic", "clock/advance", seconds=9 * 86_400)
    assert views() == {"paid": 0, "unpaid": 1, "overdue": 1, "not-due": 0}
    customer = call("GET", "/customers/7")[1]
    assert (customer["balance"], customer["dueAmount"]) == (D("517.86"), D("517.86"))
    systems.admin("economic", "invoices/pay", agreement=AGREEMENT, invoice=number, amount="17.86", account=5855)
    assert call("GET", f"/invoices/booked/{number}")[1]["remainder"] == 500
    assert call("GET", "/invoices/totals/booked/unpaid")[1]["grossRemainderInBaseCurrency"] == 500
    systems.admin("economic", "invoices/pay", agreement=AGREEMENT, invoice=number, amount="500", account=5855)
    assert views() == {"paid": 1, "unpaid": 0, "overdue": 0, "not-due": 0}
    assert call("GET", "/customers/7")[1]["balance"] == 0


def test_7_4_a_credit_note_is_an_invoice_below_zero(call: Caller) -> None:
    line = {"product": {"productNumber": "A/1"}, "quantity": -1, "unitNetPrice": 100}
    number = call("POST", "/invoices/drafts", {**DRAFT, "lines": [line]})[1]["draftInvoiceNumber"]
    booked = call("POST", "/invoices/booked", {"draftInvoice": {"draftInvoiceNumber": number}})[1]
    assert (booked["netAmount"], booked["grossAmount"], booked["remainder"]) == (-100, -125, -125)
    assert len(call("GET", "/invoices/unpaid")[1]["collection"]) == 1


@pytest.mark.parametrize(("kind", "key"), [("orders", "orderNumber"), ("quotes", "quoteNumber")])
def test_7_5_three_states(call: Caller, kind: str, key: str) -> None:
    number = call("POST", f"/{kind}/drafts", DRAFT)[1][key]
    status, sent = call("POST", f"/{kind}/sent", {**DRAFT, key: number})
    assert (status, sent[key]) == (201, number)
    assert call("GET", f"/{kind}/drafts/{number}")[0] == 404
    assert call("POST", f"/{kind}/drafts", {**DRAFT, key: number})[1][key] == number  # the sent state is taken back
    assert call("GET", f"/{kind}/sent/{number}")[0] == 404
    upgrade = f"/{kind}/drafts/{number}/templates/upgrade-instructions/draftInvoice"
    assert call("POST", "/invoices/drafts", call("GET", upgrade)[1])[0] == 201
    assert call("GET", f"/{kind}/drafts/{number}")[0] == 200  # a draft is not archived
    call("POST", f"/{kind}/sent", {**DRAFT, key: number})
    assert call("POST", "/invoices/drafts", call("GET", upgrade.replace("drafts", "sent", 1))[1])[0] == 201
    assert call("GET", f"/{kind}/sent/{number}")[0] == 404
    assert call("GET", f"/{kind}/archived/{number}")[1]["netAmount"] == D("414.29")
    assert call("PUT", f"/{kind}/archived/{number}", DRAFT)[0] == 405
    other = call("POST", f"/{kind}/drafts", DRAFT)[1][key]
    assert other == number + 1
    assert call("DELETE", f"/{kind}/drafts/{other}")[0] == 204
    assert call("DELETE", f"/{kind}/drafts/{other}")[1]["errorCode"] == "E06000"
