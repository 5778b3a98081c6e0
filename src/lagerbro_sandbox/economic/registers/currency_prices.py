"""Sales prices of a product in other currencies (economic-api 6.4)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.money import ZERO, cents
from lagerbro_sandbox.economic.registers.definitions import REGISTERS
from lagerbro_sandbox.economic.registers.forms import CURRENCY_PRICE
from lagerbro_sandbox.economic.registers.routes import existing_record
from lagerbro_sandbox.economic.registers.views import actions
from lagerbro_sandbox.economic.registers.writing import check_decimals
from lagerbro_sandbox.economic.rest.listing import collection
from lagerbro_sandbox.economic.rest.references import check_references, known_fields
from lagerbro_sandbox.economic.rest.routing import Router
from lagerbro_sandbox.economic.rows import marked
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire import filterable as f
from lagerbro_sandbox.economic.wire.answers import body_of, ok
from lagerbro_sandbox.economic.wire.errors import Problems, not_found
from lagerbro_sandbox.economic.wire.fields import check
from lagerbro_sandbox.economic.wire.links import escaped, linked
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.records import Record

KIND: Final = "currency-prices"
_NAME: Final = "currency-specific-sales-prices"
_PATH: Final = f"/products/{{}}/pricing/{_NAME}"
PRODUCTS: Final = REGISTERS["products"]


def add_to(router: Router) -> None:
    router.add("GET", _PATH, _listed)
    router.add("POST", _PATH, _create)
    router.add("GET", f"{_PATH}/{{}}", _read)
    router.add("PUT", f"{_PATH}/{{}}", _put)
    router.add("DELETE", f"{_PATH}/{{}}", _removed)


def price_in(session: Session, product: Record, currency: str) -> Decimal:
    """The price in the currency: its own where there is one, else the sales price at today's rate."""
    own = session.get(KIND, _key(product["productNumber"], currency))
    if own is not None:
        return Decimal(own["price"])
    price, rate = Decimal(product.get("salesPrice", 0)), session.rate_per_100(currency)
    return cents(price * 100 / Decimal(rate)) if rate else ZERO


def _key(product: str, currency: str) -> str:
    return f"{currency} {product}"


def _listed(session: Session, request: Request, values: list[str]) -> Response:
    product = existing_record(session, PRODUCTS, values[0])
    rows = marked(session, KIND, "product.productNumber", product["productNumber"])
    create = "Create a new currency specific sales price."
    return ok(collection(session, request, rows, f.CURRENCY_PRICES, lambda row: _shown(session, row), create))


def _read(session: Session, _request: Request, values: list[str]) -> Response:
    return ok(_with_actions(session, _existing(session, values)))


def _existing(session: Session, values: list[str], code: str = "") -> Record:
    product = existing_record(session, PRODUCTS, values[0])
    record = session.get(KIND, _key(product["productNumber"], values[1].upper()))
    if record is None:
        raise not_found(code)
    return record


def _create(session: Session, request: Request, values: list[str]) -> Response:
    product = existing_record(session, PRODUCTS, values[0])
    body = body_of(request)
    return ok(_with_actions(session, _write(session, product, body, None)[0]), 201)


def _put(session: Session, request: Request, values: list[str]) -> Response:
    product = existing_record(session, PRODUCTS, values[0])
    record, is_new = _write(session, product, body_of(request), values[1].upper())
    return ok(_with_actions(session, record), 201 if is_new else 200)


def _write(session: Session, product: Record, body: object, code: str | None) -> tuple[Record, bool]:
    """POST where `code` is None: a currency that has a price already is refused."""
    verb = "post" if code is None else "currencyCode.put"
    sent = check(body, CURRENCY_PRICE, f"/schema/products.productNumber.pricing.{_NAME}.{verb}.schema.json")
    problems = Problems()
    if code is not None:
        sent = {**sent, "currency": {"code": code}}
    if "currency" not in sent:
        problems.add(("currency",), "E04500", "The reference needs 'code' or 'self'.")
        problems.raise_if_any()
    record = check_references(session, known_fields(sent, CURRENCY_PRICE), CURRENCY_PRICE, problems)
    check_decimals(record, CURRENCY_PRICE, (), problems)
    currency = record["currency"].get("code", "")
    key = _key(product["productNumber"], currency)
    is_new = session.get(KIND, key) is None
    if not is_new and code is None:
        problems.add(("currency", "code"), "E06010", f"There is a price in {currency} already.", currency)
    if currency == session.base_currency:
        problems.add(("currency", "code"), "E06020", "The price in base currency is the product's own.", currency)
    problems.raise_if_any()
    price = {
        "price": record["price"],
        "product": {"productNumber": product["productNumber"]},
        "currency": {"code": currency},
    }
    session.put(KIND, key, price)
    return price, is_new


def _removed(session: Session, _request: Request, values: list[str]) -> Response:
    record = _existing(session, values, "E06000")
    session.store.delete(session.agreement, KIND, _key(record["product"]["productNumber"], record["currency"]["code"]))
    return Response(204)


def _shown(session: Session, row: Record) -> Record:
    place = f"/products/{escaped(row['product']['productNumber'])}/pricing/{_NAME}"
    return {**linked(row, session.base), "self": f"{session.base}{place}/{row['currency']['code']}"}


def _with_actions(session: Session, row: Record) -> Record:
    shown = _shown(session, row)
    return {**shown, "metaData": actions("currency specific sales price", shown["self"])}
