"""What a document comes to (rackbeat-api 6): rows to two decimals, VAT per rate on the rounded base, head = sums."""

from __future__ import annotations

from decimal import Decimal

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.money import ZERO, cents, vat_total


def totals(record: Record) -> Record:
    """Of its lines, in its currency, and the whole in base currency (P: of the total with VAT)."""
    lines = record["lines"]
    subtotal = sum((line["line_total"] for line in lines), ZERO)
    vat = vat_total((line["line_total"], line["vat_percentage"]) for line in lines)
    return {
        "total_subtotal": subtotal,
        "total_vat": vat,
        "total_total": subtotal + vat,
        "total_base_currency": cents((subtotal + vat) * record["currency_rate"]),
    }


def profit(record: Record, cost: Decimal) -> Record:
    """What is left of the subtotal in base currency; the percentage is of the subtotal."""
    subtotal = cents(record["total_subtotal"] * record["currency_rate"])
    amount = subtotal - cents(cost)
    percentage = cents(amount * 100 / Decimal(subtotal)) if subtotal else ZERO
    return {"total_cost": cents(cost), "total_profit": amount, "total_profit_percentage": percentage}


def settled(record: Record) -> Record:
    """What is still to be paid of it (rackbeat-api 3.8)."""
    paid = sum((payment["amount"] for payment in record.get("payments", [])), ZERO)
    balance = record["total_total"] - paid
    sign = -1 if record["total_total"] < 0 else 1
    return {
        "balance": balance,
        "is_paid": bool(record["is_booked"]) and balance * sign <= 0,
        "is_partly_paid": paid != 0 and balance * sign > 0,
        "is_overpaid": balance * sign < 0,
    }
