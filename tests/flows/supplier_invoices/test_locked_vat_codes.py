"""A journal that locks the VAT codes takes no other than the account's own: the fallback account cannot carry the
decided account's (H19). It is known before the posting; where it was locked since, e-conomic's answer is named."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro.agreements import directories
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import TransferState
from lagerbro_sandbox.economic.wire.extras import EXTRAS
from tests.flows.supplier_invoices.conftest import Buyer
from tests.flows.supplier_invoices.purchases import JOURNAL
from tests.sandboxes import nordlys

EU = 50006
POST = f"POST /journals/{JOURNAL}/vouchers"


def lock(buyer: Buyer, *, locked: bool = True) -> None:
    store, agreement = buyer.systems.economic.store, nordlys().agreement_number
    record = store.get(agreement, "journals", JOURNAL)
    assert record is not None
    store.put(agreement, "journals", JOURNAL, {**record, EXTRAS: {"lockVatCodes": locked}})


def read_registers(buyer: Buyer) -> None:
    with agreement_scope(buyer.company.agreement.pk):
        rackbeat, economic = buyer.systems.clients(lambda _exchange: None)
        directories.read_and_store_all(buyer.company.agreement, rackbeat, economic, buyer.systems.clock.now())


def posts(buyer: Buyer) -> int:
    return buyer.systems.to_economic.asked.count(POST)


def test_every_zone_goes_through_with_its_accounts_own_code(buyer: Buyer) -> None:
    lock(buyer)
    for own, supplier in (("F-1", 50001), ("F-2", EU), ("F-3", 50012)):
        assert buyer.posted(buyer.invoice(own=own, supplier=supplier)).state == TransferState.DRAFTED
    assert [place[:2] for place in buyer.vouchers()] == [(1310, "I25"), (1320, "IEUV"), (1330, "IVV")]


@pytest.mark.parametrize("is_known", [True, False], ids=["known", "locked since"])
def test_a_fallback_of_another_code_is_held_by_its_name(buyer: Buyer, is_known: bool) -> None:
    buyer.bar(1320)
    read_registers(buyer)
    lock(buyer)
    if is_known:
        read_registers(buyer)
    number = buyer.invoice(supplier=EU)
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "fallback_vat_locked")
    named = {"account": "1320", "fallback": "1390", "journal": str(JOURNAL), "because": "barred"}
    assert named.items() <= transfer.details.items()
    assert (buyer.drafts(), buyer.ledger(), posts(buyer)) == ([], {}, 0)
    lock(buyer, locked=False)
    assert buyer.posted(number).code == "fallback_used"
    assert buyer.vouchers() == [(1390, "IEUV", D("-1000.00"))]


def test_a_fallback_of_the_same_code_goes(buyer: Buyer) -> None:
    buyer.bar(1310)
    lock(buyer)
    assert buyer.posted(buyer.invoice()).code == "fallback_used"
    assert buyer.vouchers() == [(1390, "I25", D("-1250.00"))]


def test_a_code_that_was_changed_on_the_account_is_sent_as_it_is_now(buyer: Buyer) -> None:
    """Ours is an hour old: the refusal has the accounts read again."""
    read_registers(buyer)
    lock(buyer)
    store, agreement = buyer.systems.economic.store, nordlys().agreement_number
    record = store.get(agreement, "accounts", 1310)
    assert record is not None
    store.put(agreement, "accounts", 1310, {**record, "vatAccount": {"vatCode": "REP"}})
    assert buyer.posted(buyer.invoice()).state == TransferState.DRAFTED
    assert [place[:2] for place in buyer.vouchers()] == [(1310, "REP")]
    assert posts(buyer) == 2
