"""A burst of changed products, as an import in Rackbeat makes one: its calls, and what a document in its middle waits.

`make bench`; the size by `LAGERBRO_BURST_PRODUCTS` (5 000). Calls are counted exactly; what the document waits is told
in calls and on the clock that both systems' limits go by.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pytest

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.economic.client import Economic, EconomicTokens, Hosts
from lagerbro.flows.registry import FLOWS
from lagerbro.rackbeat.client import CALLS_PER_SECOND, Rackbeat, RackbeatToken
from lagerbro.sync.drain import Slice
from lagerbro.sync.flow import record_of
from lagerbro.sync.models import TransferState
from lagerbro.sync.runtime import Clients
from lagerbro.sync.storage.enqueueing import PRIORITY_HINT, enqueue
from lagerbro.wire.exchange import Exchange
from lagerbro.wire.limits import BucketLimiter, SpacedLimiter
from tests.sandboxes import APP_SECRET, BEARER, GRANT, nordlys
from tests.world import Company

pytestmark = [pytest.mark.timeout(0), pytest.mark.django_db]
PRODUCTS: Final = int(os.environ.get("LAGERBRO_BURST_PRODUCTS", "5000"))
ACCOUNT: Final = nordlys().rackbeat_account_id
CALLS_A_PRODUCT: Final = 4
"""One read in Rackbeat, one in e-conomic and one more right before the one write."""


@pytest.fixture(autouse=True)
def asked_for(pytestconfig: pytest.Config) -> None:
    if not pytestconfig.getoption("--bench"):
        pytest.skip("only when it is asked for: make bench")


def numbers() -> list[str]:
    return [f"BURST-{number:06}" for number in range(PRODUCTS)]


def imported(company: Company, named: str) -> None:
    """What an import in Rackbeat leaves: every product changed, and a webhook for each."""
    store = company.systems.rackbeat.store
    pattern = store.get(ACCOUNT, "products", "NL-100")
    assert pattern is not None
    for number in numbers():
        store.put(ACCOUNT, "products", number, {**pattern, "number": number, "name": f"{named} {number}"})
    with agreement_scope(company.agreement.pk):
        records = [record_of(FLOWS["product"], number) for number in numbers()]
        enqueue(company.agreement.pk, records, company.systems.clock.now(), priority=PRIORITY_HINT)


def paced(company: Company) -> None:
    """The calls keep to the limits, as the program's do."""
    systems = company.systems
    hosts, clock = Hosts(systems.economic_http, systems.economic_http), systems.clock
    of_economic, of_rackbeat = BucketLimiter(clock), SpacedLimiter(clock, CALLS_PER_SECOND)

    def connect(_agreement: Agreement, observe: Callable[[Exchange], None]) -> Clients:
        rackbeat = Rackbeat(systems.rackbeat_http, RackbeatToken(BEARER), clock, of_rackbeat, observe)
        return Clients(rackbeat, Economic(hosts, EconomicTokens(APP_SECRET, GRANT), clock, of_economic, observe))

    company.runtime = replace(company.runtime, connect=connect, routines={})


def drained(company: Company) -> None:
    while company.drain().more:
        pass


def asked(company: Company) -> list[str]:
    return [*company.systems.to_rackbeat.asked, *company.systems.to_economic.asked]


def test_a_burst_costs_the_fewest_calls_and_no_document_waits_for_it(company: Company) -> None:
    paced(company)
    company.invoiced(company.systems.invoice())
    imported(company, "Vare")
    drained(company)
    before, began = len(asked(company)), time.monotonic()
    imported(company, "Nyt navn")
    for _ in range(PRODUCTS // 3 // Slice().transfers):
        company.drain()
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    in_between, at = len(asked(company)), company.systems.clock.now()
    company.drain()
    waited_calls = len(asked(company)) - in_between
    waited_s = (company.systems.clock.now() - at).total_seconds()
    transfer = company.transfer("customer_invoice", number)
    assert transfer.state == TransferState.TRANSFERRED
    assert len(company.systems.booked()) == 2
    drained(company)
    calls, took_s = len(asked(company)) - before - len(company.calls(transfer)), time.monotonic() - began
    assert calls == CALLS_A_PRODUCT * PRODUCTS
    before = len(asked(company))
    imported(company, "Nyt navn")
    drained(company)
    unchanged = len(asked(company)) - before
    assert unchanged == 2 * PRODUCTS
    print(
        f"{PRODUCTS} changed products: {calls} calls ({calls / PRODUCTS:.0f} each; {took_s:.0f} s here), unchanged "
        f"{unchanged}; a document in their middle was done with the next turn: {waited_calls} calls of that turn, "
        f"{waited_s:.1f} s by the systems' clock"
    )
