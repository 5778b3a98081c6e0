"""What we say that e-conomic will book, against what the local e-conomic books (C8 a–g), to the øre."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal as D
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from lagerbro.agreements.directory import Directory
from lagerbro.books.choices import NO_ITEM_GROUP
from lagerbro.flows.document_heads import base_rate
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.flows.supplier_invoices.mapping import voucher_of
from lagerbro.flows.supplier_invoices.parts import Part
from lagerbro.flows.supplier_invoices.plan import PurchaseContext, plan_purchase
from lagerbro.flows.supplier_invoices.preview.posting import Posting, by_account, postings
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
    round_half_up,
)
from tests.sandboxes import Sandboxes, nordlys

CREDITOR = {"domestic": (50001, 6800), "domestic_exempt": (50001, 6800), "eu": (50006, 6805), "abroad": (50012, 6805)}


@pytest.fixture(scope="module")
def books() -> Iterator[Sandboxes]:
    made = Sandboxes.made()
    yield made
    made.close()


def computed(document: SupplierInvoice, factor: int = 1, **changes: Any) -> tuple[list[Part], dict[int, D]]:
    purchase = plan_purchase(document, factor, PurchaseContext(choices(**changes), directory(), "DKK", {}))
    _, creditor = CREDITOR[str(purchase.zone)]
    rows = postings(purchase.parts, creditor, directory().vat_codes, base_rate(document, "DKK"))
    return list(purchase.parts), sums_of(rows)


def sums_of(rows: Iterable[Posting]) -> dict[int, D]:
    sums: dict[int, D] = {}
    for row in rows:
        sums[row.account] = sums.get(row.account, D(0)) + row.base
    return {account: amount for account, amount in sums.items() if amount}


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
LINES = st.lists(st.tuples(AMOUNTS, st.sampled_from([BIKES, GEAR, None])), min_size=1)
ACCOUNTS = {
    "domestic": (1310, 1311, 2710, 2750, 2770, 1360),  # I25, REP, HREP and none
    "domestic_exempt": (1360,),
    "eu": (1320, 1321, 1360),  # IEUV and none
    "abroad": (1330, 1331, 1360),  # IVV and none
}
CURRENCIES = st.sampled_from([("DKK", None), ("EUR", D("7.4612")), ("SEK", D("0.6513")), ("USD", D("6.9"))])
REFUSED = ("fallback_carries_vat", "purchase_account_undecided")
"""What may be held instead of posted: a default account whose VAT would be another, and a code that nothing tells."""


@dataclass(frozen=True)
class Drawn:
    """An invoice with the accounts that are decided for its lines; some of them are barred."""

    document: SupplierInvoice
    factor: int
    grid: dict[str, int]
    fallback: int
    known: Directory


@st.composite
def invoices(draw: st.DrawFn) -> Drawn:
    zone = draw(st.sampled_from(list(ACCOUNTS)))
    rate = 25 if zone == "domestic" else 0
    lines = [line(amount, group, rate) for amount, group in draw(LINES)]
    currency, exchange = draw(CURRENCIES)
    made = invoice(*lines, zone=zone, currency=currency, currency_rate=exchange)
    odd = draw(st.sampled_from([D("0.00"), D("0.01"), D("-0.01")])) if zone == "domestic" else D("0.00")
    made.total_vat += odd
    made.total_total += odd
    if draw(st.booleans()):  # a line may leave its rate out: it has its share of what the invoice charges
        made.lines = [msgspec.structs.replace(row, vat_percentage=None) for row in made.lines]
    accounts = st.sampled_from(ACCOUNTS[zone])
    grid = {f"{group}.{zone}": draw(accounts) for group in (BIKES, GEAR, NO_ITEM_GROUP)}
    barred = draw(st.sets(st.sampled_from(sorted(grid.values()))))
    known = directory()
    shut = {number: msgspec.structs.replace(known.accounts[number], barred=True) for number in barred}
    known = msgspec.structs.replace(known, accounts={**known.accounts, **shut})
    return Drawn(made, draw(st.sampled_from([1, -1])), grid, draw(st.sampled_from([1390, 1340])), known)


def vat_by_the_codes(drawn: Drawn) -> dict[int, D]:
    """What the codes of the accounts that were decided put on the VAT accounts, in the base currency: computed from the
    lines, whichever account they are posted on."""
    codes = {code.code: code for code in nordlys().vat_codes}
    sums: dict[int, D] = {}
    for part in posted(drawn):
        code = codes.get(part.vat_code)
        if code is None:
            continue
        share = code.percentage / (100 if code.contra_account else 100 + code.percentage)
        vat = round_half_up(round_half_up(part.amount * share) * base_rate(drawn.document, "DKK"))
        for account, amount in ((code.account, vat), (code.contra_account or 0, -vat)):
            sums[account] = sums.get(account, D(0)) + amount
    return {account: amount for account, amount in sums.items() if account and amount}


def posted(drawn: Drawn) -> tuple[Part, ...]:
    decided = choices(purchase_accounts=drawn.grid, fallback_account=drawn.fallback)
    return plan_purchase(drawn.document, drawn.factor, PurchaseContext(decided, drawn.known, "DKK", {})).parts


def codes_of_the_lines(drawn: Drawn) -> dict[str, D]:
    """The sums of the lines with VAT by the code of the account that was decided for them, unrounded."""
    sums: dict[str, D] = {}
    total = sum((row.line_total for row in drawn.document.lines), D(0))
    for row in drawn.document.lines:
        group = row.item.group.number if row.item and row.item.group else NO_ITEM_GROUP
        account = drawn.known.accounts[drawn.grid[f"{group}.{drawn.document.vat_zone}"]]
        rate = row.vat_percentage
        vat = drawn.document.total_vat * row.line_total / total if rate is None and total else D(0)
        gross = row.line_total * (1 + (rate or D(0)) / 100) + vat
        sums[account.vat_code] = sums.get(account.vat_code, D(0)) + drawn.factor * gross
    return sums


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=invoices())
def test_any_split_equals_its_invoice_and_balances_as_it_is_booked(books: Sandboxes, drawn: Drawn) -> None:
    """For every split of lines, groups, zones, currencies, signs, codes and accounts that cannot be used (C8, H19)."""
    document = drawn.document
    if not any(row.line_total for row in document.lines) and document.total_total:
        with pytest.raises(PlanRefusal, match="lines_differ_from_total"):
            posted(drawn)
        return
    try:
        parts = posted(drawn)
    except PlanRefusal as held:
        event(held.code)
        assert held.code in REFUSED  # noqa: PT017 - most are posted
        return
    assert sum(part.amount for part in parts) == document.total_total * drawn.factor
    assert all(part.amount for part in parts)
    assert len({(part.account, part.vat_code) for part in parts}) == len(parts)
    by_code = codes_of_the_lines(drawn)
    for code in {part.vat_code for part in parts}:
        of_code = sum(part.amount for part in parts if part.vat_code == code)
        assert abs(of_code - by_code[code]) <= D("0.01") * (len(parts) + len(document.lines))
    if not parts:
        return
    ledger = booked(books, document, list(parts))
    assert sum(ledger.values()) == 0
    _, creditor = CREDITOR[document.vat_zone or ""]
    rows = postings(parts, creditor, directory().vat_codes, base_rate(document, "DKK"))
    assert ledger == sums_of(rows)
    vat = vat_by_the_codes(drawn)
    assert {account: ledger.get(account, D(0)) for account in (6903, 6904, 6907)} == {
        account: vat.get(account, D(0)) for account in (6903, 6904, 6907)
    }


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
