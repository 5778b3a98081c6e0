"""What Overblik and Aktivitet cost the server when a company has 100 000 transfers. `make bench`."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import pytest
from django.db import connection
from django.test import Client

from lagerbro.agreements.scope import agreement_scope
from lagerbro.app.memory import settle
from lagerbro.sync.models import Transfer, TransferState
from tests.visiting import sign_in
from tests.world import Company

pytestmark = [pytest.mark.timeout(0), pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("bench")]
TRANSFERS: Final = 100_000
TIMES: Final = 60
CAUSES: Final = (
    ("customer_barred", "customer", 40),
    ("product_barred", "product", 200),
    ("period_closed", "date", 24),
    ("layout_not_chosen", "", 1),
)
"""Codes, the detail that each is told by, and how many values that has."""


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--bench"):
        pytest.skip("only when it is asked for: make bench")


@pytest.fixture
def settled() -> Iterator[None]:
    """In a process that has settled as `lagerbro serve` does."""
    settle()
    yield
    gc.unfreeze()


def details(name: str, values: int, n: int) -> dict[str, str]:
    value = f"{2020 + n % 7}-{1 + n % 12:02}-03" if name == "date" else f"{n % values} Jensen & Søn"
    return {name: value} if name else {}


def fill(company: Company, stopped_per_100: int) -> None:
    """The stopped are spread over the years evenly."""
    now, rows = company.systems.clock.now(), []
    for n in range(TRANSFERS):
        stops = n % 100 < stopped_per_100
        code, name, values = CAUSES[n // 100 % len(CAUSES)]
        at = now - timedelta(minutes=10 * (TRANSFERS - n))
        row = Transfer(
            agreement=company.agreement, kind="customer_invoice", key=str(10_000 + n), created_at=at, changed_at=at
        )
        row.state = TransferState.TRANSFERRED
        if stops:
            row.state = TransferState.REFUSED if n % 2 else TransferState.NEEDS_YOU
            row.code, row.details = code, details(name, values, n // 100)
        rows.append(row)
    with agreement_scope(company.agreement.pk):
        Transfer.in_scope.bulk_create(rows, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


@pytest.mark.parametrize(
    ("page", "stopped_per_100", "goal_ms"), [("", 2, 50), ("", 20, 100), ("activity/", 2, 50), ("activity/", 20, 50)]
)
@pytest.mark.usefixtures("settled")
def test_with_many_transfers(company: Company, client: Client, page: str, stopped_per_100: int, goal_ms: int) -> None:
    fill(company, stopped_per_100)
    address = f"{sign_in(client, company.agreement)}{page}"
    client.get(address)  # templates are compiled once
    wall_ms, own_ms = [], []
    for _ in range(TIMES):
        wall_s, own_s = time.monotonic(), time.process_time()
        assert client.get(address, headers={"accept-language": "da"}).status_code == 200
        wall_ms.append(1000 * (time.monotonic() - wall_s))
        own_ms.append(1000 * (time.process_time() - own_s))
    wall, own = (statistics.quantiles(taken, n=20) for taken in (wall_ms, own_ms))
    print(f"{page or 'overview'}, {TRANSFERS} transfers, {stopped_per_100} of 100 stopped:", end=" ")
    print(f"CPU p50 {own[9]:.0f} ms, p95 {own[18]:.0f} ms; wall p50 {wall[9]:.0f} ms, p95 {wall[18]:.0f} ms")
    assert own[18] <= goal_ms
