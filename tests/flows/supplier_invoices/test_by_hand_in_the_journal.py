"""What a person does with our voucher in the journal before it is booked (F17, H18): moved, split, reworded, booked in
part. It is seen, respected and told, and never taken for deleted."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from lagerbro.sync.models import TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.altering import altered_economic
from tests.flows.supplier_invoices.conftest import Buyer
from tests.flows.supplier_invoices.test_afterwards import hours_pass

BIKE = {"item_id": "NL-100", "quantity": 1, "line_price": 1000}
DAILY = 1


def posted(buyer: Buyer) -> int:
    number = buyer.invoice(BIKE)
    buyer.posted(number)
    return number


def posted_on_two(buyer: Buyer) -> int:
    """An invoice of two entries: bicycles and gear."""
    items = buyer.systems.in_rackbeat("GET", "products?limit=500")
    gear = next(row["number"] for row in items if row["group"]["number"] == 5)
    number = buyer.invoice(BIKE, {"item_id": gear, "quantity": 1, "line_price": 200})
    buyer.posted(number)
    return number


def stands(buyer: Buyer, number: int) -> tuple[str, str]:
    transfer = buyer.transfer(number)
    return transfer.state, transfer.code


def add_entry(buyer: Buyer, **fields: Any) -> None:
    """A person adds an entry to our voucher, in their own words."""
    first = buyer.systems.in_economic("GET", f"/journalsapi/v15.0.0/draft-entries/{buyer.drafts()[0]['entryNumber']}")
    entry = {**first, "text": "Rettet af Jens", **fields}
    for name in ("entryNumber", "objectVersion"):
        del entry[name]
    buyer.systems.in_economic("POST", "/journalsapi/v15.0.0/draft-entries/bulk", {"entries": [entry]})


def test_moved_to_another_journal_it_is_followed_there(buyer: Buyer) -> None:
    number = posted(buyer)
    (entry,) = buyer.drafts()
    add_entry(buyer, journalNumber=DAILY, voucherNumber=7, text=entry["text"])
    buyer.delete_draft(entry["entryNumber"])
    hours_pass(buyer)
    assert stands(buyer, number) == (TransferState.DRAFTED, "voucher_moved")
    assert buyer.transfer(number).details["journal"] == str(DAILY)
    runs = buyer.transfer(number).runs
    hours_pass(buyer, 3)
    assert buyer.transfer(number).runs <= runs + 1
    buyer.book_journal(DAILY)
    hours_pass(buyer)
    assert stands(buyer, number) == (TransferState.TRANSFERRED, "")
    assert buyer.ledger() == {1310: D("1000.00"), 6903: D("250.00"), 6800: D("-1250.00")}


@pytest.mark.parametrize("chosen", [DAILY, None])
def test_after_another_journal_was_chosen_the_old_vouchers_are_still_looked_at(
    buyer: Buyer, chosen: int | None
) -> None:
    number = posted(buyer)
    buyer.company.decide(supplier_journal=chosen)
    hours_pass(buyer)
    assert stands(buyer, number) == (TransferState.DRAFTED, "")
    buyer.change_draft(buyer.drafts()[0]["entryNumber"], amount=-900)
    hours_pass(buyer)
    assert stands(buyer, number) == (TransferState.NEEDS_YOU, "voucher_edited")
    buyer.change_draft(buyer.drafts()[0]["entryNumber"], amount=-1250)
    buyer.book_journal()
    hours_pass(buyer)
    assert stands(buyer, number) == (TransferState.TRANSFERRED, "")


def test_reworded_it_is_not_called_deleted_and_is_known_again_when_it_is_booked(buyer: Buyer) -> None:
    number = posted(buyer)
    buyer.change_draft(buyer.drafts()[0]["entryNumber"], text="Cykler fra Dansk Cykelimport")
    hours_pass(buyer)
    assert stands(buyer, number) == (TransferState.NEEDS_YOU, "voucher_unmarked")
    assert buyer.transfer(number).details["mark"] == f"RB-K{number}"
    runs = buyer.transfer(number).runs
    hours_pass(buyer, 3)
    assert buyer.transfer(number).runs == runs
    buyer.book_journal()
    hours_pass(buyer)
    assert stands(buyer, number) == (TransferState.TRANSFERRED, "")
    assert buyer.link(number).economic_kind == "voucher_booked"
    assert len(buyer.drafts()) == 0


def lose_the_answer(buyer: Buyer, *lines: dict[str, Any], **more: Any) -> int:
    """An invoice whose voucher was made and never answered."""
    buyer.systems.admin("economic", "idempotency", kept=False)
    buyer.systems.economic.faults.set(Fault("lost", method="POST", path="/journals/*", lose_answer=True))
    number = buyer.invoice(*(lines or (BIKE,)), **more)
    assert buyer.posted(number).state == TransferState.WAITING
    return number


def minutes_pass(buyer: Buyer) -> None:
    for _ in range(6):
        buyer.systems.clock.sleep_s(60)
        buyer.company.drain()


@pytest.mark.parametrize("own", ["F-77", "", "Nr. 12 / a"])
@pytest.mark.parametrize("booked", [False, True], ids=["draft", "booked"])
def test_reworded_while_the_answer_is_lost_it_is_not_made_again(buyer: Buyer, own: str, booked: bool) -> None:
    number = lose_the_answer(buyer, BIKE, {"item_id": "LADFRAGT", "quantity": 1, "line_price": "33.33"}, own=own)
    for row in buyer.drafts():
        buyer.change_draft(row["entryNumber"], text="Cykler, se bilag")
    if booked:
        buyer.book_journal()
    minutes_pass(buyer)
    hours_pass(buyer)
    assert stands(buyer, number)[0] == (TransferState.TRANSFERRED if booked else TransferState.NEEDS_YOU)
    if not booked:
        assert stands(buyer, number)[1] == "voucher_unmarked"
        buyer.book_journal()
        hours_pass(buyer)
    assert buyer.ledger()[6800] == D("-1291.66")
    assert buyer.drafts() == []


def test_moved_to_another_journal_while_the_answer_is_lost_it_is_followed_there(buyer: Buyer) -> None:
    number = lose_the_answer(buyer)
    (entry,) = buyer.drafts()
    add_entry(buyer, journalNumber=DAILY, voucherNumber=7, text=entry["text"])
    buyer.delete_draft(entry["entryNumber"])
    minutes_pass(buyer)
    hours_pass(buyer)
    assert stands(buyer, number) == (TransferState.DRAFTED, "voucher_moved")
    assert (len(buyer.drafts()), len(buyer.drafts(DAILY))) == (0, 1)


def test_reworded_and_changed_while_the_answer_is_lost_a_person_decides(buyer: Buyer) -> None:
    number = lose_the_answer(buyer)
    (entry,) = buyer.drafts()
    buyer.change_draft(entry["entryNumber"], text="Min egen", amount=-900)
    minutes_pass(buyer)
    assert stands(buyer, number) == (TransferState.NEEDS_YOU, "supplier_invoice_duplicate")
    assert len(buyer.drafts()) == 1
    buyer.delete_draft(entry["entryNumber"])
    buyer.posted(number)
    minutes_pass(buyer)
    assert stands(buyer, number) == (TransferState.DRAFTED, "")
    assert [amount for *_, amount in buyer.vouchers()] == [D("-1250.00")]


def test_what_never_arrived_is_made_although_the_supplier_has_another_invoice_alike(buyer: Buyer) -> None:
    """The same amount on the same day and account, under another number: an invoice of its own."""
    buyer.posted(buyer.invoice(BIKE, own="F-76"))
    buyer.systems.economic.faults.set(Fault("gone", method="POST", path="/journals/*", drop_connection=True))
    number = buyer.invoice(BIKE, own="F-77")
    buyer.posted(number)
    minutes_pass(buyer)
    assert stands(buyer, number) == (TransferState.DRAFTED, "")
    assert len(buyer.drafts()) == 2


def test_split_by_a_person_and_booked_it_comes_to_the_invoice(buyer: Buyer) -> None:
    number = posted(buyer)
    buyer.change_draft(buyer.drafts()[0]["entryNumber"], amount=-1000)
    add_entry(buyer, amount=-250, contraAccountNumber=1340)
    hours_pass(buyer)
    assert stands(buyer, number) == (TransferState.NEEDS_YOU, "voucher_edited")
    assert len(buyer.drafts()) == 2
    buyer.book_journal()
    hours_pass(buyer)
    assert stands(buyer, number) == (TransferState.TRANSFERRED, "")


def test_split_and_booked_for_less_is_told_with_both_amounts(buyer: Buyer) -> None:
    number = posted(buyer)
    buyer.change_draft(buyer.drafts()[0]["entryNumber"], amount=-1000)
    add_entry(buyer, amount=-200)
    buyer.book_journal()
    hours_pass(buyer)
    assert stands(buyer, number) == (TransferState.NEEDS_YOU, "booked_otherwise")
    assert (buyer.transfer(number).details["ours"], buyer.transfer(number).details["theirs"]) == ("1250.00", "1200.00")


def test_booked_in_part_is_told_and_seen_to_its_end(buyer: Buyer) -> None:
    number = posted_on_two(buyer)
    first, second = [row["entryNumber"] for row in buyer.drafts()]
    book(buyer, first)
    hours_pass(buyer)
    assert stands(buyer, number) == (TransferState.NEEDS_YOU, "voucher_partly_booked")
    assert {"left": "1", "of": "2"}.items() <= buyer.transfer(number).details.items()
    book(buyer, second)
    hours_pass(buyer)
    assert stands(buyer, number) == (TransferState.TRANSFERRED, "")


def test_one_entry_of_two_that_was_deleted_is_a_change(buyer: Buyer) -> None:
    number = posted_on_two(buyer)
    buyer.delete_draft(buyer.drafts()[0]["entryNumber"])
    hours_pass(buyer)
    assert stands(buyer, number) == (TransferState.NEEDS_YOU, "voucher_edited")
    assert buyer.transfer(number).details["changes"] == "lines\t2\t1"
    assert len(buyer.drafts()) == 1


def test_entries_that_a_person_puts_on_two_vouchers_are_told_as_such(buyer: Buyer) -> None:
    number = posted_on_two(buyer)
    _, second = [row["entryNumber"] for row in buyer.drafts()]
    buyer.change_draft(second, voucherNumber=40077)
    buyer.posted(number)
    assert stands(buyer, number) == (TransferState.DRAFTED, "voucher_split")
    assert buyer.transfer(number).details == {"vouchers": "2026-40001, 2026-40077"}
    buyer.book_journal()
    hours_pass(buyer)
    assert stands(buyer, number)[0] == TransferState.TRANSFERRED


def test_what_e_conomic_splits_itself_is_told_and_not_made_again(buyer: Buyer) -> None:
    """The answer is an array, because the server may split the entries (economic-api 8.2)."""
    remote = altered_economic(buyer.company)

    def split(answer: Any) -> None:
        answer[0]["entries"]["supplierInvoices"][1]["voucher"]["voucherNumber"] = 40002

    remote.changes["POST /journals/4/vouchers"] = split
    number = posted_on_two(buyer)
    assert stands(buyer, number) == (TransferState.DRAFTED, "voucher_split")
    assert buyer.transfer(number).details == {"vouchers": "2026-40001, 2026-40002"}
    assert (buyer.link(number).economic_key, len(buyer.drafts())) == ("2026-40001", 2)


def book(buyer: Buyer, entry: int) -> None:
    path = "/journalsapi/v15.0.0/journals/4/bookdraftentries"
    buyer.systems.in_economic("POST", path, {"entryNumbers": [entry]})


def test_booked_for_another_supplier_is_told_with_both(buyer: Buyer) -> None:
    number = posted(buyer)
    buyer.change_draft(buyer.drafts()[0]["entryNumber"], supplierNumber=50002)
    buyer.book_journal()
    hours_pass(buyer)
    assert stands(buyer, number) == (TransferState.NEEDS_YOU, "booked_for_another_supplier")
    assert buyer.transfer(number).details == {"number": "2026-40001", "wanted": "50001", "supplier": "50002"}
    assert buyer.posted(number).code == "booked_for_another_supplier"
