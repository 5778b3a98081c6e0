"""Invoices as suppliers write them, through the whole flow into the ledger, to the øre: several groups, freight,
returns, currencies and rounding in one. What the page showed before is what the ledger has afterwards (C8, H42)."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any, Final

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Link, TransferState
from lagerbro.web.views.posting import posting_of
from tests.flows.supplier_invoices.conftest import Buyer, buyer
from tests.sandboxes import nordlys

__all__ = ["buyer"]

BIKE: Final = "NL-100"
GEAR: Final = next(product.number for product in nordlys().products if product.group == 5)
FREIGHT: Final = "LADFRAGT"
BARRED_DAY: Final = "2026-10-15"


def bought(item: str, quantity: object, price: object) -> dict[str, Any]:
    return {"item_id": item, "quantity": quantity, "line_price": str(price)}


def sums(**accounts: str) -> dict[int, D]:
    return {int(account.removeprefix("a")): D(amount) for account, amount in accounts.items()}


def shown(buyer: Buyer, number: int) -> dict[int, D]:
    """What the page of the transfer shows, by account."""
    with agreement_scope(buyer.company.agreement.pk):
        link = Link.in_scope.filter(kind="supplier_invoice", rackbeat_key=str(number)).first()
        table = posting_of(buyer.transfer(number), link, buyer.company.agreement)
    assert table is not None
    assert table.debit == table.credit
    found: dict[int, D] = {}
    for row in table.rows:
        found[row.account] = found.get(row.account, D(0)) + (row.debit or D(0)) - (row.credit or D(0))
    return {account: amount for account, amount in found.items() if amount}


def bar_period(buyer: Buyer, *, barred: bool) -> None:
    body = {"agreement": nordlys().agreement_number, "year": "2026", "date": BARRED_DAY, "barred": barred}
    buyer.systems.admin("economic", "periods/bar", **body)


CASES: Final = {
    "øre on every line": (
        50003,
        [bought(BIKE, 7, "0.02"), bought(GEAR, 3, "0.33"), bought(FREIGHT, 1, "0.01")],
        # 0.14, 0.99, 0.01: VAT 0.285 is 0.29 in Rackbeat, 0.18 + 1.24 + 0.01 = 1.43
        sums(a1310="0.14", a1311="0.99", a1340="0.01", a6903="0.29", a6800="-1.43"),
    ),
    "a return that is larger than what its group was bought for": (
        50002,
        [bought(BIKE, 2, "1999.95"), bought(GEAR, -3, "149.50"), bought(GEAR, 1, "99.75")],
        sums(a1310="3999.90", a1311="-348.75", a6903="912.79", a6800="-4563.94"),
    ),
    "reverse charge with freight": (
        50007,
        [bought(BIKE, 3, "333.33"), bought(GEAR, 1, "0.07"), bought(FREIGHT, 1, "49.90")],
        # EUR 1049.89 on the one account, 0.07 on the other, at 7.46; 262.47 and 0.02 of VAT in EUR
        sums(a1320="7832.18", a1321="0.52", a6805="-7832.70", a6903="1958.18", a6904="-1958.18"),
    ),
    "from outside the EU": (
        50014,
        [bought(BIKE, 11, "17.77"), bought(GEAR, 13, "3.33")],
        # USD 195.47 and 43.29 at 6.8712; 48.87 and 10.82 of VAT in USD
        sums(a1330="1343.11", a1331="297.45", a6805="-1640.56", a6903="410.15", a6907="-410.15"),
    ),
}


@pytest.mark.parametrize(("supplier", "lines", "expected"), CASES.values(), ids=CASES)
def test_what_the_page_shows_before_is_what_the_ledger_has_after(
    buyer: Buyer, supplier: int, lines: list[dict[str, Any]], expected: dict[int, D]
) -> None:
    decide_freight(buyer)
    bar_period(buyer, barred=True)
    number = buyer.invoice(*lines, supplier=supplier, own="M-1", invoice_date=BARRED_DAY)
    assert buyer.posted(number).code == "purchase_period_barred"
    before = shown(buyer, number)
    bar_period(buyer, barred=False)
    assert buyer.posted(number).state == TransferState.DRAFTED
    after = shown(buyer, number)
    buyer.book_journal()
    assert buyer.ledger() == before == after == expected


def decide_freight(buyer: Buyer) -> None:
    """The group of the item *Fragt*."""
    for zone, account in (("domestic", 1340), ("eu", 1320), ("abroad", 1330)):
        buyer.company.decide(**{f"purchase_accounts__8.{zone}": account})


@pytest.mark.parametrize("supplier", [50002, 50008, 50015])
def test_a_credit_note_of_all_of_it_leaves_nothing_on_any_account(buyer: Buyer, supplier: int) -> None:
    """With freight and a return line, in the supplier's currency: not an øre is left (H32)."""
    decide_freight(buyer)
    lines = [bought(BIKE, 3, "333.35"), bought(GEAR, -1, "17.17"), bought(FREIGHT, 1, "66.61")]
    number = buyer.invoice(*lines, supplier=supplier)
    assert buyer.posted(number).state == TransferState.DRAFTED
    credit = buyer.credit(number)
    buyer.rewrite(credit, invoice_number="K-9")
    assert buyer.posted(credit).state == TransferState.DRAFTED
    owed = [row["amount"] for row in buyer.drafts()]
    assert sum(owed) == 0
    buyer.book_journal()
    assert buyer.ledger() == {}


def test_groups_that_go_to_one_account_are_one_entry(buyer: Buyer) -> None:
    buyer.company.decide(**{"purchase_accounts__5.domestic": 1310, "purchase_accounts__8.domestic": 1310})
    number = buyer.invoice(bought(BIKE, 1, "33.33"), bought(GEAR, 1, "66.66"), bought(FREIGHT, 1, "0.02"))
    buyer.posted(number)
    assert buyer.vouchers() == [(1310, "I25", D("-125.01"))]
    buyer.book_journal()
    assert buyer.ledger() == sums(a1310="100.01", a6903="25.00", a6800="-125.01")


def test_accounts_that_fall_back_together_keep_their_own_vat_codes(buyer: Buyer) -> None:
    """The default account bears two entries: with full deduction and with a quarter of it (H19)."""
    buyer.company.decide(**{"purchase_accounts__5.domestic": 2750})
    for account in (1310, 2750):
        buyer.bar(account)
    number = buyer.invoice(bought(BIKE, 1, "1000"), bought(GEAR, 1, "400"))
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "fallback_used")
    assert buyer.vouchers() == [(1390, "I25", D("-1250.00")), (1390, "REP", D("-500.00"))]
    before = shown(buyer, number)
    buyer.book_journal()
    expected = sums(a1390="1470.59", a6903="279.41", a6800="-1750.00")
    assert buyer.ledger() == before == expected


def test_lines_with_and_without_vat_on_accounts_of_their_own(buyer: Buyer) -> None:
    """A Danish supplier's deposit without VAT beside goods with it; on one account with a code it is held."""
    buyer.company.decide(**{"purchase_accounts__5.domestic": 1360})
    number = buyer.invoice(bought(BIKE, 1, "812.40"), bought(GEAR, 1, "100"))
    untaxed(buyer, number)
    assert buyer.posted(number).state == TransferState.DRAFTED
    buyer.book_journal()
    assert buyer.ledger() == sums(a1310="812.40", a1360="100.00", a6903="203.10", a6800="-1115.50")
    buyer.company.decide(**{"purchase_accounts__5.domestic": 1310})
    other = buyer.invoice(bought(BIKE, 1, "812.40"), bought(GEAR, 1, "100"), own="F-78")
    untaxed(buyer, other)
    assert buyer.posted(other).code == "vat_not_charged"
    assert buyer.drafts() == []


def untaxed(buyer: Buyer, number: int) -> None:
    """The gear's line is without VAT."""
    stored = buyer.systems.rackbeat.store.get(nordlys().rackbeat_account_id, "supplier-invoices", number)
    assert stored is not None
    first, second = stored["lines"]
    lines = [first, {**second, "vat_percentage": 0}]
    buyer.rewrite(number, lines=lines, total_vat=D("203.10"), total_total=D("1115.50"))
