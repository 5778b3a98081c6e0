"""Whatever is lost on the way, the effect is one: lost answers, dropped calls, server errors, crashes between steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Intent, IntentState, TransferState
from lagerbro.sync.waiting import OUTCOME_PENDING_FOR
from lagerbro_sandbox.kernel.faults.dirt import Dirt, Kind
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.sandboxes import nordlys
from tests.simulation.scene import PERSONS_DRAFT
from tests.world import Company

DRAFT, BOOK = ("POST", "/invoices/drafts"), ("PUT", "/invoices/booked/*")
WRITES = {"draft": DRAFT, "book": BOOK, "customer": ("PUT", "/customers/*"), "product": ("PUT", "/products/*")}


class Crash(BaseException):
    """The process is gone."""


def settle(company: Company, number: int) -> None:
    """Let time pass until nothing is due any more, as a sweep would."""
    for _ in range(20):
        company.drain()
        if company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED:
            return
        company.systems.clock.sleep_s(60)


def assert_once(company: Company, number: int) -> None:
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    assert [row["bookedInvoiceNumber"] for row in company.systems.booked()] == [number]
    assert company.systems.drafts() == []
    assert sum(amount for _, amount in company.systems.entries()) == 0
    assert len(company.systems.entries()) == 3


@pytest.mark.parametrize("keys_are_kept", [True, False], ids=["cache on", "cache off"])
@pytest.mark.parametrize("how", ["lose_answer", "drop_connection", "status"])
@pytest.mark.parametrize("write", WRITES)
def test_one_fault_at_each_write(company: Company, write: str, how: str, keys_are_kept: bool) -> None:
    company.systems.admin("economic", "idempotency", kept=keys_are_kept)
    method, path = WRITES[write]
    company.systems.economic.faults.set(
        Fault(
            "once",
            method=method,
            path=path,
            status=503 if how == "status" else None,
            lose_answer=how == "lose_answer",
            drop_connection=how == "drop_connection",
        )
    )
    number = company.systems.invoice()
    first = company.invoiced(number)
    if write in ("draft", "book"):
        assert first.state == TransferState.WAITING
        assert first.failure_kind == "transient"
    assert company.systems.economic.faults.present() == ()
    settle(company, number)
    assert_once(company, number)


def test_a_lost_answer_rests_before_anything_is_tried(company: Company) -> None:
    company.invoiced(company.systems.invoice(customer=10002))
    company.systems.economic.faults.set(Fault("lost", method="POST", path="/invoices/drafts", lose_answer=True))
    number = company.systems.invoice()
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.WAITING, "answer_lost")
    asked = len(company.systems.to_economic.asked)
    company.ask("customer_invoice", number)  # a webhook in the meantime does not shorten the rest
    company.drain()
    assert len(company.systems.to_economic.asked) == asked
    with agreement_scope(company.agreement.pk):
        assert Intent.in_scope.get(state=IntentState.OPEN).step == "draft"
    company.systems.clock.sleep_s(OUTCOME_PENDING_FOR.total_seconds())
    company.drain()
    made = [call for call in company.systems.to_economic.asked if call == "POST /invoices/drafts"]
    assert len(made) == 2  # one for each invoice: the lost one was found and adopted, never sent again
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED


@pytest.mark.parametrize("barred", [False, True], ids=["mended meanwhile", "still so"])
def test_a_refusal_that_was_lost_and_comes_back_from_the_cache_is_asked_anew(company: Company, barred: bool) -> None:
    company.invoiced(company.systems.invoice(customer=10001))
    _bar(company, barred=True)
    company.systems.economic.faults.set(Fault("lost", method="PUT", path="/invoices/booked/*", lose_answer=True))
    number = company.systems.invoice(customer=10001)
    assert company.invoiced(number).code == "answer_lost"
    _bar(company, barred=barred)
    company.systems.clock.sleep_s(OUTCOME_PENDING_FOR.total_seconds())
    company.drain()
    with agreement_scope(company.agreement.pk):
        tries = Intent.in_scope.filter(transfer__key=str(number), step="book").order_by("try_epoch")
        keys = {row.idempotency_key for row in tries}
        states = [row.state for row in tries]
    assert len(keys) == 2
    if barred:
        assert company.transfer("customer_invoice", number).code == "customer_barred"
        assert states == [IntentState.REFUSED, IntentState.REFUSED]
        assert len(company.systems.booked()) == 1
        _bar(company, barred=False)
        company.invoiced(number)
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    assert [row["bookedInvoiceNumber"] for row in company.systems.booked()] == [number - 1, number]


def _bar(company: Company, *, barred: bool) -> None:
    agreement = nordlys().agreement_number
    company.systems.admin("economic", "bar", agreement=agreement, kind="customers", key="10001", barred=barred)


@pytest.mark.parametrize("point", ["customer.put", "product.put", "customer_invoice.draft", "customer_invoice.book"])
@pytest.mark.parametrize("moment", ["decided", "answered"])
@pytest.mark.parametrize("keys_are_kept", [True, False], ids=["cache on", "cache off"])
def test_a_crash_at_each_step(company: Company, point: str, moment: str, keys_are_kept: bool) -> None:
    company.systems.admin("economic", "idempotency", kept=keys_are_kept)
    crashes: list[str] = []

    def crash(name: str) -> None:
        if name == f"{point}.{moment}" and not crashes:
            crashes.append(name)
            raise Crash(name)

    whole = company.runtime
    company.runtime = replace(whole, failpoint=crash)
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    with pytest.raises(Crash):
        company.drain()
    assert crashes
    company.runtime = whole
    settle(company, number)
    assert_once(company, number)


@pytest.mark.parametrize("moment", ["decided", "answered"])
@pytest.mark.parametrize("keys_are_kept", [True, False], ids=["cache on", "cache off"])
def test_a_draft_in_doubt_is_carried_on_as_it_was_decided(company: Company, moment: str, keys_are_kept: bool) -> None:
    """What was sent instead was held against what had been decided, and told as changed by a person."""
    company.systems.admin("economic", "idempotency", kept=keys_are_kept)
    whole = company.runtime
    company.runtime = replace(whole, failpoint=_crash_at(f"customer_invoice.draft.{moment}"))
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    with pytest.raises(Crash):
        company.drain()
    company.decide(default_layout=2, use_actual_quantity=False)
    company.runtime = whole
    settle(company, number)
    assert_once(company, number)
    assert company.systems.booked()[0]["layout"]["layoutNumber"] == 1


def test_a_draft_in_doubt_that_is_refused_by_now_is_made_as_it_is_wanted(company: Company) -> None:
    whole = company.runtime
    company.runtime = replace(whole, failpoint=_crash_at("customer_invoice.draft.decided"))
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    with pytest.raises(Crash):
        company.drain()
    store = company.systems.economic.store
    store.delete(nordlys().agreement_number, "layouts", 1)
    company.decide(default_layout=2)
    company.runtime = whole
    settle(company, number)
    assert_once(company, number)
    assert company.systems.booked()[0]["layout"]["layoutNumber"] == 2


@pytest.mark.parametrize("how", ["missing", "null"])
@pytest.mark.parametrize(
    ("method", "path", "field", "after"),
    [
        ("POST", "/invoices/drafts", "draftInvoiceNumber", ""),
        ("GET", "/invoices/drafts", "draftInvoiceNumber", "/invoices/drafts"),
        ("GET", "/invoices/booked", "bookedInvoiceNumber", "/invoices/booked/*"),
    ],
)
def test_an_answer_without_a_number_is_read_again(
    company: Company, method: str, path: str, field: str, after: str, how: Kind
) -> None:
    """It was kept as what had been made, and ended as a fault of ours whenever it was tried again. `after`: the write
    whose answer is lost, so that what is dirty is looked at."""
    faults = company.systems.economic.faults
    if after:
        faults.set(Fault("lost", method="P*", path=after, lose_answer=True))
        company.systems.admin("economic", "idempotency", kept=False)
    faults.set(Fault(how, method=method, path=path, dirt=Dirt(how, f"*{field}")))
    number = company.systems.invoice()
    company.invoiced(number)
    settle(company, number)
    assert_once(company, number)
    assert faults.present() == ()


def _crash_at(point: str) -> Callable[[str], None]:
    def crash(name: str) -> None:
        if name == point:
            raise Crash(name)

    return crash


def test_a_draft_number_that_now_holds_somebody_elses_draft(company: Company) -> None:
    """Numbers of deleted drafts are given again (economic-api 2.1): a resumed booking must not book a stranger's."""
    company.systems.economic.faults.set(Fault("down", method="PUT", path="/invoices/booked/*", status=503))
    number = company.systems.invoice()
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    company.systems.in_economic("DELETE", f"/invoices/drafts/{draft['draftInvoiceNumber']}")
    theirs = company.systems.in_economic(
        "POST",
        "/invoices/drafts",
        {
            "date": "2026-11-24",
            "currency": "DKK",
            "customer": {"customerNumber": 10001},
            "recipient": {"name": "X", "vatZone": {"vatZoneNumber": 1}},
            "layout": {"layoutNumber": 1},
            "paymentTerms": {"paymentTermsNumber": 1},
            "lines": [{"product": {"productNumber": "NL-100"}, "quantity": 1, "unitNetPrice": 5}],
        },
    )
    assert theirs["draftInvoiceNumber"] == draft["draftInvoiceNumber"]
    for _ in range(3):
        company.systems.clock.sleep_s(120)
        company.drain()
    transfer = company.transfer("customer_invoice", number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "draft_gone")
    assert company.systems.booked() == []
    assert [row["draftInvoiceNumber"] for row in company.systems.drafts()] == [theirs["draftInvoiceNumber"]]


def test_a_person_books_our_draft_while_the_answer_is_lost(company: Company) -> None:
    company.systems.economic.faults.set(Fault("lost", method="POST", path="/invoices/drafts", lose_answer=True))
    number = company.systems.invoice()
    company.invoiced(number)
    (draft,) = company.systems.drafts()
    company.systems.in_economic("POST", "/invoices/booked", {"draftInvoice": draft})
    settle(company, number)
    transfer = company.transfer("customer_invoice", number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "booked_by_hand")
    assert len(company.systems.booked()) == 1


def test_a_remote_that_is_down_is_tried_with_growing_waits(company: Company) -> None:
    company.systems.rackbeat.faults.set(
        Fault("down", path="/api/customer-invoices/*", drop_connection=True, times=None)
    )
    number = company.systems.invoice()
    waits = []
    for _ in range(6):
        transfer = company.invoiced(number)
        assert (transfer.state, transfer.code) == (TransferState.WAITING, "unreachable")
        assert transfer.due_at is not None
        waits.append((transfer.due_at - company.systems.clock.now()).total_seconds())
        company.systems.clock.sleep_s(waits[-1])
    assert all(later > earlier * 0.9 for earlier, later in pairwise(waits))
    assert waits[-1] > 4 * waits[0]
    company.systems.rackbeat.faults.clear()
    settle(company, number)
    assert_once(company, number)


def test_an_order_to_slow_down_is_obeyed(company: Company) -> None:
    company.systems.economic.faults.set(
        Fault("slow", method="POST", path="/invoices/drafts", status=429, headers={"Retry-After": "30"})
    )
    number = company.systems.invoice()
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.WAITING, "rate_limited")
    assert transfer.due_at is not None
    assert (transfer.due_at - company.systems.clock.now()).total_seconds() >= 30
    settle(company, number)
    assert_once(company, number)


def test_a_master_record_that_goes_back_and_forth_is_written_each_time(company: Company) -> None:
    company.invoiced(company.systems.invoice())
    for name in ("Nyt Navn ApS", "Cykelhjørnet Aarhus C A/S", "Nyt Navn ApS"):
        company.systems.in_rackbeat("PUT", "customers/10001", {"name": name})
        company.ask("customer", 10001)
        company.drain()
        assert company.systems.in_economic("GET", "/customers/10001")["name"] == name


@pytest.mark.parametrize("seconds", [4, 20])
def test_a_worker_that_was_stopped_between_draft_and_booking_reads_the_draft_again(
    company: Company, seconds: int
) -> None:
    """A person deletes the draft meanwhile and gets its number for a draft of theirs; within a moment nobody does."""
    systems = company.systems

    def stop(name: str) -> None:
        if name == "customer_invoice.draft.answered":
            systems.clock.sleep_s(seconds)
            if seconds > 5:
                (draft,) = systems.drafts()
                systems.in_economic("DELETE", f"/invoices/drafts/{draft['draftInvoiceNumber']}")
                lines = [{"product": {"productNumber": "NL-100"}, "quantity": 1, "unitNetPrice": 5}]
                theirs = {**PERSONS_DRAFT, "customer": {"customerNumber": 10001}, "lines": lines}
                systems.in_economic("POST", "/invoices/drafts", theirs)

    company.runtime = replace(company.runtime, failpoint=stop)
    number = systems.invoice()
    transfer = company.invoiced(number)
    read = [call for call in company.calls(transfer) if call.startswith("GET /invoices/drafts/")]
    if seconds > 5:
        assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "draft_gone")
        # once before booking it, once to tell what has become of it
        assert (len(read), systems.booked(), len(systems.drafts())) == (2, [], 1)
        company.runtime = replace(company.runtime, failpoint=lambda _name: None)
        (theirs,) = systems.drafts()
        systems.in_economic("DELETE", f"/invoices/drafts/{theirs['draftInvoiceNumber']}")
        assert company.invoiced(number).code == "draft_gone"
    else:
        assert (transfer.state, read) == (TransferState.TRANSFERRED, [])
