"""Whether an invoice of e-conomic is that of an order which Rackbeat has already: its goods are sent with the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lagerbro.economic.sales_documents.types import BookedDocument
from lagerbro.money import rounded
from lagerbro.sync.models import Link, Transfer
from lagerbro.sync.outcome import Refusal
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind

ORDER: Final = "order"
OF_ORDER: Final = "invoice_of_order"
LISTED_MAX: Final = 10


@dataclass(frozen=True, slots=True)
class TakenOrder:
    """`number` in e-conomic, `rackbeat` in Rackbeat."""

    number: str
    rackbeat: str


def order_of(work: Work, invoice: BookedDocument) -> TakenOrder | None:
    """The order that was made into this invoice; None where it is a sale of its own.

    Nothing in e-conomic ties the two together (economic-api 7.2). An order that was made into an invoice, of the same
    customer, currency and amount, is it. Raises `Refusal` where one is left over that comes to something else: taken
    too, its goods might leave twice.
    """
    _wait_for_orders_on_their_way()
    links = _taken_orders(work, invoice.customer.customerNumber)
    if not links:
        return None
    archived = work.clients.economic.orders.archived_of(invoice.customer.customerNumber)
    left = [link for link in links if int(link.economic_key) in archived]
    same = [link for link in left if _comes_to_the_same(link, invoice)]
    if same:
        return TakenOrder(same[0].economic_key, same[0].rackbeat_key)
    open_orders = [link for link in left if _is_open(work, link)]
    if open_orders:
        numbers = ", ".join(link.rackbeat_key for link in open_orders[:LISTED_MAX])
        raise Refusal("invoice_perhaps_of_order", FailureKind.CONFIG, orders=numbers)
    return None


def _wait_for_orders_on_their_way() -> None:
    """An order that may have been made in Rackbeat and is not linked yet could be this invoice's."""
    waiting = Transfer.in_scope.filter(kind=ORDER, due_at__isnull=False, runs__gt=0).order_by("pk")
    key = waiting.values_list("key", flat=True).first()
    if key is not None:
        raise Refusal("order_on_its_way", FailureKind.TRANSIENT, order=key)


def _taken_orders(work: Work, customer: int) -> Sequence[Link]:
    """The customer's orders that we took and that no invoice has been found for, the oldest first."""
    epoch = work.agreement.ledger_epoch
    taken = Link.in_scope.filter(epoch=epoch, kind=ORDER, name__startswith=f"{customer} ").order_by("pk")
    found = Transfer.in_scope.filter(kind=work.transfer.kind, code=OF_ORDER).exclude(pk=work.transfer.pk)
    used = {details.get(ORDER) for details in found.values_list("details", flat=True)}
    return [link for link in taken if link.economic_key not in used]


def _comes_to_the_same(link: Link, invoice: BookedDocument) -> bool:
    return (link.currency, link.economic_net) == (invoice.currency, rounded(invoice.netAmount))


def _is_open(work: Work, link: Link) -> bool:
    order = work.clients.rackbeat.orders.get(link.rackbeat_key)
    return order is not None and not order.is_cancelled
