"""Orders: made on a form, seen, made into draft invoices (economic-api 7.5)."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from lagerbro_sandbox.economic.pages import table, typed
from lagerbro_sandbox.economic.pages.sentences import NOT_TAKEN
from lagerbro_sandbox.economic.pages.visit import PageRouter, Visit, to
from lagerbro_sandbox.economic.pages.words import ZONES
from lagerbro_sandbox.economic.services.problems import ServiceError, refuse
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.economic.wire.links import escaped
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record

STATES: Final = {"drafts": "Kladder", "sent": "Sendt", "archived": "Arkiv"}
MOVES: Final = {"drafts": "sent", "sent": "drafts"}
LINES: Final = 6
SUGGESTED_MAX: Final = 500
"""So many records a field suggests; the number of any other one may be typed."""
_COLUMNS: Final = ("product", "quantity", "price", "discount")


def add_to(router: PageRouter) -> None:
    router.add("GET", "orders", _orders)
    router.add("GET", "orders/new", _new)
    router.add("POST", "orders/new", _make)
    router.add("GET", "orders/{}/{}", _order)
    router.add("POST", "orders/{}/{}/invoice", _invoice)
    router.add("POST", "orders/{}/{}/move", _move)
    router.add("POST", "orders/{}/{}/delete", _delete)


def _orders(visit: Visit) -> Response:
    state = visit.given.get("view", "drafts")
    state = state if state in STATES else "drafts"
    orders = table.listed(visit, f"/orders/{state}", sort="-orderNumber", number="orderNumber", text="recipient.name")
    return visit.page("sales/orders.html", table=orders, states=STATES, state=state)


def _new(visit: Visit) -> Response:
    customer = visit.given.get("customer", "")
    head = {"date": str(visit.session.today()), "customer": customer}
    return visit.page("sales/order_form.html", **_form(visit, head))


def _form(visit: Visit, head: dict[str, str]) -> dict[str, Any]:
    """What was filled in, and what the fields suggest."""
    lines = [{name: head.get(f"{name}-{at}", "") for name in _COLUMNS} for at in range(LINES)]
    store, agreement = visit.session.store, visit.session.agreement
    suggested = {kind: store.page(agreement, kind, 0, SUGGESTED_MAX) for kind in ("customers", "products")}
    return {"head": head, "lines": lines, **suggested}


def _make(visit: Visit) -> Response:
    try:
        order = visit.api("POST", "/orders/drafts", _body(visit))
    except (ApiError, ServiceError) as error:
        refused = visit.refused(error, "Ordren er ikke oprettet.")
        return visit.page("sales/order_form.html", error.status, refused=refused, **_form(visit, visit.form))
    return to(f"orders/drafts/{order['orderNumber']}", "order-made")


def _body(visit: Visit) -> Record:
    """The customer's own template with what was filled in; a line without a price gets the customer's."""
    number = typed.whole(visit.form.get("customer", ""), "customerNumber")
    if visit.session.get("customers", number) is None:
        raise refuse("E06000", f"'{number}' does not exist.", "customerNumber")
    body: Record = visit.api("GET", f"/customers/{number}/templates/invoice")
    del body["self"], body["dueDate"]
    body |= {"layout": _layout(visit, number), "date": visit.form.get("date", "")}
    if visit.form.get("other"):
        body["references"] = {**body.get("references", {}), "other": visit.form["other"]}
    body["lines"] = [_line(visit, number, at) for at in range(LINES) if visit.form.get(f"product-{at}")]
    if not body["lines"]:
        raise refuse("E04700", "The order has no lines with a product.")
    return body


def _layout(visit: Visit, customer: int) -> Record:
    own = (visit.session.get("customers", customer) or {}).get("layout")
    return own or {"layoutNumber": visit.session.all("layouts")[0]["layoutNumber"]}


def _line(visit: Visit, customer: int, at: int) -> Record:
    form = visit.form
    product = form[f"product-{at}"].partition(" · ")[0].strip()
    quantity = typed.amount(form.get(f"quantity-{at}") or "1", "quantity")
    if visit.session.get("products", product) is None:
        raise refuse("E06000", f"'{product}' does not exist.", "productNumber")
    path_part = quote(escaped(product), safe="")
    line: Record = visit.api("GET", f"/customers/{customer}/templates/invoiceline/{path_part}?quantity={quantity:f}")
    del line["self"]
    if form.get(f"price-{at}"):
        line["unitNetPrice"] = typed.amount(form[f"price-{at}"], "unitNetPrice")
    if form.get(f"discount-{at}"):
        line["discountPercentage"] = typed.amount(form[f"discount-{at}"], "discountPercentage")
    return line


def _place(visit: Visit) -> str:
    state, number = visit.values
    return f"/orders/{state}/{number}"


def _order(visit: Visit) -> Response:
    return visit.page("sales/order.html", **_shown(visit))


def _shown(visit: Visit) -> Record:
    state, _ = visit.values
    return {"invoice": visit.api("GET", _place(visit)), "state": state, "states": STATES, "zones": ZONES}


def _invoice(visit: Visit) -> Response:
    """What the API calls upgrade: the order's instructions make a draft invoice."""
    try:
        body = visit.api("GET", f"{_place(visit)}/templates/upgrade-instructions/draftInvoice")
        draft = visit.api("POST", "/invoices/drafts", body)
    except (ApiError, ServiceError) as error:
        if error.status == 404:
            raise
        refused = visit.refused(error, f"Ordre {visit.values[1]} er ikke blevet til en fakturakladde.")
        return visit.page("sales/order.html", error.status, refused=refused, **_shown(visit))
    return to(f"drafts/{draft['draftInvoiceNumber']}", "draft-made")


def _move(visit: Visit) -> Response:
    """Mark a draft as sent, or take that back: its document is written to the other state."""
    state, number = visit.values
    if state not in MOVES:
        raise refuse(NOT_TAKEN, "En ordre i arkivet kan ikke sendes.")
    body = visit.api("GET", f"{_place(visit)}/templates/upgrade-instructions/draftInvoice")
    visit.api("POST", f"/orders/{MOVES[state]}", {**body, "orderNumber": int(number)})
    return to(f"orders/{MOVES[state]}/{number}", "order-sent" if state == "drafts" else "order-back")


def _delete(visit: Visit) -> Response:
    if visit.values[0] not in ("drafts", "sent"):
        raise refuse(NOT_TAKEN, "En ordre i arkivet kan ikke slettes.")
    visit.api("DELETE", _place(visit))
    return to(f"orders?view={visit.values[0]}")
