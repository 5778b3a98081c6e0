"""*Lav den igen*: what our own page advises to delete can be made once more, once (domain-rules H18, H29)."""

from __future__ import annotations

import pytest

from lagerbro.agreements.models import AgreementEvent
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.decisions.making_again import MADE_AGAIN, make_again
from lagerbro.sync.models import TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.world import Company

NEEDS = TransferState.NEEDS_YOU


def again(company: Company, number: int) -> bool:
    with agreement_scope(company.agreement.pk):
        done = make_again(
            company.agreement, company.transfer("customer_invoice", number), by="Mette", at=company.systems.clock.now()
        )
    company.drain()
    return done


def delete_draft(company: Company) -> None:
    (draft,) = company.systems.drafts()
    company.systems.in_economic("DELETE", f"/invoices/drafts/{draft['draftInvoiceNumber']}")


@pytest.mark.parametrize("booked", [True, False])
def test_a_draft_that_was_deleted_is_made_once_more(company: Company, booked: bool) -> None:
    company.decide(book_on_booking=booked)
    if booked:
        company.systems.economic.faults.set(Fault("no", method="PUT", path="/invoices/booked/*", status=400))
    number = company.systems.invoice()
    company.invoiced(number)
    delete_draft(company)
    assert company.invoiced(number).code == "draft_gone"
    assert again(company, number)
    transfer = company.transfer("customer_invoice", number)
    assert transfer.state == (TransferState.TRANSFERRED if booked else TransferState.DRAFTED)
    assert (len(company.systems.booked()), len(company.systems.drafts())) == ((1, 0) if booked else (0, 1))
    with agreement_scope(company.agreement.pk):
        (event,) = AgreementEvent.in_scope.filter(code=MADE_AGAIN)
    assert (event.by, event.details) == ("Mette", {"record": f"customer_invoice {number}"})
    assert not again(company, number)  # it stands, and a second press makes nothing
    assert (len(company.systems.booked()), len(company.systems.drafts())) == ((1, 0) if booked else (0, 1))


def test_what_has_appeared_meanwhile_is_taken_over_instead(company: Company) -> None:
    company.decide(book_on_booking=False)
    number = company.systems.invoice()
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    whole = company.systems.in_economic("GET", f"/invoices/drafts/{draft['draftInvoiceNumber']}")
    delete_draft(company)
    assert company.invoiced(number).code == "draft_gone"
    put_back = company.systems.in_economic("POST", "/invoices/drafts", whole)
    assert again(company, number)
    assert company.transfer("customer_invoice", number).state == TransferState.DRAFTED
    assert [row["draftInvoiceNumber"] for row in company.systems.drafts()] == [put_back["draftInvoiceNumber"]]


def test_what_was_changed_in_rackbeat_while_it_was_transferred_goes_on_as_it_is_now(company: Company) -> None:
    company.systems.economic.faults.set(Fault("no", method="PUT", path="/invoices/booked/*", status=400))
    number = company.systems.invoice()
    company.invoiced(number)
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/unbook")
    line = {"item_id": "NL-100", "quantity": 2}
    company.systems.in_rackbeat("PUT", f"customer-invoices/{number}", {"lines": [line]})
    company.systems.clock.sleep_s(60)
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/book")
    assert company.invoiced(number).code == "outdated_draft_stands"
    assert again(company, number)  # the old draft still stands: it is compared with the invoice as it is now
    transfer = company.transfer("customer_invoice", number)
    assert (transfer.state, transfer.code) == (NEEDS, "earlier_draft_stands")
    assert len(company.systems.drafts()) == 1
    delete_draft(company)
    assert again(company, number)
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    (booked,) = company.systems.booked()
    assert booked["lines"][0]["quantity"] == 2


def test_what_stands_for_another_reason_is_not_made_again(company: Company) -> None:
    company.decide(number_taken="stop")
    number = company.systems.invoice()
    company.invoiced(number)
    assert not again(company, number)
    assert len(company.systems.booked()) == 1
