"""Documents of vouchers on both surfaces (economic-api 8.3, 4.4, 16.12)."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from lagerbro_sandbox.kernel.json import from_json
from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.services.test_services import code
from tests.sandbox.economic.test_vouchers import FINANCE, voucher
from tests.sandbox.economic.uploading import a_pdf, an_image, upload
from tests.sandboxes import Sandboxes

VOUCHER = "/journals/2/vouchers/2026-50001"
FILE = f"{VOUCHER}/attachment/file"
DOCUMENTS = "/documentsapi/v4.0.1/AttachedDocuments"
KEY = {"AccountingYear": "2026", "VoucherNumber": "50001"}


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    caller = Caller(systems)
    caller("POST", "/journals/2/vouchers", voucher(financeVouchers=[FINANCE]))
    return caller


def pages(content: bytes) -> int:
    return len(PdfReader(BytesIO(content)).pages)


def test_the_file_is_attached_read_appended_to_and_removed(call: Caller) -> None:
    assert call("GET", f"{VOUCHER}/attachment")[0] == 404
    made = upload(call, "POST", FILE, a_pdf(2), part="fileContent")
    assert made.status == 201
    _, about = call("GET", f"{VOUCHER}/attachment")
    assert (about["pages"], about["createdAt"]) == (2, "2026-11-24")
    assert about["file"] == f"http://economic.test{FILE}"
    answer = call.raw("GET", FILE)
    assert (answer.headers["Content-Type"], pages(answer.body)) == ("application/pdf", 2)
    assert upload(call, "PATCH", FILE, an_image("PNG")).status == 200
    assert pages(call.raw("GET", FILE).body) == 3
    assert call("DELETE", FILE)[0] == 204
    assert call("GET", FILE)[0] == 404
    assert upload(call, "PATCH", FILE, a_pdf()).status == 404


def test_16_12_the_traps(call: Caller) -> None:
    assert upload(call, "POST", f"{VOUCHER}/attachment", a_pdf()).status == 405
    assert upload(call, "POST", FILE, a_pdf()).status == 201
    again = upload(call, "POST", FILE, a_pdf())
    body = from_json(again.body)
    assert isinstance(body, dict)
    assert (again.status, body["message"]) == (400, "Voucher already has attachment.")
    assert pages(call.raw("GET", FILE).body) == 1


def test_4_4_uploading_at_once_may_be_too_early(call: Caller) -> None:
    call("POST", "/_sandbox/vouchers/delay", {"ms": 400})
    call("POST", "/journals/2/vouchers", voucher(financeVouchers=[FINANCE]))
    early = "/journals/2/vouchers/2026-50002/attachment/file"
    assert upload(call, "POST", early, a_pdf()).status == 404
    call("POST", "/_sandbox/clock/advance", {"seconds": 1})
    assert upload(call, "POST", early, a_pdf()).status == 201


def test_a_voucher_without_a_number_takes_no_file(call: Caller) -> None:
    entry = {
        "entryTypeNumber": 5,
        "journalNumber": 2,
        "date": "2026-11-24",
        "accountNumber": 5820,
        "amount": 1,
        "currency": "DKK",
        "voucherNumber": 0,
    }
    assert call("POST", "/journalsapi/v15.0.0/draft-entries", entry)[0] == 201
    assert upload(call, "POST", "/journals/2/vouchers/2026-0/attachment/file", a_pdf()).status == 400


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
def test_images_become_pdfs(call: Caller, kind: str) -> None:
    assert upload(call, "POST", FILE, an_image(kind)).status == 201
    assert pages(call.raw("GET", FILE).body) == 1


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.4 and no more", b"\x89PNG and no more", b"x" * 9_437_185])
def test_what_is_not_a_file_of_a_kind_that_is_taken(call: Caller, content: bytes) -> None:
    assert upload(call, "POST", FILE, content).status == 400
    answer = upload(call, "POST", DOCUMENTS, content, **KEY)
    body = from_json(answer.body)
    assert isinstance(body, dict)
    assert (answer.status, body["errorCode"]) == (400, "InvalidFileData")
    assert call("GET", f"{VOUCHER}/attachment")[0] == 404
    assert call("POST", FILE, {"a": 1})[0] == 415


def test_documentsapi_merges_or_fails(call: Caller) -> None:
    made = upload(call, "POST", DOCUMENTS, a_pdf(), **KEY, note="Lagerrapport")
    assert (made.status, made.body) == (201, b'{"number":1}')
    assert made.headers["Location"].endswith("/AttachedDocuments/1")
    _, read = call("GET", f"{DOCUMENTS}/1")
    wanted = {"number": 1, "note": "Lagerrapport", "pageCount": 1, "voucherNumber": 50001, "accountingYear": "2026"}
    assert read == wanted
    failed = upload(call, "POST", DOCUMENTS, a_pdf(), **KEY, onConflict="1")
    body = from_json(failed.body)
    assert isinstance(body, dict)
    assert (failed.status, body["errorCode"]) == (400, "DocumentAlreadyAttachedToVoucher")
    assert upload(call, "POST", DOCUMENTS, an_image("JPEG"), **KEY).body == b'{"number":1}'
    assert pages(call.raw("GET", f"{DOCUMENTS}/1/pdf").body) == 2
    assert call("GET", f"{VOUCHER}/attachment")[1]["pages"] == 2  # REST sees the same document
    found = call("GET", f"{DOCUMENTS}?filter=voucherNumber$eq:50001$and:accountingYear$eq:2026")[1]["items"]
    assert [row["number"] for row in found] == [1]


def test_documentsapi_works_for_booked_entries_and_deletes(call: Caller) -> None:
    assert call("POST", "/journalsapi/v15.0.0/journals/2/book")[0] == 204
    assert upload(call, "POST", DOCUMENTS, a_pdf(), **KEY).status == 201
    assert code(call("DELETE", f"{DOCUMENTS}/deletebulk", {"documentNumbers": [1, 9]})) == (404, "ResourceNotFound")
    assert call("GET", f"{DOCUMENTS}/count") == (200, 1)
    assert call("DELETE", f"{DOCUMENTS}/deletebulk", {"documentNumbers": [1]}) == (204, None)
    assert upload(call, "POST", DOCUMENTS, a_pdf(), **KEY).status == 201
    assert call("DELETE", f"{DOCUMENTS}/2")[0] == 204
    assert code(call("GET", f"{DOCUMENTS}/2/pdf")) == (404, "ResourceNotFound")


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"AccountingYear": "1999"}, "AccountingYearNotFound"),
        ({"VoucherNumber": "9"}, "InvalidVoucherNumber"),
        ({"VoucherNumber": "0"}, "InvalidInput"),
        ({"note": "x" * 251}, "InvalidInput"),
        ({"onConflict": "2"}, "InvalidInput"),
    ],
)
def test_5_4_documents_are_refused_by_code(call: Caller, change: dict[str, str], wanted: str) -> None:
    answer = upload(call, "POST", DOCUMENTS, a_pdf(), **{**KEY, **change})
    body = from_json(answer.body)
    assert isinstance(body, dict)
    assert (answer.status, body["errorCode"]) == (400, wanted)
    assert code(call("POST", DOCUMENTS, {})) == (415, "UnsupportedMediaType")
    assert call("GET", f"{DOCUMENTS}/count") == (200, 0)
