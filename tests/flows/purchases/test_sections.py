"""What a section is asked for, and from when on: nothing while it is off, nothing from before it was on (A8, F2)."""

from __future__ import annotations

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Schedule, Transfer, TransferState
from tests.flows.purchases.buying import asked, group_of, new_group, new_supplier, supplier_of, switched_on
from tests.world import Company

HOUR_S = 3601
DAY_S = 24 * 3600


def known(company: Company, kind: str) -> list[str]:
    with agreement_scope(company.agreement.pk):
        return sorted(Transfer.in_scope.filter(kind=kind).values_list("key", flat=True))


def listed(company: Company) -> list[str]:
    """What has been asked of Rackbeat's lists of the purchase section."""
    lists = ("GET /api/suppliers", "GET /api/supplier-groups")
    return [call for call in company.systems.to_rackbeat.asked if call in lists]


def test_switched_off_nothing_is_asked_and_nothing_moves(company: Company) -> None:
    """By a webhook or by hand it is said that the section is off; no list is read for it."""
    new_group(company)
    for kind, key in (("supplier_group", 7), ("supplier", new_supplier(company, group=7))):
        transfer = asked(company, kind, key)
        assert (transfer.state, transfer.code) == (TransferState.CANCELLED, "purchases_off")
        assert company.calls(transfer) == []
    company.systems.clock.sleep_s(2 * DAY_S)
    company.drain()
    assert listed(company) == []
    assert (group_of(company, 7), supplier_of(company, 50101)) == (None, None)
    switched_on(company)
    assert asked(company, "supplier", 50101).state == TransferState.TRANSFERRED
    assert supplier_of(company, 50101) is not None


def test_the_polls_find_what_nobody_told_of(buyer: Company) -> None:
    buyer.systems.clock.sleep_s(2 * HOUR_S)
    buyer.drain()
    new_group(buyer)
    new_supplier(buyer, group=7)
    buyer.systems.clock.sleep_s(HOUR_S)
    buyer.drain()
    assert buyer.transfer("supplier_group", 7).state == TransferState.TRANSFERRED
    assert buyer.transfer("supplier", 50101).state == TransferState.TRANSFERRED


def test_the_nightly_sweep_finds_what_the_polls_have_passed(buyer: Company) -> None:
    buyer.systems.clock.sleep_s(2 * HOUR_S)
    new_supplier(buyer)
    with agreement_scope(buyer.agreement.pk):
        far = {"reached": "2026-12-24T09:00:00+00:00", "seen": {}}
        Schedule.in_scope.filter(routine="suppliers_poll").update(mark=far)
    buyer.drain()
    assert known(buyer, "supplier") == []
    buyer.systems.clock.sleep_s(DAY_S)
    buyer.drain()
    assert buyer.transfer("supplier", 50101).state == TransferState.TRANSFERRED


@pytest.mark.parametrize(
    ("kind", "switch", "make"),
    [
        ("supplier", "suppliers_enabled", lambda company, at: new_supplier(company, 50101 + at)),
        ("customer_invoice", "sales_enabled", lambda company, _at: company.systems.invoice()),
    ],
)
def test_what_happened_before_a_section_was_switched_on_stays_where_it_is(
    company: Company, kind: str, switch: str, make: object
) -> None:
    assert callable(make)
    company.decide(**{switch: False})
    make(company, 0)
    company.systems.clock.sleep_s(DAY_S)
    company.drain()
    company.systems.clock.sleep_s(1)
    switched_on(company)
    company.decide(**{switch: True})
    company.systems.clock.sleep_s(1)
    later = make(company, 1)
    company.systems.clock.sleep_s(2 * DAY_S)  # the polls and the nights
    company.drain()
    assert known(company, kind) == [str(later)]
    assert company.transfer(kind, later).state == TransferState.TRANSFERRED
