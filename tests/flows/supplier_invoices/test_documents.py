"""The supplier's PDF goes to the voucher by a transfer of its own (F24): once, and never in the way of the posting."""

from __future__ import annotations

import base64

import pytest

from lagerbro.agreements.approvals import DOCUMENT, approve
from lagerbro.agreements.models import Approval
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.decisions.acknowledged import facts_of, record_of
from lagerbro.sync.decisions.making_again import make_again
from lagerbro.sync.models import Link, Transfer, TransferState
from lagerbro.web.status.causes import stopped_transfers
from lagerbro_sandbox.economic.journals import voucher_documents as documents
from lagerbro_sandbox.kernel.faults.plan import Fault
from lagerbro_sandbox.rackbeat.wire import pdf
from tests.flows.supplier_invoices.conftest import Buyer
from tests.sandboxes import nordlys

KIND = "supplier_invoice_document"
DOCUMENTS = "/documentsapi/v4.0.1/AttachedDocuments"


def invoice_with(buyer: Buyer, content: bytes | None = None, own: str = "F-77") -> int:
    number = buyer.invoice(own=own, book=False)
    attach_in_rackbeat(buyer, number, content)
    buyer.book(number)
    return number


def attach_in_rackbeat(buyer: Buyer, number: int, content: bytes | None = None) -> None:
    body = {"filename": "faktura.pdf", "content": base64.b64encode(content or pdf.page(["Faktura"])).decode()}
    buyer.systems.in_rackbeat("POST", f"supplier-invoices/{number}/attachments", body)


def swollen(buyer: Buyer, number: int, content: bytes, size: int | None = None) -> None:
    """Have Rackbeat hold a file that it would not have taken."""
    store, account = buyer.systems.rackbeat.store, nordlys().rackbeat_account_id
    record = store.get(account, "supplier-invoices", number)
    assert record is not None
    key = record["attachments"][0]
    file = store.get(account, "attachments", key)
    assert file is not None
    size = len(content) if size is None else size
    store.put(account, "attachments", key, {**file, "content": base64.b64encode(content).decode(), "size": size})


def attached(buyer: Buyer) -> list[tuple[str, int, str | None, int]]:
    found = buyer.systems.in_economic("GET", DOCUMENTS)["items"]
    return [(row["accountingYear"], row["voucherNumber"], row["note"], row["pageCount"]) for row in found]


def document(buyer: Buyer, number: int) -> Transfer:
    return buyer.company.transfer(KIND, number)


def known(buyer: Buyer) -> list[str]:
    """The invoices whose document has a transfer."""
    with agreement_scope(buyer.company.agreement.pk):
        return list(Transfer.in_scope.filter(kind=KIND).order_by("pk").values_list("key", flat=True))


def set_modules(buyer: Buyer, *numbers: int) -> None:
    buyer.systems.admin("economic", "modules/set", agreement=nordlys().agreement_number, modules=list(numbers))


def hour_passes(buyer: Buyer) -> None:
    buyer.systems.clock.sleep_s(3700)
    for _ in range(3):
        buyer.company.drain()


def days_pass(buyer: Buyer, days: int) -> None:
    for _ in range(days):
        buyer.systems.clock.sleep_s(24 * 3600)
        for _ in range(3):
            buyer.company.drain()


def settle(buyer: Buyer) -> None:
    for _ in range(5):
        buyer.systems.clock.sleep_s(60)
        buyer.company.drain()


def test_it_follows_the_voucher(buyer: Buyer) -> None:
    number = invoice_with(buyer)
    buyer.posted(number)
    assert attached(buyer) == [("2026", 40001, f"RB-K{number}", 1)]
    transfer = document(buyer, number)
    assert transfer.state == TransferState.TRANSFERRED
    assert buyer.company.calls(transfer) == [
        f"GET /api/supplier-invoices/{number}/attachments",
        f"GET /api/supplier-invoices/{number}/attachments/1",
        f"POST {DOCUMENTS}",
    ]
    buyer.company.ask(KIND, number)
    buyer.company.drain()
    assert buyer.company.calls(document(buyer, number)) == []
    assert len(attached(buyer)) == 1


def test_an_invoice_without_one_makes_no_noise_and_one_that_comes_later_is_attached(buyer: Buyer) -> None:
    number = buyer.invoice()
    assert buyer.posted(number).state == TransferState.DRAFTED
    assert known(buyer) == []
    hour_passes(buyer)
    assert known(buyer) == []
    attach_in_rackbeat(buyer, number)
    hour_passes(buyer)
    assert document(buyer, number).state == TransferState.TRANSFERRED
    assert attached(buyer) == [("2026", 40001, f"RB-K{number}", 1)]
    runs = document(buyer, number).runs
    hour_passes(buyer)
    assert document(buyer, number).runs == runs


def test_one_that_comes_later_goes_with_the_invoice_that_is_tried_again(buyer: Buyer) -> None:
    number = buyer.invoice()
    buyer.posted(number)
    attach_in_rackbeat(buyer, number)
    assert buyer.posted(number).state == TransferState.DRAFTED
    assert attached(buyer) == [("2026", 40001, f"RB-K{number}", 1)]


@pytest.mark.parametrize("keys_are_kept", [True, False], ids=["cache on", "cache off"])
@pytest.mark.parametrize("how", ["lose_answer", "drop_connection", "status"])
def test_it_is_attached_once_whatever_is_lost(buyer: Buyer, how: str, keys_are_kept: bool) -> None:
    buyer.systems.admin("economic", "idempotency", kept=keys_are_kept)
    fault = Fault(
        "once",
        method="POST",
        path="/documentsapi/*",
        status=503 if how == "status" else None,
        lose_answer=how == "lose_answer",
        drop_connection=how == "drop_connection",
    )
    buyer.systems.economic.faults.set(fault)
    number = invoice_with(buyer)
    assert buyer.posted(number).state == TransferState.DRAFTED  # its failure is its own
    assert document(buyer, number).state == TransferState.WAITING
    settle(buyer)
    assert document(buyer, number).state == TransferState.TRANSFERRED
    assert attached(buyer) == [("2026", 40001, f"RB-K{number}", 1)]


def test_what_we_attached_and_forgot_is_found(buyer: Buyer) -> None:
    number = invoice_with(buyer)
    buyer.posted(number)
    with agreement_scope(buyer.company.agreement.pk):
        Link.in_scope.filter(kind=KIND).delete()
        Transfer.in_scope.filter(kind=KIND).delete()
    buyer.company.ask(KIND, number)
    buyer.company.drain()
    assert document(buyer, number).state == TransferState.TRANSFERRED
    assert attached(buyer) == [("2026", 40001, f"RB-K{number}", 1)]


def test_somebody_elses_document_is_left_alone(buyer: Buyer) -> None:
    buyer.systems.economic.faults.set(Fault("down", method="POST", path="/documentsapi/*", status=503))
    number = invoice_with(buyer)
    buyer.posted(number)
    session = buyer.systems.economic.session(nordlys().agreement_number, "economic.test")
    documents.attach(session, "2026", 40001, "Scannet af Jens", pdf.page(["En anden"]))
    settle(buyer)
    assert (document(buyer, number).state, document(buyer, number).code) == (
        TransferState.CANCELLED,
        "document_present",
    )
    assert attached(buyer) == [("2026", 40001, "Scannet af Jens", 1)]


def without_module(buyer: Buyer, *invoices: str) -> list[int]:
    """Invoices with their PDF, of an agreement that may attach none."""
    set_modules(buyer, 14)
    numbers = [invoice_with(buyer, own=own) for own in invoices]
    for number in numbers:
        assert buyer.posted(number).state == TransferState.DRAFTED
    return numbers


def test_an_agreement_without_the_module_is_told_once(buyer: Buyer) -> None:
    first, second, third = without_module(buyer, "F-1", "F-2", "F-3")
    assert known(buyer) == [str(first)]
    told = document(buyer, first)
    assert (told.state, told.code) == (TransferState.NEEDS_YOU, "attachments_module_missing")
    company = buyer.company
    with agreement_scope(company.agreement.pk):
        causes = stopped_transfers(company.agreement, buyer.systems.clock.now()).causes
    assert [(one.group.code, one.group.stopped) for one in causes] == [("attachments_module_missing", 1)]
    assert buyer.systems.to_economic.asked.count(f"POST {DOCUMENTS}") == 1

    set_modules(buyer, 3, 14)
    company.ask(KIND, first)
    company.drain()
    assert [document(buyer, number).state for number in (first, second, third)] == [TransferState.TRANSFERRED] * 3
    assert [note for _, _, note, _ in attached(buyer)] == [f"RB-K{number}" for number in (first, second, third)]


def test_the_module_that_has_come_is_seen_by_itself(buyer: Buyer) -> None:
    first, second = without_module(buyer, "F-1", "F-2")
    days_pass(buyer, 2)
    assert (known(buyer), document(buyer, first).runs) == ([str(first)], 1)
    set_modules(buyer, 3, 14)
    days_pass(buyer, 1)
    assert [note for _, _, note, _ in attached(buyer)] == [f"RB-K{number}" for number in (first, second)]


def test_who_does_without_is_asked_no_more(buyer: Buyer) -> None:
    (first,) = without_module(buyer, "F-1")
    company, transfer = buyer.company, document(buyer, first)
    with agreement_scope(company.agreement.pk):
        approve(
            company.agreement,
            Approval(
                kind=DOCUMENT,
                key=record_of(transfer),
                facts=facts_of(transfer.code, transfer.details),
                approved_by="test",
                approved_at=buyer.systems.clock.now(),
            ),
        )
    company.ask(KIND, first)
    company.drain()
    assert document(buyer, first).state == TransferState.CANCELLED
    without_module(buyer, "F-2")
    assert known(buyer) == [str(first)]


def test_a_right_that_is_lacking_is_told_as_the_module_is(buyer: Buyer) -> None:
    buyer.systems.economic.faults.set(Fault("right", method="POST", path="/documentsapi/*", status=403, times=None))
    number = invoice_with(buyer)
    assert buyer.posted(number).state == TransferState.DRAFTED
    assert (document(buyer, number).state, document(buyer, number).code) == (
        TransferState.NEEDS_YOU,
        "attachments_module_missing",
    )
    buyer.systems.economic.faults.clear()
    buyer.company.ask(KIND, number)
    buyer.company.drain()
    assert document(buyer, number).state == TransferState.TRANSFERRED


@pytest.mark.parametrize(
    ("content", "size", "code"),
    [
        (b"%PDF" + b"x" * 10_000_000, None, "document_too_large"),
        (b"%PDF", 40 * 1024 * 1024, "document_too_large"),
        (b"%PDF" + b"x" * 40_000_000, 0, "document_too_large"),
        (b"<html>no</html>", None, "document_unusable"),
        (b"", None, "document_unusable"),
    ],
    ids=["ten megabytes", "forty", "forty of which nobody tells", "no PDF", "empty"],
)
def test_a_file_that_cannot_be_attached(buyer: Buyer, content: bytes, size: int | None, code: str) -> None:
    number = invoice_with(buyer)
    swollen(buyer, number, content, size)
    assert buyer.posted(number).state == TransferState.DRAFTED
    assert (document(buyer, number).state, document(buyer, number).code) == (TransferState.REFUSED, code)
    assert attached(buyer) == []
    swollen(buyer, number, pdf.page(["Faktura"]))
    buyer.company.ask(KIND, number)
    buyer.company.drain()
    assert document(buyer, number).state == TransferState.TRANSFERRED


def test_a_voucher_that_was_deleted(buyer: Buyer) -> None:
    buyer.systems.economic.faults.set(Fault("down", method="POST", path="/documentsapi/*", status=503))
    number = invoice_with(buyer)
    buyer.posted(number)
    buyer.delete_draft(buyer.drafts()[0]["entryNumber"])
    settle(buyer)
    assert document(buyer, number).code == "document_without_voucher"


def test_a_voucher_that_is_made_again_under_the_same_number_gets_its_pdf_again(buyer: Buyer) -> None:
    number = invoice_with(buyer)
    buyer.posted(number)
    buyer.delete_draft(buyer.drafts()[0]["entryNumber"])
    buyer.systems.in_economic("DELETE", f"{DOCUMENTS}/1")
    buyer.systems.economic.store.count_up(nordlys().agreement_number, "voucher-4", -1)
    hour_passes(buyer)
    company = buyer.company
    with agreement_scope(company.agreement.pk):
        assert make_again(company.agreement, buyer.transfer(number), by="test", at=buyer.systems.clock.now())
    company.drain()
    assert buyer.link(number).economic_key == "2026-40001"
    assert attached(buyer) == [("2026", 40001, f"RB-K{number}", 1)]
