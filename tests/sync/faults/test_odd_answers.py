"""An odd answer to a poll is the poll's own affair: it is noted and shown, it is asked again, and the documents go
on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from hypothesis import HealthCheck, given, settings

from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.customer_invoices.made import DRAFT_LINK
from lagerbro.flows.polls.drafts import DRAFTS_POLL
from lagerbro.flows.registry import ROUTINES
from lagerbro.sync.models import Link, Schedule, Transfer, TransferState
from lagerbro.sync.schedules.hastening import run_soon
from lagerbro.sync.schedules.routine import RoutineContext, RoutineResult
from lagerbro.sync.schedules.running import schedule
from lagerbro.sync.schedules.timing import Every, Timing
from lagerbro.wire.errors import ServerError, UnreadableAnswerError
from tests.sync.faults.odd_answers import ECONOMIC, RACKBEAT, odd_economic, odd_rackbeat
from tests.world import Company

pytestmark = pytest.mark.django_db
PROPERTY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
DAY_S = 24 * 3600


def row(company: Company, name: str) -> Schedule:
    with agreement_scope(company.agreement.pk):
        return Schedule.in_scope.get(routine=name)


def goes_through(company: Company) -> None:
    """A new invoice, behind everything that recurs."""
    with agreement_scope(company.agreement.pk):
        for name in ROUTINES:
            run_soon(name, company.agreement.pk, company.systems.clock.now())
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    while company.drain().more:  # what is missing in an odd list is looked at, a few at a time
        pass
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED


@PROPERTY
@given(RACKBEAT)
def test_whatever_rackbeats_lists_answer_the_documents_are_drained(company: Company, body: Any) -> None:
    lists = odd_rackbeat(company)
    lists.body = json.dumps(body).encode()
    goes_through(company)
    lists.body = None
    missed = company.systems.invoice()
    company.systems.clock.sleep_s(3601)
    company.drain()
    assert company.transfer("customer_invoice", missed).state == TransferState.TRANSFERRED
    healed = row(company, "customer_invoices_poll")
    assert (healed.failures, healed.failing_since, healed.failure_kind) == (0, None, "")


@PROPERTY
@given(ECONOMIC)
def test_whatever_economics_lists_answer_the_documents_are_drained(company: Company, body: Any) -> None:
    company.decide(book_on_booking=False)
    company.invoiced(company.systems.invoice())
    lists = odd_economic(company, "/invoices/drafts")
    lists.body = json.dumps(body).encode()
    with agreement_scope(company.agreement.pk):
        run_soon(DRAFTS_POLL, company.agreement.pk, company.systems.clock.now())
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    while company.drain().more:  # where our drafts seem to be gone, each of them is looked at
        pass
    assert company.transfer("customer_invoice", number).state == TransferState.DRAFTED
    lists.body = None
    company.systems.clock.sleep_s(3601)
    while company.drain().more:
        pass
    assert row(company, DRAFTS_POLL).failures == 0
    with agreement_scope(company.agreement.pk):
        linked = Link.in_scope.filter(kind="customer_invoice")
        assert set(linked.values_list("economic_kind", flat=True)) == {DRAFT_LINK}


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"[" * 3000 + b"]" * 3000, b'{"customer_invoices": 1e40}', b"<html>no</html>"],
)
def test_what_is_no_json_or_too_deep_holds_up_nothing(company: Company, body: bytes) -> None:
    lists = odd_rackbeat(company)
    lists.body = body
    goes_through(company)
    assert row(company, "customer_invoices_poll").failures == 1
    lists.body = None
    company.systems.clock.sleep_s(601)
    company.drain()
    assert row(company, "customer_invoices_poll").failures == 0


def test_a_list_that_has_no_end_is_left(company: Company) -> None:
    """It says that there are ten thousand pages, and sends the same one, or none at all."""
    lists = odd_rackbeat(company)
    for records in ([{"number": 1001}], []):
        lists.body = json.dumps({"customer_invoices": records, "pages": 10_000}).encode()
        before = len(company.systems.to_rackbeat.asked)
        goes_through(company)
        assert len(company.systems.to_rackbeat.asked) - before < 30


def test_one_record_that_cannot_be_read_hides_no_other_and_is_told(company: Company) -> None:
    number = company.systems.invoice()
    lists = odd_rackbeat(company, "/api/customer-invoices")
    odd = [{"number": None}, {"number": "x" * 65}, {"number": "1\u0000"}, 7, {"number": 1e40}, {}]
    fine = {"number": float(number), "updated_at": "some day", "booked_at": 17}
    lists.body = json.dumps({"customer_invoices": [*odd, fine], "pages": "1"}).encode()
    company.systems.clock.sleep_s(601)
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    told = row(company, "customer_invoices_poll")
    assert (told.code, told.failures, told.failing_since) == ("records_unreadable", 0, None)
    assert told.details == {"count": "6", "numbers": f"null, {'x' * 59}…, 1\ufffd, 7, 1e+40"}
    with agreement_scope(company.agreement.pk):
        assert Transfer.in_scope.filter(kind="customer_invoice").count() == 1
    lists.body = None
    company.systems.clock.sleep_s(601)
    company.drain()
    healed = row(company, "customer_invoices_poll")
    assert (healed.code, healed.details) == ("", None)


@dataclass
class Faulty:
    """A routine that fails as it is told to, as often as there is something in `faults`."""

    faults: list[Exception]
    name: str = "faulty"
    timing: Timing = field(default_factory=lambda: Every(seconds=600))
    marks: list[Any] = field(default_factory=list)

    def run(self, context: RoutineContext) -> RoutineResult:
        self.marks.append(context.remembered)
        if self.faults:
            raise self.faults.pop(0)
        return RoutineResult(remembered={"reached": len(self.marks)})


def faulty(company: Company, *faults: Exception) -> Faulty:
    routine = Faulty(list(faults))
    company.runtime = replace(company.runtime, routines={routine.name: routine})
    with agreement_scope(company.agreement.pk):
        Schedule.in_scope.all().delete()
        schedule(company.agreement, company.runtime.routines, company.systems.clock.now(), company.runtime.random)
        run_soon(routine.name, company.agreement.pk, company.systems.clock.now())
    return routine


FAULTS: list[tuple[Callable[[], Exception], str, str, dict[str, str]]] = [
    (lambda: KeyError("number"), "bug", "bug", {"error": "KeyError"}),
    (RecursionError, "bug", "bug", {"error": "RecursionError"}),
    (AssertionError, "bug", "bug", {"error": "AssertionError"}),
    (lambda: DataError("out of range"), "bug", "bug", {"error": "DataError"}),
    (lambda: IntegrityError("twice"), "bug", "bug", {"error": "IntegrityError"}),
    (lambda: OperationalError("locked"), "transient", "database_busy", {"error": "OperationalError"}),
    (lambda: InterfaceError("closed"), "transient", "database_busy", {"error": "InterfaceError"}),
    (lambda: UnreadableAnswerError("odd"), "transient", "unreadable_answer", {"message": "odd"}),
    (lambda: ServerError("down"), "transient", "server_error", {"message": "down"}),
]


@pytest.mark.parametrize(("fault", "kind", "code", "details"), FAULTS)
def test_a_fault_of_a_routine_is_stored_counted_waits_longer_and_longer_and_heals(
    company: Company, fault: Callable[[], Exception], kind: str, code: str, details: dict[str, str]
) -> None:
    routine = faulty(company, *(fault() for _ in range(8)))
    began, waits = company.systems.clock.now(), []
    for failures in range(1, 9):
        number = company.systems.invoice()
        assert company.invoiced(number).state == TransferState.TRANSFERRED
        noted = row(company, routine.name)
        assert (noted.failures, noted.failure_kind, noted.code, noted.details) == (failures, kind, code, details)
        assert (noted.failing_since, noted.mark, noted.runs) == (began, {}, 0)
        waits.append((noted.due_at - company.systems.clock.now()).total_seconds())
        company.systems.clock.go_to(noted.due_at)
    assert waits == sorted(waits)
    assert 7 <= waits[0] <= 15
    assert waits[-1] == 600, "never longer than its own rhythm"
    company.drain()
    healed = row(company, routine.name)
    assert (healed.failures, healed.failing_since, healed.failure_kind, healed.code) == (0, None, "", "")
    assert (healed.details, healed.mark, healed.runs) == (None, {"reached": 9}, 1)


def test_a_detail_that_the_database_does_not_take_leaves_the_fault_without_details(company: Company) -> None:
    faulty(company, ServerError("a NUL \0 and half a letter \ud800"))
    goes_through(company)
    noted = row(company, "faulty")
    assert (noted.failures, noted.code) == (1, "server_error")


def test_a_fault_of_one_routine_lets_the_others_run(company: Company) -> None:
    routine = faulty(company, KeyError("number"))
    poll = ROUTINES["customer_invoices_poll"]
    company.runtime = replace(company.runtime, routines={routine.name: routine, poll.name: poll})
    with agreement_scope(company.agreement.pk):
        schedule(company.agreement, company.runtime.routines, company.systems.clock.now(), company.runtime.random)
        Schedule.in_scope.update(due_at=company.systems.clock.now() - timedelta(seconds=1))
    number = company.systems.invoice()
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    assert (row(company, "faulty").failures, row(company, poll.name).runs) == (1, 1)
