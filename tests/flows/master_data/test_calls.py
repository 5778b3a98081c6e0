"""What master data costs in calls: nothing that is equal is written, and a burst of changed products is no document's
delay."""

from __future__ import annotations

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.registry import FLOWS
from lagerbro.sync.flow import record_of
from lagerbro.sync.models import Attempt, TransferState
from lagerbro.sync.storage.enqueueing import PRIORITY_BULK, enqueue
from tests.sandboxes import nordlys
from tests.world import Company

ACCOUNT = nordlys().rackbeat_account_id
COUNT = 60
pytestmark = pytest.mark.django_db


def products(company: Company) -> list[str]:
    rows = company.systems.rackbeat.store.all(ACCOUNT, "products")
    return [str(row["number"]) for row in rows][:COUNT]


def burst(company: Company) -> None:
    """What a poll asks for after somebody has imported a list in Rackbeat."""
    records = [record_of(FLOWS["product"], number) for number in products(company)]
    with agreement_scope(company.agreement.pk):
        enqueue(company.agreement.pk, records, company.systems.clock.now(), priority=PRIORITY_BULK)
    while company.drain().more:
        pass


def calls(company: Company) -> list[tuple[str, str]]:
    with agreement_scope(company.agreement.pk):
        rows = Attempt.in_scope.order_by("pk").values_list("method", "url")
        return [(method, "/" + url.split("/", 3)[3].split("?")[0]) for method, url in rows]


def test_a_burst_of_products_costs_one_read_in_either_system_each_and_writes_only_what_changed(
    company: Company,
) -> None:
    burst(company)
    before, changed = len(calls(company)), products(company)[:7]
    for number in changed:
        company.systems.in_rackbeat("PUT", f"products/{number}", {"name": f"Nyt navn {number}"})
    burst(company)
    made = calls(company)[before:]
    writes = [path for method, path in made if method != "GET"]
    assert len(writes) == len(changed)
    assert len(made) == 2 * COUNT + 2 * len(changed)  # what is written over is read once more right before
    assert [path for _, path in made if path in ("/units", "/departmental-distributions")] == []


def test_a_document_goes_before_a_burst(company: Company) -> None:
    company.invoiced(company.systems.invoice())
    before = len(calls(company))
    records = [record_of(FLOWS["product"], number) for number in products(company)]
    number = company.systems.invoice()
    with agreement_scope(company.agreement.pk):
        enqueue(company.agreement.pk, records, company.systems.clock.now(), priority=PRIORITY_BULK)
    transfer = company.invoiced(number)
    assert transfer.state == TransferState.TRANSFERRED
    assert calls(company)[before : before + 3] == [
        ("GET", f"/api/customer-invoices/{number}"),
        ("POST", "/invoices/drafts"),
        ("PUT", f"/invoices/booked/{number}"),
    ]


@pytest.mark.parametrize(
    ("kind", "key", "path"), [("customer", "10001", "customers"), ("product", "NL-100", "products")]
)
def test_an_unchanged_record_is_read_on_both_sides_and_not_written(
    company: Company, kind: str, key: str, path: str
) -> None:
    for _ in range(2):
        company.ask(kind, key)
        company.drain()
    assert company.calls(company.transfer(kind, key)) == [f"GET /api/{path}/{key}", f"GET /{path}/{key}"]
