"""The known failures of domain-rules D on the sales side, row by row: provoked in the local systems, told in both
languages, and after the cause is mended one document and no second.

Every row of D is named here: as a case, or with where else it is shown or why sales do not meet it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.utils.translation import override

from lagerbro.agreements.models import AgreementState
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.web.status.messages import message_for
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.afterwards.test_making_again import again, delete_draft
from tests.flows.customer_invoices.test_one_stop import GERMAN, PRIVATE_GERMAN, add_countries, change
from tests.flows.odd_values.test_bad_input import bar, year
from tests.flows.told_words import sentence
from tests.sandboxes import Json, nordlys
from tests.world import Company

pytestmark = pytest.mark.django_db
AGREEMENT, ACCOUNT = nordlys().agreement_number, nordlys().rackbeat_account_id
NEEDS, REFUSED, WAITING = TransferState.NEEDS_YOU, TransferState.REFUSED, TransferState.WAITING
CANCELLED = TransferState.CANCELLED
CUSTOMER, BICYCLE = 10001, "NL-100"
Provoke = Callable[[Company], int]
Mend = Callable[[Company, int], object]
Act = Callable[[Company], object]


@dataclass(frozen=True)
class Case:
    """`rows`: of D. `provoke` answers the invoice's number. `drafts`: how many stand meanwhile."""

    rows: tuple[int, ...]
    code: str
    state: TransferState
    provoke: Provoke
    mend: Mend
    drafts: int = 0

    def __str__(self) -> str:
        return f"D{','.join(map(str, self.rows))} {self.code}"


def after(act: Act, *lines: Json, **invoice: Any) -> Provoke:
    """An invoice that is made when that has happened."""

    def provoke(company: Company) -> int:
        act(company)
        return company.systems.invoice(*lines, **invoice)

    return provoke


def doing(act: Act) -> Mend:
    return lambda company, _number: act(company)


def deciding(**answers: Any) -> Act:
    return lambda company: company.decide(**answers)


def failing(status: int) -> Act:
    fault = Fault("down", method="POST", path="/invoices/*", status=status, times=None)
    return lambda company: company.systems.economic.faults.set(fault)


def healed(company: Company, _number: int) -> None:
    company.systems.economic.faults.clear()
    company.systems.clock.sleep_s(3600)


def revoke(company: Company, *, revoked: bool = True) -> None:
    company.systems.admin("economic", "grants/revoke", agreement=AGREEMENT, revoked=revoked)


def connect_again(company: Company, _number: int) -> None:
    revoke(company, revoked=False)
    company.agreement.refresh_from_db()
    company.agreement.state = AgreementState.ACTIVE
    company.agreement.save()
    company.systems.clock.sleep_s(3600)


def corrected(**fields: Any) -> Mend:
    """The invoice is unbooked, corrected and booked again in Rackbeat."""

    def mend(company: Company, number: int) -> None:
        company.systems.in_rackbeat("POST", f"customer-invoices/{number}/unbook")
        company.systems.in_rackbeat("PUT", f"customer-invoices/{number}", fields)
        company.systems.in_rackbeat("POST", f"customer-invoices/{number}/book")

    return mend


def of_customer(**fields: Any) -> Act:
    """Rackbeat has the customer so, however it came to."""

    def act(company: Company) -> None:
        store = company.systems.rackbeat.store
        record = store.get(ACCOUNT, "customers", CUSTOMER)
        assert record is not None
        store.put(ACCOUNT, "customers", CUSTOMER, {**record, **fields})

    return act


def numbered(number: int) -> Provoke:
    """Of a customer whose number e-conomic does not take."""

    def provoke(company: Company) -> int:
        store = company.systems.rackbeat.store
        record = store.get(ACCOUNT, "customers", CUSTOMER)
        assert record is not None
        store.put(ACCOUNT, "customers", number, {**record, "number": number})
        made = company.systems.invoice()
        company.systems.rewrite_invoice(made, customer_id=number, customer={"number": number, "name": "For langt"})
        return made

    return provoke


def of_the_usual_customer(company: Company, number: int) -> None:
    customer = {"number": CUSTOMER, "name": "Cykelhjørnet", "vat_zone": "domestic", "payment_terms_id": 1}
    company.systems.rewrite_invoice(number, customer_id=CUSTOMER, customer=customer)


def lines_without_item(company: Company) -> int:
    number = company.systems.invoice()
    set_item(company, number, None)
    return number


def set_item(company: Company, number: int, item: str | None) -> None:
    stored = company.systems.rackbeat.store.get(ACCOUNT, "customer-invoices", number)
    assert stored is not None
    told = None if item is None else {"number": item, "name": item}
    lines = [{**line, "child_id": item, "item": told} for line in stored["lines"]]
    company.systems.rewrite_invoice(number, lines=lines)


def sold_on(account: int) -> Act:
    """The sales account of bicycles in Denmark; 1350 carries no VAT code."""

    def act(company: Company) -> None:
        store = company.systems.economic.store
        group = store.get(AGREEMENT, "product-groups", 1)
        assert group is not None
        store.put(AGREEMENT, "product-groups", 1, {**group, "accounts": {**group["accounts"], "1": account}})

    return act


def period(*, barred: bool) -> Act:
    return lambda company: company.systems.admin(
        "economic", "periods/bar", agreement=AGREEMENT, year="2026", date="2026-11-24", barred=barred
    )


def known(act: Act) -> Act:
    """It happens when customer and product have been transferred."""

    def both(company: Company) -> None:
        company.invoiced(company.systems.invoice())
        act(company)

    return both


def made_anew(act: Act) -> Mend:
    """The cause is mended, the draft deleted in e-conomic, and *Lav den igen* pressed."""

    def mend(company: Company, number: int) -> None:
        act(company)
        delete_draft(company)
        assert company.invoiced(number).code == "draft_gone"
        assert again(company, number)

    return mend


def give_terms(company: Company, number: int) -> None:
    of_customer(payment_terms_id=1)(company)
    company.systems.rewrite_invoice(number, payment_terms_id=1)


def number_taken(company: Company) -> int:
    company.invoiced(company.systems.invoice())
    (row,) = company.systems.booked()
    company.systems.economic.store.put(AGREEMENT, "booked", 1002, {**row, "bookedInvoiceNumber": 1002, "lines": []})
    return company.systems.invoice()


def number_given_back(company: Company, _number: int) -> None:
    company.systems.economic.store.delete(AGREEMENT, "booked", 1002)


def of_a_consumer_without_a_zone(company: Company) -> int:
    company.decide(oss_enabled=True)
    change(company, **PRIVATE_GERMAN)
    line = {"item_id": BICYCLE, "quantity": 1, "line_price": 1000, "vat_percentage": 19}
    return company.systems.invoice(line, customer=GERMAN, currency="DKK")


WITHOUT_VAT: Final = {"item_id": BICYCLE, "quantity": 1, "line_price": 1000, "vat_percentage": 0}
WITH_VAT: Final = {**WITHOUT_VAT, "vat_percentage": 25}
CASES: Final = (
    Case((9, 10), "ean_unusable", NEEDS, after(lambda _: None, ean="5798009811570"), corrected(ean="5798009811578")),
    Case((11,), "product_barred", NEEDS, after(bar("products", BICYCLE, barred=True)),
         doing(bar("products", BICYCLE, barred=False)), 1),
    Case((12,), "sales_off", CANCELLED, after(deciding(sales_enabled=False)), doing(deciding(sales_enabled=True))),
    Case((14,), "access_denied", NEEDS, after(failing(403)), healed),
    Case((16,), "customer_not_transferred", NEEDS, numbered(1_234_567_890), of_the_usual_customer),
    Case((17,), "line_without_item", NEEDS, lines_without_item, lambda c, number: set_item(c, number, BICYCLE)),
    Case((18, 26), "vat_differs", NEEDS, after(sold_on(1350)), made_anew(sold_on(1012)), 1),
    Case((19,), "year_closed", NEEDS, after(year(closed=True)), doing(year(closed=False)), 1),
    Case((19, 24), "period_barred", NEEDS, after(period(barred=True)), doing(period(barred=False)), 1),
    Case((20,), "customer_not_transferred", NEEDS, after(of_customer(payment_terms_id=None)),
         give_terms),
    Case((21,), "grant_revoked", WAITING, after(known(revoke)), connect_again),
    Case((22,), "customer_barred", NEEDS, after(bar("customers", str(CUSTOMER), barred=True)),
         doing(bar("customers", str(CUSTOMER), barred=False)), 1),
    Case((24,), "number_taken", NEEDS, number_taken, number_given_back, 1),
    Case((27,), "vat_differs", NEEDS, after(lambda _: None, WITHOUT_VAT), made_anew(sold_on(1350)), 1),
    Case((28,), "rate_limited", WAITING, after(failing(429)), healed),
    Case((28,), "server_error", WAITING, after(failing(503)), healed),
    Case((31,), "oss_zone_missing", NEEDS, of_a_consumer_without_a_zone, doing(add_countries)),
)  # fmt: skip
ELSEWHERE: Final = {
    **dict.fromkeys((1, 2, 3, 4, 5, 6, 7, 30), "the stock value: tests/flows/stock_value"),
    **dict.fromkeys((13, 15, 25), "purchases: tests/flows/purchases/test_known_failures.py"),
    23: "a second document: tests/flows/test_exactly_once.py",
    29: "sales accounts are e-conomic's own and never picked",
}
SHOWN_BELOW: Final = {8, 22}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_row(company: Company, case: Case) -> None:
    number = case.provoke(company)
    before = len(company.systems.booked())
    transfer = at_rest(company, case, number)
    assert (transfer.state, transfer.code) == (case.state, case.code), transfer.details
    assert (len(company.systems.booked()), len(company.systems.drafts())) == (before, case.drafts)
    told = {language: sentence(transfer, language) for language in ("da", "en")}
    assert told["da"] != told["en"]
    assert all(len(text) > 40 for text in told.values()), told

    case.mend(company, number)
    for kind, key in (("customer", CUSTOMER), *[("customer_invoice", number)] * 3):
        company.ask(kind, key)
        company.drain()
        company.systems.clock.sleep_s(120)
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    assert company.systems.drafts() == []
    assert [row["references"]["other"] for row in company.systems.booked()].count(f"RB-{number}") == 1


def at_rest(company: Company, case: Case, number: int) -> Transfer:
    """A no about a right or a key is asked for once more before it is believed."""
    transfer = company.invoiced(number)
    for _ in range(3):
        if transfer.code == case.code:
            break
        company.systems.clock.sleep_s(60)
        company.drain()
        transfer = company.transfer("customer_invoice", number)
    return transfer


def test_every_row_of_d_is_named() -> None:
    of_sales = {row for case in CASES for row in case.rows}
    assert of_sales | SHOWN_BELOW | ELSEWHERE.keys() == set(range(1, 32))
    assert not of_sales & ELSEWHERE.keys()


def test_d8_a_draft_that_is_booked_by_hand_has_another_number_and_both_are_told(company: Company) -> None:
    company.decide(book_on_booking=False)
    company.invoiced(company.systems.invoice())
    draft = company.systems.drafts()[0]["draftInvoiceNumber"]
    booked = company.systems.in_economic(
        "POST", "/invoices/booked", {"draftInvoice": {"draftInvoiceNumber": draft}, "bookWithNumber": 20012}
    )
    transfer = company.invoiced(1001)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "booked_by_hand")
    assert transfer.details == {"wanted": "1001", "got": str(booked["bookedInvoiceNumber"])}
    assert "20012" in sentence_of_told(transfer)


def sentence_of_told(transfer: Transfer) -> str:
    with override("da"):
        told = message_for(transfer, is_overdue=False)
    assert told is not None
    return f"{told.what} {told.why}"


@pytest.mark.parametrize(("register", "key"), [("customers", str(CUSTOMER)), ("products", BICYCLE)])
def test_d22_what_was_deleted_in_e_conomic_is_made_again_and_the_invoice_follows(
    company: Company, register: str, key: str
) -> None:
    company.ask("customer", CUSTOMER)
    company.ask("product", BICYCLE)
    company.drain()
    company.systems.economic.store.delete(AGREEMENT, register, key)
    assert company.invoiced(company.systems.invoice()).state == TransferState.TRANSFERRED
    assert company.systems.economic.store.get(AGREEMENT, register, key) is not None
    assert len(company.systems.booked()) == 1
