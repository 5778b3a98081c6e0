"""What a person does to our voucher, or to the invoice in Rackbeat, is told and never acted upon (H18, F17)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lagerbro.agreements import directories
from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.economic_events import ECONOMIC_EVENTS
from lagerbro.flows.polls.vouchers import VOUCHERS_POLL
from lagerbro.flows.registry import ROUTINES
from lagerbro.sync.decisions.making_again import make_again
from lagerbro.sync.models import Schedule, TransferState
from tests.flows.supplier_invoices.conftest import Buyer
from tests.sandboxes import nordlys


def hours_pass(buyer: Buyer, hours: int = 1) -> None:
    buyer.systems.clock.sleep_s(timedelta(hours=hours, minutes=5).total_seconds())
    for _ in range(3):
        buyer.company.drain()


def looked(buyer: Buyer) -> int:
    return sum(call.endswith("/journals/4/entries") for call in buyer.systems.to_economic.asked)


def test_a_voucher_that_nobody_touches_costs_one_call_an_hour(buyer: Buyer) -> None:
    number = buyer.invoice()
    buyer.posted(number)
    hours_pass(buyer)
    before, runs = looked(buyer), buyer.transfer(number).runs
    hours_pass(buyer)
    assert (looked(buyer) - before, buyer.transfer(number).runs) == (1, runs)


def test_booked_by_a_person(buyer: Buyer) -> None:
    number = buyer.invoice()
    buyer.posted(number)
    buyer.book_journal()
    hours_pass(buyer)
    assert buyer.transfer(number).state == TransferState.TRANSFERRED
    assert buyer.link(number).economic_kind == "voucher_booked"


def test_changed_by_a_person(buyer: Buyer) -> None:
    number = buyer.invoice()
    buyer.posted(number)
    buyer.change_draft(buyer.drafts()[0]["entryNumber"], amount=-900)
    hours_pass(buyer)
    transfer = buyer.transfer(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "voucher_edited")
    assert transfer.details["changes"] == "lines.1.amount\t-1250\t-900"
    runs = transfer.runs
    hours_pass(buyer)
    assert buyer.transfer(number).runs == runs  # told once
    buyer.change_draft(buyer.drafts()[0]["entryNumber"], amount=-1250)
    hours_pass(buyer)
    buyer.posted(number)
    assert buyer.transfer(number).state == TransferState.DRAFTED


def test_a_polished_text_is_nobodys_business(buyer: Buyer) -> None:
    number = buyer.invoice()
    buyer.posted(number)
    entry = buyer.drafts()[0]
    buyer.change_draft(entry["entryNumber"], text=f"Cykler, {entry['text']}")
    hours_pass(buyer)
    assert buyer.transfer(number).state == TransferState.DRAFTED


def test_deleted_by_a_person_and_made_again_on_their_word(buyer: Buyer) -> None:
    number = buyer.invoice()
    buyer.posted(number)
    buyer.delete_draft(buyer.drafts()[0]["entryNumber"])
    hours_pass(buyer)
    transfer = buyer.transfer(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "voucher_gone")
    hours_pass(buyer, 30)
    assert buyer.drafts() == []
    company = buyer.company
    with agreement_scope(company.agreement.pk):
        assert make_again(company.agreement, buyer.transfer(number), by="test", at=buyer.systems.clock.now())
    company.drain()
    assert buyer.transfer(number).state == TransferState.DRAFTED
    assert len(buyer.drafts()) == 1


@pytest.mark.parametrize("what", ["unbooked", "changed", "deleted"])
def test_what_happens_in_rackbeat_afterwards_is_told_and_nothing_is_posted_again(buyer: Buyer, what: str) -> None:
    number = buyer.invoice()
    buyer.posted(number)
    if what == "deleted":
        buyer.systems.rackbeat.store.delete(nordlys().rackbeat_account_id, "supplier-invoices", number)
    else:
        buyer.systems.in_rackbeat("POST", f"supplier-invoices/{number}/unbook")
    if what == "changed":
        buyer.systems.clock.sleep_s(60)
        buyer.book(number)
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, f"{what}_after_transfer")
    assert transfer.details["number"] == "2026-40001"
    assert len(buyer.drafts()) == 1


def test_a_vat_code_that_was_changed_on_the_account_is_sent_within_the_hour(buyer: Buyer) -> None:
    buyer.posted(buyer.invoice(own="before"))
    store, agreement = buyer.systems.economic.store, nordlys().agreement_number
    record = store.get(agreement, "accounts", 1310)
    assert record is not None
    store.put(agreement, "accounts", 1310, {**record, "vatAccount": {"vatCode": "REP"}})
    hours_pass(buyer)
    with agreement_scope(buyer.company.agreement.pk):
        copy = directories.stored_directory(buyer.company.agreement)
    assert copy is not None
    assert copy[0].accounts[1310].vat_code == "REP"
    buyer.posted(buyer.invoice())
    assert buyer.vouchers()[-1][:2] == (1310, "REP")


def test_the_mark_of_the_look_is_small(buyer: Buyer) -> None:
    buyer.posted(buyer.invoice())
    hours_pass(buyer)
    with agreement_scope(buyer.company.agreement.pk):
        mark = Schedule.in_scope.get(routine=VOUCHERS_POLL).mark
    assert [len(value) for value in mark["seen"].values()] == [32]


def test_economics_word_that_a_journal_was_booked_hastens_the_look() -> None:
    assert ECONOMIC_EVENTS["journal_booked"].hastens == (VOUCHERS_POLL,)
    assert {name for event in ECONOMIC_EVENTS.values() for name in event.hastens} <= ROUTINES.keys()
