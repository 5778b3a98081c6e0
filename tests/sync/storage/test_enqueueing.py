"""Records of several agreements asked for in one statement: each counted as often as it was asked for, the most urgent
ask of it holds, and every agreement is woken once and after the commit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Transfer
from lagerbro.sync.storage.enqueueing import (
    PRIORITY_DOCUMENT,
    PRIORITY_HINT,
    PRIORITY_PERSON,
    AskedRecord,
    RankedRecord,
    enqueue_all,
)
from lagerbro.sync.waking import set_waker

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
INVOICE, CUSTOMER = RankedRecord("customer_invoice", "7", 50), RankedRecord("customer", "1", 20)


@pytest.fixture
def agreements() -> list[int]:
    made = [
        Agreement.objects.create(public_id=f"a{number}", rackbeat_account_id=number, created_at=NOW)
        for number in (1, 2)
    ]
    return [agreement.pk for agreement in made]


@pytest.fixture
def woken() -> Iterator[list[int]]:
    ids: list[int] = []

    def wake(agreement_id: int) -> None:
        assert not connection.in_atomic_block
        ids.append(agreement_id)

    set_waker(wake)
    yield ids
    set_waker(None)


def rows(agreement_id: int) -> list[tuple[str, str, int, int]]:
    with agreement_scope(agreement_id):
        return list(Transfer.in_scope.order_by("kind").values_list("kind", "key", "asked", "priority"))


def test_each_is_counted_and_the_most_urgent_ask_holds(agreements: list[int], woken: list[int]) -> None:
    first, second = agreements
    asked: Sequence[AskedRecord] = [
        AskedRecord(second, INVOICE),
        AskedRecord(first, CUSTOMER, PRIORITY_PERSON),
        AskedRecord(first, INVOICE),
        AskedRecord(first, CUSTOMER, PRIORITY_HINT),
        AskedRecord(second, INVOICE),
    ]
    enqueue_all(lambda: asked, NOW)
    assert rows(first) == [("customer", "1", 2, PRIORITY_PERSON), ("customer_invoice", "7", 1, PRIORITY_DOCUMENT)]
    assert rows(second) == [("customer_invoice", "7", 2, PRIORITY_DOCUMENT)]
    assert woken == [first, second]
    enqueue_all(lambda: asked, NOW)
    assert [row[2] for row in rows(first)] == [4, 2]


def test_it_is_one_statement_and_on_postgresql_nothing_besides(agreements: list[int], woken: list[int]) -> None:
    asked = [AskedRecord(agreement_id, INVOICE) for agreement_id in agreements]
    with CaptureQueriesContext(connection) as queries:
        enqueue_all(lambda: asked, NOW)
    said = [query["sql"].split()[0] for query in queries.captured_queries]
    assert said == (["BEGIN", "INSERT", "COMMIT"] if connection.vendor == "sqlite" else ["INSERT"])


def test_one_that_cannot_be_written_takes_all_back_and_wakes_nobody(agreements: list[int], woken: list[int]) -> None:
    first, _ = agreements
    nobody = AskedRecord(first, RankedRecord("customer", None, 20))  # type: ignore[arg-type]  # as a column takes it not
    with pytest.raises(IntegrityError):
        enqueue_all(lambda: [AskedRecord(first, INVOICE), nobody], NOW)
    assert (rows(first), woken) == ([], [])
    enqueue_all(lambda: [AskedRecord(first, INVOICE)], NOW)
    assert (rows(first), woken) == ([("customer_invoice", "7", 1, PRIORITY_DOCUMENT)], [first])
