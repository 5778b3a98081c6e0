"""Payment terms: found by their kind and days, or made; and the due date of an invoice by them."""

from __future__ import annotations

from typing import Any

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Transfer, TransferState
from lagerbro_sandbox.economic.registers.forms import TERMS_TYPES
from tests.sandboxes import Json, nordlys
from tests.world import Company

AGREEMENT, ACCOUNT = nordlys().agreement_number, nordlys().rackbeat_account_id
CUSTOMER, NUMBER = 10001, 71
pytestmark = pytest.mark.django_db
MADE = {
    "net": 45,
    "end_of_month": 20,
    "invoiceWeekStartingMonday": 4,
    "invoiceWeekStartingSunday": 4,
    "cash": 0,
    "dueDate": 0,
}


def in_rackbeat(company: Company, kind: str, days: int, name: str = "Egne", number: int = NUMBER) -> int:
    record = {"number": number, "name": name, "type": kind, "maturity_days": days}
    company.systems.rackbeat.store.put(ACCOUNT, "payment-terms", number, record)
    return number


def in_economic(company: Company, number: int, kind: str, days: int, name: str = "Deres") -> None:
    facts = {"paymentTermsNumber": number, "name": name, "paymentTermsType": kind, "daysOfCredit": days}
    company.systems.economic.store.put(AGREEMENT, "payment-terms", number, facts)


def transferred(company: Company, terms: int) -> Json:
    """The payment terms that the customer then has in e-conomic."""
    company.systems.in_rackbeat("PUT", f"customers/{CUSTOMER}", {"payment_terms_id": terms})
    company.ask("customer", CUSTOMER)
    company.drain()
    transfer = company.transfer("customer", CUSTOMER)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    return of_customer(company)


def of_customer(company: Company) -> Json:
    customer = company.systems.economic.store.get(AGREEMENT, "customers", CUSTOMER)
    assert customer is not None
    found = company.systems.economic.store.get(
        AGREEMENT, "payment-terms", customer["paymentTerms"]["paymentTermsNumber"]
    )
    assert found is not None
    return found


def count(company: Company) -> int:
    return len(company.systems.economic.store.all(AGREEMENT, "payment-terms"))


@pytest.mark.parametrize("kind", MADE)
def test_terms_that_e_conomic_lacks_are_made_once_and_give_the_same_due_date(company: Company, kind: str) -> None:
    before, days = count(company), MADE[kind]
    terms = in_rackbeat(company, kind, days, "Særlig aftale")
    made = transferred(company, terms)
    assert made.get("daysOfCredit", 0) == days
    is_made = kind != "cash"  # which e-conomic has, by another number
    assert made["name"] == ("Særlig aftale" if is_made else "Kontant")
    facts: dict[str, Any] = {"payment_terms_id": terms}
    if kind.startswith("invoiceWeek") or kind == "dueDate":
        facts["due_date"] = "2026-12-04" if kind.endswith("Sunday") else "2026-12-03"
    for _ in range(2):
        company.invoiced(company.systems.invoice(**facts))
    (first, second) = company.systems.booked()
    assert first["paymentTerms"]["paymentTermsNumber"] == made["paymentTermsNumber"]
    assert first["dueDate"] == second["dueDate"]
    with_terms = company.transfer("customer_invoice", 1001)
    assert with_terms.state == TransferState.TRANSFERRED
    assert with_terms.code in ("", "due_date_differs")
    assert (with_terms.code == "") == (first["dueDate"] == rackbeats_due(company))
    assert count(company) == before + is_made


def rackbeats_due(company: Company) -> str:
    return str(company.systems.in_rackbeat("GET", "customer-invoices/1001")["due_date"])


@pytest.mark.parametrize("own", [3, 99])
def test_the_kind_decides_and_not_the_number(company: Company, own: int) -> None:
    """Number 3 is *Løbende måned + 30* in e-conomic."""
    in_economic(company, 55, "net", 21)
    assert transferred(company, in_rackbeat(company, "net", 21, number=own))["paymentTermsNumber"] == 55


def test_the_same_number_comes_before_the_same_name(company: Company) -> None:
    in_economic(company, 55, "net", 21, "Egne")
    in_economic(company, NUMBER, "net", 21, "Andre")
    assert transferred(company, in_rackbeat(company, "net", 21))["paymentTermsNumber"] == NUMBER


@pytest.mark.parametrize("kind", ["prepaid", "factoring", "creditcard", "konsignation"])
def test_what_needs_an_account_or_is_unknown_is_held_and_found_when_it_is_there(company: Company, kind: str) -> None:
    before, terms = count(company), in_rackbeat(company, kind, 0)
    company.systems.in_rackbeat("PUT", f"customers/{CUSTOMER}", {"payment_terms_id": terms})
    company.ask("customer", CUSTOMER)
    company.drain()
    transfer = company.transfer("customer", CUSTOMER)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "payment_terms_missing")
    assert (transfer.details["terms"], count(company)) == (str(NUMBER), before)
    in_economic(company, NUMBER, kind if kind in TERMS_TYPES else "net", 0)
    assert transferred(company, terms)["paymentTermsNumber"] == NUMBER


def test_terms_that_were_deleted_are_made_anew_for_a_customer_and_for_an_invoice(company: Company) -> None:
    terms = in_rackbeat(company, "net", 45)
    for kind in ("customer", "invoice"):
        made = transferred(company, terms)["paymentTermsNumber"]
        company.systems.economic.store.delete(AGREEMENT, "payment-terms", made)
        if kind == "customer":
            company.systems.in_rackbeat("PUT", f"customers/{CUSTOMER}", {"name": "Et nyt navn"})
            assert transferred(company, terms)["daysOfCredit"] == 45
        else:
            transfer = company.invoiced(company.systems.invoice(payment_terms_id=terms))
            assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert len(company.systems.booked()) == 1


def test_terms_that_are_changed_in_rackbeat_give_the_new_due_date_from_then_on(company: Company) -> None:
    terms = in_rackbeat(company, "net", 45)
    old = transferred(company, terms)
    company.invoiced(company.systems.invoice(payment_terms_id=terms))
    in_rackbeat(company, "net", 60)
    told = []
    for _ in range(2):
        company.ask("payment_terms", terms)
        company.drain()
        told.append(company.transfer("payment_terms", terms))
    company.systems.in_rackbeat("PUT", f"customers/{CUSTOMER}", {"name": "Et nyt navn"})
    new = transferred(company, terms)
    assert (told[0].state, told[0].code) == (TransferState.TRANSFERRED, "terms_are_others")
    assert told[0].details == {"terms": str(new["paymentTermsNumber"])}
    assert (told[1].state, told[1].code) == (TransferState.TRANSFERRED, "")
    assert (old["daysOfCredit"], new["daysOfCredit"]) == (45, 60)
    company.invoiced(company.systems.invoice(payment_terms_id=terms))
    first, second = company.systems.booked()
    assert (first["dueDate"], second["dueDate"]) == ("2027-01-08", "2027-01-23")
    for nobodys in (terms + 1, "x"):  # what nothing has named yet leaves no trace
        company.ask("payment_terms", nobodys)
        company.drain()
        with agreement_scope(company.agreement.pk):
            assert not Transfer.in_scope.filter(kind="payment_terms", key=str(nobodys)).exists()


def test_changed_terms_of_an_unknown_kind_are_held(company: Company) -> None:
    terms = in_rackbeat(company, "net", 45)
    transferred(company, terms)
    in_rackbeat(company, "konsignation", 0)
    company.ask("payment_terms", terms)
    company.drain()
    held = company.transfer("payment_terms", terms)
    assert (held.state, held.code) == (TransferState.NEEDS_YOU, "payment_terms_missing")
    in_rackbeat(company, "net", 8)
    assert transferred(company, terms)["daysOfCredit"] == 8


def test_known_terms_cost_nothing(company: Company) -> None:
    transferred(company, 2)
    transferred(company, 2)
    calls = company.calls(company.transfer("customer", CUSTOMER))
    assert calls == [f"GET /api/customers/{CUSTOMER}", f"GET /customers/{CUSTOMER}"]


def test_a_supplier_has_the_same_terms(company: Company) -> None:
    company.decide(suppliers_enabled=True, supplier_group_account=6800)
    terms = in_rackbeat(company, "net", 45)
    company.systems.in_rackbeat("PUT", "suppliers/50001", {"payment_terms_id": terms})
    company.ask("supplier", 50001)
    company.drain()
    supplier = company.systems.economic.store.get(AGREEMENT, "suppliers", 50001)
    assert supplier is not None
    made = transferred(company, terms)
    assert supplier["paymentTerms"]["paymentTermsNumber"] == made["paymentTermsNumber"]
    assert made["daysOfCredit"] == 45
