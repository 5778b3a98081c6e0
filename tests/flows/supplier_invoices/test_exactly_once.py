"""Whatever is lost on the way, there is one voucher (DESIGN 4, H30); ours is known by its mark, whoever forgot it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Attempt, Intent, Link, TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.supplier_invoices.conftest import Buyer
from tests.flows.supplier_invoices.purchases import JOURNAL


class Crash(BaseException):
    """The process is gone."""


def settle(buyer: Buyer, number: int) -> None:
    for _ in range(20):
        buyer.company.drain()
        if buyer.transfer(number).state == TransferState.DRAFTED:
            return
        buyer.systems.clock.sleep_s(60)


def assert_once(buyer: Buyer, number: int) -> None:
    assert buyer.transfer(number).state == TransferState.DRAFTED
    assert buyer.vouchers() == [(1310, "I25", D("-1250.00"))]
    assert buyer.link(number).economic_key == f"2026-{buyer.drafts()[0]['voucher']}"


@pytest.mark.parametrize("delay_ms", [0, 3000], ids=["at once", "appears late"])
@pytest.mark.parametrize("keys_are_kept", [True, False], ids=["cache on", "cache off"])
@pytest.mark.parametrize("how", ["lose_answer", "drop_connection", "status"])
def test_one_fault_at_the_write(buyer: Buyer, how: str, keys_are_kept: bool, delay_ms: int) -> None:
    buyer.systems.admin("economic", "idempotency", kept=keys_are_kept)
    buyer.systems.admin("economic", "vouchers/delay", ms=delay_ms)
    buyer.systems.economic.faults.set(
        Fault(
            "once",
            method="POST",
            path=f"/journals/{JOURNAL}/vouchers",
            status=503 if how == "status" else None,
            lose_answer=how == "lose_answer",
            drop_connection=how == "drop_connection",
        )
    )
    number = buyer.invoice()
    assert buyer.posted(number).state == TransferState.WAITING
    settle(buyer, number)
    assert_once(buyer, number)


@pytest.mark.parametrize("moment", ["decided", "answered"])
@pytest.mark.parametrize("keys_are_kept", [True, False], ids=["cache on", "cache off"])
def test_a_crash_at_the_write(buyer: Buyer, moment: str, keys_are_kept: bool) -> None:
    buyer.systems.admin("economic", "idempotency", kept=keys_are_kept)
    crashes: list[str] = []

    def crash(name: str) -> None:
        if name == f"supplier_invoice.voucher.{moment}" and not crashes:
            crashes.append(name)
            raise Crash(name)

    whole = buyer.company.runtime
    buyer.company.runtime = replace(whole, failpoint=crash)
    number = buyer.invoice()
    with pytest.raises(Crash):
        buyer.posted(number)
    buyer.company.runtime = whole
    settle(buyer, number)
    assert_once(buyer, number)


def test_an_answer_lost_while_the_settings_change_is_carried_on_as_it_was_decided(buyer: Buyer) -> None:
    buyer.systems.economic.faults.set(Fault("lost", method="POST", path="/journals/*", lose_answer=True))
    number = buyer.invoice()
    buyer.posted(number)
    buyer.company.decide(supplier_journal=1, **{"purchase_accounts__1.domestic": 1311})
    settle(buyer, number)
    assert_once(buyer, number)
    assert buyer.drafts(1) == []


def test_a_person_books_the_voucher_while_its_answer_is_lost(buyer: Buyer) -> None:
    buyer.systems.economic.faults.set(Fault("lost", method="POST", path="/journals/*", lose_answer=True))
    number = buyer.invoice()
    buyer.posted(number)
    buyer.book_journal()
    buyer.systems.clock.sleep_s(60)
    buyer.company.drain()
    assert buyer.transfer(number).state == TransferState.TRANSFERRED
    assert buyer.link(number).economic_kind == "voucher_booked"
    assert buyer.ledger()[6800] == D("-1250.00")


def test_a_person_books_on_the_default_account_while_the_answer_is_lost(buyer: Buyer) -> None:
    """It is never used silently (A11): not told of was what had been booked before we knew of it."""
    buyer.bar(1310)
    buyer.systems.economic.faults.set(Fault("lost", method="POST", path="/journals/*", lose_answer=True))
    number = buyer.invoice()
    buyer.posted(number)
    assert [account for account, _, _ in buyer.vouchers()] == [1390]
    buyer.book_journal()
    buyer.systems.clock.sleep_s(60)
    buyer.company.drain()
    transfer = buyer.transfer(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "fallback_booked")
    assert (transfer.details["account"], transfer.details["fallback"]) == ("1310", "1390")


def test_a_person_books_another_amount_while_the_answer_is_lost(buyer: Buyer) -> None:
    buyer.systems.economic.faults.set(Fault("lost", method="POST", path="/journals/*", lose_answer=True))
    number = buyer.invoice()
    buyer.posted(number)
    (entry,) = buyer.drafts()
    buyer.change_draft(entry["entryNumber"], amount=D("-1200.00"))
    buyer.book_journal()
    buyer.systems.clock.sleep_s(60)
    buyer.company.drain()
    transfer = buyer.transfer(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "booked_otherwise")
    assert transfer.details == {"number": "2026-40001", "ours": "1250.00", "theirs": "1200.00"}
    assert buyer.ledger()[6800] == D("-1200.00")


@pytest.mark.parametrize("booked", [False, True], ids=["draft", "booked"])
def test_what_we_posted_and_forgot_is_adopted(buyer: Buyer, booked: bool) -> None:
    number = buyer.invoice()
    buyer.posted(number)
    if booked:
        buyer.book_journal()
    with agreement_scope(buyer.company.agreement.pk):
        for rows in (Attempt, Intent):
            rows.in_scope.all().delete()
        Link.in_scope.filter(kind="supplier_invoice").delete()
    ledger, drafts = buyer.ledger(), buyer.vouchers()
    transfer = buyer.posted(number)
    assert transfer.state == (TransferState.TRANSFERRED if booked else TransferState.DRAFTED)
    assert (buyer.ledger(), buyer.vouchers()) == (ledger, drafts)
    assert buyer.link(number).economic_key == "2026-40001"


def test_ours_of_another_number_is_not_taken_for_it(buyer: Buyer) -> None:
    """RB-K1 stands in RB-K1001 as text: only the very number counts."""
    buyer.posted(buyer.invoice(number=1010, own="A"))
    buyer.systems.economic.faults.set(Fault("lost", method="POST", path="/journals/*", drop_connection=True))
    number = buyer.invoice(number=101, own="B")
    buyer.posted(number)
    settle(buyer, number)
    assert [row["supplierInvoiceNumber"] for row in buyer.drafts()] == ["A", "B"]
