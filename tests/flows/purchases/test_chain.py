"""The chain is told: the invoice waits for the supplier, the supplier for the group, the group for its account (A9);
one press at the root and all of it follows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.utils.translation import override

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync import acts
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.sync.outcome import Outcome, Transferred
from lagerbro.sync.requirements import require
from lagerbro.sync.storage.enqueueing import RankedRecord, enqueue
from lagerbro.sync.work import Work
from lagerbro.web.status.causes import stopped_transfers
from lagerbro.web.status.messages import message_for
from tests.flows.purchases.buying import AGREEMENT, new_group, new_supplier, supplier_of
from tests.sync.playing import Played
from tests.visiting import sign_in
from tests.world import Company

NEEDS = TransferState.NEEDS_YOU
SUPPLIERS = (50101, 50102)
INVOICES = {"1001": 50101, "1002": 50101, "1003": 50102}


def invoice(work: Work) -> Outcome:
    """As much of a supplier invoice as has to do with its supplier."""
    require(work, {"supplier": {str(INVOICES[work.transfer.key])}})
    return Transferred()


@pytest.fixture
def chain(buyer: Company) -> Company:
    """Three invoices of two suppliers of a new group, whose account is barred."""
    flows = {**buyer.runtime.flows, "supplier_invoice": Played("supplier_invoice", 50, invoice)}
    buyer.runtime = replace(buyer.runtime, flows=flows, routines={})
    buyer.systems.admin("economic", "bar", agreement=AGREEMENT, kind="accounts", key="6800", barred=True)
    new_group(buyer)
    for number in SUPPLIERS:
        new_supplier(buyer, number, group=7)
    with agreement_scope(buyer.agreement.pk):
        now = buyer.systems.clock.now()
        enqueue(buyer.agreement.pk, [RankedRecord("supplier_invoice", key, 50) for key in INVOICES], now)
    buyer.drain()
    return buyer


def told(company: Company, kind: str, key: object, language: str) -> str:
    with override(language):
        found = message_for(company.transfer(kind, key), is_overdue=False)
        assert found is not None
        return f"{found.what} {found.why} {found.do}"


def test_every_link_says_what_it_waits_for_down_to_the_root(chain: Company) -> None:
    invoice, supplier = chain.transfer("supplier_invoice", 1001), chain.transfer("supplier", 50101)
    assert (invoice.state, invoice.code, invoice.details["key"]) == (NEEDS, "supplier_not_transferred", "50101")
    assert (supplier.state, supplier.code, supplier.details["key"]) == (NEEDS, "supplier_group_not_transferred", "7")
    account = chain.transfer("supplier_group", 7).details["account"]
    assert told(chain, "supplier_invoice", 1001, "da") == (
        "Leverandørfaktura 1001 venter på sin leverandør. Leverandør 50101 kunne ikke oprettes i e-conomic. "
        f"Leverandørgruppe 7 kunne ikke oprettes i e-conomic. Konto {account} for leverandørgrupper er spærret i "
        "e-conomic. Løs det på leverandørgruppe 7; så følger denne af sig selv."
    )
    assert told(chain, "supplier", 50101, "en") == (
        "Supplier 50101 waits for its supplier group. Supplier group 7 could not be made in e-conomic. "
        f"Account {account} for supplier groups is barred in e-conomic. Solve it on supplier group 7; this one "
        "then follows by itself."
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("da", "Bagved venter: 3 leverandørfakturaer, 2 leverandører. De følger af sig selv."),
        ("en", "Behind it wait: 3 supplier invoices, 2 suppliers. They follow by themselves."),
    ],
)
def test_overblik_tells_it_once_with_one_button(chain: Company, client: Client, language: str, sentence: str) -> None:
    with agreement_scope(chain.agreement.pk), override(language):
        stands = stopped_transfers(chain.agreement, chain.systems.clock.now())
    assert [(one.group.kind, one.group.stopped, one.waiting_sentence) for one in stands.causes] == [
        ("supplier_group", 6, sentence)
    ]
    assert stands.records == 6
    page = client.get(sign_in(client, chain.agreement), headers={"accept-language": language}).content.decode()
    assert page.count("/retry/") == 1
    assert sentence in page


def test_what_waits_for_one_that_does_not_stand_still_has_a_notice_of_its_own(chain: Company) -> None:
    with agreement_scope(chain.agreement.pk):
        Transfer.in_scope.filter(kind="supplier_group").update(state=TransferState.WAITING)
        causes = stopped_transfers(chain.agreement, chain.systems.clock.now()).causes
    assert sorted((one.group.kind, one.group.stopped) for one in causes) == [("supplier", 5)]


def states(company: Company) -> dict[tuple[str, str], str]:
    with agreement_scope(company.agreement.pk):
        return {(row.kind, row.key): row.state for row in Transfer.in_scope.all()}


def test_one_press_at_the_root_and_all_of_it_follows(chain: Company) -> None:
    assert set(states(chain).values()) == {NEEDS}
    assert len(states(chain)) == 6
    with agreement_scope(chain.agreement.pk):
        causes = stopped_transfers(chain.agreement, chain.systems.clock.now()).causes
        root = next(one for one in causes if one.group.kind == "supplier_group")
    assert root.target == "q-supplier-group-account"
    chain.systems.admin("economic", "bar", agreement=AGREEMENT, kind="accounts", key="6800", barred=False)
    with agreement_scope(chain.agreement.pk):
        cause = {"code": root.group.code, "kind": root.group.kind}
        assert acts.retry_same(cause, chain.agreement.pk, chain.systems.clock.now()) == 1
    for _ in range(4):
        chain.drain()
    assert set(states(chain).values()) == {TransferState.TRANSFERRED}
    assert all(supplier_of(chain, number) for number in SUPPLIERS)


def test_a_press_on_the_invoice_tries_the_whole_chain_too(chain: Company) -> None:
    chain.systems.admin("economic", "bar", agreement=AGREEMENT, kind="accounts", key="6800", barred=False)
    with agreement_scope(chain.agreement.pk):
        pressed = Transfer.in_scope.filter(kind="supplier_invoice", key="1001")
        acts.retry(pressed, chain.agreement.pk, chain.systems.clock.now())
    for _ in range(4):
        chain.drain()
    assert set(states(chain).values()) == {TransferState.TRANSFERRED}
