"""What became of a customer invoice stands as a note on it in Rackbeat: its number in e-conomic, or what happened, why
and what to do; once for each outcome, and in nobody's way (rackbeat-api 3.14)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.conf import settings

from lagerbro.sync.models import TransferState
from lagerbro.web.status.notes import note_of
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.sandboxes import nordlys
from tests.world import Company

NOTHING = "Du behøver ikke gøre noget."


@pytest.fixture(autouse=True)
def words(company: Company) -> None:
    company.runtime = replace(company.runtime, words=note_of)


def notes(company: Company, number: int) -> list[str]:
    """In the order in which they were written."""
    rows = company.systems.in_rackbeat("GET", f"customer-invoices/{number}/notes")
    return [row["note_text"] for row in sorted(rows, key=lambda row: int(row["id"]))]


def address(company: Company, number: int) -> str:
    transfer = company.transfer("customer_invoice", number)
    return f"{settings.LAGERBRO_PUBLIC_URL}/a/{company.agreement.public_id}/activity/{transfer.pk}/"


def posts(company: Company) -> int:
    return sum(call.startswith("POST") and call.endswith("/notes") for call in company.systems.to_rackbeat.asked)


def bar_product(company: Company, *, barred: bool) -> None:
    agreement = nordlys().agreement_number
    company.systems.admin("economic", "bar", agreement=agreement, kind="products", key="NL-100", barred=barred)


def test_a_booked_invoice_has_its_number(company: Company) -> None:
    number = company.systems.invoice()
    transfer = company.invoiced(number)
    booked = company.systems.booked()[-1]["bookedInvoiceNumber"]
    record = f"Faktura {number} er bogført i e-conomic som nummer {booked}."
    (note,) = notes(company, number)
    assert note == f"Lagerbro: {record} {NOTHING} Se den her: {address(company, number)}"
    assert company.calls(transfer)[-1] == f"POST /api/customer-invoices/{number}/notes"
    assert posts(company) == 1


def test_a_draft_says_so_and_its_booking_is_told_too(company: Company) -> None:
    company.decide(book_on_booking=False)
    number = company.systems.invoice()
    assert company.invoiced(number).state == TransferState.DRAFTED
    (note,) = notes(company, number)
    assert note.startswith(f"Lagerbro: Faktura {number} er i e-conomic som kladde ")
    draft = company.systems.drafts()[-1]["draftInvoiceNumber"]
    company.systems.in_economic("POST", "/invoices/booked", {"draftInvoice": {"draftInvoiceNumber": draft}})
    company.systems.clock.sleep_s(3700)
    company.drain()
    company.drain()
    first, latest = notes(company, number)
    assert f"Faktura {number} er bogført i e-conomic som nummer " in latest
    assert first == note


def test_what_holds_it_up_is_told_once_and_its_booking_after_that(company: Company) -> None:
    company.invoiced(company.systems.invoice())
    bar_product(company, barred=True)
    number = company.systems.invoice()
    for _ in range(3):
        assert company.invoiced(number).state == TransferState.NEEDS_YOU
        company.systems.clock.sleep_s(120)
    (note,) = notes(company, number)
    assert "er spærret i e-conomic" in note
    assert note.endswith(address(company, number))
    bar_product(company, barred=False)
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert len(notes(company, number)) == 2


def test_a_note_wakes_nobody(company: Company) -> None:
    number = company.systems.invoice()
    company.invoiced(number)
    before = company.transfer("customer_invoice", number).runs
    for _ in range(3):
        company.systems.clock.sleep_s(3700)
        company.drain()
    assert company.transfer("customer_invoice", number).runs == before
    assert posts(company) == 1


@pytest.mark.parametrize("how", ["lose_answer", "drop_connection", "status"])
def test_a_note_that_fails_is_in_nobodys_way(company: Company, how: str) -> None:
    fault = Fault(
        "note",
        method="POST",
        path="/api/customer-invoices/*/notes",
        status=403 if how == "status" else None,
        lose_answer=how == "lose_answer",
        drop_connection=how == "drop_connection",
    )
    company.systems.rackbeat.faults.set(fault)
    number = company.systems.invoice()
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert len(notes(company, number)) == (1 if how == "lose_answer" else 0)
    assert len(company.systems.booked()) == 1
