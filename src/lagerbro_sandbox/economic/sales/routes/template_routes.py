"""Templates below a customer: the defaults that a draft invoice does not take by itself (economic-api 6.1)."""

from __future__ import annotations

from decimal import Decimal

from lagerbro_sandbox.economic.money import ZERO, cents, in_base, line_total
from lagerbro_sandbox.economic.registers.definitions import REGISTERS
from lagerbro_sandbox.economic.registers.routes import existing_record
from lagerbro_sandbox.economic.registers.special_prices import price_for
from lagerbro_sandbox.economic.rest.listing import collection
from lagerbro_sandbox.economic.rest.routing import Router
from lagerbro_sandbox.economic.rows import StoredRows
from lagerbro_sandbox.economic.sales.document_lines import is_too_large
from lagerbro_sandbox.economic.sales.due_dates import computed
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire import filterable as f
from lagerbro_sandbox.economic.wire.answers import ok
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.economic.wire.links import escaped, linked, path_below
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.numbers.numerals import numeral
from lagerbro_sandbox.kernel.records import Record

CUSTOMERS, PRODUCTS = REGISTERS["customers"], REGISTERS["products"]
QUANTITY_MOST = Decimal(10) ** 12
_COPIED = ("name", "address", "zip", "city", "country", "ean", "publicEntryNumber")


def add_to(router: Router) -> None:
    router.add("GET", "/customers/{}/templates", _links)
    router.add("GET", "/customers/{}/templates/invoice", _invoice)
    router.add("GET", "/customers/{}/templates/invoiceline", _lines)
    router.add("GET", "/customers/{}/templates/invoiceline/{}", _line)


def _address(session: Session, customer: Record) -> str:
    return f"{session.base}/customers/{customer['customerNumber']}/templates"


def _links(session: Session, _request: Request, values: list[str]) -> Response:
    address = _address(session, existing_record(session, CUSTOMERS, values[0]))
    return ok({"invoice": f"{address}/invoice", "invoiceline": f"{address}/invoiceline", "self": address})


def _invoice(session: Session, _request: Request, values: list[str]) -> Response:
    """No layout and no lines: whoever makes a draft of it adds them."""
    customer = existing_record(session, CUSTOMERS, values[0])
    recipient: Record = {name: customer[name] for name in _COPIED if name in customer}
    if "attention" in customer:
        recipient["attention"] = customer["attention"]
    recipient["vatZone"] = {"vatZoneNumber": customer["vatZone"]["vatZoneNumber"]}
    today = session.today()
    terms = session.get("payment-terms", customer["paymentTerms"]["paymentTermsNumber"]) or {}
    body: Record = {
        "date": str(today),
        "currency": customer["currency"],
        "exchangeRate": session.rate_per_100(customer["currency"]) or Decimal(100),
        "dueDate": computed(today, terms.get("paymentTermsType", "net"), terms),
        "paymentTerms": customer["paymentTerms"],
        "customer": {"customerNumber": customer["customerNumber"]},
        "recipient": recipient,
    }
    references = {name: customer[name] for name in ("customerContact", "salesPerson") if name in customer}
    if references:
        body["references"] = references
    body |= _delivery(session, customer)
    return ok({**linked(body, session.base), "self": f"{_address(session, customer)}/invoice"})


def _delivery(session: Session, customer: Record) -> Record:
    number = customer.get("defaultDeliveryLocation", {}).get("deliveryLocationNumber")
    place = session.get("delivery-locations", number) if number is not None else None
    if place is None:
        return {}
    names = {"address": "address", "postalCode": "zip", "city": "city", "country": "country"}
    delivery = {name: place[own] for own, name in names.items() if own in place}
    if "termsOfDelivery" in place:
        delivery["deliveryTerms"] = place["termsOfDelivery"]
    where = {"deliveryLocationNumber": number, "self": path_below("delivery-locations", place)}
    return {"deliveryLocation": where, **({"delivery": delivery} if delivery else {})}


def _lines(session: Session, request: Request, values: list[str]) -> Response:
    address = f"{_address(session, existing_record(session, CUSTOMERS, values[0]))}/invoiceline"
    rows = StoredRows(session, PRODUCTS.name, "", _described)

    def show(row: Record) -> Record:
        product = linked({"productNumber": row["productNumber"]}, session.base)
        own = f"{address}/{escaped(row['productNumber'])}"
        return {"description": row["description"], "product": product, "self": own}

    return ok(collection(session, request, rows, f.INVOICE_LINE_TEMPLATES, show))


def _described(product: Record) -> Record:
    """A product as the list of templates may be filtered by."""
    number = product["productNumber"]
    return {"productNumber": number, "product": {"productNumber": number}, "description": product["name"]}


def _line(session: Session, request: Request, values: list[str]) -> Response:
    """A line with the price in the customer's currency, for the quantity that is asked for."""
    customer, product = existing_record(session, CUSTOMERS, values[0]), existing_record(session, PRODUCTS, values[1])
    quantity = _quantity(dict(request.parameters()).get("quantity", "1"))
    price, discount = price_for(session, customer, product)
    cost = Decimal(product.get("costPrice", 0))
    rate = session.rate_per_100(customer["currency"]) or Decimal(100)
    if is_too_large(quantity, max(abs(price), abs(cost)), rate):
        raise ApiError(400, "The line comes to more than can be kept.", "Ask for a smaller quantity.", "E04741")
    net = in_base(line_total(quantity, price, discount), rate)
    margin = net - cents(quantity * cost)
    body: Record = {
        "description": product["name"],
        **({"unit": product["unit"]} if "unit" in product else {}),
        "product": {"productNumber": product["productNumber"]},
        "quantity": quantity,
        "unitNetPrice": price,
        "discountPercentage": discount,
        "unitCostPrice": cost,
        "marginInBaseCurrency": margin,
        "marginPercentage": cents(margin / Decimal(net) * 100) if net else ZERO,
    }
    own = f"{_address(session, customer)}/invoiceline/{escaped(product['productNumber'])}"
    return ok({**linked(body, session.base), "self": own})


def _quantity(text: str) -> Decimal:
    number = numeral(text)
    if number is None or abs(number) > QUANTITY_MOST or number != cents(number):
        raise ApiError(400, "The quantity is not a number of two decimals.", "Correct the quantity.", "E04740")
    return cents(number)
