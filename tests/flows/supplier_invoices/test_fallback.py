"""The fallback account is loud, and what went there is moved when the account is mended (A11, C8d, H19)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro.sync.models import TransferState
from lagerbro.sync.reasons import reasons_of
from lagerbro.sync.waiting import OUTCOME_PENDING_FOR
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.purchases.test_mixed_documents import BIKE, GEAR, bought
from tests.flows.supplier_invoices.conftest import Buyer
from tests.flows.supplier_invoices.purchases import JOURNAL

EU = 50006
MINUTES = 120


def fallen_back(buyer: Buyer) -> int:
    """An EU invoice whose account is barred in e-conomic after the settings were decided."""
    buyer.posted(buyer.invoice(own="before"))
    buyer.bar(1320)
    number = buyer.invoice(supplier=EU)
    buyer.posted(number)
    buyer.systems.clock.sleep_s(MINUTES)
    return number


def test_it_is_loud_and_carries_the_decided_accounts_code(buyer: Buyer) -> None:
    number = fallen_back(buyer)
    transfer = buyer.transfer(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "fallback_used")
    assert transfer.details == {
        "product_group": "1 Cykler",
        "zone": "eu",
        "account": "1320",
        "because": "barred",
        "group": "1",
        "fallback": "1390",
        "vat": "IEUV",
    }
    assert buyer.vouchers()[-1] == (1390, "IEUV", D("-1000.00"))
    buyer.book_journal()
    ledger = buyer.ledger()
    assert (ledger[1390], ledger[6904]) == (D("7460.00"), D("-1865.00"))


def test_a_mended_account_moves_the_draft(buyer: Buyer) -> None:
    number = fallen_back(buyer)
    assert buyer.posted(number).code == "fallback_used"  # still barred
    buyer.bar(1320, barred=False)
    before = buyer.drafts()[-1]
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.DRAFTED, "fallback_moved")
    assert (transfer.details["fallback"], transfer.details["account"]) == ("1390", "1320")
    after = buyer.drafts()[-1]
    assert after == {**before, "contraAccount": 1320, "contraVatCode": "IEUV"}
    assert buyer.posted(number).code == "fallback_moved"
    buyer.book_journal()
    assert buyer.posted(number).state == TransferState.TRANSFERRED
    assert buyer.ledger()[1320] == D("7460.00")


def test_another_account_chosen_in_the_settings_moves_it_too(buyer: Buyer) -> None:
    number = fallen_back(buyer)
    buyer.company.decide(**{"purchase_accounts__1.eu": 1321})
    assert buyer.posted(number).code == "fallback_moved"
    assert buyer.vouchers()[-1] == (1321, "IEUV", D("-1000.00"))


def test_what_a_person_has_edited_is_respected_and_told(buyer: Buyer) -> None:
    number = fallen_back(buyer)
    entry = buyer.drafts()[-1]["entryNumber"]
    buyer.change_draft(entry, contraAccountNumber=1321)
    buyer.bar(1320, barred=False)
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "voucher_edited")
    assert transfer.details["changes"] == "lines.1.contraAccount.accountNumber\t1390\t1321"
    assert buyer.vouchers()[-1] == (1321, "IEUV", D("-1000.00"))


def test_what_a_person_has_booked_is_respected_and_told(buyer: Buyer) -> None:
    number = fallen_back(buyer)
    buyer.book_journal()
    buyer.bar(1320, barred=False)
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "fallback_booked")
    assert buyer.ledger()[1390] == D("7460.00")
    assert buyer.posted(number).code == "fallback_booked"


@pytest.mark.parametrize("how", ["lose_answer", "drop_connection", "status"])
def test_a_move_happens_once_whatever_is_lost(buyer: Buyer, how: str) -> None:
    number = fallen_back(buyer)
    buyer.bar(1320, barred=False)
    fault = Fault(
        "once",
        method="PUT",
        path="/journalsapi/*",
        status=503 if how == "status" else None,
        lose_answer=how == "lose_answer",
        drop_connection=how == "drop_connection",
    )
    buyer.systems.economic.faults.set(fault)
    assert buyer.posted(number).state == TransferState.WAITING
    for _ in range(5):
        buyer.systems.clock.sleep_s(OUTCOME_PENDING_FOR.total_seconds())
        buyer.company.drain()
    assert buyer.transfer(number).code == "fallback_moved"
    assert buyer.vouchers()[-1] == (1320, "IEUV", D("-1000.00"))
    assert len(buyer.drafts()) == 2


def test_lines_that_fell_back_together_and_belong_apart_are_left_to_a_person(buyer: Buyer) -> None:
    for cell in ("1.eu", "5.eu"):
        buyer.company.decide(**{f"purchase_accounts__{cell}": 1321})
    buyer.posted(buyer.invoice(own="before"))
    buyer.bar(1321)
    gear = buyer.systems.in_rackbeat("GET", "products?limit=500")
    item = next(row["number"] for row in gear if row["group"]["number"] == 5)
    lines = [{"item_id": one, "quantity": 1, "line_price": 100} for one in ("NL-100", item)]
    number = buyer.invoice(*lines, supplier=EU)
    assert buyer.posted(number).code == "fallback_used"
    assert buyer.vouchers()[-1] == (1390, "IEUV", D("-200.00"))
    buyer.systems.clock.sleep_s(MINUTES)
    buyer.company.decide(**{"purchase_accounts__1.eu": 1320, "purchase_accounts__5.eu": 1330})
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "fallback_stays")
    assert transfer.details["accounts"] == "1320, 1330"
    assert buyer.vouchers()[-1] == (1390, "IEUV", D("-200.00"))


def test_neither_account_can_be_used(buyer: Buyer) -> None:
    buyer.posted(buyer.invoice(own="before"))
    buyer.bar(1320)
    buyer.bar(1390)
    number = buyer.invoice(supplier=EU)
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "fallback_unusable")
    assert len(buyer.drafts()) == 1
    buyer.bar(1320, barred=False)
    assert buyer.posted(number).state == TransferState.DRAFTED
    assert buyer.vouchers()[-1] == (1320, "IEUV", D("-1000.00"))


BOOK = f"/journalsapi/v15.0.0/journals/{JOURNAL}/bookdraftentries"


@pytest.mark.parametrize("lost", [False, True], ids=["", "answer lost"])
@pytest.mark.parametrize("booked", [1310, 1390])
def test_of_a_voucher_that_is_booked_in_part_the_rest_is_moved(buyer: Buyer, booked: int, lost: bool) -> None:
    buyer.posted(buyer.invoice(own="before"))
    buyer.book_journal()
    buyer.bar(1311)
    number = buyer.invoice(bought(BIKE, 1, 100), bought(GEAR, 1, 50))
    assert buyer.posted(number).code == "fallback_used"
    entries = [row["entryNumber"] for row in buyer.drafts() if row["contraAccount"] == booked]
    buyer.systems.in_economic("POST", BOOK, {"entryNumbers": entries})
    buyer.bar(1311, barred=False)
    if lost:
        buyer.systems.economic.faults.set(Fault("lost", method="PUT", path="/journalsapi/*", lose_answer=True))
    buyer.posted(number)
    for _ in range(4):
        buyer.systems.clock.sleep_s(MINUTES)
        buyer.company.drain()
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "voucher_partly_booked")
    told = [one.code for one in reasons_of(transfer.code, transfer.details)]
    rest, also, account = {
        1310: ((1311, "I25", D("-62.50")), "fallback_moved", 1311),
        1390: ((1310, "I25", D("-125.00")), "fallback_used", 1390),
    }[booked]
    assert (buyer.vouchers(), told) == ([rest], ["voucher_partly_booked", also])
    buyer.book_journal()
    assert buyer.posted(number).state == TransferState.TRANSFERRED
    assert buyer.ledger() == {1310: D("1100.00"), account: D("50.00"), 6903: D("287.50"), 6800: D("-1437.50")}
