"""productsapi: sales prices in other currencies, price groups and their special prices (economic-api 6.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lagerbro_sandbox.economic.registers.special_prices import SPECIAL, SPECIAL_IN
from lagerbro_sandbox.economic.services.calls import Call
from lagerbro_sandbox.economic.services.lists import Listing
from lagerbro_sandbox.economic.services.problems import missing, refuse
from lagerbro_sandbox.economic.services.resources import Resource, ServiceRouter
from lagerbro_sandbox.economic.services.shapes.products import (
    PRICE_GROUP,
    SALES_PRICE,
    SPECIAL_PRICE,
    SPECIAL_PRICE_IN_CURRENCY,
)
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.kernel.records import Record

PRICES: Final = "currency-prices"
GROUPS: Final = "price-groups"
CREATE: Final = "ProductSpecialPriceCreate"
CREATE_IN: Final = "ProductSpecialPriceCurrencyCreate"


def add_to(router: ServiceRouter) -> None:
    listing = Listing(SALES_PRICE, lambda row: f"{row['currency']} {row['productNumber']}", _prices, "salesprices")
    router.add("GET", "/salespriceincurrencies", listing.by_cursor)
    router.add("GET", "/salespriceincurrencies/paged", listing.by_page)
    router.add("GET", "/salespriceincurrencies/count", listing.count)
    of_product = Resource(
        "/products/{}/salespriceincurrencies",
        SALES_PRICE,
        "currency",
        _prices,
        _price,
        _add_price,
        _change_price,
        _drop_price,
    )
    router.add("POST", of_product.path, of_product.made)
    router.add("PUT", of_product.path, of_product.changed)
    router.add("GET", f"{of_product.path}/{{}}", of_product.read)
    router.add("DELETE", f"{of_product.path}/{{}}", of_product.removed)
    Resource("/pricegroups", PRICE_GROUP, "number", _groups, _group, _add_group, _change_group, _drop_group).add_to(
        router
    )
    Resource(
        "/pricegroups/{}/specialprices",
        SPECIAL_PRICE,
        "number",
        _specials,
        _special,
        _add_special,
        _change_special,
        _drop_special,
    ).add_to(router)
    Resource(
        "/specialprices/{}/specialpricesincurrency",
        SPECIAL_PRICE_IN_CURRENCY,
        "currency",
        _specials_in,
        _special_in,
        _add_special_in,
        _change_special_in,
        _drop_special_in,
    ).add_to(router)


def _key(currency: str, owner: object) -> str:
    return f"{currency} {owner}"


def _prices(call: Call, _values: list[str]) -> Iterator[Record]:
    return (_shown_price(row) for row in call.session.all(PRICES))


def _shown_price(row: Record) -> Record:
    return {
        "productNumber": row["product"]["productNumber"],
        "currency": row["currency"]["code"],
        "salesPrice": row["price"],
    }


def _price(call: Call, values: list[str]) -> Record | None:
    row = call.session.get(PRICES, _key(values[1].upper(), values[0]))
    return None if row is None else _shown_price(row)


def _add_price(call: Call, new: Record, values: list[str]) -> str:
    if call.session.get("products", values[0]) is None:
        raise refuse("ProductDoesNotExist", "The product does not exist.", "productNumber")
    if _price(call, [values[0], new["currency"]]) is not None:
        raise refuse("ProductPriceInCurrencyAlreadyExists", "There is a price in the currency.", "currency")
    _set_price(call, new, values)
    return str(new["currency"]).upper()


def _change_price(call: Call, _row: Record, new: Record, values: list[str]) -> None:
    _set_price(call, new, values)


def _set_price(call: Call, new: Record, values: list[str]) -> None:
    currency = new["currency"].upper()
    if call.session.get("currencies", currency) is None or currency == call.session.base_currency:
        raise refuse("InvalidCurrency", f"A price in {currency} cannot be set.", "currency")
    record = {
        "price": new["salesPrice"],
        "product": {"productNumber": values[0]},
        "currency": {"code": currency},
    }
    call.session.put(PRICES, _key(currency, values[0]), record)


def _drop_price(call: Call, row: Record, values: list[str]) -> None:
    call.session.store.delete(call.session.agreement, PRICES, _key(row["currency"], values[0]))


def _groups(call: Call, _values: list[str]) -> Iterator[Record]:
    return iter(call.session.all(GROUPS))


def _group(call: Call, values: list[str]) -> Record | None:
    return call.session.get(GROUPS, values[0])


def _add_group(call: Call, new: Record, _values: list[str]) -> int:
    if call.session.get(GROUPS, new["number"]) is not None:
        raise refuse("PriceGroupIdExists", "The number is already in use.", "number")
    _store_group(call.session, int(new["number"]), new)
    return int(new["number"])


def _change_group(call: Call, row: Record, new: Record, _values: list[str]) -> None:
    _store_group(call.session, int(row["number"]), new)


def _store_group(session: Session, number: int, new: Record) -> None:
    """Under REST's name for its number, too: customers refer to it there."""
    session.put(GROUPS, number, {**_plain(new), "priceGroupNumber": number})


def _drop_group(call: Call, row: Record, _values: list[str]) -> None:
    if any(price["priceGroup"] == row["number"] for price in call.session.all(SPECIAL)):
        raise refuse("PriceGroupUsedByProductSpecialPrice", "The price group has special prices.", "number")
    if any(_price_group(customer) == row["number"] for customer in call.session.all("customers")):
        raise refuse("PriceGroupUsedByOneOrMoreCustomers", "Customers have the price group.", "number")
    call.session.store.delete(call.session.agreement, GROUPS, row["number"])


def _price_group(customer: Record) -> int | None:
    number: int | None = customer.get("priceGroup", {}).get("priceGroupNumber")
    return number


def _plain(new: Record) -> Record:
    return {name: value for name, value in new.items() if name != "objectVersion"}


def _specials(call: Call, values: list[str]) -> Iterator[Record]:
    return (row for row in call.session.all(SPECIAL) if str(row["priceGroup"]) == values[0])


def _special(call: Call, values: list[str]) -> Record | None:
    return next((row for row in _specials(call, values) if str(row["number"]) == values[1]), None)


def _add_special(call: Call, new: Record, values: list[str]) -> int:
    if _group(call, values) is None:
        raise refuse(f"{CREATE}PriceGroupDoesNotExist", "The price group does not exist.", "number")
    if any(row["productNumber"] == new["productNumber"] for row in _specials(call, values)):
        code = f"{CREATE}ProductAlreadyHasSpecialPriceInPriceGroup"
        raise refuse(code, "The product has a special price in the group.", "productNumber")
    number = call.session.store.next_number(call.session.agreement, SPECIAL)
    _set_special(call.session, number, new, values)
    return number


def _change_special(call: Call, row: Record, new: Record, values: list[str]) -> None:
    _set_special(call.session, row["number"], new, values)


def _set_special(session: Session, number: int, new: Record, values: list[str]) -> None:
    if session.get("products", new["productNumber"]) is None:
        raise refuse(f"{CREATE}ProductDoesNotExist", "The product does not exist.", "productNumber")
    if "salesPriceBaseCurrency" in new and "discountPercentage" in new:
        code = f"{CREATE}SalesPriceBaseCurrencyAndDiscountPercentageSpecified"
        raise refuse(code, "Either a price or a discount.", "discountPercentage")
    session.put(SPECIAL, number, {**_plain(new), "number": number, "priceGroup": int(values[0])})


def _drop_special(call: Call, row: Record, _values: list[str]) -> None:
    if any(price["specialPrice"] == row["number"] for price in call.session.all(SPECIAL_IN)):
        code = "ProductSpecialPriceDeleteSpecialPriceUsedBySpecialPriceInCurrency"
        raise refuse(code, "It has prices in other currencies.", "number")
    call.session.store.delete(call.session.agreement, SPECIAL, row["number"])


def _specials_in(call: Call, values: list[str]) -> Iterator[Record]:
    return (row for row in call.session.all(SPECIAL_IN) if str(row["specialPrice"]) == values[0])


def _special_in(call: Call, values: list[str]) -> Record | None:
    return call.session.get(SPECIAL_IN, _key(values[1].upper(), values[0]))


def _add_special_in(call: Call, new: Record, values: list[str]) -> str:
    if _special_in(call, [values[0], new["currency"]]) is not None:
        code = f"{CREATE_IN}SpecialPriceInCurrencyAlreadyExists"
        raise refuse(code, "There is a price in the currency.", "currency")
    _set_special_in(call, new, values)
    return str(new["currency"]).upper()


def _change_special_in(call: Call, _row: Record, new: Record, values: list[str]) -> None:
    _set_special_in(call, new, values)


def _set_special_in(call: Call, new: Record, values: list[str]) -> None:
    session, currency = call.session, new["currency"].upper()
    special = session.get(SPECIAL, values[0])
    if special is None:
        raise missing("The special price")
    if session.get("currencies", currency) is None:
        raise refuse(f"{CREATE_IN}CurrencyDoesNotExist", f"Currency {currency} does not exist.", "currency")
    if "discountPercentage" in special:
        code = f"{CREATE_IN}DiscountPercentageSpecified"
        raise refuse(code, "The special price is a discount.", "currency")
    record = {"currency": currency, "salesPrice": new["salesPrice"], "specialPrice": int(values[0])}
    session.put(SPECIAL_IN, _key(currency, values[0]), record)


def _drop_special_in(call: Call, row: Record, values: list[str]) -> None:
    call.session.store.delete(call.session.agreement, SPECIAL_IN, _key(row["currency"], values[0]))
