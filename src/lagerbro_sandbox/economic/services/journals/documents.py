"""documentsapi: attached documents by accounting year and voucher number (economic-api 8.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lagerbro_sandbox.economic.journals import voucher_documents as documents
from lagerbro_sandbox.economic.journals.number_series import VOUCHER_MAX
from lagerbro_sandbox.economic.journals.pdf_pages import BadFileError, as_pdf
from lagerbro_sandbox.economic.journals.voucher_documents import Document
from lagerbro_sandbox.economic.services.calls import NOTHING, Call
from lagerbro_sandbox.economic.services.problems import INVALID, ServiceError, missing, raise_if_any, refuse
from lagerbro_sandbox.economic.services.properties import Property, Shape, check
from lagerbro_sandbox.economic.services.resources import Resource, ServiceRouter
from lagerbro_sandbox.economic.services.shapes.documents import DOCUMENT
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.kernel.forms import Form, NoFormError, Upload, form_of, is_form
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record

KINDS: Final = ("jpeg", "png")
MERGE, FAIL = 0, 1
YEAR_MAX: Final = 11  # economic-api 8.3
NOTE_MAX: Final = 250  # economic-api 8.3
BULK_MAX: Final = 500
NUMBERS: Final[Shape] = {"documentNumbers": Property("array")}


def add_to(router: ServiceRouter) -> None:
    Resource("/AttachedDocuments", DOCUMENT, "number", _rows, _read, delete=_delete).add_to(router)
    router.add("POST", "/AttachedDocuments", _attach)
    router.add("GET", "/AttachedDocuments/{}/pdf", _pdf)
    router.add("DELETE", "/AttachedDocuments/deletebulk", _delete_bulk)


def _rows(call: Call, _values: list[str]) -> Iterator[Record]:
    return (_shown(document) for document in documents.every(call.session))


def _read(call: Call, values: list[str]) -> Record | None:
    document = _find(call, values[0])
    return None if document is None else _shown(document)


def _find(call: Call, number: str) -> Document | None:
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return documents.one(call.session, int(number))


def _shown(document: Document) -> Record:
    return {
        "number": document.number,
        "note": document.note,
        "pageCount": document.pages,
        "voucherNumber": document.voucher,
        "accountingYear": document.year,
    }


def _delete(call: Call, row: Record, _values: list[str]) -> None:
    document = documents.one(call.session, row["number"])
    assert document is not None
    documents.detach(call.session, document)


def _pdf(call: Call, values: list[str]) -> Response:
    document = _find(call, values[0])
    if document is None:
        raise missing()
    return Response(200, {"Content-Type": "application/pdf"}, documents.content(call.session, document))


def _delete_bulk(call: Call, _values: list[str]) -> Response:
    """All of them or none."""
    numbers = check(call.body(), NUMBERS).get("documentNumbers") or []
    if not 1 <= len(numbers) <= BULK_MAX:
        raise refuse(INVALID, f"Name 1 to {BULK_MAX} documents.", "documentNumbers")
    for number in numbers:
        document = _find(call, str(number))
        if document is None:
            raise missing(f"Document {number}")
        documents.detach(call.session, document)
    return NOTHING


def _attach(call: Call, _values: list[str]) -> Response:
    """Merged with what is there already, unless the caller would rather fail."""
    form = _form(call)
    raise_if_any(list(_complaints(form)))
    year, voucher = form.fields["accountingyear"], int(form.fields["vouchernumber"])
    if call.session.get("accounting-years", year) is None:
        raise refuse("AccountingYearNotFound", f"Accounting year {year} does not exist.", "accountingYear")
    if not documents.has_voucher(call.session, year, voucher):
        raise refuse("InvalidVoucherNumber", f"Voucher {voucher} does not exist in {year}.", "voucherNumber")
    present = documents.of_voucher(call.session, year, voucher)
    if present is not None and form.fields.get("onconflict") in (str(FAIL), "Fail"):
        text = "The voucher has a document already."
        raise refuse("DocumentAlreadyAttachedToVoucher", text, "voucherNumber")
    number = _attached_number(call, form, present, year, voucher)
    return call.created({"number": number}, number)


def _attached_number(call: Call, form: Form, present: Document | None, year: str, voucher: int) -> int:
    try:
        pdf = as_pdf(_file(form).content, KINDS)
        if present is not None:
            return documents.append(call.session, present, pdf).number
        return documents.attach(call.session, year, voucher, form.fields.get("note") or None, pdf).number
    except BadFileError as error:
        raise refuse("InvalidFileData", str(error), "file") from error


def _form(call: Call) -> Form:
    if not is_form(call.request):
        raise ServiceError(415, "UnsupportedMediaType", "Send multipart/form-data.")
    try:
        return form_of(call.request)
    except NoFormError as error:
        raise refuse(INVALID, str(error)) from error


def _file(form: Form) -> Upload:
    """The part called File; a part without a name of its own arrives as a field."""
    return form.files.get("file") or Upload("", form.fields.get("file", "").encode())


def _complaints(form: Form) -> Iterator[Complaint]:
    year, number = form.fields.get("accountingyear", ""), form.fields.get("vouchernumber", "")
    if not 1 <= len(year) <= YEAR_MAX:
        yield Complaint(INVALID, f"The accounting year has 1 to {YEAR_MAX} characters.", "accountingYear")
    if not (number.isascii() and number.isdigit() and len(number) < 10 and 1 <= int(number) <= VOUCHER_MAX):
        yield Complaint(INVALID, f"The voucher number is from 1 to {VOUCHER_MAX}.", "voucherNumber")
    if "file" not in form.files and "file" not in form.fields:
        yield Complaint(INVALID, "The File field is required.", "file")
    if len(form.fields.get("note", "")) > NOTE_MAX:
        yield Complaint(INVALID, f"The note is at most {NOTE_MAX} characters.", "note")
    if form.fields.get("onconflict", "0") not in ("0", "1", "Merge", "Fail", ""):
        yield Complaint(INVALID, "onConflict is 0 (merge) or 1 (fail).", "onConflict")
