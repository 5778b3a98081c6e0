"""Open items: what is still to be paid of an entry on a customer's or supplier's account, and who pays whom
(economic-api 6.8, 8.2).

What stands on the control account of a party is always what is open of it in base currency: a payment at another rate
than the invoice's leaves a difference, which goes to the agreement's exchange account as a system entry.
"""

from __future__ import annotations

from decimal import Decimal

from lagerbro_sandbox.economic.ledger import system_entries
from lagerbro_sandbox.economic.money import ZERO, cents
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage.entries import Entry

INVOICES = ("customerInvoice", "manualDebtorInvoice", "supplierInvoice")


def pay_named_invoices(session: Session, entries: list[Entry]) -> list[Entry]:
    """Match each payment with the oldest open invoice that it names. Answers the entries that this made."""
    new_entries: list[Entry] = []
    for entry in entries:
        if entry.remainder is None or entry.kind in INVOICES:
            continue
        for invoice in session.store.entries.open_beside(session.agreement, entry):
            if is_named(entry, invoice) and can_match(entry, invoice):
                new_entries += match(session, invoice, entry, entry.date)
                break
    return new_entries


def is_named(payment: Entry, invoice: Entry) -> bool:
    """Whether the payment says that it is for this invoice."""
    if invoice.kind not in INVOICES:
        return False
    if payment.customer is not None:
        return payment.invoice is not None and payment.invoice == invoice.invoice
    return bool(payment.supplier_invoice) and payment.supplier_invoice == invoice.supplier_invoice


def can_match(first: Entry, second: Entry) -> bool:
    """Two open items of one party, one owed and one owing. In two currencies they are weighed in the base currency."""
    if first.number == second.number or not first.remainder or not second.remainder:
        return False
    if (first.customer, first.supplier) != (second.customer, second.supplier):
        return False
    if first.currency != second.currency and not (first.base_remainder and second.base_remainder):
        return False
    return (first.remainder > 0) != (second.remainder > 0)


def match(session: Session, first: Entry, second: Entry, day: str) -> list[Entry]:
    """Let the smaller of the two be settled, and the larger by as much. Answers what was posted for the difference,
    dated on the day, in the voucher of the second."""
    is_in_base = first.currency != second.currency
    sizes = [abs((entry.base_remainder if is_in_base else entry.remainder) or ZERO) for entry in (first, second)]
    amount = min(sizes)
    settled = {entry.number: _settle(session, entry, amount, in_base=is_in_base) for entry in (first, second)}
    session.store.entries.match(session.agreement, first.number, second.number, amount)
    moved = [(entry, settled[entry.number]) for entry in (first, second)]
    return system_entries.level(session, moved, day)


def _settle(session: Session, entry: Entry, amount: Decimal, *, in_base: bool) -> Decimal:
    """Take the amount off the entry; answers what that takes off in base currency."""
    remainder, base = entry.remainder or ZERO, entry.base_remainder or ZERO
    remaining, base_left = _remainder_after(remainder, base, amount, in_base=in_base)
    session.store.entries.set_remainder(session.agreement, entry.number, remaining, base_left)
    if entry.kind == "customerInvoice" and entry.invoice is not None:
        invoice = session.get("booked", entry.invoice)
        if invoice is not None:
            session.put(
                "booked", entry.invoice, {**invoice, "remainder": remaining, "remainderInBaseCurrency": base_left}
            )
    return base - base_left


def _remainder_after(remainder: Decimal, base: Decimal, amount: Decimal, *, in_base: bool) -> tuple[Decimal, Decimal]:
    """What stays open, in the entry's currency and in base currency: nothing in both or something in the first."""
    if in_base:
        base_left = base - amount.copy_sign(base)
        remaining = cents(remainder * base_left / Decimal(base))
        return (remaining, base_left) if remaining else (ZERO, ZERO)
    remaining = remainder - amount.copy_sign(remainder)
    return remaining, cents(base * remaining / Decimal(remainder)) if remaining else ZERO
