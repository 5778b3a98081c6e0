"""Open items: what is still to be paid of an entry on a customer's or supplier's account, and who pays whom
(economic-api 6.8, 8.2)."""

from __future__ import annotations

from decimal import Decimal

from lagerbro.sandbox.economic.money import ZERO, cents
from lagerbro.sandbox.economic.session import Session
from lagerbro.sandbox.economic.store import Entry

INVOICES = ("customerInvoice", "manualDebtorInvoice", "supplierInvoice")


def pay_named_invoices(session: Session, entries: list[Entry]) -> None:
    """Match each payment with the oldest open invoice that it names."""
    for entry in entries:
        if entry.remainder is None or entry.kind in INVOICES:
            continue
        for invoice in session.store.open_items(session.agreement, entry):
            if is_named(entry, invoice) and can_match(entry, invoice):
                match(session, invoice, entry)
                break


def is_named(payment: Entry, invoice: Entry) -> bool:
    """Whether the payment says that it is for this invoice."""
    if invoice.kind not in INVOICES:
        return False
    if payment.customer is not None:
        return payment.invoice is not None and payment.invoice == invoice.invoice
    return bool(payment.supplier_invoice) and payment.supplier_invoice == invoice.supplier_invoice


def can_match(first: Entry, second: Entry) -> bool:
    """Two open items of one party, in one currency, one owed and one owing."""
    if first.number == second.number or not first.remainder or not second.remainder:
        return False
    same = (first.customer, first.supplier, first.currency) == (second.customer, second.supplier, second.currency)
    return same and (first.remainder > 0) != (second.remainder > 0)


def match(session: Session, first: Entry, second: Entry) -> None:
    """Let the smaller of the two be settled, and the larger by as much."""
    assert first.remainder is not None
    assert second.remainder is not None
    amount = min(abs(first.remainder), abs(second.remainder))
    for entry in (first, second):
        _settle(session, entry, amount)
    session.store.add_match(session.agreement, first.number, second.number, amount)


def _settle(session: Session, entry: Entry, amount: Decimal) -> None:
    remainder, base = entry.remainder or ZERO, entry.base_remainder or ZERO
    left = remainder - amount.copy_sign(remainder)
    base_left = cents(base * left / remainder) if remainder else ZERO
    session.store.set_remainder(session.agreement, entry.number, left, base_left)
    if entry.kind == "customerInvoice" and entry.invoice is not None:
        invoice = session.get("booked", entry.invoice)
        if invoice is not None:
            session.put("booked", entry.invoice, {**invoice, "remainder": left, "remainderInBaseCurrency": base_left})
