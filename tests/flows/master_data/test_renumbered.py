"""A record with another number in one of the systems: renumbered, merged, deleted. Each is told, nothing doubled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from lagerbro.agreements.models import AgreementEvent
from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.renumbered.memory import remember_renumbering
from lagerbro.sync.decisions.making_anew import make_anew
from lagerbro.sync.models import Transfer, TransferState
from tests.flows.told_words import sentence
from tests.sandboxes import Json, nordlys
from tests.world import Company

AGREEMENT, ACCOUNT = nordlys().agreement_number, nordlys().rackbeat_account_id
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Kind:
    name: str
    old: str
    new: str
    number_field: str

    @property
    def register(self) -> str:
        return f"{self.name}s"


KINDS = (
    Kind("customer", "10001", "20001", "customerNumber"),
    Kind("product", "NL-100", "NY-100", "productNumber"),
    Kind("supplier", "50001", "60001", "supplierNumber"),
)
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def asked(company: Company, kind: Kind, key: str) -> Transfer:
    company.ask(kind.name, key)
    for _ in range(3):
        company.drain()
    return company.transfer(kind.name, key)


def known(company: Company, kind: Kind) -> None:
    """It was transferred under its old number."""
    if kind.name == "supplier":
        company.decide(suppliers_enabled=True, supplier_group_account=6800)
    assert asked(company, kind, kind.old).state == TransferState.TRANSFERRED
    company.systems.clock.sleep_s(5)


def in_rackbeat(company: Company, kind: Kind, key: str) -> Json:
    found = company.systems.rackbeat.store.get(ACCOUNT, kind.register, key)
    assert found is not None
    return found


def renumber_in_rackbeat(company: Company, kind: Kind, **fields: Any) -> None:
    record, store = in_rackbeat(company, kind, kind.old), company.systems.rackbeat.store
    number = type(record["number"])(kind.new)
    store.put(ACCOUNT, kind.register, kind.new, {**record, **fields, "number": number})
    store.delete(ACCOUNT, kind.register, kind.old)


def renumber_in_economic(company: Company, kind: Kind, old: str, new: str) -> None:
    store = company.systems.economic.store
    record = store.get(AGREEMENT, kind.register, old)
    assert record is not None
    number = type(record[kind.number_field])(new)
    store.put(AGREEMENT, kind.register, new, {**record, kind.number_field: number})
    store.delete(AGREEMENT, kind.register, old)


def hear(company: Company, kind: Kind, old: str, new: str) -> None:
    with agreement_scope(company.agreement.pk):
        remember_renumbering(company.agreement, kind.name, old, new, company.systems.clock.now())


def numbers(company: Company, kind: Kind) -> set[str]:
    rows = company.systems.economic.store.all(AGREEMENT, kind.register)
    return {str(row[kind.number_field]) for row in rows} & {kind.old, kind.new}


def pressed(company: Company, transfer: Transfer) -> bool:
    with agreement_scope(company.agreement.pk):
        return make_anew(company.agreement, transfer, by="Mette", at=company.systems.clock.now())


def held(transfer: Transfer, code: str, *told: str) -> None:
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, code)
    for language in ("da", "en"):
        text = sentence(transfer, language)
        assert [one for one in told if one not in text] == []


@each_kind
@pytest.mark.parametrize("is_told", [True, False])
def test_one_that_was_renumbered_in_rackbeat_waits_until_e_conomic_has_the_number_too(
    company: Company, kind: Kind, is_told: bool
) -> None:
    known(company, kind)
    renumber_in_rackbeat(company, kind, **({"name": "Et helt andet navn"} if is_told else {}))
    if is_told:
        hear(company, kind, kind.old, kind.new)
    held(asked(company, kind, kind.new), "renumbered_in_rackbeat", kind.old, kind.new)
    held(asked(company, kind, kind.new), "renumbered_in_rackbeat")
    assert numbers(company, kind) == {kind.old}
    old = asked(company, kind, kind.old)
    assert (old.state, old.code) == (TransferState.CANCELLED, "renumbered" if is_told else "deleted_in_rackbeat")
    renumber_in_economic(company, kind, kind.old, kind.new)
    after = asked(company, kind, kind.new)
    assert (after.state, after.code) == (TransferState.TRANSFERRED, "")
    assert numbers(company, kind) == {kind.new}


@each_kind
def test_or_until_a_person_says_that_it_is_a_new_one(company: Company, kind: Kind) -> None:
    known(company, kind)
    renumber_in_rackbeat(company, kind)
    stuck = asked(company, kind, kind.new)
    assert pressed(company, stuck)
    company.drain()
    after = company.transfer(kind.name, kind.new)
    assert (after.state, after.code) == (TransferState.TRANSFERRED, "")
    assert numbers(company, kind) == {kind.old, kind.new}
    assert not pressed(company, after)  # nothing to decide any more
    with agreement_scope(company.agreement.pk):
        (event,) = AgreementEvent.in_scope.filter(code="made_anew")
        assert (event.by, event.details) == ("Mette", {"record": f"{kind.name} {kind.new}"})


def test_an_invoice_waits_behind_it_and_follows_by_the_same_press(company: Company) -> None:
    kind = KINDS[0]
    known(company, kind)
    renumber_in_rackbeat(company, kind)
    number = company.systems.invoice(customer=int(kind.new))
    invoice = company.invoiced(number)
    assert (invoice.code, invoice.details["cause"]) == ("customer_not_transferred", "renumbered_in_rackbeat")
    assert (company.systems.drafts(), company.systems.booked()) == ([], [])
    assert pressed(company, company.transfer("customer", kind.new))
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    (booked,) = company.systems.booked()
    assert booked["customer"]["customerNumber"] == int(kind.new)


def test_renumbered_twice_before_anybody_looked(company: Company) -> None:
    kind = KINDS[1]
    known(company, kind)
    hear(company, kind, kind.old, "MELLEM")
    hear(company, kind, "MELLEM", kind.new)
    renumber_in_rackbeat(company, kind, name="Et helt andet navn")
    held(asked(company, kind, kind.new), "renumbered_in_rackbeat", kind.old)
    assert numbers(company, kind) == {kind.old}


def test_merged_into_one_that_e_conomic_has_writes_nothing_twice(company: Company) -> None:
    kind, other = KINDS[0], "10002"
    known(company, kind)
    assert asked(company, kind, other).state == TransferState.TRANSFERRED
    hear(company, kind, kind.old, other)
    company.systems.rackbeat.store.delete(ACCOUNT, kind.register, kind.old)
    merged = asked(company, kind, kind.old)
    assert (merged.state, merged.code, merged.details) == (TransferState.CANCELLED, "renumbered", {"number": other})
    assert other in sentence(merged, "da")
    before = company.systems.economic.store.all(AGREEMENT, kind.register)
    assert asked(company, kind, other).state == TransferState.TRANSFERRED
    assert company.systems.economic.store.all(AGREEMENT, kind.register) == before


def test_a_namesake_that_rackbeat_still_has_is_no_renumbering(company: Company) -> None:
    kind = KINDS[1]
    known(company, kind)
    record = in_rackbeat(company, kind, kind.old)
    company.systems.rackbeat.store.put(ACCOUNT, kind.register, kind.new, {**record, "number": kind.new})
    assert asked(company, kind, kind.new).state == TransferState.TRANSFERRED
    assert numbers(company, kind) == {kind.old, kind.new}


@each_kind
def test_one_that_was_renumbered_in_e_conomic_is_not_made_twice(company: Company, kind: Kind) -> None:
    known(company, kind)
    renumber_in_economic(company, kind, kind.old, kind.new)
    held(asked(company, kind, kind.old), "renumbered_in_economic", kind.old, kind.new)
    assert numbers(company, kind) == {kind.new}
    renumber_in_economic(company, kind, kind.new, kind.old)  # given its number again
    after = asked(company, kind, kind.old)
    assert (after.state, after.code) == (TransferState.TRANSFERRED, "")
    assert numbers(company, kind) == {kind.old}
    company.systems.clock.sleep_s(5)
    renumber_in_economic(company, kind, kind.old, kind.new)
    for _ in range(2):  # the word holds once
        assert pressed(company, asked(company, kind, kind.old))
        company.drain()
        assert company.transfer(kind.name, kind.old).state == TransferState.TRANSFERRED
        assert numbers(company, kind) == {kind.old, kind.new}
        company.systems.economic.store.delete(AGREEMENT, kind.register, kind.old)
        company.systems.clock.sleep_s(5)
        held(asked(company, kind, kind.old), "renumbered_in_economic")


@each_kind
def test_one_that_was_deleted_in_e_conomic_is_made_again_and_told(company: Company, kind: Kind) -> None:
    known(company, kind)
    company.systems.economic.store.delete(AGREEMENT, kind.register, kind.old)
    after = asked(company, kind, kind.old)
    assert (after.state, after.code) == (TransferState.TRANSFERRED, "record_made_again")
    assert numbers(company, kind) == {kind.old}
    assert asked(company, kind, kind.old).code == ""


@each_kind
def test_one_that_was_deleted_in_rackbeat_stays_in_e_conomic_and_is_told(company: Company, kind: Kind) -> None:
    known(company, kind)
    record, store = in_rackbeat(company, kind, kind.old), company.systems.rackbeat.store
    store.delete(ACCOUNT, kind.register, kind.old)
    gone = asked(company, kind, kind.old)
    assert (gone.state, gone.code) == (TransferState.CANCELLED, "deleted_in_rackbeat")
    assert sentence(gone, "da") != sentence(gone, "en")
    assert [call for call in company.calls(gone) if not call.startswith("GET")] == []
    assert numbers(company, kind) == {kind.old}
    store.put(ACCOUNT, kind.register, kind.old, record)
    assert asked(company, kind, kind.old).state == TransferState.TRANSFERRED
