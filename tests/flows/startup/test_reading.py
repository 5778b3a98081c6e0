"""The dry run over lists that are odd: changing while they are read, the same number twice, records without fields."""

from __future__ import annotations

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.economic import surfaces
from lagerbro.flows.startup.kinds import Kind
from lagerbro.flows.startup.models import RackbeatCopy, RunState
from lagerbro.flows.startup.starting import NotReadyError
from lagerbro_sandbox.kernel.faults.plan import Fault
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.json import to_json
from tests.flows.startup.records import whole
from tests.flows.startup.town import AGREEMENT, Town, several
from tests.sandboxes import Json

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surfaces, "PAGE_SIZE", 10)


def test_a_list_that_shrinks_once_is_read_again(town: Town) -> None:
    town.put(Kind.CUSTOMER, several(Kind.CUSTOMER, 25))
    systems = town.company.systems
    pages = iter(range(100))

    def delete_one(request: object) -> None:
        if getattr(request, "path", "") == "/customers" and next(pages) == 1:
            systems.economic.store.delete(AGREEMENT, "customers", "3")

    systems.to_economic.before = delete_one
    run = town.read()
    assert (run.state, run.code) == (RunState.READY, "")
    assert sorted(map(int, town.outcomes(Kind.CUSTOMER))) == [1, 2, *range(4, 26)]
    assert systems.to_economic.asked.count("GET /customers") == 2 + 3


def test_a_list_that_never_stands_still_is_not_believed(town: Town) -> None:
    town.put(Kind.CUSTOMER, several(Kind.CUSTOMER, 25))
    faults = town.company.systems.economic.faults
    faults.set(Fault(name="shrinking", method="GET", path="/customers", gone=1, times=None))
    run = town.read()
    assert (run.state, run.code) == (RunState.READING, "startup_list_changing")
    with pytest.raises(NotReadyError):
        town.begun()
    faults.clear("shrinking")
    assert town.read().state == RunState.READY
    assert len(town.outcomes(Kind.CUSTOMER)) == 25


def test_a_number_that_stands_twice(town: Town) -> None:
    """Once with the same content, which is one record, and once with another, which is nobody knows what."""
    town.put(Kind.CUSTOMER, several(Kind.CUSTOMER, 12))
    store = town.company.systems.economic.store
    same, other = whole(Kind.CUSTOMER, 2, "customer 2"), whole(Kind.CUSTOMER, 3, "En anden")
    for key, record in (("90", same), ("91", other)):
        store.put(AGREEMENT, "customers", key, record)
    run = town.read()
    assert (run.state, run.code) == (RunState.READY, "")
    outcomes = town.outcomes(Kind.CUSTOMER)
    assert outcomes["2"] == ("make", "waiting", "")
    assert outcomes["3"] == ("cannot", "waiting", "number_twice")
    assert len(outcomes) == 12


def test_records_with_half_of_their_fields_stop_nobody(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    halves: list[Json] = [
        whole(Kind.CUSTOMER, 1),
        {"customerNumber": 2, "name": "Halv"},
        {"customerNumber": 3},
        whole(Kind.CUSTOMER, 4, "x" * 300),
        whole(Kind.CUSTOMER, 5, barred=True),
        whole(Kind.CUSTOMER, 6, customerGroup={"customerGroupNumber": 99}),
        whole(Kind.CUSTOMER, 7, paymentTerms={"paymentTermsNumber": 99}),
        whole(Kind.CUSTOMER, 8, layout={"layoutNumber": 99}),
    ]
    halves += [whole(Kind.CUSTOMER, "K-9"), {"name": "Uden nummer"}, {"name": "Også uden nummer"}]
    monkeypatch.setattr(surfaces, "PAGE_SIZE", 1000)  # one answer holds them all
    told = {"collection": halves, "pagination": {"results": len(halves)}}
    answer = Response(200, {"Content-Type": "application/json"}, to_json(told))
    economic = town.company.systems.economic
    handle = economic.handle
    monkeypatch.setattr(economic, "handle", lambda one: answer if one.path == "/customers" else handle(one))
    assert town.read().state == RunState.READY
    found = sorted((row.number, row.name[:20], row.action, row.code) for row in town.rows(Kind.CUSTOMER))
    assert found == [
        ("", "Også uden nummer", "cannot", "no_number"),
        ("", "Uden nummer", "cannot", "no_number"),
        ("1", "Cykelhjørnet", "make", ""),
        ("2", "Halv", "cannot", "no_group"),
        ("3", "", "cannot", "no_name"),
        ("4", "x" * 20, "cannot", "name_too_long"),
        ("5", "Cykelhjørnet", "cannot", "barred"),
        ("6", "Cykelhjørnet", "cannot", "group_not_transferred"),
        ("7", "Cykelhjørnet", "cannot", "payment_terms_missing"),
        ("8", "Cykelhjørnet", "make", ""),
        ("K-9", "Cykelhjørnet", "cannot", "number_not_digits"),
    ]
    assert {row.number: row.left_out for row in town.rows(Kind.CUSTOMER) if row.left_out} == {
        "1": "employee_id",
        "8": "layout_id,employee_id",
    }


def test_four_hundred_groups_and_no_copies_left_behind(town: Town) -> None:
    town.put(Kind.CUSTOMER_GROUP, several(Kind.CUSTOMER_GROUP, 400, account={"accountNumber": 5600}))
    town.put(Kind.CUSTOMER, [whole(Kind.CUSTOMER, 1, customerGroup={"customerGroupNumber": 400})])
    assert town.read().state == RunState.READY
    assert len(town.outcomes(Kind.CUSTOMER_GROUP)) == 400
    assert town.outcomes(Kind.CUSTOMER)["1"] == ("make", "waiting", "")
    with agreement_scope(town.company.agreement.pk):
        assert not RackbeatCopy.in_scope.exists()


def test_a_system_that_does_not_answer_is_asked_again_where_it_was(town: Town) -> None:
    town.put(Kind.CUSTOMER, several(Kind.CUSTOMER, 25))
    systems = town.company.systems
    systems.economic.faults.set(Fault(name="away", method="GET", path="/customers", drop_connection=True, times=3))
    assert town.read().state == RunState.READY
    assert len(town.outcomes(Kind.CUSTOMER)) == 25
    assert systems.to_economic.asked.count("GET /payment-terms") == 1
