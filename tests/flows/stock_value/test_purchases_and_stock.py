"""C8g and C10 as tables of the ledger: a purchase is a cost when its voucher is booked in e-conomic, goods are stock
when Rackbeat has received them, and the stock value evens out what lies between."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from lagerbro.sync.models import TransferState
from tests.flows.stock_value.shop import AGREEMENT, CONTRA, JOURNAL, STOCK, Shop, open_shop
from tests.flows.supplier_invoices.conftest import Buyer, buyer
from tests.world import Company

pytestmark = pytest.mark.django_db
__all__ = ["buyer"]
ITEM = "NY-1"
PURCHASES, CREDITORS, VAT = 1310, 6800, 6903
TODAY, MONTH_END = date(2026, 11, 24), date(2026, 11, 30)
NEXT_MONTH, NEXT_MONTH_END = date(2026, 12, 5), date(2026, 12, 31)


@pytest.fixture
def shop(buyer: Buyer) -> Shop:
    """Valued by Rackbeat itself, with an item that nobody has yet."""
    item = {"number": ITEM, "name": "Ny cykel", "group": 1, "unit": 1}
    buyer.systems.in_rackbeat("POST", "products", item)
    made = open_shop(buyer.company)
    assert made.run(date(2026, 11, 23)).code == "stock_unchanged"  # Rackbeat and the books begin alike
    return made


def bought(buyer: Buyer, quantity: int, price: int, own: str, **booking: Any) -> int:
    """A supplier invoice of the item, booked in Rackbeat."""
    line = {"item_id": ITEM, "quantity": quantity, "line_price": price}
    number = buyer.invoice(line, own=own, book=False, invoice_date=str(buyer.systems.clock.now().date()))
    buyer.systems.in_rackbeat("POST", f"supplier-invoices/{number}/book", booking)
    assert buyer.posted(number).state == TransferState.DRAFTED
    return number


def level(company: Company, quantity: int) -> None:
    """So many are left: the others have been sold."""
    made = company.systems.in_rackbeat(
        "POST", "inventory-adjustments", {"item_id": ITEM, "location": 1, "type": "quantity", "quantity": quantity}
    )
    company.systems.in_rackbeat("POST", f"inventory-adjustments/{made['id']}/book")


def book_stock_value(shop: Shop) -> None:
    """*Bogfør* in the journal of the stock value, if anything stands there."""
    entries = [row["entryNumber"] for row in shop.drafts() if row["journal"] == JOURNAL]
    if entries:
        shop.book(*entries)


def moved(buyer: Buyer, until: date = NEXT_MONTH_END, since: date = date(2026, 11, 1)) -> dict[int, D]:
    """What the ledger's entries of these days come to, by account."""
    sums: dict[int, D] = {}
    for entry in buyer.systems.economic.store.entries.between(AGREEMENT, str(since), str(until)):
        sums[entry.account] = sums.get(entry.account, D(0)) + entry.base_amount
    return {account: amount for account, amount in sums.items() if amount}


@pytest.mark.parametrize("received", ["now", "on the invoice's date", "not yet"])
def test_c8g_the_ledger_has_the_cost_when_the_voucher_is_booked(buyer: Buyer, shop: Shop, received: str) -> None:
    booking = {"mark_received": received != "not yet", "use_invoice_date": received == "on the invoice's date"}
    bought(buyer, 10, 1000, "F-1", **booking)
    stock = D(0) if received == "not yet" else D(10000)
    assert moved(buyer) == {}  # a draft costs nothing, whatever has come
    assert shop.run(TODAY).code == ("stock_adjusted" if stock else "stock_unchanged")
    book_stock_value(shop)
    assert moved(buyer) == ({STOCK: stock, CONTRA: -stock} if stock else {})
    buyer.book_journal()
    cost = {PURCHASES: D(10000), VAT: D(2500), CREDITORS: D(-12500)}
    assert moved(buyer) == {**cost, **({STOCK: stock, CONTRA: -stock} if stock else {})}


def test_c10_gross_margin_is_right_without_a_posting_per_sale(buyer: Buyer, shop: Shop) -> None:
    """Opening stock + purchases of 60,000 − closing stock = 48,000, of the two accounts of cost of goods."""
    opening = shop.booked()
    bought(buyer, 60, 1000, "F-1", mark_received=True)
    level(buyer.company, 12)
    assert shop.run(MONTH_END).state == TransferState.DRAFTED
    book_stock_value(shop)
    buyer.book_journal()
    assert moved(buyer) == {
        PURCHASES: D(60000),
        VAT: D(15000),
        CREDITORS: D(-75000),
        STOCK: D(12000),
        CONTRA: D(-12000),
    }
    closing = shop.booked()
    assert closing == opening + 12000
    cost_of_goods = moved(buyer)[PURCHASES] + moved(buyer)[CONTRA]
    assert cost_of_goods == 48000 == opening + 60000 - closing


def test_c10_what_is_received_and_not_invoiced_moves_profit_between_the_months(buyer: Buyer, shop: Shop) -> None:
    """The weak point, as the article's way of booking has it: the stock rises in the month in which the goods come, and
    the cost stands in the month of the invoice."""
    order = buyer.systems.in_rackbeat(
        "POST",
        "purchase-orders",
        {"supplier_id": 50001, "lines": [{"item_id": ITEM, "quantity": 10, "line_price": 1000}]},
    )
    receipt = buyer.systems.in_rackbeat("POST", f"purchase-orders/{order['number']}/create-receipt", {})
    buyer.systems.in_rackbeat("POST", f"purchase-order-receipts/{receipt['number']}/mark-received", {})
    shop.run(MONTH_END)
    shop.book_all()
    assert moved(buyer, until=MONTH_END) == {STOCK: D(10000), CONTRA: D(-10000)}  # 10,000 too much profit
    shop.run(NEXT_MONTH)
    number = buyer.systems.in_rackbeat("POST", f"purchase-orders/{order['number']}/create-invoice", {"book": False})
    buyer.systems.in_rackbeat(
        "PUT", f"supplier-invoices/{number}", {"invoice_number": "F-1", "invoice_date": str(NEXT_MONTH)}
    )
    buyer.book(number)
    assert buyer.posted(number).state == TransferState.DRAFTED
    buyer.book_journal()
    shop.run(NEXT_MONTH_END)
    later = moved(buyer, since=date(2026, 12, 1))
    assert later == {PURCHASES: D(10000), VAT: D(2500), CREDITORS: D(-12500)}  # and here 10,000 too little
    assert shop.transfers()[-1] == (str(NEXT_MONTH_END), "stock_unchanged")
    both = moved(buyer)
    assert both[PURCHASES] + both[CONTRA] == 0
