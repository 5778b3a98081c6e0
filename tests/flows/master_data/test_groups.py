"""What is changed on a group in Rackbeat: its name follows, its accounts never, and another VAT rate is told."""

from __future__ import annotations

from typing import Any

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Schedule, Transfer, TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.told_words import sentence
from tests.sandboxes import Json, nordlys
from tests.world import Company

AGREEMENT, ACCOUNT = nordlys().agreement_number, nordlys().rackbeat_account_id
KINDS = ("customer_group", "product_group")
each_kind = pytest.mark.parametrize("kind", KINDS)
pytestmark = pytest.mark.django_db


def register(kind: str) -> str:
    return kind.replace("_", "-") + "s"


def changed(company: Company, kind: str, **fields: Any) -> None:
    company.systems.in_rackbeat("PUT", f"{register(kind)}/1", fields)


def asked(company: Company, kind: str) -> Transfer:
    company.ask(kind, 1)
    company.drain()
    return company.transfer(kind, 1)


def there(company: Company, kind: str) -> Json:
    found = company.systems.economic.store.get(AGREEMENT, register(kind), 1)
    assert found is not None
    return found


def writes(company: Company, transfer: Transfer) -> int:
    return len([call for call in company.calls(transfer) if not call.startswith("GET")])


@each_kind
def test_a_name_follows_and_everything_else_stays(company: Company, kind: str) -> None:
    before, name = there(company, kind), "Et helt nyt navn, som er noget længere end de halvtreds"
    if kind == "customer_group":
        company.systems.economic.store.put(AGREEMENT, register(kind), 1, {**before, "layout": {"layoutNumber": 2}})
        before = there(company, kind)
    changed(company, kind, name=name)
    transfer = asked(company, kind)
    assert (transfer.state, transfer.code, writes(company, transfer)) == (TransferState.TRANSFERRED, "", 1)
    after = there(company, kind)
    assert after.pop("name") == f"{name[:49]}…"
    assert after == {key: value for key, value in before.items() if key != "name"}
    assert writes(company, asked(company, kind)) == 0


@each_kind
def test_one_that_e_conomic_lacks_is_not_made_and_leaves_no_trace(company: Company, kind: str) -> None:
    company.systems.economic.store.delete(AGREEMENT, register(kind), 1)
    changed(company, kind, name="Nyt navn")
    company.ask(kind, 1)
    company.drain()
    assert company.systems.economic.store.get(AGREEMENT, register(kind), 1) is None
    with agreement_scope(company.agreement.pk):
        assert not Transfer.in_scope.filter(kind=kind).exists()


@each_kind
def test_a_refused_write_is_told_and_recovers(company: Company, kind: str) -> None:
    path = "/customer-groups/1" if kind == "customer_group" else "/productsapi/*/productgroups"
    company.systems.economic.faults.set(Fault("no", method="PUT", path=path, status=400, times=None))
    changed(company, kind, name="Nyt navn")
    stuck = asked(company, kind)
    assert (stuck.state, stuck.code) == (TransferState.NEEDS_YOU, "economic_refused")
    assert there(company, kind)["name"] != "Nyt navn"
    company.systems.economic.faults.clear("no")
    assert asked(company, kind).state == TransferState.TRANSFERRED
    assert there(company, kind)["name"] == "Nyt navn"


def test_another_rate_is_told_until_both_agree(company: Company) -> None:
    accounts = there(company, "product_group")["accounts"]
    changed(company, "product_group", vat_domestic="12.5")
    held = asked(company, "product_group")
    assert (held.state, held.code) == (TransferState.NEEDS_YOU, "group_vat_differs")
    assert (held.details["our_rate"], held.details["their_rate"]) == ("12.5", "25")
    for language, said in (("da", "12,5 %"), ("en", "12.5 %")):
        assert said in sentence(held, language).replace("\xa0", " ")
    assert there(company, "product_group")["accounts"] == accounts
    changed(company, "product_group", vat_domestic="25")
    after = asked(company, "product_group")
    assert (after.state, after.code) == (TransferState.TRANSFERRED, "")


@each_kind
def test_the_nightly_look_finds_what_no_webhook_told(company: Company, kind: str) -> None:
    company.systems.clock.sleep_s(60)
    changed(company, kind, name="Nyt navn")
    with agreement_scope(company.agreement.pk):
        Schedule.in_scope.filter(routine=f"{kind}s_poll").update(due_at=company.systems.clock.now())
    company.drain()
    company.drain()
    assert there(company, kind)["name"] == "Nyt navn"
    company.decide(sales_enabled=False)
    changed(company, kind, name="Et navn til")
    company.ask(kind, 1)
    company.drain()
    assert there(company, kind)["name"] == "Nyt navn"
