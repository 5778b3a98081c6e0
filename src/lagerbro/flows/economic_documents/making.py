"""The draft in Rackbeat that a document of e-conomic becomes: what it needs, and what is said when it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lagerbro.economic.sales_documents.types import SalesDocument
from lagerbro.flows.economic_documents.mapping import ANY_ITEM, Kind, has_amount, items_of, lines_without_item, sale_of
from lagerbro.flows.economic_documents.mark import marked_number
from lagerbro.flows.fingerprint import fingerprint
from lagerbro.rackbeat.sales import Sales
from lagerbro.rackbeat.sales_types import NewSale, Sale
from lagerbro.sync.models import Intent, IntentState
from lagerbro.sync.outcome import OutcomePending, Refusal, WaitsFor
from lagerbro.sync.requirements import require
from lagerbro.sync.work import Step, Work
from lagerbro.wire.errors import FailureKind, InvalidError, NotFoundError, RefusedError
from lagerbro.wire.numbers import decode, decode_answer, encode

DRAFT: Final = "draft"
BOOK: Final = "book"
MESSAGE_MAX: Final = 1000
SYSTEM: Final = "Rackbeat"


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft that was decided on and is not linked yet. `answer`: None while it is not known to have been made."""

    version: str
    sale: NewSale
    answer: Sale | None
    intent: Intent


def begun(work: Work) -> Begun | None:
    """What an earlier run began to make of the document, if anything."""
    latest = work.intents.latest(DRAFT)
    if latest is None or latest.state not in (IntentState.OPEN, IntentState.CONFIRMED) or not latest.request:
        return None
    is_made = latest.state == IntentState.CONFIRMED
    answer = decode(latest.answer.encode(), Sale) if is_made else None
    return Begun(latest.version, decode(latest.request.encode(), NewSale), answer, latest)


def version_of(document: SalesDocument, number: int, kind: Kind) -> str:
    """A name for what we take of the document; settings of ours have no part in it."""
    return fingerprint(decode_answer(encode(sale_of(document, number, kind, ANY_ITEM))))


def planned_sale(work: Work, document: SalesDocument, number: int, kind: Kind) -> NewSale:
    """The body, when all that it names is there; raises `PlanRefusal`, `Refusal` or `WaitsFor`.

    An item or a customer that we do not know is asked for by its own transfer, and this one goes on by itself when that
    has come through (domain-rules F10).
    """
    sale = sale_of(document, number, kind, work.choices.empty_line_item)
    if not sale.lines:
        raise Refusal("document_without_lines", FailureKind.CONFIG)
    _check_empty_line_item(work, document)
    require(work, {"customer": {str(document.customer.customerNumber)}, "product": items_of(document)})
    return sale


def _check_empty_line_item(work: Work, document: SalesDocument) -> None:
    """The item of lines without one: there, not barred, and never one whose stock would move (domain-rules H17)."""
    bare, item = lines_without_item(document), work.choices.empty_line_item
    if not bare or item is None:
        return
    found = work.clients.rackbeat.listed_product(item)
    if found is None:
        raise Refusal("empty_line_item_gone", FailureKind.CONFIG, item=item)
    if found.is_barred:
        raise Refusal("empty_line_item_unusable", FailureKind.CONFIG, item=item)
    with_amount = [at for at, line in bare if has_amount(line)]
    if with_amount and found.inventory_enabled:
        raise Refusal("empty_line_moves_stock", FailureKind.CONFIG, item=item, line=str(with_amount[0]))


class Making:
    """The two writes of one document, each with the way to find what an earlier try may have made."""

    def __init__(self, work: Work, sales: Sales, sale: NewSale, kind: Kind) -> None:
        self.work = work
        self.sales = sales
        self.sale = sale
        self.kind = kind

    def draft(self, version: str) -> Sale:
        """The draft, made once. Raises `Refusal` in Rackbeat's words, or `WaitsFor` what it does not have any more."""
        step = Step(
            name=DRAFT,
            answer=Sale,
            request=self.sale,
            send=lambda _key: self.sales.create_draft(self.sale),
            find_existing=self.standing,
        )
        try:
            return self.work.write(step, version)
        except (InvalidError, NotFoundError) as error:
            self._wait_for_missing()
            raise refused_by_rackbeat(error) from error

    def book(self, number: int, version: str, how: dict[str, object]) -> Sale:
        """Book it, once: what is booked already is taken as it is."""

        def booked() -> Sale | None:
            found = self.sales.get(number)
            return found if found is not None and found.is_booked else None

        step = Step(
            name=BOOK,
            answer=Sale,
            request=self.sale,
            send=lambda _key: self.sales.book(number, how),
            find_existing=booked,
        )
        try:
            return self.work.write(step, version)
        except (InvalidError, NotFoundError) as error:
            found = booked()
            if found is not None:  # by a person, meanwhile
                return self.work.adopt(step, version, found)
            raise refused_by_rackbeat(error) from error

    def standing(self) -> Sale | None:
        """What bears our mark: a copy that somebody has made of it bears it too, and the first is ours."""
        earlier, mark, key = begun(self.work), self.kind.mark, self.work.transfer.key
        customers = dict.fromkeys([self.sale.customer_id, *([earlier.sale.customer_id] if earlier else [])])
        for customer in customers:  # it may have been made for the customer that the document had then
            numbers = self.sales.numbers_of(customer, lambda other: marked_number(mark, other) == key)
            if numbers:
                return self.sales.get(numbers[0])
        return None

    def made_before(self, earlier: Begun) -> Sale | None:
        """What an earlier run made, where nothing is to be made any more; raises `OutcomePending` while that may still
        be on its way."""
        if earlier.answer is not None:
            return earlier.answer
        if self.work.runtime.clock.now() < earlier.intent.in_flight_until:
            raise OutcomePending(earlier.intent.in_flight_until)
        return self.standing()

    def _wait_for_missing(self) -> None:
        """Rackbeat refused: what it does not have any more, although we have transferred it, is asked for anew."""
        rackbeat, links = self.work.clients.rackbeat, self.work.links
        missing: list[tuple[str, str]] = []
        if rackbeat.customer(self.sale.customer_id) is None:
            missing.append(("customer", str(self.sale.customer_id)))
        own = self.work.choices.empty_line_item
        items = sorted({line.item_id for line in self.sale.lines} - {own})
        missing += [("product", item) for item in items if rackbeat.listed_product(item) is None]
        for kind, key in missing:
            links.forget(kind, key)
        if missing:
            raise WaitsFor(tuple(missing))


def refused_by_rackbeat(error: RefusedError) -> Refusal:
    """Rackbeat said no: its own words are quoted."""
    return Refusal(
        "rackbeat_refused",
        FailureKind.CONFIG,
        **{**error.details, "message": str(error)[:MESSAGE_MAX], "system": SYSTEM},
    )
