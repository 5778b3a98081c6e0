"""What a party has agreed on: a customer's prices and discounts, a supplier's numbers and prices (rackbeat-api 3.3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.registers import stock_rules
from lagerbro_sandbox.rackbeat.registers.field_readers import decimal, text
from lagerbro_sandbox.rackbeat.registers.forms import Field, filled
from lagerbro_sandbox.rackbeat.registers.parties import CUSTOMERS, SUPPLIERS
from lagerbro_sandbox.rackbeat.registers.products import NOT_NEGATIVE, PRODUCTS
from lagerbro_sandbox.rackbeat.registers.register import brief
from lagerbro_sandbox.rackbeat.registers.simple_registers import DISCOUNT_GROUPS, PERCENT
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import done, one
from lagerbro_sandbox.rackbeat.wire.errors import ApiError, not_found
from lagerbro_sandbox.rackbeat.wire.listing import listed, page
from lagerbro_sandbox.rackbeat.wire.querying import Listing
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

_PRICE: Final = (Field("sales_price", NOT_NEGATIVE, required=True),)
_OVERRIDE: Final = (Field("override_discount_percentage", PERCENT),)
_SUPPLIED: Final = (Field("recommended_cost_price", NOT_NEGATIVE, ("cost_price",)), Field("number", text(60)))


def add_to(router: Router) -> None:
    for name in ("lineables", "prices"):
        router.add("GET", f"customers/{{}}/{name}", _prices)
        router.add("GET", f"customers/{{}}/{name}/{{}}", _price)
    router.add("PUT", "customers/{}/prices/{}", _price_agreed)
    router.add("DELETE", "customers/{}/prices/{}", _price_dropped)
    router.add("GET", "customers/{}/discount-groups", _discounts)
    router.add("POST", "customers/{}/discount-groups/{}", _discount_agreed)
    router.add("PUT", "customers/{}/discount-groups/{}", _discount_changed)
    router.add("DELETE", "customers/{}/discount-groups/{}", _discount_dropped)
    router.add("GET", "suppliers/{}/products", _supplied)
    router.add("GET", "suppliers/{}/products/{}", _supplied_one)
    router.add("PUT", "suppliers/{}/products/{}", _supplied_changed)
    for what in ("price", "number"):
        router.add("POST", f"suppliers/{{}}/products/{{}}/reset-{what}", _supplied_reset)
    router.add("GET", "suppliers/{}/avg-delivery-time", _delivery_time)


def price_row(session: Session, customer: Record, item: Record) -> Record:
    """What the item costs this customer, and why (C). An agreed price wins over the discount group, that over the
    customer's own discount (P).
    """
    agreed = (customer.get("agreed_prices") or {}).get(str(item["number"]))
    regular: Any = decimal(item.get("sales_price")) or Decimal(0)
    discount, source = _discount(session, customer, item)
    return {
        "name": item["name"],
        "type": "product",
        "number": item["number"],
        "urlfriendly_number": PRODUCTS.whole(session, item)["urlfriendly_number"],
        "sales_price": regular if agreed is None else agreed,
        "regular_sales_price": regular,
        "is_custom_sales_price": agreed is not None,
        "discount_percentage": Decimal(0) if agreed is not None else discount,
        "price_source": "customer_price" if agreed is not None else source,
        "group": brief(session, "product-groups", item["group_id"]),
        "physical": item.get("physical"),
    }


def _discount(session: Session, customer: Record, item: Record) -> tuple[Decimal, str]:
    number = item.get("discount_group_id")
    joined = customer.get("discount_groups") or {}
    if number is not None and str(number) in joined:
        own = joined[str(number)]
        group = session.cached("discount-groups", number) or {}
        percentage = decimal(group.get("discount_percentage") if own is None else own)
        return percentage or Decimal(0), "discount_group"
    general = decimal(customer.get("general_discount_percentage")) or Decimal(0)
    return general, "general_discount" if general else "sales_price"


def _prices(session: Session, call: Call) -> Response:
    customer = CUSTOMERS.get(session, call.key)
    listing = Listing("products", "lineables" if "lineables" in call.request.path else "prices")
    return page(session, call.given, listing, lambda item: price_row(session, customer, item))


def _price(session: Session, call: Call) -> Response:
    customer, item = CUSTOMERS.get(session, call.key), PRODUCTS.get(session, call.values[1])
    name = "lineable" if "lineables" in call.request.path else "price"
    return one(name, price_row(session, customer, item))


def _price_agreed(session: Session, call: Call) -> Response:
    customer, item = CUSTOMERS.get(session, call.key), PRODUCTS.get(session, call.values[1])
    price = filled(session, _PRICE, call.body)["sales_price"]
    prices = {**(customer.get("agreed_prices") or {}), str(item["number"]): price}
    return one("price", price_row(session, _store(session, customer, "agreed_prices", prices), item))


def _price_dropped(session: Session, call: Call) -> Response:
    customer, item = CUSTOMERS.get(session, call.key), PRODUCTS.get(session, call.values[1])
    prices = dict(customer.get("agreed_prices") or {})
    if prices.pop(str(item["number"]), None) is None:
        raise not_found()
    _store(session, customer, "agreed_prices", prices)
    return done()


def _discounts(session: Session, call: Call) -> Response:
    joined = CUSTOMERS.get(session, call.key).get("discount_groups") or {}
    rows = [_joined(session, key, own) for key, own in joined.items()]
    return listed(call.request, "discount_groups", rows)


def _discount_agreed(session: Session, call: Call) -> Response:
    """L: joining a group twice is 403, not 422."""
    customer, key = CUSTOMERS.get(session, call.key), _group(session, call)
    joined = customer.get("discount_groups") or {}
    if key in joined:
        raise ApiError(403, "The customer is already in the discount group.")
    own = filled(session, _OVERRIDE, call.body)["override_discount_percentage"]
    _store(session, customer, "discount_groups", {**joined, key: own})
    return one("discount_group", _joined(session, key, own), 201)


def _discount_changed(session: Session, call: Call) -> Response:
    customer, key = CUSTOMERS.get(session, call.key), _group(session, call)
    joined = customer.get("discount_groups") or {}
    if key not in joined:
        raise not_found()
    own = filled(session, _OVERRIDE, call.body)["override_discount_percentage"]
    _store(session, customer, "discount_groups", {**joined, key: own})
    return one("discount_group", _joined(session, key, own))


def _discount_dropped(session: Session, call: Call) -> Response:
    customer, key = CUSTOMERS.get(session, call.key), _group(session, call)
    joined = dict(customer.get("discount_groups") or {})
    if key not in joined:
        raise not_found()
    del joined[key]
    _store(session, customer, "discount_groups", joined)
    return done()


def _group(session: Session, call: Call) -> str:
    return str(DISCOUNT_GROUPS.get(session, call.values[1])["number"])


def _joined(session: Session, key: str, own: Decimal | None) -> Record:
    return {**(session.get("discount-groups", key) or {"number": key}), "override_discount_percentage": own}


def _store(session: Session, party: Record, name: str, value: Record, kind: str = "customers") -> Record:
    changed = {**party, name: value, "updated_at": session.timestamp()}
    session.put(kind, party["number"], changed)
    return changed


def supplied(supplier: Record, item: Record) -> Record:
    """The item as the supplier knows it (S)."""
    own = (supplier.get("supplied") or {}).get(str(item["number"]), {})
    price, number = own.get("recommended_cost_price"), own.get("number")
    if number is None and item.get("default_supplier_id") == supplier["number"]:
        number = item.get("supplier_product_number")
    return {
        "name": item["name"],
        "number": item["number"] if number is None else number,
        "regular_number": item["number"],
        "is_custom_number": number is not None,
        "recommended_cost_price": item.get("recommended_cost_price") if price is None else price,
        "regular_cost_price": item.get("recommended_cost_price"),
        "is_custom_cost_price": price is not None,
    }


def _supplied(session: Session, call: Call) -> Response:
    supplier = SUPPLIERS.get(session, call.key)
    return page(session, call.given, Listing("products", "products"), lambda item: supplied(supplier, item))


def _supplied_one(session: Session, call: Call) -> Response:
    supplier, item = SUPPLIERS.get(session, call.key), PRODUCTS.get(session, call.values[1])
    return one("product", supplied(supplier, item))


def _supplied_changed(session: Session, call: Call) -> Response:
    supplier, item = SUPPLIERS.get(session, call.key), PRODUCTS.get(session, call.values[1])
    every = supplier.get("supplied") or {}
    own = filled(session, _SUPPLIED, call.body, every.get(str(item["number"]), {}))
    changed = _store(session, supplier, "supplied", {**every, str(item["number"]): own}, "suppliers")
    return one("product", supplied(changed, item))


def _supplied_reset(session: Session, call: Call) -> Response:
    supplier, item = SUPPLIERS.get(session, call.key), PRODUCTS.get(session, call.values[1])
    every = supplier.get("supplied") or {}
    what = "number" if call.request.path.endswith("reset-number") else "recommended_cost_price"
    own = {name: value for name, value in every.get(str(item["number"]), {}).items() if name != what}
    changed = _store(session, supplier, "supplied", {**every, str(item["number"]): own}, "suppliers")
    return one("product", supplied(changed, item))


def _delivery_time(session: Session, call: Call) -> Response:
    """Days from purchase to receipt on average; null while nothing was received."""
    supplier = SUPPLIERS.get(session, call.key)
    days = stock_rules.delivery_days(session, supplier["number"])
    return one("avg_delivery_time", {"supplier_id": supplier["number"], "days": days})
