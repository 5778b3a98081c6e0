"""A database that fails: what passes is tried again like any passing fault, what it refuses stops one transfer only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import DataError, Error, IntegrityError, InterfaceError, OperationalError, connection, connections

from lagerbro.agreements.models import Agreement, AgreementState, Credentials
from lagerbro.agreements.scope import agreement_scope
from lagerbro.app.databases import is_postgresql
from lagerbro.sync.models import Attempt, Dependency, Transfer, TransferState
from lagerbro.sync.outcome import LinkFacts, Outcome, Transferred, WaitsFor
from lagerbro.sync.runtime import Clients
from lagerbro.sync.work import Work
from lagerbro.wire.exchange import Exchange
from tests.sync.playing import Played, done, play, put, raising
from tests.world import Company

pytestmark = pytest.mark.django_db
PASSING: list[Error] = [
    OperationalError("database is locked"),
    OperationalError("could not serialize access due to concurrent update"),
    InterfaceError("connection already closed"),
]
DEFINITE: list[Error] = [DataError("value too long"), IntegrityError("null value")]
ENDING, TRACE, INTENT = "SET state = ", "INSERT INTO sync_attempt", "INSERT INTO sync_intent"


@contextmanager
def failing(sign: str, *errors: Exception, key: str = "") -> Iterator[None]:
    """The database answers statements that hold `sign`, and a value `key`, with these errors, one after the other."""
    rest = list(errors)

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sign in sql and rest and (not key or key in str(params)):
            raise rest.pop(0)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield
    assert rest == []


def one(company: Company, key: str = "1") -> Transfer:
    return company.transfer("invoice", key)


def two(company: Company, act: Callable[[Work], Outcome]) -> None:
    """Two invoices; only the first meets anything."""
    play(company, Played("invoice", 50, lambda work: act(work) if work.transfer.key == "1" else Transferred()))
    for key in ("1", "2"):
        put(company, "invoice", key, 50)


def again(company: Company) -> Transfer:
    due_at = one(company).due_at
    assert due_at is not None
    company.systems.clock.go_to(due_at)
    company.drain()
    return one(company)


@pytest.mark.parametrize("error", PASSING, ids=str)
def test_a_passing_fault_inside_a_flow_is_tried_again_by_itself(company: Company, error: Error) -> None:
    two(company, raising(error, error))
    company.drain()
    row = one(company)
    assert (row.state, row.code, row.failure_kind) == (TransferState.WAITING, "database_busy", "transient")
    assert (row.failures, row.details) == (1, {"error": type(error).__name__})
    assert one(company, "2").state == TransferState.TRANSFERRED
    assert again(company).failures == 2
    assert again(company).state == TransferState.TRANSFERRED


@pytest.mark.parametrize("error", DEFINITE, ids=str)
def test_a_definite_one_is_a_bug_that_waits_for_a_person(company: Company, error: Error) -> None:
    two(company, raising(error))
    company.drain()
    row = one(company)
    assert (row.state, row.code, row.failure_kind, row.due_at) == (TransferState.NEEDS_YOU, "bug", "bug", None)
    assert row.details == {"error": type(error).__name__}
    assert one(company, "2").state == TransferState.TRANSFERRED
    put(company, "invoice", "1", 50)
    company.drain()
    assert one(company).state == TransferState.TRANSFERRED


@pytest.mark.parametrize("error", PASSING, ids=str)
def test_a_passing_fault_while_the_ending_is_stored_changes_nothing(company: Company, error: Error) -> None:
    two(company, done)
    with failing(ENDING, error, key="transferred"):
        company.drain()
    assert {(row.state, row.runs) for row in (one(company), one(company, "2"))} == {(TransferState.TRANSFERRED, 1)}


def test_where_it_does_not_pass_the_next_drain_takes_it_over_and_nothing_is_done_twice(company: Company) -> None:
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    company.drain()
    company.ask("customer_invoice", company.systems.invoice())
    other = company.systems.invoice()
    company.ask("customer_invoice", other)
    with failing(ENDING, *[OperationalError("gone")] * 2, key="transferred"):
        company.drain()
    while company.drain().more:
        pass
    assert company.transfer("customer_invoice", other).state == TransferState.TRANSFERRED
    with agreement_scope(company.agreement.pk):
        assert set(Transfer.in_scope.values_list("state", "claim")) == {(TransferState.TRANSFERRED, "")}
    assert len(company.systems.booked()) == 3
    assert company.systems.drafts() == []


@pytest.mark.parametrize("error", [*DEFINITE, ValueError("NUL"), UnicodeError("half a letter")], ids=str)
def test_what_the_database_does_not_take_ends_that_transfer_as_a_bug_with_words(
    company: Company, error: Exception
) -> None:
    two(company, done)
    with failing(ENDING, error):
        drained = company.drain()
    row = one(company)
    assert (row.state, row.code, row.details) == (TransferState.NEEDS_YOU, "bug", {"error": type(error).__name__})
    assert (one(company, "2").state, drained.transfers, drained.more) == (TransferState.TRANSFERRED, 2, False)
    put(company, "invoice", "1", 50)
    company.drain()
    assert one(company).state == TransferState.TRANSFERRED


def test_a_link_that_cannot_be_stored_leaves_a_document_that_is_finished_later_and_made_once(company: Company) -> None:
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    with failing("INSERT INTO sync_link", DataError("too long"), key="booked_invoice"):
        company.drain()
    row = company.transfer("customer_invoice", number)
    assert (row.state, row.code) == (TransferState.NEEDS_YOU, "bug")
    assert "PUT /invoices/booked/" in " ".join(company.calls(row)), "what was done is there to be read"
    row = company.invoiced(number)
    assert (row.state, len(company.systems.booked())) == (TransferState.TRANSFERRED, 1)


def test_a_trace_that_cannot_be_stored_is_let_go_of_and_the_write_is_found_again(company: Company) -> None:
    number = company.systems.invoice()
    company.invoiced(number)
    other = company.systems.invoice()
    with failing(TRACE, *[DataError("not this text")] * 2, key="/invoices/booked/"):
        row = company.invoiced(other)
    assert (row.state, row.code) == (TransferState.NEEDS_YOU, "bug")
    company.systems.clock.sleep_s(60)
    assert company.invoiced(other).state == TransferState.TRANSFERRED
    assert len(company.systems.booked()) == 2


def test_waiting_for_a_kind_that_nobody_knows_ends_as_a_bug_without_its_dependencies(company: Company) -> None:
    two(company, raising(WaitsFor((("hologram", "1"),))))
    company.drain()
    assert (one(company).code, one(company).details) == ("bug", {"error": "KeyError"})
    assert one(company, "2").state == TransferState.TRANSFERRED
    with agreement_scope(company.agreement.pk):
        assert not Dependency.in_scope.exists()


def test_a_rollback_does_not_lose_the_trace(company: Company) -> None:
    """The calls that were made before a commit that failed are stored with the next one."""
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    with failing(INTENT, OperationalError("locked"), key='"draftInvoice"'):
        while company.drain().more:
            pass
    row = company.transfer("customer_invoice", number)
    assert row.code == "database_busy"
    calls = company.calls(row)
    assert calls == [f"GET /api/customer-invoices/{number}", "POST /invoices/drafts"]
    company.systems.clock.sleep_s(60)
    company.drain()
    row = company.transfer("customer_invoice", number)
    assert (row.state, len(company.systems.booked())) == (TransferState.TRANSFERRED, 1)
    with agreement_scope(company.agreement.pk):
        urls = Attempt.in_scope.filter(transfer=row, method="POST").values_list("url", flat=True)
        assert [url.rsplit("/", 2)[1:] for url in urls] == [["invoices", "drafts"]], "and stored once"


def test_what_a_run_begins_with_is_its_own_affair_too(company: Company) -> None:
    two(company, raising(OperationalError("locked")))
    company.drain()
    company.systems.clock.sleep_s(3600)
    with failing("FROM sync_intent", OperationalError("locked")):
        company.drain()
    assert (one(company).code, one(company).failures) == ("database_busy", 2)
    assert again(company).state == TransferState.TRANSFERRED


def test_keys_that_were_destroyed_meanwhile_keep_the_queue(company: Company) -> None:
    two(company, done)
    connect = company.runtime.connect

    def without_keys(agreement: Agreement, observe: Callable[[Exchange], None]) -> Clients:
        raise Credentials.DoesNotExist

    company.runtime = replace(company.runtime, connect=without_keys)
    company.drain()
    company.agreement.refresh_from_db()
    assert (company.agreement.state, company.agreement.state_code) == (AgreementState.GONE, "grant_revoked")
    assert {(row.state, row.code) for row in (one(company), one(company, "2"))} == {("waiting", "grant_revoked")}
    company.runtime = replace(company.runtime, connect=connect)
    Agreement.objects.update(state=AgreementState.ACTIVE)
    company.drain()
    assert {row.state for row in (one(company), one(company, "2"))} == {TransferState.TRANSFERRED}


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_cut_in_the_middle_of_a_flow_is_made_anew(company: Company) -> None:
    if not is_postgresql(settings.DATABASES["default"]):
        pytest.skip("only PostgreSQL has connections that can be cut")

    def cut(work: Work) -> Outcome:
        if work.transfer.runs == 1:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                (pid,) = cursor.fetchone()
            other = connections.create_connection("default")
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", (pid,))
            other.close()
            Transfer.in_scope.count()
        return Transferred(LinkFacts("invoice", "1", "v1"))

    two(company, cut)
    company.drain()
    assert (one(company).code, one(company, "2").state) == ("database_busy", TransferState.TRANSFERRED)
    assert again(company).state == TransferState.TRANSFERRED
