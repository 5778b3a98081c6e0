"""A credit note takes back what its invoice did, on every account, however Rackbeat writes it (H32, C5)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal as D

import pytest

from lagerbro.flows.customer_invoices import flow
from lagerbro.rackbeat.signs import AS_WRITTEN
from lagerbro.sync.models import Transfer, TransferState
from tests.sandboxes import Json, nordlys
from tests.world import Company

ACCOUNT = nordlys().rackbeat_account_id
DEBTORS, BICYCLES, HOURS, VAT = 5600, 1012, 1014, 6902
RETURN = {"item_id": "NL-100", "quantity": -1, "line_price": "50.00"}
SALE = {"item_id": "V-TIME", "quantity": 1, "line_price": "20.00"}
EVEN = {"item_id": "V-TIME", "quantity": 1, "line_price": "50.00"}


def balances(company: Company) -> dict[int, D]:
    found: dict[int, D] = defaultdict(D)
    for account, amount in company.systems.entries():
        found[account] += amount
    return dict(found)


def credited(company: Company, number: int, lines: list[Json] | None = None) -> int:
    """A booked credit note of the invoice, of all of it or of these quantities by line id."""
    body = None if lines is None else {"lines": lines}
    note: int = company.systems.in_rackbeat("POST", f"customer-invoices/{number}/create-creditnote", body)["number"]
    company.systems.in_rackbeat("POST", f"customer-invoices/{note}/book")
    return note


def turned(company: Company, number: int) -> None:
    """Have Rackbeat write the document with the opposite signs."""
    record = company.systems.in_rackbeat("GET", f"customer-invoices/{number}")
    lines = company.systems.rackbeat.store.get(ACCOUNT, "customer-invoices", number) or {}
    totals = {name: -D(str(record[name])) for name in ("total_subtotal", "total_vat", "total_total")}
    opposite = [{**line, "quantity": -line["quantity"], "line_total": -line["line_total"]} for line in lines["lines"]]
    company.systems.rewrite_invoice(number, **totals, lines=opposite)


INVOICES = {
    "sale": (SALE,),
    "return": (RETURN,),
    "return and sale": (RETURN, SALE),
    "sale and return": ({**RETURN, "quantity": 3}, {**SALE, "quantity": -1}),
    "comes to nothing": (RETURN, EVEN),
}


@pytest.mark.parametrize("lines", INVOICES.values(), ids=INVOICES)
@pytest.mark.parametrize("opposite", [False, True], ids=["kept signs", "opposite signs"])
@pytest.mark.parametrize("actual", [True, False], ids=["actual quantity", "folded"])
def test_credited_in_full_nothing_is_left_on_any_account(
    company: Company, lines: tuple[Json, ...], opposite: bool, actual: bool
) -> None:
    company.decide(use_actual_quantity=actual)
    number = company.systems.invoice(*lines)
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    there = balances(company)
    note = credited(company, number)
    if opposite:
        turned(company, note)
    transfer = company.invoiced(note)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert len(company.systems.entries()) > len(there)
    assert set(balances(company).values()) == {D(0)}
    assert company.calls(transfer) == [
        f"GET /api/customer-invoices/{note}",
        f"GET /api/customer-invoices/{number}",
        "POST /invoices/drafts",
        f"PUT /invoices/booked/{note}",
    ]


def test_the_worked_example(company: Company) -> None:
    number = company.systems.invoice(RETURN, SALE)
    company.invoiced(number)
    assert balances(company)[DEBTORS] == D("-37.50")
    company.invoiced(credited(company, number))
    assert balances(company)[DEBTORS] == D("0.00")  # was -75.00


def test_crediting_only_the_return_raises_what_the_customer_owes(company: Company) -> None:
    number = company.systems.invoice(RETURN, SALE)
    company.invoiced(number)
    line = company.systems.in_rackbeat("GET", f"customer-invoices/{number}")["lines"][0]
    company.invoiced(credited(company, number, [{"id": line["id"], "quantity": -1}]))
    assert balances(company) == {DEBTORS: D("25.00"), BICYCLES: D(0), HOURS: D("-20.00"), VAT: D("-5.00")}


def test_crediting_a_part_takes_back_that_part(company: Company) -> None:
    number = company.systems.invoice({"item_id": "NL-100", "quantity": 10, "line_price": "200.00"})
    company.invoiced(number)
    line = company.systems.in_rackbeat("GET", f"customer-invoices/{number}")["lines"][0]
    company.invoiced(credited(company, number, [{"id": line["id"], "quantity": 2}]))
    assert balances(company) == {DEBTORS: D("2000.00"), BICYCLES: D("-1600.00"), VAT: D("-400.00")}  # C5


@pytest.mark.parametrize("named", [True, False], ids=["names its invoice", "names none"])
@pytest.mark.parametrize("actual", [True, False], ids=["actual quantity", "folded"])
def test_a_credit_of_nothing_but_gifts_goes_through(company: Company, actual: bool, named: bool) -> None:
    """Where no line has an amount, no account is moved in either direction: there is nothing to ask."""
    company.decide(use_actual_quantity=actual)
    gift = {"item_id": "NL-100", "quantity": "2.25", "line_price": "64.22", "discount_percentage": 100}
    number = company.systems.invoice(gift)
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    note = credited(company, number)
    if not named:
        company.systems.rewrite_invoice(note, credited_invoice_id=None)
    transfer = company.invoiced(note)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert (len(company.systems.booked()), company.systems.entries()) == (2, [])


@pytest.mark.parametrize("link", ["credited_line_id", "item"])
def test_lines_that_name_no_line_are_known_by_their_item(company: Company, link: str) -> None:
    number = company.systems.invoice(RETURN, SALE)
    company.invoiced(number)
    note = credited(company, number)
    if link == "item":
        record = company.systems.rackbeat.store.get(ACCOUNT, "customer-invoices", note) or {}
        company.systems.rewrite_invoice(note, lines=[{**line, "credited_line_id": None} for line in record["lines"]])
    company.invoiced(note)
    assert set(balances(company).values()) == {D(0)}


@pytest.mark.parametrize("opposite", [False, True])
def test_one_that_names_no_invoice_is_told_by_its_total(company: Company, opposite: bool) -> None:
    number = company.systems.invoice(SALE)
    company.invoiced(number)
    note = credited(company, number)
    company.systems.rewrite_invoice(note, credited_invoice_id=None)
    if opposite:
        turned(company, note)
    transfer = company.invoiced(note)
    assert transfer.state == TransferState.TRANSFERRED
    assert set(balances(company).values()) == {D(0)}
    assert f"GET /api/customer-invoices/{number}" not in company.calls(transfer)


def unknown(company: Company, note: int) -> Transfer:
    before = company.systems.entries()
    transfer = company.invoiced(note)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "credit_direction_unknown")
    assert (company.systems.drafts(), company.systems.entries()) == ([], before)
    return transfer


def test_a_total_of_nothing_that_names_no_invoice_is_held_until_it_does(company: Company) -> None:
    number = company.systems.invoice(RETURN, EVEN)
    company.invoiced(number)
    note = credited(company, number)
    company.systems.rewrite_invoice(note, credited_invoice_id=None)
    unknown(company, note)
    company.systems.rewrite_invoice(note, credited_invoice_id=number)
    assert company.invoiced(note).state == TransferState.TRANSFERRED
    assert set(balances(company).values()) == {D(0)}
    assert (len(company.systems.booked()), company.systems.drafts()) == (2, [])


def test_an_invoice_that_is_not_there_is_asked_for_only_where_the_total_does_not_tell(company: Company) -> None:
    sale, back = company.systems.invoice(SALE), company.systems.invoice(RETURN)
    for number in (sale, back):
        company.invoiced(number)
    notes = [credited(company, number) for number in (sale, back)]
    store = company.systems.rackbeat.store
    saved = [store.get(ACCOUNT, "customer-invoices", number) or {} for number in (sale, back)]
    for number in (sale, back):
        store.delete(ACCOUNT, "customer-invoices", number)
    assert company.invoiced(notes[0]).state == TransferState.TRANSFERRED
    assert unknown(company, notes[1]).details == {"credited": str(back)}
    store.put(ACCOUNT, "customer-invoices", back, saved[1])
    assert company.invoiced(notes[1]).state == TransferState.TRANSFERRED
    assert set(balances(company).values()) == {D(0)}


@pytest.mark.parametrize("lines", [(SALE,), (RETURN, EVEN)], ids=["a total", "no total"])
def test_one_that_was_turned_the_wrong_way_is_seen_before_it_is_booked(
    company: Company, lines: tuple[Json, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = company.systems.invoice(*lines)
    company.invoiced(number)
    before, note = company.systems.entries(), credited(company, number)
    monkeypatch.setattr(flow, "factor_of", lambda *_documents: AS_WRITTEN)
    transfer = company.invoiced(note)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "credit_direction_wrong")
    assert transfer.details["credited"] == str(number)
    assert (company.systems.entries(), len(company.systems.drafts())) == (before, 1)
    assert company.invoiced(note).code == "credit_direction_wrong"
    assert (company.systems.entries(), len(company.systems.drafts())) == (before, 1)


def test_a_draft_that_is_found_again_is_looked_at_line_by_line(company: Company) -> None:
    number = company.systems.invoice(RETURN, EVEN)
    company.invoiced(number)
    company.decide(book_on_booking=False)
    note = credited(company, number)
    assert company.invoiced(note).state == TransferState.DRAFTED
    (draft,) = company.systems.drafts()
    reference = {"draftInvoiceNumber": draft["draftInvoiceNumber"]}
    path = f"/invoices/drafts/{draft['draftInvoiceNumber']}"
    body = company.systems.in_economic("GET", path)
    for line in body["lines"]:
        line["quantity"] = -line["quantity"]
    company.systems.in_economic("PUT", path, body)
    assert company.invoiced(note).code == "credit_direction_wrong"
    for line in body["lines"]:
        line["quantity"] = -line["quantity"]
    company.systems.in_economic("PUT", path, body)
    company.systems.in_economic("POST", "/invoices/booked", {"draftInvoice": reference})
    assert company.invoiced(note).state == TransferState.TRANSFERRED
    assert set(balances(company).values()) == {D(0)}


def test_one_that_was_booked_the_wrong_way_round_by_hand_needs_somebody(company: Company) -> None:
    """Both totals are nothing in either direction: only the accounts tell."""
    number = company.systems.invoice(RETURN, EVEN)
    company.invoiced(number)
    company.decide(book_on_booking=False)
    note = credited(company, number)
    company.invoiced(note)
    (draft,) = company.systems.drafts()
    reference = {"draftInvoiceNumber": draft["draftInvoiceNumber"]}
    path = f"/invoices/drafts/{draft['draftInvoiceNumber']}"
    body = company.systems.in_economic("GET", path)
    for line in body["lines"]:
        line["quantity"] = -line["quantity"]
    company.systems.in_economic("PUT", path, body)
    company.systems.in_economic("POST", "/invoices/booked", {"draftInvoice": reference})
    for _ in range(2):  # asked for again, it is no less wrong
        transfer = company.invoiced(note)
        assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "credit_booked_turned")
        assert transfer.details == {"amount": "0.00", "credited": str(number), "number": str(note)}


def test_a_booked_one_that_is_asked_for_again_costs_one_read_and_stays_what_it_is(company: Company) -> None:
    number = company.systems.invoice(RETURN, EVEN)
    company.invoiced(number)
    note = credited(company, number)
    assert company.invoiced(note).state == TransferState.TRANSFERRED
    company.systems.rewrite_invoice(note, credited_invoice_id=None)  # nothing tells its direction any more
    again = company.invoiced(note)
    assert (again.state, again.code) == (TransferState.TRANSFERRED, "")
    assert company.calls(again) == [f"GET /api/customer-invoices/{note}"]
    company.systems.rewrite_invoice(note, credited_invoice_id=number)
    assert company.calls(company.invoiced(note)) == [f"GET /api/customer-invoices/{note}"]
