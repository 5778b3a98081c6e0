"""The start-up sync from the dry run to the report, through both systems."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro.agreements.models import AgreementState, StartupState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.economic import surfaces
from lagerbro.flows.registry import FLOWS
from lagerbro.flows.startup import starting
from lagerbro.flows.startup.choices import OnConflict, StartupChoices
from lagerbro.flows.startup.kinds import LINKED, ORDER, SOURCES, Kind
from lagerbro.flows.startup.models import FRESH_FOR, RunState
from lagerbro.rackbeat import records as rackbeat_records
from lagerbro.rackbeat.client import CALLS_PER_SECOND
from lagerbro.sync.models import Attempt, Link, Transfer
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.startup.records import whole
from tests.flows.startup.town import AGREEMENT, Town, several
from tests.sandboxes import Json
from tests.world import Company

pytestmark = pytest.mark.django_db
ALL = StartupChoices(optional_kinds=(Kind.PAYMENT_TERMS, Kind.UNIT, Kind.EMPLOYEE))
CALLS_BETWEEN_LOOKS = 6
PRODUCT: Json = {
    "unit": {"unitNumber": 1, "name": "stk."},
    "salesPrice": D("100"),
    "productGroup": {"productGroupNumber": 2},
}


def filled(town: Town, count: int = 3) -> Town:
    """e-conomic has so many products and customers; the lists are known."""
    town.put(Kind.PRODUCT, several(Kind.PRODUCT, count, **PRODUCT))
    town.put(Kind.CUSTOMER, several(Kind.CUSTOMER, count))
    town.learn_lists()
    return town


def test_everything_goes_over_once(town: Town) -> None:
    filled(town)
    run = town.read(ALL)
    assert (run.state, run.code, run.read_at is not None) == (RunState.READY, "", True)
    assert [town.numbers(kind) for kind in ORDER] == [[] for _ in ORDER]  # nothing is written before it is begun
    assert {row.action for row in town.rows()} == {"make"}
    town.begun()
    assert town.company.agreement.startup_state == StartupState.RUNNING
    assert town.turned().state == RunState.DONE
    town.company.agreement.refresh_from_db()
    assert town.company.agreement.startup_state == StartupState.DECIDING
    for kind in ORDER:
        kept = town.company.systems.economic.store.all(AGREEMENT, SOURCES[kind].path[1:])
        assert town.numbers(kind) == [str(record[SOURCES[kind].key]) for record in kept], kind
        assert set(town.outcomes(kind).values()) == {("make", "made", "")}, kind
    product = town.in_rackbeat(Kind.PRODUCT, 1)
    assert (product["name"], product["group_id"], product["unit_id"], product["sales_price"]) == (
        *("product 1", 2, 1),
        D(100),
    )
    customer = town.in_rackbeat(Kind.CUSTOMER, 1)
    assert (customer["customer_group_id"], customer["payment_terms_id"], customer["vat_zone"]) == (1, 1, "domestic")
    group = town.in_rackbeat(Kind.PRODUCT_GROUP, 1)
    assert (group["has_inventory"], group["vat_domestic"], group["vat_eu"]) == (True, D(25), D(0))
    assert all(row.fields == row.existing == "" for row in town.rows())  # what a row was to write is let go of
    writes = [call for call in town.asked_of("rackbeat") if not call.startswith("GET")]
    assert len(writes) == len(town.rows())


def test_it_is_possible_once_and_declining_does_not_use_it_up(town: Town) -> None:
    filled(town)
    now = town.company.systems.clock.now()
    town.read()
    town.read()  # looking is possible as often as one likes
    town.begun()
    assert town.company.agreement.startup_used_at == now
    town.turned()
    with agreement_scope(town.company.agreement.pk):
        for _ in range(2):
            with pytest.raises(starting.StartupUsedError):
                starting.begin(town.company.agreement, by="Mette", now=now)
            with pytest.raises(starting.StartupUsedError):
                starting.ask_dry_run(town.company.agreement, ALL, by="Mette", now=now)
    assert town.run().state == RunState.DONE
    assert town.rows()


def test_what_was_shown_too_long_ago_is_not_begun(town: Town) -> None:
    filled(town)
    town.read()
    town.company.systems.clock.go_to(town.company.systems.clock.now() + FRESH_FOR)
    with pytest.raises(starting.NotReadyError):
        town.begun()
    town.company.agreement.refresh_from_db()
    assert town.company.agreement.startup_used_at is None  # and it is not used up by the try
    town.read()
    town.begun()
    assert town.turned().state == RunState.DONE


@pytest.mark.parametrize("count", [9, 10, 11, 25])
def test_the_calls_are_counted(town: Town, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """⌈n ÷ page⌉ for each kind in e-conomic, Rackbeat's own pages, and one write for each record."""
    monkeypatch.setattr(surfaces, "PAGE_SIZE", 10)
    monkeypatch.setattr(rackbeat_records, "PAGE_SIZE", 10)
    filled(town, count)
    kept = {kind: len(town.company.systems.economic.store.all(AGREEMENT, SOURCES[kind].path[1:])) for kind in ORDER}
    asked = {system: len(town.asked_of(system)) for system in ("economic", "rackbeat")}
    town.ran(ALL)
    in_economic = town.asked_of("economic")[asked["economic"] :]
    in_rackbeat = town.asked_of("rackbeat")[asked["rackbeat"] :]
    assert {kind: in_economic.count(f"GET {SOURCES[kind].path}") for kind in ORDER} == {
        kind: max(-(-number // 10), 1) for kind, number in kept.items()
    }
    assert len(in_economic) == sum(max(-(-number // 10), 1) for number in kept.values())
    assert {kind: in_rackbeat.count(f"GET /api/{SOURCES[kind].list_path}") for kind in ORDER} == dict.fromkeys(ORDER, 1)
    assert {kind: in_rackbeat.count(f"POST /api/{SOURCES[kind].kept_in}") for kind in ORDER} == kept
    assert len(in_rackbeat) == len(ORDER) + sum(kept.values())


def test_conflicts_are_linked_and_only_what_is_empty_is_filled(town: Town) -> None:
    filled(town)
    town.put(Kind.CUSTOMER, [whole(Kind.CUSTOMER, 1, "Vores", city="Aarhus", email="a@example.com", zip="8000")])
    systems = town.company.systems
    systems.in_rackbeat("POST", "payment-terms", {"number": 9, "name": "Egne", "type": "net", "maturity_days": 1})
    systems.in_rackbeat("POST", "customers", {"number": 1, "name": "Deres", "address_city": "Odense"})
    systems.in_rackbeat("POST", "customers", {"number": 2, "name": "customer 2", "payment_terms_id": 9})
    before = town.in_rackbeat(Kind.CUSTOMER, 1)
    town.ran()
    assert town.outcomes(Kind.CUSTOMER) == {
        "1": ("conflict", "filled", ""),
        "2": ("same", "filled", ""),  # its group was empty
        "3": ("make", "made", ""),
    }
    after = town.in_rackbeat(Kind.CUSTOMER, 1)
    filled_in = {"contact_email": "a@example.com", "address_zipcode": "8000", "customer_group_id": 1, "layout_id": 1}
    assert {name: after[name] for name in filled_in} == filled_in
    assert {name: after[name] for name in ("name", "address_city", "payment_terms_id")} == {
        name: before[name] for name in ("name", "address_city", "payment_terms_id")
    }
    assert town.company.systems.economic.store.get(AGREEMENT, "customers", "1")["name"] == "Vores"  # type: ignore[index]


@pytest.mark.parametrize(
    ("choice", "outcome", "name", "city"),
    [
        (OnConflict.LINK, ("conflict", "linked", ""), "Deres", None),
        (OnConflict.LEAVE_OUT, ("conflict", "left_out", "left_out_by_choice"), "Deres", None),
        (OnConflict.OVERWRITE, ("conflict", "filled", ""), "Vores", "Aarhus"),
    ],
)
def test_the_person_may_choose_per_kind(
    town: Town, choice: OnConflict, outcome: tuple[str, str, str], name: str, city: str | None
) -> None:
    filled(town, 1)
    town.put(Kind.CUSTOMER, [whole(Kind.CUSTOMER, 1, "Vores", city="Aarhus")])
    town.company.systems.in_rackbeat("POST", "customers", {"number": 1, "name": "Deres"})
    run = town.read()
    with agreement_scope(town.company.agreement.pk):
        assert starting.choose(run, Kind.CUSTOMER, choice)
    town.begun()
    town.turned()
    assert town.outcomes(Kind.CUSTOMER) == {"1": outcome}
    record = town.in_rackbeat(Kind.CUSTOMER, 1)
    assert (record["name"], record["address_city"]) == (name, city)


def test_a_number_of_a_bill_of_materials_is_taken(town: Town) -> None:
    filled(town)
    group = {"number": 7, "name": "Styklister", "has_inventory": True}
    town.company.systems.in_rackbeat("POST", "product-groups", group)
    town.company.systems.in_rackbeat("POST", "lots", {"number": "2", "name": "product 2", "group_id": 7, "lines": []})
    town.ran()
    assert town.outcomes(Kind.PRODUCT)["2"] == ("cannot", "waiting", "number_taken")
    assert town.numbers(Kind.PRODUCT) == ["1", "3"]
    with agreement_scope(town.company.agreement.pk):
        assert not Link.in_scope.filter(kind="product", rackbeat_key="2").exists()


def test_a_number_that_somebody_takes_meanwhile_is_not_linked(town: Town) -> None:
    filled(town)
    town.read()
    systems = town.company.systems
    systems.in_rackbeat("POST", "payment-terms", {"number": 9, "name": "Egne", "type": "net", "maturity_days": 1})
    systems.in_rackbeat("POST", "customers", {"number": 1, "name": "En helt anden"})
    systems.in_rackbeat("POST", "customers", {"number": 2, "name": "Customer 2"})
    town.begun()
    town.turned()
    assert town.outcomes(Kind.CUSTOMER) == {
        "1": ("make", "refused", "number_taken"),
        "2": ("make", "linked", ""),
        "3": ("make", "made", ""),
    }
    with agreement_scope(town.company.agreement.pk):
        assert set(Link.in_scope.filter(kind="customer").values_list("rackbeat_key", flat=True)) == {"2", "3"}


def test_each_tenth_record_is_refused_and_the_others_go_on(town: Town) -> None:
    filled(town, 30)
    asked = iter(range(1000))
    faults = town.company.systems.rackbeat.faults

    def refuse(request: object) -> None:
        if getattr(request, "method", "") == "POST" and next(asked) % 10 == 9:
            faults.set(Fault(name="tenth", method="POST", path="*", status=422, times=1))

    town.read()
    town.company.systems.to_rackbeat.before = refuse
    town.begun()
    assert town.turned().state == RunState.DONE
    town.company.systems.to_rackbeat.before = lambda _request: None
    states = [row.state for row in town.rows()]
    refused = [row for row in town.rows() if row.state == "refused"]
    assert set(states) == {"made", "refused"}
    assert {row.code for row in refused} <= {"startup_refused", "group_not_transferred"}
    for kind in ORDER:
        made = sorted(number for number, outcome in town.outcomes(kind).items() if outcome[1] == "made")
        assert sorted(town.numbers(kind)) == made
    with agreement_scope(town.company.agreement.pk):  # what failed can be looked at, the rest is told by its row
        assert Attempt.in_scope.count() == len([row for row in refused if row.code == "startup_refused"])


def test_without_its_group_a_record_does_not_come(town: Town) -> None:
    filled(town)
    faults = town.company.systems.rackbeat.faults
    town.read()
    faults.set(Fault(name="group", method="POST", path="/api/customer-groups", status=422))
    town.begun()
    town.turned()
    assert set(town.outcomes(Kind.CUSTOMER).values()) == {("make", "refused", "group_not_transferred")}
    assert town.numbers(Kind.CUSTOMER) == []
    assert town.numbers(Kind.SUPPLIER)


def test_a_lost_answer_is_looked_for_by_number(town: Town) -> None:
    filled(town)
    town.read()
    town.company.systems.rackbeat.faults.set(
        Fault(name="lost", method="POST", path="/api/customers", lose_answer=True, times=1)
    )
    town.begun()
    assert town.turned().state == RunState.DONE
    assert set(town.outcomes(Kind.CUSTOMER).values()) == {("make", "made", "")}
    asked = town.asked_of("rackbeat")
    assert asked.count("POST /api/customers") == 3
    assert [call for call in asked if call.startswith("GET /api/customers/")] == ["GET /api/customers/1"]


def test_a_server_that_fails_for_one_record_only(town: Town) -> None:
    filled(town)
    town.read()
    fault = Fault(name="failing", method="POST", path="/api/customers", status=500, times=1)
    town.company.systems.rackbeat.faults.set(fault)
    town.begun()
    assert town.turned().state == RunState.DONE
    assert set(town.outcomes(Kind.CUSTOMER).values()) == {("make", "made", "")}
    assert sorted(town.numbers(Kind.CUSTOMER)) == ["1", "2", "3"]


def test_pause_and_go_on(town: Town) -> None:
    filled(town, 5)
    town.read()
    town.begun()
    agreement, clock = town.company.agreement, town.company.systems.clock
    with agreement_scope(agreement.pk):
        assert starting.pause(agreement, by="Mette", now=clock.now())
        assert not starting.pause(agreement, by="Mette", now=clock.now())
    town.turned()
    assert (town.run().state, town.numbers(Kind.CUSTOMER)) == (RunState.PAUSED, [])
    clock.sleep_s(90)
    with agreement_scope(agreement.pk):
        assert starting.go_on(agreement, by="Mette", now=clock.now())
        assert not starting.go_on(agreement, by="Mette", now=clock.now())
    run = town.turned()
    assert (run.state, run.paused_s, len(town.numbers(Kind.CUSTOMER))) == (RunState.DONE, 90, 5)


def test_our_own_writes_are_no_news(company: Company) -> None:
    """On an agreement that is active and both sections on: nothing of it comes back."""
    town = filled(Town.of(company, AgreementState.ACTIVE))
    company.decide(suppliers_enabled=True)
    town.put(Kind.SUPPLIER, several(Kind.SUPPLIER, 2))
    town.ran()
    written = len(company.systems.to_economic.asked)
    company.systems.clock.sleep_s(26 * 3600)
    town.turned()
    with agreement_scope(company.agreement.pk):
        links = Link.in_scope.values_list("kind", "rackbeat_key")
        assert {kind for kind, _ in links} == {kind.value for kind in LINKED}
    with agreement_scope(company.agreement.pk):
        assert {kind: company_transfers(kind) for kind in FLOWS if company_transfers(kind)} == {
            "startup": [str(company.agreement.ledger_epoch)]
        }
    writes = [call for call in company.systems.to_economic.asked[written:] if not call.startswith("GET")]
    assert writes == []
    company.systems.in_rackbeat("PUT", "customers/1", {"address_city": "Ribe", "suppress_webhooks": True})
    company.systems.clock.sleep_s(2 * 3600)
    town.turned()
    with agreement_scope(company.agreement.pk):
        assert company_transfers("customer") == ["1"]  # a person's change is


def company_transfers(kind: str) -> list[str]:
    return list(Transfer.in_scope.filter(kind=kind).values_list("key", flat=True))


def test_a_document_goes_before_what_is_left_of_the_run(company: Company) -> None:
    """Of an agreement that is active. Counted in calls: no more than fit between two looks, half a second apart."""
    number = company.systems.invoice({"item_id": "NL-100", "quantity": 1})
    town = Town(company)
    town.put(Kind.CUSTOMER, several(Kind.CUSTOMER, 60, first=70001))
    town.learn_lists()
    town.read()
    town.begun()
    made = "POST /api/customers"
    asked: list[str] = company.systems.to_rackbeat.asked
    due_after: list[int] = []

    def book(_request: object) -> None:
        company.systems.clock.sleep_s(1 / CALLS_PER_SECOND)
        if not due_after and asked.count(made) == 20:
            due_after.append(len(asked))
            company.ask("customer_invoice", number)

    company.systems.to_rackbeat.before = book
    assert town.turned().state == RunState.DONE
    after = asked[due_after[0] :]
    read_at = after.index(f"GET /api/customer-invoices/{number}")
    assert after[:read_at].count(made) <= CALLS_BETWEEN_LOOKS
    answered_at = len(after) - after[::-1].index(f"GET /api/customer-invoices/{number}")
    assert after[answered_at:].count(made) >= 60 - 20 - CALLS_BETWEEN_LOOKS  # the run had to wait, not the document
    assert [row["bookedInvoiceNumber"] for row in company.systems.booked()] == [number]
    assert len(town.numbers(Kind.CUSTOMER)) > 60
