"""What the head of a document in Rackbeat says: its direction, its amounts, its exchange rate. Pure.

The same for customers' and suppliers' invoices and their credit notes.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro.books.exchange_rates import implied_rate, is_near_usual_rate, is_rate_consistent, usual_rate
from lagerbro.books.totals import Amounts
from lagerbro.flows.refusals import CONFIG, REFUSED, PlanRefusal
from lagerbro.money import ONE, product_of, rounded, total_of
from lagerbro.rackbeat import signs
from lagerbro.rackbeat.invoice_types import InvoiceHead

INEXACT: Final = Decimal("0.01")
"""How far Rackbeat's unrounded totals may be from adding up (rackbeat-api 6)."""


def factor_of(invoice: signs.Document, credited: signs.Document | None) -> int:
    """-1 for a credit note that is to be turned round, else 1; raises `PlanRefusal` when nothing tells (H32)."""
    try:
        return signs.sign_factor(invoice, credited)
    except signs.DirectionUnknownError as error:
        number = invoice.credited_number
        named = {"credited": str(number)} if number is not None else {}
        raise PlanRefusal("credit_direction_unknown", CONFIG, **named) from error


def amounts_of(invoice: InvoiceHead, factor: int) -> Amounts:
    """What Rackbeat says the invoice comes to, with e-conomic's sign; raises `PlanRefusal` when it does not add up.

    Amounts that differ in sign are legal: a mix of rates. Where Rackbeat has more decimals, the three need not add up
    once each is rounded.
    """
    subtotal, vat, total = invoice.total_subtotal, invoice.total_vat, invoice.total_total
    if abs(total_of((subtotal, vat, -total))) > INEXACT:
        reason = f"{plain(subtotal)} + {plain(vat)} ≠ {plain(total)}"
        raise PlanRefusal("invoice_contradicts", REFUSED, reason=reason)
    return Amounts(*(rounded(product_of(amount, Decimal(factor))) for amount in (subtotal, vat, total)))


def base_rate(invoice: InvoiceHead, base_currency: str) -> Decimal:
    """What one unit of the invoice's currency is worth in the base currency."""
    return ONE if invoice.currency == base_currency else invoice.currency_rate or ONE


def check_rate(invoice: InvoiceHead, base_currency: str) -> None:
    """Raise `PlanRefusal` for an exchange rate that is missing or cannot be right (domain-rules H39)."""
    rate, currency = invoice.currency_rate, invoice.currency
    if rate is None or rate <= 0:
        raise PlanRefusal("rate_missing", REFUSED, currency=currency)
    expected = _contradicting_rate(invoice, rate)
    usual = usual_rate(currency, base_currency)
    if expected is None and usual is not None and not is_near_usual_rate(rate, usual):
        expected = usual
    if expected is not None:
        named = {"currency": currency, "base": base_currency, "rate": plain(rate), "expected": plain(expected)}
        raise PlanRefusal("rate_unlikely", CONFIG, **named)


def _contradicting_rate(invoice: InvoiceHead, rate: Decimal) -> Decimal | None:
    """The rate that Rackbeat's own total in base currency speaks of, where that is another than the invoice's."""
    base_total = invoice.total_base_currency
    if not base_total or is_rate_consistent(rate, (invoice.total_total, invoice.total_subtotal), base_total):
        return None
    return implied_rate(base_total, invoice.total_total or invoice.total_subtotal) or rate


def plain(amount: Decimal) -> str:
    """An amount for people: at least two decimals, and no more than it has."""
    return str(rounded(amount)) if amount == rounded(amount) else format(amount.normalize(), "f")
