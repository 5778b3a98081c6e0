"""The known failures of domain-rules D on the purchase side, row by row: provoked in the local systems, told in both
languages, nothing half-written, and after the cause is mended one voucher and no second.

Every row of D is named here: as a case, or with where else it is shown or why purchases do not meet it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal as D
from typing import Any, Final

import pytest

from lagerbro.agreements.models import AgreementState
from lagerbro.sync.models import Transfer, TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.purchases.buying import AGREEMENT, new_supplier, supplier_of
from tests.flows.supplier_invoices.conftest import Buyer, buyer
from tests.flows.supplier_invoices.test_closed_periods import bar_period
from tests.flows.supplier_invoices.test_documents import KIND as DOCUMENT
from tests.flows.supplier_invoices.test_documents import attach_in_rackbeat, invoice_with, set_modules
from tests.flows.supplier_invoices.test_held import person_writes
from tests.flows.supplier_invoices.test_locked_vat_codes import EU
from tests.flows.told_words import sentence
from tests.sandboxes import nordlys

__all__ = ["buyer"]

NEEDS, REFUSED, WAITING = TransferState.NEEDS_YOU, TransferState.REFUSED, TransferState.WAITING
CANCELLED, GOES = TransferState.CANCELLED, (TransferState.DRAFTED, TransferState.TRANSFERRED)
Provoke = Callable[[Buyer], int]
Mend = Callable[[Buyer, int], None]


@dataclass(frozen=True)
class Case:
    """`rows`: of D. `provoke` answers the invoice's number. `kind`: which transfer is told of."""

    rows: tuple[int, ...]
    code: str
    state: TransferState
    provoke: Provoke
    mend: Mend
    kind: str = "supplier_invoice"

    def __str__(self) -> str:
        return f"D{','.join(map(str, self.rows))} {self.code}"


def deciding(**answers: Any) -> Mend:
    return lambda buyer, _number: buyer.company.decide(**answers)


def after(act: Callable[[Buyer], object], **invoice: Any) -> Provoke:
    """An invoice that is made when that has happened."""

    def provoke(buyer: Buyer) -> int:
        act(buyer)
        return buyer.invoice(**invoice)

    return provoke


def rewritten(**fields: Any) -> Provoke:
    def provoke(buyer: Buyer) -> int:
        number = buyer.invoice()
        buyer.rewrite(number, **fields)
        return number

    return provoke


def failing(status: int, path: str = "/journals/*", method: str = "POST") -> Callable[[Buyer], None]:
    return lambda buyer: buyer.systems.economic.faults.set(
        Fault("down", method=method, path=path, status=status, times=None)
    )


def healed(buyer: Buyer, _number: int) -> None:
    buyer.systems.economic.faults.clear()
    buyer.systems.clock.sleep_s(3600)


def numbered(number: int) -> Provoke:
    """Of a supplier whose number e-conomic does not take, given another one later."""

    def provoke(buyer: Buyer) -> int:
        store, account = buyer.systems.rackbeat.store, nordlys().rackbeat_account_id
        record = store.get(account, "suppliers", 50001)
        assert record is not None
        store.put(account, "suppliers", number, {**record, "number": number})
        made = buyer.invoice()
        buyer.rewrite(made, supplier_id=number, supplier={"number": number, "name": "Med for langt nummer"})
        return made

    return provoke


def of_known_supplier(buyer: Buyer, number: int) -> None:
    buyer.rewrite(number, supplier_id=50001, supplier={"number": 50001, "name": "Dansk Cykelimport A/S"})


def of_new_supplier_without_terms(buyer: Buyer) -> int:
    number = buyer.invoice(supplier=new_supplier(buyer.company, 50101))
    buyer.systems.make_terms_unheard_of()
    buyer.systems.economic.store.delete(AGREEMENT, "payment-terms", 1)
    return number


def give_terms(buyer: Buyer, _number: int) -> None:
    terms = {"paymentTermsNumber": 1, "name": "Netto 8 dage", "paymentTermsType": "net", "daysOfCredit": 8}
    buyer.systems.economic.store.put(AGREEMENT, "payment-terms", 1, terms)


def bar_supplier(buyer: Buyer, *, barred: bool = True) -> None:
    record = buyer.systems.economic.store.get(AGREEMENT, "suppliers", 50001)
    assert record is not None
    buyer.systems.economic.store.put(AGREEMENT, "suppliers", 50001, {**record, "barred": barred})


def revoke(buyer: Buyer, *, revoked: bool = True) -> None:
    buyer.systems.admin("economic", "grants/revoke", agreement=AGREEMENT, revoked=revoked)


def connect_again(buyer: Buyer, _number: int) -> None:
    revoke(buyer, revoked=False)
    buyer.company.agreement.state = AgreementState.ACTIVE
    buyer.company.agreement.save()
    buyer.systems.clock.sleep_s(3600)


def take_hand_written_away(buyer: Buyer, _number: int) -> None:
    (entry,) = buyer.drafts(1)
    buyer.delete_draft(entry["entryNumber"], 1)


def read_only(buyer: Buyer, *, is_it: bool = True) -> None:
    buyer.systems.admin("economic", "subscription", agreement=AGREEMENT, readOnly=is_it)


def written_again(buyer: Buyer, _number: int) -> None:
    read_only(buyer, is_it=False)


def of_new_supplier_while_read_only(buyer: Buyer) -> int:
    number = buyer.invoice(supplier=new_supplier(buyer.company, 50101))
    read_only(buyer)
    return number


def with_pdf_while_read_only(buyer: Buyer) -> int:
    """The voucher stands when the subscription is changed; its PDF comes after."""
    number = buyer.invoice()
    buyer.posted(number)
    attach_in_rackbeat(buyer, number)
    read_only(buyer)
    return number


def with_module_missing(buyer: Buyer) -> int:
    set_modules(buyer, 14)
    return invoice_with(buyer)


def without_vat(buyer: Buyer) -> int:
    """The account's code would deduct VAT that the supplier has not charged."""
    lines = [{"item_id": "NL-100", "quantity": 1, "line_price": 1000, "vat_percentage": 0}]
    number = buyer.invoice(*lines)
    stored = buyer.systems.rackbeat.store.get(nordlys().rackbeat_account_id, "supplier-invoices", number)
    assert stored is not None
    lines = [{**line, "vat_percentage": 0} for line in stored["lines"]]
    buyer.rewrite(number, lines=lines, total_vat=0, total_total=1000, total_subtotal=1000)
    return number


def freight(buyer: Buyer) -> int:
    """A line without an item, whose row of the grid is not used."""
    buyer.company.decide(**{"purchase_accounts__no_item.domestic": "not_used"})
    number = buyer.invoice()
    stored = buyer.systems.rackbeat.store.get(nordlys().rackbeat_account_id, "supplier-invoices", number)
    assert stored is not None
    buyer.rewrite(
        number,
        lines=[
            {**line, "child_id": None, "item_number": None, "item_id": None, "item": None} for line in stored["lines"]
        ],
    )
    return number


CASES: Final = (
    Case((12,), "purchases_off", CANCELLED, after(lambda b: b.company.decide(suppliers_enabled=False)),
         deciding(suppliers_enabled=True)),
    Case((14,), "license_read_only", NEEDS, after(read_only), written_again),
    Case((14,), "supplier_not_transferred", NEEDS, of_new_supplier_while_read_only, written_again),
    Case((14,), "license_read_only", NEEDS, with_pdf_while_read_only, written_again, DOCUMENT),
    Case((14,), "access_denied", NEEDS, after(failing(403)), healed),
    Case((15,), "attachments_module_missing", NEEDS, with_module_missing,
         lambda b, _number: set_modules(b, 3, 14), DOCUMENT),
    Case((16,), "supplier_not_transferred", NEEDS, numbered(1_234_567_890), of_known_supplier),
    Case((17,), "purchase_group_not_used", NEEDS, freight,
         deciding(**{"purchase_accounts__no_item.domestic": 1340})),
    Case((18,), "lines_differ_from_total", REFUSED, rewritten(total_subtotal=7, total_vat=0, total_total=7),
         lambda b, number: b.rewrite(number, total_subtotal=1000, total_vat=250, total_total=1250)),
    Case((19,), "purchase_period_barred", NEEDS,
         after(lambda b: bar_period(b, shut=True), invoice_date="2026-10-15"),
         lambda b, _number: bar_period(b, shut=False)),
    Case((20,), "supplier_not_transferred", NEEDS, of_new_supplier_without_terms, give_terms),
    Case((21,), "grant_revoked", WAITING, after(revoke), connect_again),
    Case((22,), "supplier_barred", NEEDS, after(bar_supplier), lambda b, _number: bar_supplier(b, barred=False)),
    Case((23,), "supplier_invoice_duplicate", NEEDS, after(person_writes), take_hand_written_away),
    Case((25,), "vat_not_charged", NEEDS, without_vat, deciding(**{"purchase_accounts__1.domestic": 1360})),
    Case((28,), "rate_limited", WAITING, after(failing(429)), healed),
    Case((28,), "server_error", WAITING, after(failing(503)), healed),
)  # fmt: skip
OF_OTHER_SECTIONS: Final = {
    **dict.fromkeys((1, 2, 3, 4, 5, 6, 7, 30), "the stock value: tests/flows/stock_value"),
    **dict.fromkeys(
        (8, 9, 10, 11, 24, 26, 27, 31), "sales: tests/flows/customer_invoices; we book no supplier invoice"
    ),
}
SHOWN_BELOW: Final = {13, 22, 25, 29}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_row(buyer: Buyer, case: Case) -> None:
    number = case.provoke(buyer)
    buyer.posted(number)
    transfer = at_rest(buyer, case, number)
    assert (transfer.state, transfer.code) == (case.state, case.code), transfer.details
    if case.kind == "supplier_invoice":
        assert (buyer.drafts(), buyer.ledger()) == ([], {}), "nothing is half-written"
    told = {language: sentence(transfer, language) for language in ("da", "en")}
    assert told["da"] != told["en"]
    assert all(len(text) > 40 for text in told.values()), told

    case.mend(buyer, number)
    for _ in range(3):
        buyer.company.ask(case.kind, number)
        buyer.company.drain()
        buyer.systems.clock.sleep_s(120)
    assert buyer.company.transfer(case.kind, number).state in GOES
    assert len(buyer.drafts()) == 1, "one voucher and no second"


def at_rest(buyer: Buyer, case: Case, number: int) -> Transfer:
    """A no about a right or a key is asked for once more before it is believed."""
    for _ in range(3):
        if buyer.company.transfer(case.kind, number).code == case.code:
            break
        buyer.systems.clock.sleep_s(60)
        buyer.company.drain()
    return buyer.company.transfer(case.kind, number)


def test_every_row_of_d_is_named() -> None:
    of_purchases = {row for case in CASES for row in case.rows}
    assert of_purchases | SHOWN_BELOW | OF_OTHER_SECTIONS.keys() == set(range(1, 32))
    assert not of_purchases & OF_OTHER_SECTIONS.keys()


def test_d13_a_supplier_that_was_made_in_e_conomic_does_not_come_over(buyer: Buyer) -> None:
    record = buyer.systems.economic.store.get(AGREEMENT, "suppliers", 50001)
    assert record is not None
    theirs = {**record, "supplierNumber": 50777, "name": "Kun i e-conomic"}
    buyer.systems.economic.store.put(AGREEMENT, "suppliers", 50777, theirs)
    for _ in range(3):
        buyer.systems.clock.sleep_s(24 * 3600)
        buyer.company.drain()
    known = buyer.systems.in_rackbeat("GET", "suppliers?limit=1000&page=1")
    assert 50777 not in [row["number"] for row in known]
    assert supplier_of(buyer.company, 50777) == theirs


def test_d22_a_supplier_that_was_deleted_in_e_conomic_is_made_again_and_the_voucher_follows(buyer: Buyer) -> None:
    buyer.systems.economic.store.delete(AGREEMENT, "suppliers", 50001)
    number = buyer.invoice()
    buyer.posted(number)
    for _ in range(3):
        buyer.company.drain()
    assert buyer.transfer(number).state == TransferState.DRAFTED
    assert supplier_of(buyer.company, 50001) is not None
    assert len(buyer.drafts()) == 1


def test_d25_the_fallback_carries_the_decided_accounts_code(buyer: Buyer) -> None:
    buyer.bar(1320)
    number = buyer.invoice(supplier=EU)
    assert buyer.posted(number).code == "fallback_used"
    buyer.bar(1320, barred=False)
    assert buyer.posted(number).code == "fallback_moved"
    assert buyer.vouchers() == [(1320, "IEUV", D("-1000.00"))]


def test_d29_an_account_that_is_newer_than_our_list_is_posted_on(buyer: Buyer) -> None:
    buyer.posted(buyer.invoice(own="before"))
    record = buyer.systems.economic.store.get(AGREEMENT, "accounts", 1310)
    assert record is not None
    buyer.systems.economic.store.put(AGREEMENT, "accounts", 1312, {**record, "accountNumber": 1312, "name": "Ny"})
    buyer.company.decide(**{"purchase_accounts__1.domestic": 1312})
    assert buyer.posted(buyer.invoice()).state == TransferState.DRAFTED
    assert buyer.vouchers()[-1][:2] == (1312, "I25")
