"""Every kind of write that the clients have is made exactly once, whatever is lost, dropped, refused or killed.

Customers, products, drafts and bookings have flows and are tried in `tests/flows/test_exactly_once.py`.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Intent, IntentState, Transfer, TransferState
from lagerbro.sync.storage.enqueueing import RankedRecord, enqueue
from lagerbro.sync.waiting import OUTCOME_PENDING_FOR
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.sync.kinds import KINDS, MARK, NOTED, Kind
from tests.sync.services import LateLists, rewrite
from tests.world import Company

EVERY = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
KEYS = pytest.mark.parametrize("keys_are_kept", [True, False], ids=["cache on", "cache off"])
VOUCHER, BOOKING = (next(kind for kind in KINDS if kind.kind == name) for name in ("voucher", "journal_booking"))


class Crash(BaseException):
    """The process is gone."""


@pytest.fixture
def lists(company: Company) -> LateLists:
    """The company with the small flows."""
    systems = company.systems
    made = LateLists(systems.economic)
    systems.to_economic._core = made
    company.runtime = replace(company.runtime, flows={kind.kind: kind for kind in KINDS}, routines={})
    while systems.invoice(book=False) < NOTED:
        pass
    return made


def asked(company: Company, kind: Kind) -> None:
    with agreement_scope(company.agreement.pk):
        enqueue(company.agreement.pk, [RankedRecord(kind.kind, str(NOTED), kind.rank)], company.systems.clock.now())


def settled(company: Company, kind: Kind) -> Transfer:
    """Let time pass until nothing is due any more."""
    for _ in range(20):
        company.drain()
        transfer = company.transfer(kind.kind, NOTED)
        if transfer.due_at is None:
            return transfer
        company.systems.clock.sleep_s(60)
    raise AssertionError(f"{transfer} is stuck: {transfer.code}")


def posts(company: Company, kind: Kind) -> int:
    """How often the write was sent."""
    system, method, path = kind.fault
    line = company.systems.to_economic if system == "economic" else company.systems.to_rackbeat
    ending = path.rsplit("*", 1)[-1].rsplit("/", 1)[-1]
    return len([call for call in line.asked if call.startswith(f"{method} ") and call.endswith(ending)])


@EVERY
@KEYS
@pytest.mark.parametrize("how", ["nothing", "lose_answer", "drop_connection", "503", "429"])
def test_one_fault(company: Company, lists: LateLists, kind: Kind, how: str, keys_are_kept: bool) -> None:
    company.systems.admin("economic", "idempotency", kept=keys_are_kept)
    system, method, path = kind.fault
    core = company.systems.economic if system == "economic" else company.systems.rackbeat
    if how != "nothing":
        core.faults.set(
            Fault(
                "once",
                method=method,
                path=path,
                status=int(how) if how.isdigit() else None,
                lose_answer=how == "lose_answer",
                drop_connection=how == "drop_connection",
            )
        )
    asked(company, kind)
    transfer = settled(company, kind)
    assert core.faults.present() == ()
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert kind.effects(company) == 1
    assert posts(company, kind) == (1 if how in ("nothing", "lose_answer") else 2)  # what was done is adopted


@EVERY
@KEYS
@pytest.mark.parametrize("moment", ["decided", "answered"])
def test_a_crash(company: Company, lists: LateLists, kind: Kind, moment: str, keys_are_kept: bool) -> None:
    company.systems.admin("economic", "idempotency", kept=keys_are_kept)
    crashes: list[str] = []

    def crash(name: str) -> None:
        if name == f"{kind.kind}.{kind.step}.{moment}" and not crashes:
            crashes.append(name)
            raise Crash(name)

    whole = company.runtime
    company.runtime = replace(whole, failpoint=crash)
    asked(company, kind)
    with pytest.raises(Crash):
        company.drain()
    company.runtime = whole
    company.systems.clock.sleep_s(60)
    transfer = settled(company, kind)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert kind.effects(company) == 1
    assert posts(company, kind) == 1


@EVERY
def test_asking_again_after_it_was_made_makes_nothing_twice_within_a_run(
    company: Company, lists: LateLists, kind: Kind
) -> None:
    """A finished write is remembered until its transfer is finished: a crash after it costs no second one."""
    asked(company, kind)
    company.drain()
    sent = posts(company, kind)
    with agreement_scope(company.agreement.pk):
        assert set(Intent.in_scope.values_list("state", flat=True)) == {IntentState.SETTLED}
    assert sent == 1
    assert kind.effects(company) == 1


def test_a_voucher_that_shows_late_is_adopted_by_the_second_look(company: Company, lists: LateLists) -> None:
    company.systems.economic.faults.set(Fault("lost", method="POST", path="/journals/*/vouchers", lose_answer=True))
    asked(company, VOUCHER)
    company.drain()
    company.systems.clock.sleep_s(OUTCOME_PENDING_FOR.total_seconds())
    lists.hidden = 2  # neither among the drafts nor among the booked ones
    company.drain()
    transfer = company.transfer("voucher", NOTED)
    assert (transfer.state, transfer.code) == (TransferState.WAITING, "not_found_yet")
    assert transfer.due_at is not None
    assert (transfer.due_at - company.systems.clock.now()).total_seconds() == 5
    company.systems.clock.sleep_s(4)
    asked(company, VOUCHER)  # a webhook meanwhile does not shorten the wait
    company.drain()
    assert posts(company, VOUCHER) == 1
    company.systems.clock.sleep_s(1)
    assert settled(company, VOUCHER).state == TransferState.TRANSFERRED
    assert posts(company, VOUCHER) == 1
    assert VOUCHER.effects(company) == 1


def test_a_voucher_is_sent_again_only_after_two_looks(company: Company, lists: LateLists) -> None:
    company.systems.economic.faults.set(Fault("down", method="POST", path="/journals/*/vouchers", status=500))
    asked(company, VOUCHER)
    company.drain()
    company.systems.clock.sleep_s(OUTCOME_PENDING_FOR.total_seconds())
    company.drain()
    assert posts(company, VOUCHER) == 1
    company.systems.clock.sleep_s(5)
    company.drain()
    assert posts(company, VOUCHER) == 2
    assert company.transfer("voucher", NOTED).state == TransferState.TRANSFERRED
    assert VOUCHER.effects(company) == 1


def test_entries_that_a_person_has_changed_are_not_booked(company: Company, lists: LateLists) -> None:
    company.systems.economic.faults.set(Fault("down", method="POST", path="*/bookdraftentries", status=503))
    asked(company, BOOKING)
    company.drain()
    rewrite(company.systems, "Rettet af bogholder")
    company.systems.clock.sleep_s(60)
    transfer = settled(company, BOOKING)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "entries_changed")
    assert company.systems.entries() == []
    rewrite(company.systems, MARK)
    asked(company, BOOKING)
    assert settled(company, BOOKING).state == TransferState.TRANSFERRED
    assert BOOKING.effects(company) == 1


def test_what_we_write_to_rackbeat_is_not_told_to_us_again(company: Company, lists: LateLists) -> None:
    for kind in KINDS:
        if kind.fault[0] == "rackbeat":
            asked(company, kind)
    company.drain()
    with agreement_scope(company.agreement.pk):
        urls = [row.url for transfer in Transfer.in_scope.all() for row in transfer.attempts.filter(method="POST")]
    assert len(urls) == len([kind for kind in KINDS if kind.fault[0] == "rackbeat"])
    assert all("suppress_webhooks=true" in url for url in urls)
