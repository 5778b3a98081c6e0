"""What becomes of an invoice in Rackbeat after it was transferred is noticed by itself, told with both sides, and never
acted upon (domain-rules H18)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.decisions.making_again import make_again
from lagerbro.sync.models import Link, Transfer, TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.sandboxes import nordlys
from tests.world import Company

NEEDS, DRAFTED, TRANSFERRED = TransferState.NEEDS_YOU, TransferState.DRAFTED, TransferState.TRANSFERRED
POLL_S, DAY_S = 601, 24 * 3600
PROPERTY = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def act(company: Company, number: int, what: str) -> None:
    """Nobody tells us: webhooks are lost, and the clock goes on a little."""
    company.systems.clock.sleep_s(5)
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/{what}")


def reprice(company: Company, number: int, price: int) -> None:
    lines = [{"item_id": "NL-100", "quantity": 1, "line_price": price}]
    company.systems.in_rackbeat("PUT", f"customer-invoices/{number}", {"lines": lines})


def delete(company: Company, number: int) -> None:
    company.systems.in_rackbeat("DELETE", f"customer-invoices/{number}")


def later(company: Company, seconds: float) -> None:
    company.systems.clock.sleep_s(seconds)
    while company.drain().more:
        pass


def stands(company: Company, number: int) -> tuple[str, str]:
    transfer = company.transfer("customer_invoice", number)
    return transfer.state, transfer.code


def link_of(company: Company, number: int) -> Link:
    with agreement_scope(company.agreement.pk):
        return Link.in_scope.get(kind="customer_invoice", rackbeat_key=str(number))


def again(company: Company, number: int) -> bool:
    transfer = company.transfer("customer_invoice", number)
    with agreement_scope(company.agreement.pk):
        return make_again(company.agreement, transfer, by="anna", at=company.systems.clock.now())


def test_an_invoice_that_is_unbooked_is_told_of_by_the_next_poll_with_both_sides_and_nothing_is_posted(
    company: Company,
) -> None:
    number = company.systems.invoice()
    company.invoiced(number)
    entries, version = company.systems.entries(), link_of(company, number).version
    act(company, number, "unbook")
    reprice(company, number, 180)
    assert stands(company, number) == (TRANSFERRED, "")
    later(company, POLL_S)
    assert stands(company, number) == (NEEDS, "unbooked_after_transfer")
    link, (booked,) = link_of(company, number), company.systems.booked()
    ours, theirs = link.amounts()
    assert (ours.gross, theirs.gross) == (Decimal("225.00"), Decimal(str(booked["grossAmount"])))
    told = company.transfer("customer_invoice", number).details
    assert told == {"number": str(booked["bookedInvoiceNumber"]), "ours": "225.00", "theirs": str(theirs.gross)}
    assert (link.version, company.systems.entries(), company.systems.drafts()) == (version, entries, [])


def test_booked_again_it_is_told_of_with_what_it_comes_to_now_and_nothing_is_posted(company: Company) -> None:
    number = company.systems.invoice()
    company.invoiced(number)
    entries = company.systems.entries()
    act(company, number, "unbook")
    reprice(company, number, 180)
    act(company, number, "book")
    later(company, POLL_S)
    assert stands(company, number) == (NEEDS, "changed_after_transfer")
    assert link_of(company, number).amounts()[0].gross == Decimal("225.00")
    company.invoiced(number)
    assert stands(company, number) == (NEEDS, "changed_after_transfer")
    assert company.systems.entries() == entries


def test_what_was_unbooked_and_deleted_between_two_polls_is_found_in_the_night(company: Company) -> None:
    number = company.systems.invoice()
    company.invoiced(number)
    entries = company.systems.entries()
    act(company, number, "unbook")
    delete(company, number)
    later(company, POLL_S)
    assert stands(company, number) == (TRANSFERRED, "")
    later(company, DAY_S)
    assert stands(company, number) == (NEEDS, "deleted_after_transfer")
    assert company.systems.entries() == entries
    asked = company.transfer("customer_invoice", number).asked
    later(company, 3 * DAY_S)
    assert company.transfer("customer_invoice", number).asked == asked  # told once


def test_looking_for_it_costs_no_call_besides_the_lists(company: Company) -> None:
    for _ in range(3):
        company.invoiced(company.systems.invoice())
    company.systems.invoice(book=False)
    later(company, 3700)
    asked = company.systems.to_rackbeat.asked
    asked.clear()
    later(company, POLL_S)
    assert [call.split("?")[0] for call in asked] == ["GET /api/customer-invoices"]
    with agreement_scope(company.agreement.pk):
        assert Transfer.in_scope.filter(kind="customer_invoice").count() == 3  # a draft is nobody's business


def test_unbooked_within_the_second_in_which_the_poll_saw_it_booked(company: Company) -> None:
    number = company.systems.invoice()
    company.invoiced(number)
    later(company, POLL_S)
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/unbook")
    store, account = company.systems.rackbeat.store, nordlys().rackbeat_account_id
    record = store.get(account, "customer-invoices", number)
    assert record is not None
    store.put(account, "customer-invoices", number, {**record, "updated_at": link_of(company, number).version})
    later(company, POLL_S)
    assert stands(company, number) == (NEEDS, "unbooked_after_transfer")


def test_a_draft_of_what_was_unbooked_is_not_to_be_booked_and_follows_anew_once_it_is_deleted(
    company: Company,
) -> None:
    company.decide(book_on_booking=False)
    number = company.systems.invoice()
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    act(company, number, "unbook")
    later(company, POLL_S)
    assert stands(company, number) == (NEEDS, "unbooked_draft_stands")
    assert company.transfer("customer_invoice", number).details["number"] == str(draft["draftInvoiceNumber"])
    company.systems.in_economic("DELETE", f"/invoices/drafts/{draft['draftInvoiceNumber']}")
    later(company, 3700)
    assert stands(company, number) == (TransferState.CANCELLED, "invoice_not_booked")
    reprice(company, number, 180)
    act(company, number, "book")
    later(company, POLL_S)
    assert stands(company, number) == (DRAFTED, "")
    (anew,) = company.systems.drafts()
    assert (anew["netAmount"], company.systems.booked()) == (180, [])


def test_a_draft_of_what_was_changed_is_made_again_when_a_person_says_so(company: Company) -> None:
    company.decide(book_on_booking=False)
    number = company.systems.invoice()
    company.invoiced(number)
    act(company, number, "unbook")
    reprice(company, number, 180)
    act(company, number, "book")
    later(company, POLL_S)
    assert stands(company, number) == (NEEDS, "outdated_draft_stands")
    (draft,) = company.systems.drafts()
    company.systems.in_economic("DELETE", f"/invoices/drafts/{draft['draftInvoiceNumber']}")
    later(company, 3700)
    assert stands(company, number) == (NEEDS, "draft_gone")
    assert company.systems.drafts() == []
    assert again(company, number)
    later(company, 1)
    (anew,) = company.systems.drafts()
    assert (stands(company, number), anew["netAmount"]) == ((DRAFTED, ""), 180)


def test_a_draft_that_was_held_without_a_link_is_not_forgotten_when_its_invoice_is_unbooked_or_deleted(
    company: Company,
) -> None:
    company.invoiced(company.systems.invoice())
    agreement = nordlys().agreement_number
    company.systems.admin("economic", "bar", agreement=agreement, kind="customers", key="10001", barred=True)
    company.systems.economic.faults.set(Fault("bar", method="PUT", path="/invoices/booked/*", status=400))
    number = company.systems.invoice()
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    act(company, number, "unbook")
    later(company, POLL_S)
    assert stands(company, number) == (NEEDS, "unbooked_draft_stands")
    delete(company, number)
    later(company, DAY_S)
    assert stands(company, number) == (NEEDS, "deleted_draft_stands")
    company.systems.in_economic("DELETE", f"/invoices/drafts/{draft['draftInvoiceNumber']}")
    company.invoiced(number)
    assert stands(company, number) == (TransferState.CANCELLED, "invoice_deleted")


def test_a_draft_that_was_booked_by_hand_meanwhile_is_told_as_booked(company: Company) -> None:
    company.decide(book_on_booking=False)
    number = company.systems.invoice()
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    act(company, number, "unbook")
    booking = {"draftInvoice": {"draftInvoiceNumber": draft["draftInvoiceNumber"]}}
    company.systems.in_economic("POST", "/invoices/booked", booking)
    later(company, POLL_S)
    assert stands(company, number) == (NEEDS, "unbooked_after_transfer")
    assert link_of(company, number).economic_kind == "booked_invoice"


ACTS = st.lists(st.sampled_from(["unbook", "book", "reprice", "poll", "ask", "night", "delete"]), max_size=10)


@PROPERTY
@given(ACTS)
def test_whatever_is_done_in_rackbeat_the_books_stay_and_a_difference_needs_somebody(
    company: Company, acts: list[str]
) -> None:
    number = company.systems.invoice()
    company.systems.invoice(book=False)  # so that a deleted one's number is not given again
    company.invoiced(number)
    entries = company.systems.entries()
    first = record = company.systems.in_rackbeat("GET", f"customer-invoices/{number}")
    for name in acts:
        record = played(company, number, name, record)
    later(company, POLL_S)
    if record is None:
        later(company, DAY_S)
    state, code = stands(company, number)
    is_as_it_was = record is not None and record["booked_at"] == first["booked_at"]
    assert (state == NEEDS) is not is_as_it_was, (code, acts)
    assert company.systems.entries() == entries
    assert company.systems.drafts() == []


def played(company: Company, number: int, name: str, record: Any) -> Any:
    """Carry out what can be carried out, and answer the invoice as it is then; None when it is no more."""
    if name in ("poll", "night"):
        later(company, POLL_S if name == "poll" else DAY_S)
    elif name == "ask":
        company.invoiced(number)
    elif record is None:
        return None
    elif name == "book" and not record["is_booked"]:
        act(company, number, "book")
    elif name == "unbook" and record["is_booked"]:
        act(company, number, "unbook")
    elif name == "reprice" and not record["is_booked"]:
        reprice(company, number, 170)
    elif name == "delete" and not record["is_booked"]:
        delete(company, number)
        return None
    return company.systems.in_rackbeat("GET", f"customer-invoices/{number}") if record else None
