"""Killed at random moments the start-up sync comes to the same end; the oracle that says so finds planted defects."""

from __future__ import annotations

from random import Random

import pytest

from lagerbro.agreements.models import Agreement, Installation
from lagerbro.agreements.scope import agreement_scope
from lagerbro.connections import binding
from lagerbro.economic import surfaces
from lagerbro.economic.surfaces import ListPage
from lagerbro.flows.startup import sending, starting, writing
from lagerbro.flows.startup.choices import OnConflict, StartupChoices
from lagerbro.flows.startup.kinds import Kind
from lagerbro.flows.startup.models import RunState
from lagerbro.flows.startup.reading import Reading
from lagerbro.sync.clients import ClientFactory
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.startup.histories import (
    Killer,
    complaints,
    in_rackbeat,
    lived,
    made,
    our_writes,
    outcomes,
    shared,
    start,
    turned,
)
from tests.flows.startup.town import Town
from tests.sandboxes import BEARER, GRANT, Sandboxes
from tests.world import Company, company_in

pytestmark = pytest.mark.django_db
KILLS_A_ROUND = 10
LONGEST = 50
BATCH = 8


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "BATCH", BATCH)
    monkeypatch.setattr(surfaces, "PAGE_SIZE", 10)


@pytest.mark.parametrize("choice", [OnConflict.FILL, OnConflict.OVERWRITE])
def test_killed_at_random_moments_it_comes_to_the_same_end(
    town: Town, pytestconfig: pytest.Config, choice: OnConflict
) -> None:
    """`--rounds 5` for more than fifty kills: a kill for every twenty-five calls and commits on the way."""
    rounds = int(pytestconfig.getoption("--rounds"))
    choices = StartupChoices(on_conflict={Kind.CUSTOMER.value: choice})
    other = Sandboxes.made()
    undisturbed = shared(made(Town.of(company_in(other, Random(7), 4712)), 25 * rounds), 15 * rounds)
    start(undisturbed, choices)
    turned(undisturbed, RunState.READY)
    undisturbed.begun()
    turned(undisturbed, RunState.DONE)
    shared(made(town, 25 * rounds), 15 * rounds)
    killer = Killer(town, Random(1), LONGEST)
    with killer.at_work():
        start(town, choices)
        turned(town, RunState.READY)
        town.begun()
        turned(town, RunState.DONE)
    print(f"\n{killer.kills} kills")
    assert killer.kills >= KILLS_A_ROUND * rounds
    assert outcomes(town) == outcomes(undisturbed)
    assert in_rackbeat(town) == in_rackbeat(undisturbed)
    assert complaints(town) == complaints(undisturbed) == []
    assert our_writes(town) == our_writes(undisturbed)
    assert all(our_writes(town).values())
    looks = [call for call in town.asked_of("rackbeat") if call.startswith("GET") and call.count("/") == 3]
    assert len(looks) <= killer.kills * 2 * BATCH
    other.close()


def seeds(config: pytest.Config) -> range:
    first, _, last = str(config.getoption("--seeds") or "0-3").partition("-")
    return range(int(first), int(last or first) + 1)


def test_histories_come_to_a_right_end(db: None, pytestconfig: pytest.Config) -> None:
    for seed in seeds(pytestconfig):
        systems = Sandboxes.made()
        assert lived(Town.of(company_in(systems, Random(seed), 5000 + seed)), seed) == [], seed
        systems.close()


def test_a_planted_defect_a_page_lost_between_two_reads(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def credulous(self: Reading, kind: Kind, listed: ListPage) -> None:
        """Whatever a list says of its length is believed."""
        self._store_planned(kind, listed.records)
        self.run.seen += len(listed.records)
        self.run.page += 1
        if listed.is_last:
            self._go_on_after(kind)

    monkeypatch.setattr(Reading, "_plan", credulous)
    made(town, 25)
    town.company.systems.economic.faults.set(Fault(name="shrinking", method="GET", path="/customers", gone=1))
    town.read()
    town.begun()
    town.turned()
    assert [one for one in complaints(town) if "is not spoken of" in one] != []


def test_a_planted_defect_a_number_that_is_taken_is_linked_all_the_same(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "is_ours", lambda _fields, _standing: True)
    assert any("is linked with another" in one for one in lived(town, 0))


def reinstalled(town: Town, factory: ClientFactory) -> None:
    """Uninstalled, and installed again for the same two."""
    agreement, now = town.company.agreement, town.company.systems.clock.now()
    Agreement.objects.filter(pk=agreement.pk).update(state="gone")
    row = Installation.objects.create(
        cookie_digest="again",
        request_token="",
        bearer=BEARER,
        grant=GRANT,
        account={"id": agreement.rackbeat_account_id, "name": agreement.company_name, "cvr": ""},
        ledger={"number": agreement.economic_agreement_number, "name": "Nordlys", "cvr": "", "currency": "DKK"},
        created_at=now,
        expires_at=now,
    )
    binding.bind(row, factory, by="Mette")
    agreement.refresh_from_db()


def is_possible(town: Town) -> bool:
    """Whether it could be run once more."""
    now = town.company.systems.clock.now()
    try:
        with agreement_scope(town.company.agreement.pk):
            start(town)
            town.turned()
            starting.begin(town.company.agreement, by="Mette", now=now)
    except starting.StartupUsedError:
        return False
    return True


@pytest.mark.parametrize("is_defect", [False, True], ids=["as it is", "a planted defect"])
def test_installing_again_does_not_give_it_back(
    company: Company, factory: ClientFactory, monkeypatch: pytest.MonkeyPatch, is_defect: bool
) -> None:
    town = made(Town.of(company), 2)
    town.ran()
    if is_defect:
        right = binding._reconnected_agreement

        def forgetting(agreement: Agreement, *more: object) -> Agreement:
            agreement.startup_used_at = None
            return right(agreement, *more)  # type: ignore[arg-type]

        monkeypatch.setattr(binding, "_reconnected_agreement", forgetting)
    reinstalled(town, factory)
    assert is_possible(town) is is_defect
    assert sorted(town.numbers(Kind.CUSTOMER)) == ["1", "2"]
