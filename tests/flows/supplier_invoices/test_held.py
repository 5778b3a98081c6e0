"""What keeps a supplier invoice from being posted: named, nothing half-written, and gone when it is mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import pytest

from lagerbro.economic.types import AccountRef, SupplierRef
from lagerbro.economic.voucher_types import NewEntries, NewVoucher, SupplierInvoiceEntry, YearRef
from lagerbro.flows.supplier_invoices.preview.planned_posting import PLANNED
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.sync.runtime import RunAll
from tests.flows.supplier_invoices.conftest import FLOW, Buyer
from tests.flows.supplier_invoices.purchases import JOURNAL
from tests.sandboxes import nordlys

AGREEMENT = 1180001
BESIDE = frozenset({PLANNED, "message", "said", "system"})
"""What comes along beside what a sentence names: the posting as it was planned, and what e-conomic answered."""


def held(buyer: Buyer, number: int, code: str, state: TransferState = TransferState.NEEDS_YOU) -> dict[str, str]:
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (state, code), transfer.details
    assert (buyer.drafts(), buyer.ledger()) == ([], {})
    return named(transfer)


def named(transfer: Transfer) -> dict[str, str]:
    """What its sentence names."""
    return {name: value for name, value in transfer.details.items() if name not in BESIDE}


def person_writes(
    buyer: Buyer, own: str = "F-77", amount: str = "-500.00", day: str = "2026-11-20", journal: int = 1
) -> None:
    """The same invoice by hand, in the daily journal."""
    entry = SupplierInvoiceEntry(
        amount=D(amount),
        date=day,
        text="Skrevet i hånden",
        supplier=SupplierRef(50001),
        supplierInvoiceNumber=own,
        contraAccount=AccountRef(1310),
    )
    voucher = NewVoucher(accountingYear=YearRef(day[:4]), entries=NewEntries(supplierInvoices=[entry]))
    _, economic = buyer.systems.clients(lambda _exchange: None)
    economic.vouchers.create(journal, voucher, f"by hand {day} {amount}")


@pytest.mark.parametrize("booked", [False, True], ids=["in a journal", "in the ledger"])
def test_the_same_invoice_by_hand_is_never_posted_twice(buyer: Buyer, booked: bool) -> None:
    person_writes(buyer, own="f-77")
    if booked:
        buyer.book_journal(1)
    ledger = buyer.ledger()
    number = buyer.invoice()
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "supplier_invoice_duplicate")
    place = "" if booked else "1"
    assert named(transfer) == {"voucher": "1", "date": "2026-11-20", "amount": "500.00", "in_journal": place}
    assert (buyer.drafts(), buyer.ledger()) == ([], ledger)


@pytest.mark.parametrize("booked", [False, True], ids=["in a journal", "in the ledger"])
@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("f77", "F 77"), ("F 77", "f  77"), ("F 7 7", "F77"), ("RE-2026 / 7", "re-2026 / 7"), ("Æ1", "æ1")],
)
def test_however_a_number_is_written_it_is_the_same(buyer: Buyer, theirs: str, ours: str, booked: bool) -> None:
    person_writes(buyer, own=theirs)
    if booked:
        buyer.book_journal(1)
    assert buyer.posted(buyer.invoice(own=ours)).code == "supplier_invoice_duplicate"
    assert buyer.drafts() == []


def test_one_that_only_begins_alike_is_another_invoice(buyer: Buyer) -> None:
    person_writes(buyer, own="F-770")
    person_writes(buyer, own="XF-77", amount="-501.00")
    assert buyer.posted(buyer.invoice(own="F-77")).state == TransferState.DRAFTED


def test_another_invoice_of_the_same_day_and_amount_is_no_duplicate(buyer: Buyer) -> None:
    person_writes(buyer, own="F-78")
    person_writes(buyer, own="")
    buyer.book_journal(1)
    assert buyer.posted(buyer.invoice(own="F-77")).state == TransferState.DRAFTED
    assert len(buyer.drafts()) == 1


def test_what_was_taken_back_under_the_same_number_does_not_count(buyer: Buyer) -> None:
    person_writes(buyer)
    person_writes(buyer, amount="500.00")
    buyer.book_journal(1)
    assert buyer.posted(buyer.invoice()).state == TransferState.DRAFTED


def test_a_credit_note_may_have_the_number_of_what_it_credits(buyer: Buyer) -> None:
    number = buyer.invoice()
    buyer.posted(number)
    credit = buyer.credit(number)
    buyer.rewrite(credit, invoice_number="F-77")
    assert buyer.posted(credit).state == TransferState.DRAFTED
    assert [amount for *_, amount in buyer.vouchers()] == [D("-1250.00"), D("1250.00")]


def test_the_number_in_another_year_is_told_only(buyer: Buyer) -> None:
    person_writes(buyer, day="2027-01-04")
    transfer = buyer.posted(buyer.invoice())
    assert (transfer.state, transfer.code) == (TransferState.DRAFTED, "supplier_number_in_another_year")
    assert transfer.details["date"] == "2027-01-04"


def test_another_suppliers_same_number_is_another_invoice(buyer: Buyer) -> None:
    person_writes(buyer)
    assert buyer.posted(buyer.invoice(supplier=50002)).state == TransferState.DRAFTED


@pytest.mark.parametrize("day", ["1900-01-01", "2200-01-01"])
def test_a_date_that_no_year_has(buyer: Buyer, day: str) -> None:
    number = buyer.invoice()
    buyer.rewrite(number, invoice_date=day)
    assert held(buyer, number, "purchase_year_missing") == {"date": day}


def journal(buyer: Buyer, **changes: Any) -> None:
    store = buyer.systems.economic.store
    record = store.get(nordlys().agreement_number, "journals", JOURNAL)
    assert record is not None
    store.put(
        nordlys().agreement_number, "journals", JOURNAL, {**record, "settings": {**record["settings"], **changes}}
    )


def test_a_journal_of_another_type(buyer: Buyer) -> None:
    journal(buyer, entryTypeRestrictedTo="financeVoucher")
    number = buyer.invoice()
    assert held(buyer, number, "supplier_journal_wrong_type") == {"journal": "4"}
    journal(buyer, entryTypeRestrictedTo="supplierInvoice")
    assert buyer.posted(number).state == TransferState.DRAFTED


def test_a_series_of_numbers_that_is_used_up(buyer: Buyer) -> None:
    journal(buyer, voucherNumbers={"minimumVoucherNumber": 1, "maximumVoucherNumber": 1})
    other = buyer.invoice(own="first")
    buyer.posted(other)
    number = buyer.invoice()
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "voucher_numbers_used_up")
    assert len(buyer.drafts()) == 1
    journal(buyer, voucherNumbers={"minimumVoucherNumber": 1})
    assert buyer.posted(number).state == TransferState.DRAFTED


def test_a_journal_that_is_gone(buyer: Buyer) -> None:
    buyer.company.decide(supplier_journal=77)
    number = buyer.invoice()
    assert held(buyer, number, "supplier_journal_missing") == {"journal": "77"}
    buyer.company.decide(supplier_journal=JOURNAL)
    assert buyer.posted(number).state == TransferState.DRAFTED


def test_a_supplier_that_is_barred(buyer: Buyer) -> None:
    def bar(*, barred: bool) -> None:
        record = buyer.systems.economic.store.get(AGREEMENT, "suppliers", 50001)
        assert record is not None
        buyer.systems.economic.store.put(AGREEMENT, "suppliers", 50001, {**record, "barred": barred})

    bar(barred=True)
    number = buyer.invoice()
    assert held(buyer, number, "supplier_barred") == {"supplier": "50001 Dansk Cykelimport A/S"}
    bar(barred=False)
    assert buyer.posted(number).state == TransferState.DRAFTED


def test_a_currency_that_the_books_lack(buyer: Buyer) -> None:
    number = buyer.invoice()
    buyer.rewrite(number, currency="ISK", currency_rate=D("0.05"), total_base_currency=D("62.50"))
    assert held(buyer, number, "currency_missing") == {"currency": "ISK"}


Change = Callable[[dict[str, Any]], None]


@pytest.mark.parametrize(
    ("changes", "code", "state"),
    [
        ({"lines": []}, "supplier_invoice_without_lines", TransferState.REFUSED),
        ({"supplier_id": None, "supplier": None}, "invoice_without_supplier", TransferState.REFUSED),
        ({"currency": "EUR", "currency_rate": 0}, "rate_missing", TransferState.REFUSED),
        ({"currency": "EUR", "currency_rate": D("746")}, "rate_unlikely", TransferState.NEEDS_YOU),
        ({"vat_zone": "eu"}, "supplier_zone_differs", TransferState.NEEDS_YOU),
        ({"total_subtotal": 7, "total_vat": 0, "total_total": 7}, "lines_differ_from_total", TransferState.REFUSED),
        ({"invoice_date": "i går"}, "value_unusable", TransferState.NEEDS_YOU),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_input(buyer: Buyer, changes: dict[str, Any], code: str, state: TransferState) -> None:
    number = buyer.invoice()
    buyer.rewrite(number, **changes)
    held(buyer, number, code, state)


def test_a_day_that_is_written_as_a_moment_is_the_one_in_denmark(buyer: Buyer) -> None:
    number = buyer.invoice()
    buyer.rewrite(number, invoice_date="2026-10-31T23:00:00.000000Z", due_date="2026-11-29T23:00:00.000000Z")
    assert buyer.posted(number).state == TransferState.DRAFTED
    assert [(entry["date"], entry["dueDate"]) for entry in buyer.drafts()] == [("2026-11-01", "2026-11-30")]


def test_very_long_texts(buyer: Buyer) -> None:
    number = buyer.invoice()
    buyer.rewrite(number, invoice_number="9" * 10_000, note="x" * 10_000)
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.DRAFTED, "supplier_number_cut")
    assert buyer.drafts()[0]["supplierInvoiceNumber"] == "9" * 30


TEN_THOUSAND = "Æ" * 10_000


@pytest.mark.parametrize(
    "changes",
    [
        {"supplier": {"number": 50001, "name": TEN_THOUSAND, "vat_zone": "domestic"}},
        {"name": TEN_THOUSAND, "heading": TEN_THOUSAND, "note": TEN_THOUSAND, "our_reference": TEN_THOUSAND},
        {"purchase_orders": [{"number": TEN_THOUSAND}], "receipts": [TEN_THOUSAND]},
        {"purchase_orders": [{"number": 10_000 + n} for n in range(3000)], "receipts": [TEN_THOUSAND] * 3000},
        {"due_date": "1900-01-01"},
        {"due_date": "2200-01-01"},
        {"lines": "as they are, with long words"},
    ],
    ids=["supplier", "head", "order", "many orders", "due 1900", "due 2200", "lines"],
)
def test_long_or_odd_words_are_in_nobodys_way_and_never_cut_the_mark(buyer: Buyer, changes: dict[str, Any]) -> None:
    number = buyer.invoice()
    if "lines" in changes:
        stored = buyer.systems.rackbeat.store.get(nordlys().rackbeat_account_id, "supplier-invoices", number)
        assert stored is not None
        words = dict.fromkeys(("name", "description", "text"), TEN_THOUSAND)
        changes = {"lines": [{**line, **words} for line in stored["lines"]]}
    buyer.rewrite(number, **changes)
    assert buyer.posted(number).state == TransferState.DRAFTED
    (entry,) = buyer.drafts()
    assert len(entry["text"]) <= 250
    assert entry["text"].endswith(f"RB-K{number}")
    assert entry.get("dueDate") in (None, changes.get("due_date", entry.get("dueDate")))
    buyer.book_journal()
    assert buyer.ledger() == {1310: D("1000.00"), 6903: D("250.00"), 6800: D("-1250.00")}


def test_an_invoice_without_the_suppliers_number(buyer: Buyer) -> None:
    transfer = buyer.posted(buyer.invoice(own=""))
    assert (transfer.state, transfer.code) == (TransferState.DRAFTED, "supplier_number_missing")


def test_nothing_to_post(buyer: Buyer) -> None:
    number = buyer.invoice({"item_id": "NL-100", "quantity": 1, "line_price": 0})
    assert (buyer.posted(number).code, buyer.drafts()) == ("nothing_to_post", [])


def test_not_used_is_held_until_it_is_decided_otherwise(buyer: Buyer) -> None:
    buyer.company.decide(**{"purchase_accounts__1.domestic": "not_used"})
    number = buyer.invoice()
    assert held(buyer, number, "purchase_group_not_used") == {"product_group": "1 Cykler", "zone": "domestic"}
    buyer.company.decide(**{"purchase_accounts__1.domestic": 1310})
    assert buyer.posted(number).state == TransferState.DRAFTED


@pytest.mark.parametrize("delay_ms", [0, 4000], ids=["at once", "appears late"])
@pytest.mark.parametrize("side_by_side", [False, True])
def test_the_same_invoice_twice_in_rackbeat(buyer: Buyer, side_by_side: bool, delay_ms: int) -> None:
    """Both look before either has written, or the second before the first can be seen."""
    buyer.systems.admin("economic", "vouchers/delay", ms=delay_ms)
    if side_by_side:
        buyer.company.runtime = replace(buyer.company.runtime, run_all=both_look_first(buyer))
    first, second = buyer.invoice(own="F-9"), buyer.invoice(own="f-9")
    for number in (first, second):
        buyer.company.ask_of(FLOW, number)
    buyer.company.drain()
    buyer.company.drain()
    assert len(buyer.drafts()) == 1
    codes = {buyer.transfer(number).code for number in (first, second)}
    assert codes < {"", "supplier_invoice_twin", "supplier_invoice_duplicate"}
    assert "" in codes


def both_look_first(buyer: Buyer) -> RunAll:
    """A second transfer runs whole between the first one's intent and its call."""

    def run_all(jobs: Sequence[Callable[[], None]]) -> None:
        left = list(jobs)
        whole = buyer.company.runtime.failpoint

        def decided(name: str) -> None:
            whole(name)
            if name == "supplier_invoice.voucher.decided" and left:
                left.pop()()

        object.__setattr__(buyer.company.runtime, "failpoint", decided)
        while left:
            left.pop(0)()

    return run_all
