"""What we did and forgot is found again and not done twice: a backup older than e-conomic's hour, a second
installation (issue "Holds in a hostile world", domain-rules H11, H12)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.app.generation import mark_lost
from lagerbro.sync.models import Attempt, Dependency, Intent, Link, Transfer, TransferState
from lagerbro.sync.work import LOOK_FIRST_FOR
from tests.sandboxes import nordlys
from tests.world import Company


def forget(company: Company) -> None:
    """The rows are as they were before anything was transferred, and e-conomic has forgotten the keys."""
    with agreement_scope(company.agreement.pk):
        for table in (Dependency, Attempt, Intent, Link, Transfer):
            table.in_scope.all().delete()
    company.systems.admin("economic", "idempotency", kept=False)
    company.systems.clock.sleep_s(3700)


def remembered_by_nobody(company: Company, *, noticed: bool) -> None:
    forget(company)
    if noticed:
        mark_lost(company.systems.clock.now())
        company.agreement.refresh_from_db()


@pytest.mark.parametrize("noticed", [True, False], ids=["noticed", "not noticed"])
@pytest.mark.parametrize("number_taken", ["stop", "next"])
def test_a_booked_invoice_is_adopted_and_not_booked_again(company: Company, number_taken: str, noticed: bool) -> None:
    company.decide(number_taken=number_taken)
    numbers = [company.systems.invoice(customer=customer) for customer in (10001, 10002, 10001)]
    for number in numbers:
        company.invoiced(number)
    entries = company.systems.entries()
    remembered_by_nobody(company, noticed=noticed)
    for number in numbers:
        transfer = company.invoiced(number)
        assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert company.systems.entries() == entries
    assert company.systems.drafts() == []
    with agreement_scope(company.agreement.pk):
        links = Link.in_scope.filter(kind="customer_invoice").values_list("rackbeat_key", "economic_key")
        assert sorted(links) == [(str(number), str(number)) for number in numbers]
    new = company.systems.invoice()
    assert company.invoiced(new).state == TransferState.TRANSFERRED
    assert [row["bookedInvoiceNumber"] for row in company.systems.booked()] == [*numbers, new]


def test_a_draft_that_stands_is_adopted_where_the_loss_was_noticed(company: Company) -> None:
    company.decide(book_on_booking=False)
    number = company.systems.invoice()
    company.invoiced(number)
    remembered_by_nobody(company, noticed=True)
    assert company.invoiced(number).state == TransferState.DRAFTED
    assert len(company.systems.drafts()) == 1


def test_one_that_went_on_with_the_next_number_is_found_by_its_mark(company: Company) -> None:
    company.decide(number_taken="next")
    first = company.systems.invoice()
    company.systems.economic.store.put(nordlys().agreement_number, "booked", first, {"bookedInvoiceNumber": first})
    assert company.invoiced(first).code == "number_differs"
    entries = company.systems.entries()
    remembered_by_nobody(company, noticed=False)
    transfer = company.invoiced(first)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "number_differs")
    assert company.systems.entries() == entries
    assert company.systems.drafts() == []


@pytest.mark.parametrize("number_taken", ["stop", "next"])
def test_somebody_elses_number_obeys_the_setting(company: Company, number_taken: str) -> None:
    company.decide(number_taken=number_taken)
    first = company.systems.invoice()
    company.systems.economic.store.put(nordlys().agreement_number, "booked", first, {"bookedInvoiceNumber": first})
    code = {"stop": "number_taken", "next": "number_differs"}[number_taken]
    assert company.invoiced(first).code == code
    assert len(company.systems.drafts()) == {"stop": 1, "next": 0}[number_taken]


def test_looking_first_costs_three_reads_and_ends_by_itself(company: Company) -> None:
    company.invoiced(company.systems.invoice())
    mark_lost(company.systems.clock.now())
    looked = company.calls(company.invoiced(company.systems.invoice()))
    assert looked[1:3] == ["GET /invoices/drafts", "GET /invoices/booked"]
    assert looked[4] == "GET /invoices/booked"
    lost_at = company.systems.clock.now() - LOOK_FIRST_FOR - timedelta(seconds=1)
    Agreement.objects.filter(pk=company.agreement.pk).update(memory_lost_at=lost_at)
    plain = company.calls(company.invoiced(company.systems.invoice()))
    assert len(plain) == len(looked) - 3
