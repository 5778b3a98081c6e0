"""Attachments of vouchers on REST (economic-api 8.3).

`…/attachment` tells about the file and takes no upload (405); the file lies under `…/attachment/file`. A second upload
is refused; PATCH appends pages. A voucher that was made a moment ago may not be found yet (4.4).
"""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.journals import voucher_documents, vouchers
from lagerbro_sandbox.economic.journals.pdf_pages import BadFileError, as_pdf
from lagerbro_sandbox.economic.journals.voucher_documents import Document
from lagerbro_sandbox.economic.rest.routing import Router
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.answers import ok
from lagerbro_sandbox.economic.wire.errors import ApiError, not_found
from lagerbro_sandbox.economic.wire.links import escaped, unescaped
from lagerbro_sandbox.kernel.forms import NoFormError, Upload, form_of, is_form
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.records import Record

KINDS: Final = ("jpeg", "png", "gif")
_PATH: Final = "/journals/{}/vouchers/{}/attachment"


def add_to(router: Router) -> None:
    router.add("GET", _PATH, _about)
    router.add("GET", f"{_PATH}/file", _file)
    router.add("POST", f"{_PATH}/file", _attach)
    router.add("PATCH", f"{_PATH}/file", _append)
    router.add("DELETE", f"{_PATH}/file", _detach)


def _about(session: Session, _request: Request, values: list[str]) -> Response:
    return ok(_shown(session, values, _present(session, values)))


def _file(session: Session, _request: Request, values: list[str]) -> Response:
    pdf = voucher_documents.content(session, _present(session, values))
    return Response(200, {"Content-Type": "application/pdf"}, pdf)


def _attach(session: Session, request: Request, values: list[str]) -> Response:
    year, number = _key(session, values)
    if not number:
        raise ApiError(400, "Voucher number 0 cannot have an attachment.", "Give the voucher a number.", "E05190")
    if voucher_documents.of_voucher(session, year, number) is not None:
        raise ApiError(400, "Voucher already has attachment.", "Append pages with PATCH.", "E05191")
    name, pdf = _uploaded(request)
    document = voucher_documents.attach(session, year, number, name or None, pdf)
    return ok(_shown(session, values, document), 201)


def _append(session: Session, request: Request, values: list[str]) -> Response:
    present = _present(session, values)
    try:
        document = voucher_documents.append(session, present, _uploaded(request)[1])
    except BadFileError as error:
        raise _refused(error) from error
    return ok(_shown(session, values, document))


def _detach(session: Session, _request: Request, values: list[str]) -> Response:
    voucher_documents.detach(session, _present(session, values, "E06000"))
    return Response(204)


def _key(session: Session, values: list[str]) -> tuple[str, int]:
    voucher = vouchers.one(session, values[0], unescaped(values[1]))
    return voucher["accountingYear"]["year"], voucher["voucherNumber"]


def _present(session: Session, values: list[str], code: str = "") -> Document:
    document = voucher_documents.of_voucher(session, *_key(session, values))
    if document is None:
        raise not_found(code)
    return document


def _uploaded(request: Request) -> tuple[str, bytes]:
    """The name of the first file of the form, and it as a PDF; which part it is in is not documented."""
    if not is_form(request):
        raise ApiError(415, "Unsupported media type.", "Send multipart/form-data.")
    try:
        upload = next(iter(form_of(request).files.values()), Upload("", b""))
        return upload.name, as_pdf(upload.content, KINDS)
    except (NoFormError, BadFileError) as error:
        raise _refused(error) from error


def _refused(error: Exception) -> ApiError:
    return ApiError(400, str(error), "Send a PDF, JPG, PNG or GIF of at most 9.0 MB.", "E05192")


def _shown(session: Session, values: list[str], document: Document) -> Record:
    key = vouchers.key_of(escaped(document.year), document.voucher)
    address = f"{session.base}/journals/{values[0]}/vouchers/{key}/attachment"
    body: Record = {"createdAt": document.at[:10], "file": f"{address}/file", "pages": document.pages, "self": address}
    return {**body, "description": document.note} if document.note else body
