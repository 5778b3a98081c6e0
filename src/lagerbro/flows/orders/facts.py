"""What is remembered of a taken order, and the names under which it is."""

from __future__ import annotations

from typing import Final

from lagerbro.books.totals import Amounts
from lagerbro.economic.sales_documents.types import Order, SalesDocument
from lagerbro.flows.economic_documents.making import version_of
from lagerbro.flows.economic_documents.mapping import Kind
from lagerbro.flows.economic_documents.mark import ORDER_MARK
from lagerbro.money import rounded
from lagerbro.rackbeat.sales_types import Sale
from lagerbro.sync.outcome import LinkFacts

ORDER: Final = Kind(ORDER_MARK, "order_date")
DRAFT_LINK: Final = "order_draft"
BOOKED_LINK: Final = "order"
WITHOUT_MAIL: Final[dict[str, object]] = {"mail": {"send": False}}


def order_version(order: Order) -> str:
    return version_of(order, order.orderNumber, ORDER)


def link_of(order: Order, made: Sale, version: str) -> LinkFacts:
    """What is remembered of it."""
    kind = BOOKED_LINK if made.is_booked else DRAFT_LINK
    return facts_of(order, order.orderNumber, made, version, kind)


def facts_of(document: SalesDocument, number: int, made: Sale, version: str, kind: str) -> LinkFacts:
    """The name begins with the customer's number, by which an invoice looks for the orders of its customer."""
    return LinkFacts(
        economic_kind=kind,
        economic_key=str(number),
        version=version,
        name=f"{document.customer.customerNumber} {document.recipient.name}",
        currency=document.currency,
        rackbeat=Amounts(rounded(made.total_subtotal), rounded(made.total_vat), rounded(made.total_total)),
        economic=Amounts(rounded(document.netAmount), rounded(document.vatAmount), rounded(document.grossAmount)),
        rackbeat_key=str(made.number),
    )
