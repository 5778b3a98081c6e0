"""The paths of purchase orders and receipts (rackbeat-api 3.10)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import CONVERSIONS_BOOK, ORDERS_ARE_BOOKED_WHEN_POSTED
from lagerbro_sandbox.rackbeat.documents import conversions, mails
from lagerbro_sandbox.rackbeat.documents.kinds import PURCHASE, RECEIPTS
from lagerbro_sandbox.rackbeat.documents.purchasing import purchase_orders as purchases
from lagerbro_sandbox.rackbeat.documents.purchasing import receipts
from lagerbro_sandbox.rackbeat.documents.routes.document_routes import Paths, asks_to_book
from lagerbro_sandbox.rackbeat.documents.routes.line_routes import LinePaths
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import done, one, plain
from lagerbro_sandbox.rackbeat.wire.errors import not_found
from lagerbro_sandbox.rackbeat.wire.listing import listed, page
from lagerbro_sandbox.rackbeat.wire.querying import Listing
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

LISTING: Final = Listing(RECEIPTS, "purchase_order_receipts")


def _draft(session: Session, body: Record) -> Record:
    return purchases.create(session, body, book_it=False)


def _plain(session: Session, body: Record) -> Record:
    return purchases.create(session, body, book_it=ORDERS_ARE_BOOKED_WHEN_POSTED)


PATHS: Final = Paths(
    PURCHASE,
    purchases.get,
    _draft,
    _plain,
    purchases.update,
    purchases.delete,
    purchases.copy,
    purchases.shown,
)


def add_to(router: Router) -> None:
    PATHS.add_to(router)
    LinePaths(PATHS).add_to(router)
    for name in ("reopen", "unbook"):
        PATHS.act(router, name, purchases.reopen)
    for name, act in (("book", purchases.book), ("cancel", purchases.cancel)):
        PATHS.act(router, name, act)
    router.add("POST", f"{PURCHASE.path}/{{}}/send-mail", _sent)
    for name in ("convert-to-invoice", "create-invoice"):
        router.add("POST", f"{PURCHASE.path}/{{}}/{name}", _to_bill)
    router.add("GET", f"{PURCHASE.path}/{{}}/uninvoiced-lines", _uninvoiced)
    router.add("GET", f"{PURCHASE.path}/{{}}/not-received", _unreceived)
    _add_receipts(router)


def _add_receipts(router: Router) -> None:
    router.add("POST", f"{PURCHASE.path}/{{}}/create-receipt", _received)
    router.add("GET", f"{PURCHASE.path}/{{}}/receipts", _of_order)
    router.add("GET", RECEIPTS, lambda s, call: page(s, call.given, LISTING, lambda row: receipts.shown(s, row)))
    for path in (f"{RECEIPTS}/{{}}", f"{PURCHASE.path}/{{}}/receipts/{{}}"):
        router.add("GET", path, lambda s, call: _answer(s, _receipt(s, call)))
        router.add("DELETE", path, _removed)
        router.add("GET", f"{path}/lines", _lines)
        router.add("POST", f"{path}/mark-received", _arrived)


def _sent(session: Session, call: Call) -> Response:
    record = purchases.send(session, call.key)
    mails.note(session, PURCHASE.path, record, PURCHASE.party, call.body)
    return PATHS.answer(session, record)


def _to_bill(session: Session, call: Call) -> Response:
    book = asks_to_book(call, default=CONVERSIONS_BOOK)
    return plain({"invoice_id": conversions.purchase_to_bill(session, call.key, call.body, book=book)["number"]})


def _uninvoiced(session: Session, call: Call) -> Response:
    order = purchases.get(session, call.key)
    remaining = {line["id"]: line["quantity"] - line["quantity_invoiced"] for line in order["lines"]}
    rows = [line for line in purchases.shown(session, order)["lines"] if remaining[line["id"]]]
    return listed(
        call.request, "uninvoiced_lines", [{**row, "uninvoiced_quantity": remaining[row["id"]]} for row in rows]
    )


def _unreceived(session: Session, call: Call) -> Response:
    order = purchases.get(session, call.key)
    remaining = {line["id"]: line["quantity"] - line["quantity_received"] for line in order["lines"]}
    rows = [line for line in purchases.shown(session, order)["lines"] if remaining[line["id"]] > 0]
    return listed(
        call.request, "unreceived_lines", [{**row, "unreceived_quantity": remaining[row["id"]]} for row in rows]
    )


def _received(session: Session, call: Call) -> Response:
    receipt = receipts.of_order(session, call.key, call.body)
    return one(receipts.NAME, receipts.shown(session, receipt), 201)


def _of_order(session: Session, call: Call) -> Response:
    rows = [receipts.get(session, number) for number in purchases.get(session, call.key)["receipts"]]
    return listed(call.request, "purchase_order_receipts", rows, lambda row: receipts.shown(session, row))


def _receipt(session: Session, call: Call) -> Record:
    """By its own number, alone or under its order's."""
    receipt = receipts.get(session, call.values[-1])
    if len(call.values) > 1 and str(receipt["purchase_order_id"]) != call.key:
        raise not_found()
    return receipt


def _answer(session: Session, record: Record) -> Response:
    return one(receipts.NAME, receipts.shown(session, record))


def _removed(session: Session, call: Call) -> Response:
    receipts.delete(session, str(_receipt(session, call)["number"]))
    return done()


def _lines(session: Session, call: Call) -> Response:
    return listed(call.request, "lines", receipts.shown(session, _receipt(session, call))["lines"])


def _arrived(session: Session, call: Call) -> Response:
    return _answer(session, receipts.receive(session, _receipt(session, call)["number"], call.body))
