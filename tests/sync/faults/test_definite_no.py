"""A definite no costs what it has to: the pause that was told, one more question before access is given up, no effect
twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lagerbro.agreements.models import AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Intent, Transfer, TransferState
from lagerbro.sync.work import KEYS_MAX
from lagerbro.wire.errors import ForbiddenError, LimitedError, RefusedError, UnauthenticatedError
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.sync.playing import Played, play, put, raising
from tests.world import Company

pytestmark = pytest.mark.django_db
WRITES = [("POST", "/invoices/drafts"), ("PUT", "/invoices/booked/*"), ("PUT", "/customers/*"), ("PUT", "/products/*")]
READS = [("GET", "/api/customer-invoices/*"), ("GET", "/customers/*")]
BOOKING = "/invoices/booked/*"


def fault(company: Company, method: str, path: str, status: int, times: int | None = 1, pause: str = "") -> None:
    core = company.systems.rackbeat if path.startswith("/api") else company.systems.economic
    core.faults.set(
        Fault(
            "no", method=method, path=path, status=status, times=times, headers={"Retry-After": pause} if pause else {}
        )
    )


def settled(company: Company, number: int) -> tuple[Transfer, timedelta]:
    """The invoice when nothing of it is due any more, and how long that took."""
    clock = company.systems.clock
    began = clock.now()
    for _ in range(20):
        while company.drain().more:
            pass
        with agreement_scope(company.agreement.pk):
            row = Transfer.in_scope.exclude(due_at=None).order_by("due_at").first()
        if row is None or row.due_at is None:
            break
        clock.go_to(row.due_at)
    return company.transfer("customer_invoice", number), clock.now() - began


@pytest.mark.parametrize(("method", "path"), [*WRITES, *READS])
@pytest.mark.parametrize(("pause", "most_s"), [("1", 2), ("20", 21), ("", 2)])
def test_a_pause_costs_what_was_told(company: Company, method: str, path: str, pause: str, most_s: float) -> None:
    number = company.systems.invoice()
    fault(company, method, path, 429, pause=pause)
    company.ask("customer_invoice", number)
    row, took = settled(company, number)
    assert row.state == TransferState.TRANSFERRED
    assert timedelta(seconds=float(pause or 1)) <= took <= timedelta(seconds=most_s)
    assert len(company.systems.booked()) == 1
    assert company.systems.drafts() == []


def test_a_pause_keeps_the_order_of_everything_that_waits(company: Company) -> None:
    numbers = [company.systems.invoice() for _ in range(25)]
    company.invoiced(numbers[0])  # customer and product are known
    for number in numbers[1:]:
        company.ask("customer_invoice", number)
        company.systems.clock.sleep_s(0.01)
    fault(company, "PUT", BOOKING, 429, pause="20")
    row, took = settled(company, numbers[1])
    assert (row.state, row.runs) == (TransferState.TRANSFERRED, 2)
    assert timedelta(seconds=20) <= took <= timedelta(seconds=21)
    posts = [call for call in company.systems.to_economic.asked if call.startswith("PUT /invoices/booked/")]
    assert list(dict.fromkeys(int(call.rsplit("/", 1)[1]) for call in posts)) == numbers
    assert [row["bookedInvoiceNumber"] for row in company.systems.booked()] == numbers


def test_what_is_put_off_is_not_told_each(company: Company) -> None:
    """Hundreds that wait for the same pause are neither run nor counted as failures."""
    play(company, Played("invoice", 50, raising(LimitedError("slow"))))
    for number in range(50):
        put(company, "invoice", str(number), 50)
    while company.drain().more:
        pass
    with agreement_scope(company.agreement.pk):
        runs = sorted(Transfer.in_scope.values_list("runs", flat=True))
        due = set(Transfer.in_scope.exclude(due_at=None).values_list("due_at", flat=True))
    assert runs == [0] * 42 + [1] * 8
    assert len(due) == 1, "one moment for all, so that they keep their order"


def test_it_is_told_again_and_again_and_the_waits_grow(company: Company) -> None:
    play(company, Played("invoice", 50, raising(*[LimitedError("slow")] * 9)))
    put(company, "invoice", "1", 50)
    waits = []
    for _ in range(9):
        company.drain()
        due_at = company.transfer("invoice", "1").due_at
        assert due_at is not None
        waits.append((due_at - company.systems.clock.now()).total_seconds())
        company.systems.clock.go_to(due_at)
    assert [round(wait) for wait in waits[:3]] == [1, 2, 3]
    assert waits[3] >= 7
    assert waits[8] > waits[4] > waits[3]
    company.drain()
    assert company.transfer("invoice", "1").state == TransferState.TRANSFERRED


@pytest.mark.parametrize(("method", "path"), [*WRITES, *READS])
@pytest.mark.parametrize("status", [401, 403, 409])
def test_a_single_no_is_not_believed(company: Company, method: str, path: str, status: int) -> None:
    if status == 409 and method == "GET":
        pytest.skip("a read is overtaken by nobody")
    number = company.systems.invoice()
    fault(company, method, path, status)
    company.ask("customer_invoice", number)
    row, took = settled(company, number)
    assert row.state == TransferState.TRANSFERRED
    assert took <= timedelta(seconds=5 if status != 409 else 16)
    company.agreement.refresh_from_db()
    assert company.agreement.state == AgreementState.ACTIVE
    assert len(company.systems.booked()) == 1
    assert company.systems.drafts() == []
    with agreement_scope(company.agreement.pk):
        keys = list(Intent.in_scope.values_list("idempotency_key", flat=True))
    assert len(set(keys)) == len(keys), "after a definite no comes a new key"


def test_a_right_that_is_missing_is_believed_the_second_time(company: Company) -> None:
    number = company.systems.invoice()
    fault(company, "PUT", BOOKING, 403, times=None)
    company.ask("customer_invoice", number)
    row, took = settled(company, number)
    assert (row.state, row.code, row.failure_kind) == (TransferState.NEEDS_YOU, "access_denied", "config")
    assert took <= timedelta(seconds=5)
    assert company.systems.booked() == []
    company.systems.economic.faults.clear()
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert len(company.systems.booked()) == 1


def test_a_key_that_opens_everything_but_one_call_stops_that_document_alone(company: Company) -> None:
    number, other = company.systems.invoice(), company.systems.invoice()
    fault(company, "PUT", f"/invoices/booked/{number}", 401, times=None)
    company.ask("customer_invoice", number)
    row, _ = settled(company, number)
    assert (row.state, row.code) == (TransferState.NEEDS_YOU, "access_denied")
    company.agreement.refresh_from_db()
    assert company.agreement.state == AgreementState.ACTIVE
    assert company.invoiced(other).state == TransferState.TRANSFERRED
    company.systems.economic.faults.clear()
    assert company.invoiced(number).state == TransferState.TRANSFERRED


def test_a_grant_that_is_gone_stops_the_agreement_and_keeps_the_queue(company: Company) -> None:
    number = company.systems.invoice()
    fault(company, "*", "/*", 401, times=None)
    company.ask("customer_invoice", number)
    row, took = settled(company, number)
    company.agreement.refresh_from_db()
    assert (company.agreement.state, company.agreement.state_code) == (AgreementState.GONE, "grant_revoked")
    denied = company.transfer("customer", 10001)
    assert {found.state for found in (row, denied)} == {TransferState.WAITING}
    assert (denied.code, denied.failure_kind) == ("grant_revoked", "gone")
    assert took <= timedelta(seconds=60), "twenty looks at a queue that stands still"
    company.systems.economic.faults.clear()
    company.agreement.state = AgreementState.ACTIVE
    company.agreement.save()
    assert settled(company, number)[0].state == TransferState.TRANSFERRED


@pytest.mark.parametrize("error", [UnauthenticatedError, ForbiddenError])
def test_one_no_among_other_failures_is_the_first_each_time(company: Company, error: type[RefusedError]) -> None:
    no, slow = error("no"), LimitedError("slow")
    play(company, Played("invoice", 50, raising(no, slow, no, slow, no)))
    put(company, "invoice", "1", 50)
    codes = []
    for _ in range(5):
        company.drain()
        row = company.transfer("invoice", "1")
        codes.append(row.code)
        assert row.due_at is not None
        company.systems.clock.go_to(row.due_at)
    assert codes == ["access_doubted", "rate_limited"] * 2 + ["access_doubted"]
    company.drain()
    assert company.transfer("invoice", "1").state == TransferState.TRANSFERRED


def test_who_needs_a_record_does_not_cut_its_pause_short_and_a_person_does_not_either(company: Company) -> None:
    fault(company, "PUT", "/customers/*", 429, times=None, pause="300")
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    while company.drain().more:
        pass
    paused = company.transfer("customer", 10001)
    assert (paused.state, paused.code, paused.runs) == (TransferState.WAITING, "rate_limited", 1)
    for kind, key in (("customer_invoice", number), ("customer", 10001)):
        company.systems.clock.sleep_s(1)
        company.ask(kind, key)
        company.drain()
    row = company.transfer("customer", 10001)
    assert (row.due_at, row.runs) == (paused.due_at, 1)
    company.systems.economic.faults.clear()
    assert settled(company, number)[0].state == TransferState.TRANSFERRED


def test_who_needs_a_record_waits_for_its_next_try_unless_somebody_asks(company: Company) -> None:
    fault(company, "PUT", "/customers/*", 409, times=2)
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    while company.drain().more:
        pass
    assert company.transfer("customer", 10001).runs == 1
    company.systems.clock.sleep_s(1)
    company.ask("customer_invoice", number)
    company.drain()
    assert company.transfer("customer", 10001).runs == 2


@pytest.mark.parametrize("status", [400, 403, 429])
@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_refusal_that_is_remembered_whatever_the_key_is_not_followed_for_ever(
    company: Company, method: str, path: str, status: int
) -> None:
    """Nothing can be remembered of a key that is new: the remote is not believed, and asked again later."""
    number = company.systems.invoice()
    told = {"X-ResultFromCache": "true"}
    remembered = Fault("no", method=method, path=path, status=status, times=None, headers=told)
    company.systems.economic.faults.set(remembered)
    before = len(company.systems.to_economic.asked)
    company.ask("customer_invoice", number)
    while company.drain().more:
        pass
    sent = [call for call in company.systems.to_economic.asked[before:] if call.startswith(method)]
    assert 0 < len([call for call in sent if call.startswith(f"{method} {path.rstrip('*')}")]) <= KEYS_MAX
    with agreement_scope(company.agreement.pk):
        stopped = Transfer.in_scope.exclude(state__in=(TransferState.WAITING, TransferState.TRANSFERRED))
        assert list(stopped) == []
        assert Transfer.in_scope.filter(code="unreadable_answer").count() == 1
    assert company.systems.booked() == []
    company.systems.economic.faults.clear()
    company.systems.clock.sleep_s(60)
    assert settled(company, number)[0].state == TransferState.TRANSFERRED
    assert len(company.systems.booked()) == 1
