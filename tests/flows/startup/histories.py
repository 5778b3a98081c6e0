"""Histories of start-up syncs: kills, faults and people, and an oracle that says what is wrong at their end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from random import Random

from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.startup import starting
from lagerbro.flows.startup.choices import DEFAULT, StartupChoices
from lagerbro.flows.startup.kinds import LINKED, ORDER, SOURCES, Kind
from lagerbro.flows.startup.links import is_own_write
from lagerbro.flows.startup.models import RunState
from lagerbro.sync.models import Link
from lagerbro_sandbox.kernel.faults.plan import Fault
from lagerbro_sandbox.kernel.http import Core, Request, Response
from tests.flows.startup.town import ACCOUNT, AGREEMENT, Town, several
from tests.sandboxes import Json

FAULTS = ("lose_answer", "drop_connection", "status")
TURNS_MAX = 3000


class Killed(BaseException):
    """The process is no more: nothing catches it, and nothing is put back."""


@dataclass
class Killer:
    """Ends the process at a random one of the points that lie ahead: before a call, after it, between two commits."""

    town: Town
    random: Random
    longest: int
    kills: int = 0
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.random.randint(1, self.longest)

    def point(self, _where: object = None) -> None:
        self.left -= 1
        if self.left == 0:
            self.kills += 1
            self.left = self.random.randint(1, self.longest)
            raise Killed

    @contextmanager
    def at_work(self) -> Iterator[None]:
        company = self.town.company
        cores: list[Core] = [company.systems.rackbeat, company.systems.economic]
        handles = [core.handle for core in cores]
        company.runtime = replace(company.runtime, failpoint=self.point)
        for core, handle in zip(cores, handles, strict=True):
            vars(core)["handle"] = self._between(handle)
        try:
            yield
        finally:
            for core in cores:
                del vars(core)["handle"]
            company.runtime = replace(company.runtime, failpoint=lambda _name: None)

    def _between(self, handle: Callable[[Request], Response]) -> Callable[[Request], Response]:
        def handled(request: Request) -> Response:
            self.point()
            answer = handle(request)
            self.point()
            return answer

        return handled


def turned(town: Town, state: RunState, before_each: Callable[[], None] = lambda: None) -> None:
    """Drained until the run is in this state, whatever kills it meanwhile."""
    for _ in range(TURNS_MAX):
        before_each()
        try:
            more = town.company.drain().more
        except Killed:
            town.company.systems.clock.sleep_s(1)
            continue
        if town.run().state == state:
            return
        due_at = town.transfer().due_at
        if not more and due_at is not None:
            town.company.systems.clock.go_to(due_at)
    raise AssertionError(f"not {state} after {TURNS_MAX} turns: {town.transfer().code}")


def made(town: Town, count: int = 12) -> Town:
    """e-conomic has so many products, customers and suppliers, among them some that cannot go."""
    town.put(Kind.PRODUCT, several(Kind.PRODUCT, count, barred=False))
    town.put(Kind.PRODUCT, several(Kind.PRODUCT, 2, first=900, barred=True))
    town.put(Kind.CUSTOMER, several(Kind.CUSTOMER, count))
    town.put(Kind.CUSTOMER, several(Kind.CUSTOMER, 2, first=900, customerGroup={"customerGroupNumber": 99}))
    town.put(Kind.SUPPLIER, several(Kind.SUPPLIER, count))
    town.learn_lists()
    return town


def shared(town: Town, count: int) -> Town:
    """So many customers are in Rackbeat already: half of them under other names, all of them with something empty."""
    systems = town.company.systems
    systems.in_rackbeat("POST", "payment-terms", {"number": 9, "name": "Egne", "type": "net", "maturity_days": 1})
    for number in range(1, count + 1):
        name = f"Deres {number}" if number % 2 else f"customer {number}"
        systems.in_rackbeat("POST", "customers", {"number": number, "name": name})
    return town


def our_writes(town: Town) -> dict[tuple[str, str], bool]:
    """Of each link, whether the record stands as our own write of it left it."""
    store = town.company.systems.rackbeat.store
    with agreement_scope(town.company.agreement.pk):
        links = list(Link.in_scope.filter(kind__in=[kind.value for kind in LINKED]))
    found = {}
    for link in links:
        record = store.get(ACCOUNT, SOURCES[Kind(link.kind)].kept_in, link.rackbeat_key)
        found[link.kind, link.rackbeat_key] = record is not None and is_own_write(link.version, record["updated_at"])
    return found


def in_rackbeat(town: Town) -> dict[str, dict[str, Json]]:
    """Every record of Rackbeat's, without its moments."""
    store = town.company.systems.rackbeat.store
    moments = ("created_at", "updated_at")
    return {
        kind: {
            str(record["number"]): {name: value for name, value in record.items() if name not in moments}
            for record in store.all(ACCOUNT, SOURCES[kind].kept_in)
        }
        for kind in ORDER
    }


def outcomes(town: Town) -> dict[str, dict[str, tuple[str, str, str]]]:
    return {kind: town.outcomes(kind) for kind in ORDER}


def complaints(town: Town) -> list[str]:
    """What is wrong at the end of a run: a record of e-conomic's that nobody speaks of, one that was made and is not
    there, or is there and was not made, and a link between two that are not the same."""
    found: list[str] = []
    systems = town.company.systems
    for kind in town.run().chosen.carried:
        source, told = SOURCES[kind], town.outcomes(kind)
        kept = {str(record[source.key]) for record in systems.economic.store.all(AGREEMENT, source.path[1:])}
        found += [f"{kind} {number} is not spoken of" for number in sorted(kept - told.keys())]
        names = {str(row["number"]): row["name"] for row in systems.rackbeat.store.all(ACCOUNT, source.kept_in)}
        done = {number for number, (_, state, _) in told.items() if state in ("made", "filled", "linked")}
        found += [f"{kind} {number} was made and is not there" for number in sorted(done - names.keys())]
        left = [number for number, row in told.items() if row[0] != "cannot" and row[1] in ("waiting", "sending")]
        found += [f"{kind} {number} is not done" for number in left]
        rows = {row.number: row for row in town.rows(kind)}
        with agreement_scope(town.company.agreement.pk):
            links = set(Link.in_scope.filter(kind=kind).values_list("rackbeat_key", flat=True))
        if kind in LINKED:
            found += [f"{kind} {number} is not linked" for number in sorted(done - links)]
            found += [
                f"{kind} {number} is linked with another: {names.get(number)}"
                for number in sorted(links)
                if number in rows and rows[number].action != "conflict" and rows[number].name != names.get(number)
            ]
    return found


def lived(town: Town, seed: int) -> list[str]:
    """One history: systems that fail, somebody who takes numbers, and kills."""
    random = Random(seed)
    made(town, 6)
    faults = town.company.systems.rackbeat.faults
    town.company.systems.clock.sleep_s(1)
    start(town)
    turned(town, RunState.READY)
    taken = random.sample(range(1, 7), 2)
    terms = {"number": 9, "name": "Egne", "type": "net", "maturity_days": 1}
    town.company.systems.in_rackbeat("POST", "payment-terms", terms)
    town.company.systems.in_rackbeat("POST", "customers", {"number": taken[0], "name": "En anden"})
    town.company.systems.in_rackbeat("POST", "suppliers", {"number": taken[1], "name": "En anden"})
    town.begun()

    def happens() -> None:
        if random.random() < 0.3:
            kind = random.choice(FAULTS)
            wrong: Json = {"status": random.choice([422, 429, 500, 503])} if kind == "status" else {kind: True}
            faults.set(Fault(name=kind, method=random.choice(["POST", "*"]), path="/api/*", **wrong))

    killer = Killer(town, random, 60)
    with killer.at_work():
        turned(town, RunState.DONE, happens)
    faults.clear()
    return complaints(town)


def start(town: Town, choices: StartupChoices = DEFAULT) -> None:
    """Ask for the dry run."""
    with agreement_scope(town.company.agreement.pk):
        starting.ask_dry_run(town.company.agreement, choices, by="Mette", now=town.company.systems.clock.now())
