"""What cannot be transferred ends with its own code, leaves nothing that a retry would double, and recovers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from lagerbro.agreements.models import AgreementState
from lagerbro.sync.models import TransferState
from tests.sandboxes import nordlys
from tests.world import Company

AGREEMENT = nordlys().agreement_number
Act = Callable[[Company], None]


@dataclass(frozen=True)
class Case:
    """`spoil` before the invoice is asked for; `mend` afterwards."""

    code: str
    state: TransferState
    spoil: Act
    mend: Act
    drafts_meanwhile: int = 0


def bar(kind: str, key: str, *, barred: bool) -> Act:
    def act(company: Company) -> None:
        if barred:  # known in e-conomic first: a record that is not there cannot be barred
            company.invoiced(company.systems.invoice())
        company.systems.admin("economic", "bar", agreement=AGREEMENT, kind=kind, key=key, barred=barred)

    return act


def sales_accounts(accounts: dict[str, int]) -> Act:
    def act(company: Company) -> None:
        store = company.systems.economic.store
        group = store.get(AGREEMENT, "product-groups", 1)
        assert group is not None
        store.put(AGREEMENT, "product-groups", 1, {**group, "accounts": accounts})

    return act


def year(*, closed: bool) -> Act:
    return lambda company: void(
        company.systems.admin("economic", "years/close", agreement=AGREEMENT, year="2026", closed=closed)
    )


def record(kind: str, key: str, *, there: bool) -> Act:
    def act(company: Company) -> None:
        store = company.systems.economic.store
        if there:
            store.put(AGREEMENT, kind, key, SAVED.pop(kind))
        else:
            found = store.get(AGREEMENT, kind, key)
            assert found is not None
            SAVED[kind] = found
            store.delete(AGREEMENT, kind, key)

    return act


def layout(number: int | None) -> Act:
    return lambda company: company.decide(default_layout=number)


def void(_answer: object) -> None:
    """An act answers nothing."""


SAVED: dict[str, dict[str, object]] = {}
NEEDS = TransferState.NEEDS_YOU

CASES = (
    Case("customer_barred", NEEDS, bar("customers", "10001", barred=True), bar("customers", "10001", barred=False), 1),
    Case("product_barred", NEEDS, bar("products", "NL-100", barred=True), bar("products", "NL-100", barred=False), 1),
    Case("sales_account_missing", NEEDS, sales_accounts({"2": 1020}), sales_accounts({"1": 1012})),
    Case("year_closed", NEEDS, year(closed=True), year(closed=False), 1),
    Case(
        "year_missing",
        NEEDS,
        record("accounting-years", "2026", there=False),
        record("accounting-years", "2026", there=True),
        1,
    ),
    Case("layout_not_chosen", NEEDS, layout(None), layout(1)),
    Case("layout_missing", NEEDS, layout(77), layout(1)),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_refused_by_name_then_mended(company: Company, case: Case) -> None:
    case.spoil(company)
    before = (company.systems.entries(), len(company.systems.booked()))
    number = company.systems.invoice()
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (case.state, case.code)
    assert transfer.due_at is None
    assert (company.systems.entries(), len(company.systems.booked())) == before
    assert len(company.systems.drafts()) == case.drafts_meanwhile
    again = company.invoiced(number)  # a retry before it is mended doubles nothing
    assert again.code == case.code
    assert len(company.systems.drafts()) == case.drafts_meanwhile

    case.mend(company)
    mended = company.invoiced(number)
    assert (mended.state, mended.code) == (TransferState.TRANSFERRED, "")
    assert company.systems.drafts() == []
    numbers = [row["bookedInvoiceNumber"] for row in company.systems.booked()]
    assert numbers.count(number) == 1


@pytest.mark.parametrize(
    ("kind", "key", "customer", "code", "own"),
    [
        ("customer-groups", "2", 10046, "customer_not_transferred", "customer_group_missing"),
        ("payment-terms", "1", 10001, "customer_not_transferred", "payment_terms_missing"),
        ("product-groups", "1", 10001, "product_not_transferred", "product_group_missing"),
    ],
)
def test_what_an_invoice_needs_says_its_own_reason(
    company: Company, kind: str, key: str, customer: int, code: str, own: str
) -> None:
    company.systems.make_terms_unheard_of()
    record(kind, key, there=False)(company)
    number = company.systems.invoice(customer=customer)
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code, transfer.details["cause"]) == (NEEDS, code, own)
    assert (company.systems.drafts(), company.systems.booked()) == ([], [])
    needed = company.transfer(code.split("_", maxsplit=1)[0], transfer.details["key"])
    assert (needed.state, needed.code) == (NEEDS, own)
    record(kind, key, there=True)(company)
    company.ask(needed.kind, needed.key)  # the person mends the customer or product; the invoice follows by itself
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED


def test_a_number_that_rackbeat_does_not_know(company: Company) -> None:
    transfer = company.invoiced(424242)
    assert (transfer.state, transfer.code, transfer.failure_kind) == (
        TransferState.REFUSED,
        "invoice_unknown",
        "refused",
    )


def test_a_product_that_was_deleted_in_rackbeat(company: Company) -> None:
    number = company.systems.invoice({"item_id": "BK-101", "quantity": 1})
    store, account = company.systems.rackbeat.store, nordlys().rackbeat_account_id
    product = store.get(account, "products", "BK-101")
    assert product is not None
    store.delete(account, "products", "BK-101")
    transfer = company.invoiced(number)
    assert (transfer.code, transfer.details) == (
        "product_not_transferred",
        {"key": "BK-101", "cause": "product_unknown"},
    )
    assert (company.systems.drafts(), company.systems.booked()) == ([], [])
    store.put(account, "products", "BK-101", product)
    assert company.invoiced(number).state == TransferState.TRANSFERRED  # asking for the invoice asks for the product


def test_records_deleted_in_economic_are_made_again(company: Company) -> None:
    company.invoiced(company.systems.invoice())
    store = company.systems.economic.store
    store.delete(AGREEMENT, "products", "NL-100")
    store.delete(AGREEMENT, "customers", "10001")
    number = company.systems.invoice()
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert company.systems.drafts() == []


def test_a_taken_number_stops_or_goes_on_as_chosen(company: Company) -> None:
    first = company.systems.invoice()
    for number in (first, first + 1):
        company.systems.economic.store.put(AGREEMENT, "booked", number, {"bookedInvoiceNumber": number})
    assert company.invoiced(first).code == "number_taken"
    assert len(company.systems.drafts()) == 1
    company.decide(number_taken="next")
    transfer = company.invoiced(first)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "number_differs")
    assert transfer.details == {"wanted": str(first), "got": str(first + 2)}
    assert company.systems.drafts() == []


def test_vat_that_differs_is_held_as_a_draft(company: Company) -> None:
    line = {"item_id": "NL-100", "quantity": 1, "line_price": "100.00", "vat_percentage": "12"}
    number = company.systems.invoice(line)
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (NEEDS, "vat_differs")
    assert transfer.details == {"ours": "12.00", "theirs": "25.00", "lines": "1"}
    assert (len(company.systems.drafts()), company.systems.booked()) == (1, [])
    again = company.invoiced(number)
    assert (again.state, again.code, len(company.systems.drafts())) == (NEEDS, "vat_differs", 1)


def test_a_small_difference_in_vat_is_booked_and_told(company: Company) -> None:
    line = {"item_id": "NL-100", "quantity": 1, "line_price": "50.00", "vat_percentage": "24.99"}
    number = company.systems.invoice(line, line)
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "vat_rounding")
    assert transfer.details == {"difference": "0.01"}
    assert company.invoiced(number).code == "vat_rounding"
    company.decide(vat_rounding_limit="0.00")
    assert company.invoiced(company.systems.invoice(line, line)).code == "vat_rounding_too_large"


def test_an_invoice_booked_anew_in_rackbeat_alarms_and_posts_nothing(company: Company) -> None:
    number = company.systems.invoice()
    company.invoiced(number)
    entries = company.systems.entries()
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/unbook")
    assert company.invoiced(number).code == "unbooked_after_transfer"
    company.systems.clock.sleep_s(60)
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/book")
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (NEEDS, "changed_after_transfer")
    assert company.systems.entries() == entries


def test_a_revoked_grant_pauses_and_keeps_the_queue(company: Company) -> None:
    company.systems.admin("economic", "grants/revoke", agreement=AGREEMENT)
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    company.drain()
    assert company.transfer("customer", 10001).code == "access_doubted", "a single no is not believed"
    company.systems.clock.sleep_s(5)
    company.drain()
    transfer = company.transfer("customer_invoice", number)
    company.agreement.refresh_from_db()
    assert (company.agreement.state, company.agreement.state_code) == (AgreementState.GONE, "grant_revoked")
    assert transfer.state == TransferState.WAITING
    assert company.drain().transfers == 0
    company.systems.admin("economic", "grants/revoke", agreement=AGREEMENT, revoked=False)
    company.agreement.state = AgreementState.ACTIVE
    company.agreement.save()
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
