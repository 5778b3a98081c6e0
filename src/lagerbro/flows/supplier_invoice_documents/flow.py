"""The supplier's PDF is attached to the voucher (domain-rules F24): a transfer of its own, so that whatever becomes of
it, the posting stands. What is attached already by somebody else is left alone; ours is known by its note."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import msgspec

from lagerbro.economic.documents import FILE_LIMIT_BYTES, AttachedNumber
from lagerbro.flows.supplier_invoice_documents import module
from lagerbro.flows.supplier_invoices.mark import carries, mark
from lagerbro.sync.models import IntentState, Link
from lagerbro.sync.outcome import LinkFacts, Outcome, OutcomePending, Refusal, Skipped, Transferred
from lagerbro.sync.requirements import require
from lagerbro.sync.work import Step, Work
from lagerbro.wire.errors import FailureKind, ForbiddenError, RefusedError, UnreadableAnswerError
from lagerbro.wire.multipart import Part

VOUCHER_KIND: Final = "supplier_invoice"
ATTACH: Final = "attach"
MODULE_MISSING: Final = "E03040"
ALREADY_ATTACHED: Final = "DocumentAlreadyAttachedToVoucher"
NO_VOUCHER: Final = "InvalidVoucherNumber"
APPEARS_AFTER: Final = timedelta(seconds=10)
SETTLES: Final = timedelta(minutes=1)
"""A voucher that was made a moment ago may not be there yet for its document (economic-api 16.12)."""
_PDF: Final = b"%PDF"
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
        require(work, {VOUCHER_KIND: {work.transfer.key}})
        voucher = work.links.get(VOUCHER_KIND, work.transfer.key)
        assert voucher is not None, "what is required is linked"
        before = work.links.get(self.kind, work.transfer.key)
        if before is not None and before.version == voucher.economic_key:
            return Transferred()
        left_out = module.left_out(work)
        if left_out is not None:
            return left_out
        file = _file(work)
        if file is None:
            return Skipped("document_missing", is_forgotten=True)
        return _attached(work, voucher, file)


def _file(work: Work) -> Part | None:
    """The supplier's PDF; None where there is none. Raises `Refusal` for what e-conomic cannot take."""
    number, documents = work.transfer.key, work.clients.rackbeat.documents
    found = documents.of(number)
    if found is not None and not found:
        return None
    name = f"{mark(int(number))}.pdf"
    if found is not None:
        if (found[0].size or 0) > FILE_LIMIT_BYTES:
            raise _too_large(found[0].size or 0)
        content = _read(lambda: documents.file(number, found[0].id))
        name = found[0].filename or name
    else:
        content = _read(lambda: documents.made(number))
    if len(content) > FILE_LIMIT_BYTES:
        raise _too_large(len(content))
    if _PDF not in content[:_BEGINS_WITHIN]:
        raise Refusal("document_unusable", FailureKind.REFUSED, filename=name[:80])
    return Part("File", name, "application/pdf", content)


def _read(read: Callable[[], bytes]) -> bytes:
    try:
        return read()
    except UnreadableAnswerError as error:  # longer than we read at all, or not what it says it is
        raise Refusal("document_unusable", FailureKind.REFUSED, filename="PDF") from error


def _too_large(size: int) -> Refusal:
    return Refusal("document_too_large", FailureKind.REFUSED, megabytes=str(size // 1_048_576 + 1))


def _attached(work: Work, voucher: Link, file: Part) -> Outcome:
    year, _, number = voucher.economic_key.rpartition("-")
    documents, invoice = work.clients.economic.documents, int(work.transfer.key)

    def look() -> AttachedNumber | None:
        found = documents.attached(year, int(number))
        return next((AttachedNumber(one.number) for one in found if carries(one.note, invoice)), None)

    step = Step(
        name=ATTACH,
        answer=AttachedNumber,
        request=AttachedFile(voucher.economic_key, file.filename[:200], len(file.content)),
        send=lambda key: documents.attach(year, int(number), file, mark(invoice), key),
        find_existing=look,
        is_once_only=False,
    )
    before = work.intents.latest(ATTACH)
    try:
        made = work.write(step, voucher.economic_key)
    except RefusedError as error:
        found = look() if ALREADY_ATTACHED in error.codes() else None
        if found is None:
            return _refused(work, voucher, error)
        made = found
    link = LinkFacts("voucher_document", str(made.number), voucher.economic_key, name=file.filename)
    was_refused = before is not None and before.state == IntentState.REFUSED
    return Transferred(link, follows=module.left_without(work, VOUCHER_KIND) if was_refused else ())


def _refused(work: Work, voucher: Link, error: RefusedError) -> Outcome:
    """Why it could not be attached, as far as a code says it; else raises what e-conomic said."""
    codes = error.codes()
    if MODULE_MISSING in codes or isinstance(error, ForbiddenError):
        raise module.missing(work) from error
    if ALREADY_ATTACHED in codes:
        return Skipped("document_present", {"voucher": voucher.economic_key})
    if NO_VOUCHER in codes:
        now = work.runtime.clock.now()
        if now < voucher.changed_at + SETTLES:
            raise OutcomePending(now + APPEARS_AFTER, "not_found_yet") from error
        raise Refusal("document_without_voucher", FailureKind.CONFIG, voucher=voucher.economic_key) from error
    raise error
