"""*Marker fakturaer som afsendt ved bogføring i e-conomic*: an invoice without an order is marked as shipped, once.

It is asked for by the transfers of invoices that were born in e-conomic and of our own drafts that a person has booked
there (domain-rules H8). Goods leave at most once: what says that it is shipped is left alone, and what does not say it
is not touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

from lagerbro.flows.economic_documents.making import MESSAGE_MAX
from lagerbro.rackbeat.sales_types import Sale
from lagerbro.sync.outcome import Outcome, Refusal, Skipped, Transferred
from lagerbro.sync.work import Step, Work
from lagerbro.wire.errors import FailureKind, InvalidError, NotFoundError

KIND: Final = "invoice_shipping"
SHIP: Final = "ship"
ONCE: Final = "shipped"
"""The version of the only write there is: whatever becomes of the invoice, its goods leave once."""


class Shippable(Protocol):
    """An invoice of Rackbeat's, as far as its goods go."""

    @property
    def number(self) -> int: ...
    @property
    def is_creditnote(self) -> bool: ...
    @property
    def is_shipped(self) -> bool | None: ...
    @property
    def orders(self) -> Sequence[Any]: ...


def shipping_of(work: Work, invoice: Shippable) -> tuple[tuple[str, str], ...]:
    """The transfer to ask for behind an invoice that was booked in e-conomic, where one is due."""
    is_due = work.choices.mark_shipped and not invoice.orders and not invoice.is_creditnote and not invoice.is_shipped
    return ((KIND, str(invoice.number)),) if is_due else ()


class InvoiceShippingFlow:
    """The goods of one booked invoice, by its Rackbeat number."""

    kind = KIND
    rank = 60

    def run(self, work: Work) -> Outcome:
        if not work.choices.sales_enabled:
            return Skipped("sales_off")
        invoice = work.clients.rackbeat.invoices.get(work.transfer.key)
        if invoice is None:
            raise Refusal("invoice_unknown", FailureKind.REFUSED)
        if work.intents.latest(SHIP) is not None and invoice.is_shipped:
            return Transferred()
        return _skipped(work, invoice) or _ship(work, invoice)


def _skipped(work: Work, invoice: Sale) -> Skipped | None:
    """Why nothing is to be marked, if nothing is."""
    if not work.choices.mark_shipped:
        return Skipped("shipping_off")
    if not invoice.is_booked:
        return Skipped("invoice_not_booked")
    if invoice.is_creditnote:
        return Skipped("shipping_of_credit")
    if invoice.orders:
        return Skipped("shipping_has_order", {"orders": ", ".join(map(str, invoice.orders))})
    if invoice.is_shipped:
        return Skipped("already_shipped")
    return None


def _ship(work: Work, invoice: Sale) -> Outcome:
    sales = work.clients.rackbeat.invoices
    if invoice.is_shipped is None:
        raise Refusal("shipping_not_told", FailureKind.CONFIG)

    def shipped() -> Sale | None:
        found = sales.get(invoice.number)
        return found if found is not None and found.is_shipped else None

    step = Step(
        name=SHIP,
        answer=Sale,
        request=invoice,
        send=lambda _key: sales.mark_shipped(invoice.number),
        find_existing=shipped,
    )
    try:
        work.write(step, ONCE)
    except (InvalidError, NotFoundError) as error:
        if shipped() is None:
            said = {**error.details, "message": str(error)[:MESSAGE_MAX]}
            raise Refusal("shipping_refused", FailureKind.CONFIG, **said) from error
    return Transferred()
