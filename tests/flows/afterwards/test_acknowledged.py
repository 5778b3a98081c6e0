"""*Det er rigtigt*: what only a person can settle is settled by their word, for as long as the facts are the same."""

from __future__ import annotations

from lagerbro.agreements.approvals import DOCUMENT, approve, withdraw
from lagerbro.agreements.models import Approval
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.decisions.acknowledged import facts_of, record_of
from lagerbro.sync.models import Transfer, TransferState
from tests.world import Company

NEEDS = TransferState.NEEDS_YOU


def call_right(company: Company, transfer: Transfer) -> int:
    with agreement_scope(company.agreement.pk):
        approval = Approval(
            kind=DOCUMENT,
            key=record_of(transfer),
            facts=facts_of(transfer.code, transfer.details),
            document=transfer.key,
            code=transfer.code,
            approved_by="Mette",
            approved_at=company.systems.clock.now(),
        )
        approve(company.agreement, approval)
        return approval.pk


def test_what_was_unbooked_in_rackbeat_is_settled_and_asked_about_again_when_it_changes(company: Company) -> None:
    number = company.systems.invoice()
    company.invoiced(number)
    entries = company.systems.entries()
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/unbook")
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (NEEDS, "unbooked_after_transfer")
    word = call_right(company, transfer)
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "unbooked_after_transfer")
    company.systems.clock.sleep_s(60)
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/book")
    assert company.invoiced(number).state == NEEDS  # other facts
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/unbook")
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    with agreement_scope(company.agreement.pk):
        withdraw(word, by="Mette", at=company.systems.clock.now())
    assert company.invoiced(number).state == NEEDS
    assert company.systems.entries() == entries


def test_a_draft_that_was_changed_on_purpose_waits_for_its_booking(company: Company) -> None:
    company.decide(book_on_booking=False)
    number = company.systems.invoice()
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    path = f"/invoices/drafts/{draft['draftInvoiceNumber']}"
    body = company.systems.in_economic("GET", path)
    body["paymentTerms"] = {"paymentTermsNumber": 2}
    company.systems.in_economic("PUT", path, body)
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (NEEDS, "draft_edited")
    call_right(company, transfer)
    assert company.invoiced(number).state == TransferState.DRAFTED
    company.systems.in_economic("POST", "/invoices/booked", {"draftInvoice": draft})
    assert company.invoiced(number).state == TransferState.TRANSFERRED
