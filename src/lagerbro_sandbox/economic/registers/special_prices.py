"""What a customer of a price group pays for a product: a price or a discount of their own (economic-api 6.1, 6.4)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.money import ZERO, cents
from lagerbro_sandbox.economic.registers.currency_prices import price_in
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.kernel.records import Record

SPECIAL: Final = "special-prices"
SPECIAL_IN: Final = "special-prices-in-currency"


def price_for(session: Session, customer: Record, product: Record) -> tuple[Decimal, Decimal]:
    """The price in the customer's currency and the discount in per cent."""
    currency, special = customer["currency"], _special(session, customer, product)
    usual = price_in(session, product, currency)
    if special is None:
        return usual, ZERO
    if "discountPercentage" in special:
        return usual, Decimal(special["discountPercentage"])
    return _price(session, special, currency, usual), ZERO


def _special(session: Session, customer: Record, product: Record) -> Record | None:
    group = customer.get("priceGroup", {}).get("priceGroupNumber")
    if group is None:
        return None
    wanted = (group, product["productNumber"])
    return next((row for row in session.all(SPECIAL) if (row["priceGroup"], row["productNumber"]) == wanted), None)


def _price(session: Session, special: Record, currency: str, usual: Decimal) -> Decimal:
    for row in session.all(SPECIAL_IN):
        if (row["specialPrice"], row["currency"]) == (special["number"], currency):
            return Decimal(row["salesPrice"])
    rate = session.rate_per_100(currency)
    if "salesPriceBaseCurrency" not in special or not rate:
        return usual
    return cents(Decimal(special["salesPriceBaseCurrency"]) * 100 / Decimal(rate))
