"""What a booked supplier invoice does about goods that have not come yet (rackbeat-api 3.9)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents import goods_movements, invoice_links
from lagerbro_sandbox.rackbeat.documents.kinds import BILL
from lagerbro_sandbox.rackbeat.documents.purchasing import purchase_orders as purchases
from lagerbro_sandbox.rackbeat.documents.purchasing import receipts
from lagerbro_sandbox.rackbeat.session import Session

ZERO: Final = Decimal(0)


def after_booking(session: Session, bill: Record, day: str, *, received: bool) -> None:
    """Marked received: what it and the invoices before it hold comes in, as far as it has not. P: goods without a
    purchase order get a receipt in any case, which stays open where they are not marked received; hand-entered
    negative quantities go back to the supplier when marked received."""
    _without_order(session, bill, day, received=received)
    if not received:
        return
    for number in bill["purchase_orders"]:
        order = purchases.get(session, number)
        invoiced = invoice_links.invoiced(session, invoice_links.PURCHASES, order, booked_only=True)
        remaining = {line["id"]: max(invoiced[line["id"]] - line["quantity_received"], ZERO) for line in order["lines"]}
        if any(remaining.values()):
            receipt = receipts.for_order(session, order, remaining)
            receipts.receive(session, receipt["number"], {"received_at": goods_movements.day_of(session, day)})
    bill["is_received"] = True


def _without_order(session: Session, bill: Record, day: str, *, received: bool) -> None:
    held = _received_of(session, bill)
    own = [line for line in bill["lines"] if line.get("purchase_order_line_id") is None]
    goods = [line for line in own if goods_movements.is_goods(session, line)]
    remaining = {line["id"]: line["quantity"] - held[line["id"]] for line in goods if line["quantity"] > 0}
    if any(quantity > 0 for quantity in remaining.values()):
        receipt = receipts.for_bill(session, bill, {key: max(quantity, ZERO) for key, quantity in remaining.items()})
        bill["receipts"] = [*bill["receipts"], receipt["number"]]
    if not received:
        return
    for number in bill["receipts"]:
        if not receipts.get(session, number)["is_received"]:
            receipts.receive(session, number, {"received_at": goods_movements.day_of(session, day)})
    for line in goods:
        back = line["quantity"] - line.get("quantity_received", ZERO)
        if line["quantity"] < 0 and back < 0:
            goods_movements.arrive(session, line, back, ZERO, day, f"{BILL.path}/{bill['number']}")
            line["quantity_received"] = line["quantity"]


def _received_of(session: Session, bill: Record) -> Counter[int]:
    """What its receipts hold already, by line id: it may have been booked before."""
    quantities: Counter[int] = Counter()
    for number in bill["receipts"]:
        for line in receipts.get(session, number)["lines"]:
            quantities[line["bill_line_id"]] += line["quantity"]
    return quantities
