"""The supplier's PDF is attached to the voucher (domain-rules F24): a transfer of its own, so that whatever becomes of
it, the posting stands. What is attached already by somebody else is left alone; ours is known by its note."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import msgspec

from lagerbro.economic.documents import FILE_LIMIT_BYTES, AttachedNumber
from lagerbro.flows.supplier_invoice_documents import module
from lagerbro.flows.supplier_invoices.mark import has_mark, mark
from lagerbro.sync.models import IntentState, Link
from lagerbro.sync.outcome import LinkFacts, Outcome, OutcomePending, Refusal, Skipped, Transferred
from lagerbro.sync.requirements import require
from lagerbro.sync.work import Step, Work
from lagerbro.wire.errors import (
    AnswerTooLongError,
    FailureKind,
    ForbiddenError,
    ReadOnlyError,
    RefusedError,
    UnreadableAnswerError,
)
from lagerbro.wire.multipart import Part
from lagerbro.wire.transport import FILE_LIMIT_BYTES as READ_LIMIT_BYTES

INVOICE_KIND: Final = "supplier_invoice"
ATTACH: Final = "attach"
MODULE_MISSING: Final = "E03040"
ALREADY_ATTACHED: Final = "DocumentAlreadyAttachedToVoucher"
NO_VOUCHER: Final = "InvalidVoucherNumber"
APPEARS_AFTER: Final = timedelta(seconds=10)
SETTLES: Final = timedelta(minutes=1)
"""A voucher that was made a moment ago may not be there yet for its document (economic-api 16.12)."""
_PDF: Final = b"%PDF"
_MEBIBYTE: Final = 1_048_576
_BEGINS_WITHIN: Final = 1024
"""Where readers look for the beginning of a PDF."""


class AttachedFile(msgspec.Struct):
    """What is attached where: the file itself is not kept."""

    voucher: str
    name: str
    size: int


class DocumentFlow:
    """The document of one supplier invoice, by the invoice's Rackbeat number."""

    kind = "supplier_invoice_document"
    rank = 60

    def run(self, work: Work) -> Outcome:
        if not work.choices.suppliers_enabled:
            return Skipped("purchases_off")
        require(work, {INVOICE_KIND: {work.transfer.key}})
        voucher = work.links.get(INVOICE_KIND, work.transfer.key)
        assert voucher is not None, "what is required is linked"
        before = work.links.get(self.kind, work.transfer.key)
        if before is not None and before.version == _version_of(voucher):
            return Transferred()
        left_out = module.left_out(work)
        if left_out is not None:
            return left_out
        file = _pdf_of_invoice(work)
        if file is None:
            return Skipped("document_missing", is_forgotten=True)
        return _outcome_of_attaching(work, voucher, file)


def _version_of(voucher: Link) -> str:
    """Which voucher it is: one that is made again may get the number of the one that was deleted, without its PDF."""
    return f"{voucher.economic_key} {voucher.created_at:%Y%m%dT%H%M%S}"


def _pdf_of_invoice(work: Work) -> Part | None:
    """The supplier's PDF; None where there is none. Raises `Refusal` for what e-conomic cannot take."""
    number, documents = work.transfer.key, work.clients.rackbeat.documents
    files = documents.of(number)
    if files is not None and not files:
        return None
    name = f"{mark(int(number))}.pdf"
    if files is not None:
        if (files[0].size or 0) > FILE_LIMIT_BYTES:
            raise _too_large(_megabytes(files[0].size or 0))
        content = _read(lambda: documents.file(number, files[0].id))
        name = files[0].filename or name
    else:
        content = _read(lambda: documents.made(number))
    if len(content) > FILE_LIMIT_BYTES:
        raise _too_large(_megabytes(len(content)))
    if _PDF not in content[:_BEGINS_WITHIN]:
        raise Refusal("document_unusable", FailureKind.REFUSED, filename=name[:80])
    return Part("File", name, "application/pdf", content)


def _read(read: Callable[[], bytes]) -> bytes:
    try:
        return read()
    except AnswerTooLongError as error:
        raise _too_large(f">{READ_LIMIT_BYTES // _MEBIBYTE}") from error
    except UnreadableAnswerError as error:  # not what it says it is
        raise Refusal("document_unusable", FailureKind.REFUSED, filename="PDF") from error


def _megabytes(size: int) -> str:
    return str(size // _MEBIBYTE + 1)


def _too_large(megabytes: str) -> Refusal:
    return Refusal("document_too_large", FailureKind.REFUSED, megabytes=megabytes)


def _outcome_of_attaching(work: Work, voucher: Link, file: Part) -> Outcome:
    year, _, number = voucher.economic_key.rpartition("-")
    documents, invoice = work.clients.economic.documents, int(work.transfer.key)

    def find_attached() -> AttachedNumber | None:
        files = documents.attached(year, int(number))
        return next((AttachedNumber(one.number) for one in files if has_mark(one.note, invoice)), None)

    step = Step(
        name=ATTACH,
        answer=AttachedNumber,
        request=AttachedFile(voucher.economic_key, file.filename[:200], len(file.content)),
        send=lambda key: documents.attach(year, int(number), file, mark(invoice), key),
        find_existing=find_attached,
        is_once_only=False,
    )
    before = work.intents.latest(ATTACH)
    try:
        attached = work.write(step, _version_of(voucher))
    except RefusedError as error:
        own = find_attached() if ALREADY_ATTACHED in error.codes() else None
        if own is None:
            return _outcome_of_refusal(work, voucher, error)
        attached = own
    link = LinkFacts("voucher_document", str(attached.number), _version_of(voucher), name=file.filename)
    was_refused = before is not None and before.state == IntentState.REFUSED
    return Transferred(link, follows=module.left_without(work, INVOICE_KIND) if was_refused else ())


def _outcome_of_refusal(work: Work, voucher: Link, error: RefusedError) -> Outcome:
    """Why it could not be attached, as far as a code says it; else raises what e-conomic said."""
    codes = error.codes()
    if MODULE_MISSING in codes or (isinstance(error, ForbiddenError) and not isinstance(error, ReadOnlyError)):
        raise module.missing(work) from error
    if ALREADY_ATTACHED in codes:
        return Skipped("document_present", {"voucher": voucher.economic_key})
    if NO_VOUCHER in codes:
        now = work.runtime.clock.now()
        if now < voucher.changed_at + SETTLES:
            raise OutcomePending(now + APPEARS_AFTER, "not_found_yet") from error
        raise Refusal("document_without_voucher", FailureKind.CONFIG, voucher=voucher.economic_key) from error
    raise error
