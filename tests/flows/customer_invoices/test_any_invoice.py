"""Whole invoices, whatever is on them: e-conomic's ledger comes to Rackbeat's amounts to the øre, or the plan refuses
by name before there is a draft; of 1 000 and of 2 000 lines too."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal as D
from typing import Any, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lagerbro.books.choices import Choices
from lagerbro.books.totals import Amounts, Comparison, compare_totals
from lagerbro.economic.invoice_types import NewDraft
from lagerbro.flows.customer_invoices.mapping import sent_lines
from lagerbro.flows.customer_invoices.named import NamedOn
from lagerbro.flows.customer_invoices.plan import items_of, plan_draft, products_of, taxed_lines
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.money import rounded
from lagerbro.rackbeat.invoice_types import CustomerInvoice, InvoiceLine, LineItem
from lagerbro.sync.models import TransferState
from lagerbro.wire.numbers import decode_builtins, encode
from lagerbro_sandbox.rackbeat.money import line_total, vat_total
from tests.sandboxes import Json, Sandboxes, nordlys
from tests.world import Company

AGREEMENT, ACCOUNT = nordlys().agreement_number, nordlys().rackbeat_account_id
CUSTOMER, DEBTORS = 10001, 5600
PRODUCTS: Final = {"NL-100": 1, "SADEL": 3, "GEBYR": 8}
"""By product group."""
ZONES: Final = {"domestic": 1, "eu": 2, "abroad": 3, "domestic_exempt": 4}
RATES: Final = {"DKK": D(1), "EUR": D("7.46"), "SEK": D("0.66"), "USD": D("6.871234")}
A_PART: Final = D("0.01")
"""Each account's sum in the base currency is rounded by itself."""
REFUSED: Final = frozenset({"net_unattainable", "invoice_without_lines", "rate_unlikely"})
"""What the plan may say of an invoice of these; each before anything is sent."""


def number(least: int, most: int) -> st.SearchStrategy[D]:
    return st.integers(0, 6).flatmap(lambda places: st.decimals(least, most, places=places))


LINES: Final = st.builds(
    InvoiceLine,
    quantity=number(-20, 20) | number(1000, 5000) | number(0, 1),
    line_price=number(0, 500) | number(0, 1) | number(5000, 90_000) | number(-50, 0),
    name=st.just("En vare"),
    discount_percentage=st.none() | number(0, 100),
    item=st.sampled_from([LineItem(number) for number in PRODUCTS]),
)


@st.composite
def invoices(draw: st.DrawFn) -> CustomerInvoice:
    """As Rackbeat computes it: rows to the øre, VAT by rate on their sum."""
    zone, currency = draw(st.sampled_from(list(ZONES))), draw(st.sampled_from(list(RATES)))
    lines = draw(st.lists(LINES, min_size=1, max_size=60))
    return whole(lines, zone, currency)


def whole(lines: list[InvoiceLine], zone: str = "domestic", currency: str = "DKK") -> CustomerInvoice:
    percentage = D(25) if zone == "domestic" else D(0)
    for line in lines:
        line.vat_percentage = percentage
        line.line_total = line_total(line.quantity, line.line_price, line.discount_percentage or D(0))
    net = sum((line.line_total or D(0) for line in lines), D(0))
    vat = vat_total((line.line_total or D(0), percentage) for line in lines)
    return CustomerInvoice(
        number=1247,
        invoice_date="2026-11-24",
        customer_id=CUSTOMER,
        address_name="Cykelhjørnet",
        currency=currency,
        currency_rate=RATES[currency],
        vat_zone=zone,
        payment_terms_id=1,
        total_subtotal=net,
        total_vat=vat,
        total_total=net + vat,
        lines=lines,
    )


@pytest.fixture(scope="module")
def standing() -> Iterator[Sandboxes]:
    """e-conomic with the customer and the products."""
    made = Sandboxes.made()
    group, terms, zone = {"customerGroupNumber": 1}, {"paymentTermsNumber": 1}, {"vatZoneNumber": 1}
    customer = {"name": "X", "currency": "DKK", "customerGroup": group, "paymentTerms": terms, "vatZone": zone}
    made.in_economic("PUT", f"/customers/{CUSTOMER}", {"customerNumber": CUSTOMER, **customer})
    for product, of_group in PRODUCTS.items():
        record = {"productNumber": product, "name": product, "productGroup": {"productGroupNumber": of_group}}
        made.in_economic("PUT", f"/products/{product}", record)
    yield made
    made.close()


def planned(invoice: CustomerInvoice, *, actual: bool, rounding: bool) -> NewDraft:
    choices = Choices(default_layout=1, use_actual_quantity=actual, rounding_item="GEBYR" if rounding else None)
    lines = sent_lines(invoice, 1, choices)
    assert products_of(invoice, lines, choices) >= items_of(invoice)
    return plan_draft(invoice, 1, lines, choices, "DKK", NamedOn(ZONES[invoice.vat_zone or ""], 1))


def booked(standing: Sandboxes, body: NewDraft) -> tuple[Json, dict[int, D]]:
    """The booked invoice, and what it did to each account in the base currency."""
    before = len(standing.entries())
    draft = standing.in_economic("POST", "/invoices/drafts", decode_builtins(encode(body)))
    wanted = {"draftInvoice": {"draftInvoiceNumber": draft["draftInvoiceNumber"]}}
    answer = standing.in_economic("POST", "/invoices/booked", wanted)
    sums: dict[int, D] = {}
    for account, amount in standing.entries()[before:]:
        sums[account] = sums.get(account, D(0)) + amount
    return answer, sums


def exact(value: Any) -> D:
    return rounded(D(str(value)))


@settings(max_examples=40)
@given(invoices(), st.booleans(), st.booleans())
@example(whole([InvoiceLine(D(3), D("33.333"), item=LineItem("NL-100"))]), True, True)
@example(whole([InvoiceLine(D("0.004"), D(5000), item=LineItem("NL-100"))] * 60, "eu", "SEK"), True, True)
def test_the_ledger_says_what_rackbeat_says(
    standing: Sandboxes, invoice: CustomerInvoice, actual: bool, rounding: bool
) -> None:
    try:
        body = planned(invoice, actual=actual, rounding=rounding)
    except PlanRefusal as refusal:
        assert refusal.code in REFUSED  # noqa: PT017 - what was drawn decides
        return
    answer, sums = booked(standing, body)
    ours = Amounts(*(rounded(amount) for amount in (invoice.total_subtotal, invoice.total_vat, invoice.total_total)))
    theirs = Amounts(exact(answer["netAmount"]), exact(answer["vatAmount"]), exact(answer["grossAmount"]))
    assert ours.net == theirs.net
    comparison = compare_totals(
        ours, theirs, taxed_lines=taxed_lines(invoice), limit=D(5), rate=RATES[invoice.currency]
    )
    assert comparison in (Comparison.EQUAL, Comparison.VAT_ROUNDING)
    assert sum(sums.values()) == 0
    in_base = rounded(theirs.gross * RATES[invoice.currency])
    owed = sums.get(DEBTORS, D(0))
    assert owed == theirs.gross if invoice.currency == "DKK" else abs(owed - in_base) <= A_PART * len(sums)
    assert all(exact(line["unitNetPrice"]) >= 0 for line in answer["lines"])
    assert sum((exact(line["totalNetAmount"]) for line in answer["lines"]), D(0)) == ours.net


@pytest.mark.parametrize("count", [1000, 2000])
@pytest.mark.parametrize("actual", [True, False])
def test_as_many_lines_as_anybody_has_are_one_invoice(standing: Sandboxes, count: int, actual: bool) -> None:
    """The reference names no limit of one request but that of attachments (economic-api 4.3)."""
    quantities = [D(at % 7 + 1) for at in range(count)]
    items = list(PRODUCTS)
    lines = [
        InvoiceLine(quantity, D("33.335") + at, name=f"Linje {at}", item=LineItem(items[at % 3]))
        for at, quantity in enumerate(quantities)
    ]
    invoice = whole(lines)
    answer, sums = booked(standing, planned(invoice, actual=actual, rounding=False))
    assert len(answer["lines"]) == count
    assert exact(answer["netAmount"]) == invoice.total_subtotal
    assert abs(exact(answer["vatAmount"]) - invoice.total_vat) <= D("0.005") * count
    assert sum(sums.values()) == 0


@pytest.mark.django_db
def test_a_thousand_lines_go_through_both_systems_in_three_calls(company: Company) -> None:
    company.invoiced(company.systems.invoice())
    line = {"item_id": "NL-100", "quantity": 3, "line_price": "12.345"}
    number = company.systems.invoice(*[line] * 1000)
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert len(company.calls(transfer)) == 3
    assert len(company.systems.booked()[-1]["lines"]) == 1000
    # 1,000 × (3 × 12.345 = 37.04)
    assert company.systems.entries()[-3:] == [(5600, D("46300.00")), (1012, D("-37040.00")), (6902, D("-9260.00"))]


@pytest.mark.django_db
def test_two_thousand_lines_that_rackbeat_tells_are_one_booked_invoice(company: Company) -> None:
    number = company.systems.invoice({"item_id": "NL-100", "quantity": 1, "line_price": "10.00"})
    stored = company.systems.rackbeat.store.get(ACCOUNT, "customer-invoices", number)
    assert stored is not None
    (line,) = stored["lines"]
    lines = [{**line, "id": at} for at in range(1, 2001)]
    amounts = {"total_subtotal": "20000.00", "total_vat": "5000.00", "total_total": "25000.00"}
    totals = {name: D(amount) for name, amount in {**amounts, "total_base_currency": "25000.00"}.items()}
    company.systems.rewrite_invoice(number, lines=lines, **totals)
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert company.systems.entries() == [(5600, D(25000)), (1012, D(-20000)), (6902, D(-5000))]
    assert (len(company.systems.booked()), company.systems.drafts()) == (1, [])
