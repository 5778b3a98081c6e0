"""What we say that e-conomic will book, against what the local e-conomic books (C8 a–g), to the øre."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagerbro.flows.document_heads import base_rate
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.flows.supplier_invoices.mapping import voucher_of
from lagerbro.flows.supplier_invoices.parts import Part
from lagerbro.flows.supplier_invoices.plan import plan_purchase
from lagerbro.flows.supplier_invoices.posting import by_account, postings
from lagerbro.rackbeat.supplier_invoice_types import SupplierInvoice
from tests.flows.supplier_invoices.purchases import (
    BIKES,
    GEAR,
    GRID,
    JOURNAL,
    choices,
    directory,
    invoice,
    line,
    planned,
)
from tests.sandboxes import Sandboxes, nordlys

CREDITOR = {"domestic": (50001, 6800), "eu": (50006, 6805), "abroad": (50012, 6805)}


@pytest.fixture(scope="module")
def books() -> Iterator[Sandboxes]:
    made = Sandboxes.made()
    yield made
    made.close()


def computed(document: SupplierInvoice, factor: int = 1, **changes: Any) -> tuple[list[Part], dict[int, D]]:
    purchase = plan_purchase(document, factor, choices(**changes), directory(), "DKK", {})
    _, creditor = CREDITOR[str(purchase.zone)]
    rows = postings(purchase.parts, creditor, directory().vat_codes, base_rate(document, "DKK"))
    sums: dict[int, D] = {}
    for row in rows:
        sums[row.account] = sums.get(row.account, D(0)) + row.base
    return list(purchase.parts), {account: amount for account, amount in sums.items() if amount}


def booked(books: Sandboxes, document: SupplierInvoice, parts: list[Part]) -> dict[int, D]:
    """The voucher in the journal, booked there, and what stands in the ledger then."""
    _, economic = books.clients(lambda _exchange: None)
    supplier, _ = CREDITOR[document.vat_zone or ""]
    voucher = voucher_of(document, parts, supplier, "DKK", year="2026", day=document.invoice_date)
    made = economic.vouchers.create(JOURNAL, voucher, f"key-{len(books.to_economic.asked)}")
    economic.journals.book(JOURNAL, made.entries, f"book-{len(books.to_economic.asked)}")
    found = books.economic.store.entries.between(nordlys().agreement_number, "2026-01-01", "2026-12-31")
    sums: dict[int, D] = {}
    for entry in found:
        if entry.voucher == made.number and entry.journal == JOURNAL:
            sums[entry.account] = sums.get(entry.account, D(0)) + entry.base_amount
    return {account: amount for account, amount in sums.items() if amount}


WORKED: dict[str, tuple[SupplierInvoice, int, dict[str, Any], dict[int, str]]] = {
    "C8a": (
        invoice(line(10000, BIKES), line(2000, GEAR)),
        1,
        {},
        {1310: "10000", 1311: "2000", 6903: "3000", 6800: "-15000"},
    ),
    "C8b": (
        invoice(line(10000, BIKES, 0), line(2000, GEAR, 0), zone="eu"),
        1,
        {},
        {1320: "10000", 1321: "2000", 6805: "-12000", 6903: "3000", 6904: "-3000"},
    ),
    "C8c": (
        invoice(line(10000, BIKES, 0), line(2000, GEAR, 0), zone="abroad"),
        1,
        {},
        {1330: "10000", 1331: "2000", 6805: "-12000", 6903: "3000", 6907: "-3000"},
    ),
    "C8d fallback with the decided account's code": (
        invoice(line(10000, BIKES, 0), line(2000, GEAR, 0), zone="eu"),
        1,
        {"purchase_accounts": {key: value for key, value in GRID.items() if key != "5.eu"}},
        {1320: "10000", 1390: "2000", 6805: "-12000", 6903: "3000", 6904: "-3000"},
    ),
    "C8e": (
        invoice(line("33.33", BIKES), line("66.67", GEAR)),
        1,
        {},
        {1310: "33.33", 1311: "66.67", 6903: "25.00", 6800: "-125.00"},
    ),
    "C8f": (
        invoice(line(1000, BIKES, 0), zone="eu", currency="EUR", currency_rate=D("7.46")),
        1,
        {},
        {1320: "7460.00", 6805: "-7460.00", 6903: "1865.00", 6904: "-1865.00"},
    ),
    "C5 credit note": (invoice(line(400, BIKES)), -1, {}, {1310: "-400", 6903: "-100", 6800: "500"}),
    "a partial deduction": (
        invoice(line(1000, BIKES)),
        1,
        {"purchase_accounts": {"1.domestic": 2750}},
        {2750: "1176.47", 6903: "73.53", 6800: "-1250"},
    ),
}


@pytest.mark.parametrize("name", WORKED)
def test_worked_examples(books: Sandboxes, name: str) -> None:
    document, factor, changes, expected = WORKED[name]
    parts, ours = computed(document, factor, **changes)
    assert ours == {account: D(amount) for account, amount in expected.items()}
    assert booked(books, document, parts) == ours


AMOUNTS = st.integers(-2_000_000, 20_000_000).map(lambda ore: D(ore).scaleb(-2))
LINES = st.tuples(AMOUNTS, st.sampled_from([BIKES, GEAR, None]))


@st.composite
def documents(draw: st.DrawFn) -> tuple[SupplierInvoice, int]:
    zone = draw(st.sampled_from(["domestic", "eu", "abroad"]))
    lines = [
        line(amount, group, 25 if zone == "domestic" else 0) for amount, group in draw(st.lists(LINES, min_size=1))
    ]
    currency, rate = draw(
        st.sampled_from([("DKK", None), ("EUR", D("7.4612")), ("SEK", D("0.6513")), ("USD", D("6.9"))])
    )
    odd = draw(st.sampled_from([D("0.00"), D("0.01"), D("-0.01")])) if zone == "domestic" else D("0.00")
    made = invoice(*lines, zone=zone, currency=currency, currency_rate=rate)
    made.total_vat += odd
    made.total_total += odd
    return made, draw(st.sampled_from([1, -1]))


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=documents())
def test_any_split_equals_its_invoice_and_balances_as_it_is_booked(
    books: Sandboxes, drawn: tuple[SupplierInvoice, int]
) -> None:
    document, factor = drawn
    if not any(row.line_total for row in document.lines) and document.total_total:
        with pytest.raises(PlanRefusal, match="lines_differ_from_total"):
            computed(document, factor)
        return
    parts, ours = computed(document, factor)
    assert sum(part.amount for part in parts) == document.total_total * factor
    assert all(part.amount for part in parts)
    assert len({(part.account, part.vat_code) for part in parts}) == len(parts)
    assert sum(ours.values()) == 0
    if parts:
        assert booked(books, document, parts) == ours


def test_rows_for_an_accountant() -> None:
    parts = planned(invoice(line(10000, BIKES, 0), line(2000, GEAR, 0), zone="eu")).parts
    rows = by_account(postings(parts, 6805, directory().vat_codes, D(1)))
    assert [(row.account, row.base, row.vat_code) for row in rows] == [
        (6805, D("-12000.00"), ""),
        (1320, D("10000.00"), "IEUV"),
        (6904, D("-3000.00"), ""),
        (6903, D("3000.00"), ""),
        (1321, D("2000.00"), "IEUV"),
    ]
