"""A VAT zone that contradicts the country or the VAT number is held before anything is made (domain-rules H38, H13)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal as D
from typing import Any

import pytest

from lagerbro.agreements.approvals import VAT_ZONE, approve, withdraw
from lagerbro.agreements.models import Approval
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Transfer, TransferState
from tests.sandboxes import Json
from tests.world import Company

DANISH, GERMAN, NORWEGIAN, GREENLANDIC = 10001, 10046, 10054, 10059
LINE = {"item_id": "NL-100", "quantity": 1, "line_price": "100.00"}
KIEL = {"name": "Lager", "street": "Hafen 1", "zipcode": "24103", "city": "Kiel", "country": "Tyskland"}
AARHUS = {"name": "Lager", "street": "Havnen 1", "zipcode": "8000", "city": "Aarhus C", "country": "Danmark"}


@dataclass(frozen=True)
class Case:
    """An invoice of a customer, with what Rackbeat says differently of the customer and of the invoice."""

    code: str
    customer: int
    of_customer: Json = field(default_factory=dict)
    of_invoice: Json = field(default_factory=dict)
    oss: bool = False

    def __str__(self) -> str:
        return f"{self.code or 'passes'} {self.customer} {self.of_customer} {self.of_invoice}"


HELD = (
    Case("zone_eu_in_denmark", GERMAN, {"address_country": "Danmark"}),
    Case("zone_eu_in_denmark", GERMAN, {"address_country": "DK"}),
    Case("zone_eu_in_denmark", DANISH, of_invoice={"vat_zone": "eu"}),
    Case("zone_eu_in_denmark", GERMAN, of_invoice={"delivery_address": AARHUS}),
    Case("zone_eu_danish_number", GERMAN, {"company_vat": "DK 12 34 56 74"}),
    Case("zone_eu_danish_number", GERMAN, {"company_vat": "CVR-nr. 12345674"}),
    Case("zone_eu_without_number", GERMAN, {"company_vat": ""}),
    Case("zone_eu_without_number", GERMAN, {"company_vat": "-"}),
    Case("zone_oss_without_vat", GERMAN, {"company_vat": ""}, oss=True),
    Case("zone_eu_outside", GERMAN, {"address_country": "Norge"}),
    Case("zone_eu_outside", GERMAN, {"address_country": "Finland", "address_zipcode": "22100"}),
    Case("zone_abroad_in_denmark", DANISH, of_invoice={"vat_zone": "abroad"}),
    Case("zone_abroad_in_eu", GERMAN, of_invoice={"vat_zone": "abroad"}),
    Case("zone_abroad_in_eu", NORWEGIAN, of_invoice={"delivery_address": KIEL}),
    Case("zone_domestic_outside", DANISH, of_invoice={"delivery_address": KIEL}),
    Case("zone_domestic_outside", DANISH, {"address_country": "Sverige"}),
    Case("zone_domestic_outside", GREENLANDIC, of_invoice={"vat_zone": "domestic"}),
)
PASSES = (
    Case("", DANISH),
    Case("", GERMAN),
    Case("", NORWEGIAN),
    Case("", GREENLANDIC),
    Case("", GREENLANDIC, of_invoice={"vat_zone": "abroad"}),
    Case("", GERMAN, {"company_vat": "XI123456782", "address_country": "Storbritannien"}),
    Case("", DANISH, {"address_country": "et sted vi ikke kender"}),
    Case("", DANISH, {"address_country": None}),
)


def invoice(company: Company, case: Case) -> int:
    if case.of_customer:
        company.systems.in_rackbeat("PUT", f"customers/{case.customer}", case.of_customer)
    company.decide(oss_enabled=case.oss)
    return company.systems.invoice(LINE, customer=case.customer, **case.of_invoice)


def held(company: Company, number: int, code: str) -> Transfer:
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, code)
    assert (company.systems.drafts(), company.systems.booked(), company.systems.entries()) == ([], [], [])
    return transfer


def call_right(company: Company, transfer: Transfer) -> Approval:
    details = transfer.details
    with agreement_scope(company.agreement.pk):
        approval = Approval(
            kind=VAT_ZONE,
            key=details["customer"].partition(" ")[0],
            facts=details["facts"],
            document=transfer.key,
            code=transfer.code,
            approved_by="Mette",
            approved_at=company.systems.clock.now(),
        )
        approve(company.agreement, approval)
    return approval


@pytest.mark.parametrize("case", HELD, ids=str)
def test_held_and_asked_once(company: Company, case: Case) -> None:
    number = invoice(company, case)
    transfer = held(company, number, case.code)
    assert transfer.details["customer"].startswith(f"{case.customer} ")
    held(company, number, case.code)
    call_right(company, transfer)
    again = company.invoiced(number)
    assert (again.state, again.code) == (TransferState.TRANSFERRED, "")
    assert len(company.systems.booked()) == 1
    following = company.systems.invoice(LINE, customer=case.customer, **case.of_invoice)
    assert company.invoiced(following).state == TransferState.TRANSFERRED


@pytest.mark.parametrize("case", PASSES, ids=str)
def test_what_does_not_contradict_goes_through_without_a_word_or_a_read(company: Company, case: Case) -> None:
    number = invoice(company, case)
    company.ask("customer", case.customer)
    company.ask("product", "NL-100")
    company.drain()
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert len(company.calls(transfer)) == 3


def test_the_zone_is_the_invoices_and_a_person_is_asked_again_when_the_facts_change(company: Company) -> None:
    case = Case("zone_eu_without_number", GERMAN, {"company_vat": ""})
    number = invoice(company, case)
    approval = call_right(company, held(company, number, case.code))
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    company.systems.in_rackbeat("PUT", f"customers/{GERMAN}", {"company_vat": "DK12345674"})
    changed = company.invoiced(company.systems.invoice(LINE, customer=GERMAN))
    assert (changed.state, changed.code) == (TransferState.NEEDS_YOU, "zone_eu_danish_number")
    company.systems.in_rackbeat("PUT", f"customers/{GERMAN}", {"company_vat": ""})
    assert company.invoiced(company.systems.invoice(LINE, customer=GERMAN)).state == TransferState.TRANSFERRED
    with agreement_scope(company.agreement.pk):
        assert withdraw(approval.pk, by="Jens", at=company.systems.clock.now())
        assert not withdraw(approval.pk, by="Jens", at=company.systems.clock.now())
    assert company.invoiced(company.systems.invoice(LINE, customer=GERMAN)).code == case.code


def test_a_number_that_is_typed_in_afterwards_lets_the_same_invoice_through(company: Company) -> None:
    number = invoice(company, Case("", GERMAN, {"company_vat": ""}))
    held(company, number, "zone_eu_without_number")
    company.systems.in_rackbeat("PUT", f"customers/{GERMAN}", {"company_vat": "DE136695976"})
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert len(company.systems.booked()) == 1


TOLD = (
    Case("zone_domestic_buyer_outside", DANISH, {"address_country": "Tyskland"}, {"delivery_address": AARHUS}),
    Case("zone_domestic_buyer_outside", DANISH, {"address_country": "Færøerne"}, {"delivery_address": AARHUS}),
    Case("zone_eu_number_unlikely", GERMAN, {"company_vat": "DE900000000"}),
)


@pytest.mark.parametrize("book", [True, False], ids=["booked", "draft"])
@pytest.mark.parametrize("case", TOLD, ids=str)
def test_told_and_not_held(company: Company, case: Case, book: bool) -> None:
    company.decide(book_on_booking=book)
    number = invoice(company, case)
    transfer = company.invoiced(number)
    state = TransferState.TRANSFERRED if book else TransferState.DRAFTED
    assert (transfer.state, transfer.code, transfer.failure_kind) == (state, case.code, "")
    again = company.invoiced(number)
    assert (again.state, again.code) == (state, case.code)  # asked again by a webhook: still told
    call_right(company, transfer)
    following = company.systems.invoice(LINE, customer=case.customer, **case.of_invoice)
    assert (company.invoiced(following).state, company.transfer("customer_invoice", following).code) == (state, "")


def test_danish_vat_is_booked_where_the_goods_stay_in_denmark(company: Company) -> None:
    number = invoice(company, TOLD[0])
    company.invoiced(number)
    assert company.systems.entries() == [(5600, D("125.00")), (1012, D("-100.00")), (6902, D("-25.00"))]


def test_a_credit_note_is_asked_about_like_its_invoice(company: Company) -> None:
    case = Case("zone_eu_in_denmark", GERMAN, {"address_country": "Danmark"})
    number = invoice(company, case)
    transfer = held(company, number, case.code)
    note: Any = company.systems.in_rackbeat("POST", f"customer-invoices/{number}/create-creditnote")["number"]
    company.systems.in_rackbeat("POST", f"customer-invoices/{note}/book")
    held(company, note, case.code)
    call_right(company, transfer)
    for document in (number, note):
        assert company.invoiced(document).state == TransferState.TRANSFERRED
    assert sum(amount for account, amount in company.systems.entries() if account == 5605) == 0
